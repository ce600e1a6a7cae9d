"""Pages that belong to no room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def session_over(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from a session that has ended; what was typed is still in the browser."""
    return render(request, "web/session_over.html", status=403)
