"""Pages that belong to no room."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doithoai.web.doors import safe_target


def session_over(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from a session that has ended; what was typed is still in the browser."""
    return render(request, "web/session_over.html", status=403)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages; papers and journal codes are never translated. Leads back where one came from."""
    came_from = urlsplit(request.headers.get("referer", "")).path
    back = safe_target(request, request.POST.get("back") or came_from)
    if request.method != "POST":
        return render(request, "web/language.html", {"languages": settings.LANGUAGES, "back": back})
    response = redirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
