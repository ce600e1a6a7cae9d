"""The door of a page whose address is the secret."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from doithoai.kernel import chance
from doithoai.kernel.access import NotNow
from doithoai.people.models import AccessLink
from doithoai.web.doors import unkept

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Void(NotNow):
    """The address opens nothing."""


def by_address(purpose: str, home: str) -> Callable[[View[P]], View[P]]:
    """A page whose address is the secret: no account, no cookie. No cache keeps it and no referrer names it; without
    one a browser sends no origin that could be compared, and who does not know the address cannot post to it.

    `purpose` is that of the link, `home` the name of the page that it opens: where a refusal leads back to.
    """

    def decorate(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                response = view(request, *args, **kwargs)
            except NotNow as refused:
                response = _refused(request, refused, purpose, home, str(kwargs.get("token", "")))
            return unkept(response)

        return door

    return decorate


def _refused(request: HttpRequest, refused: NotNow, purpose: str, home: str, token: str) -> HttpResponse:
    """Why not. Where the link opens nothing any more, `keep` names what this device kept of it: of no other link's words."""
    if not isinstance(refused, Void):
        facts = {"reason": refused.reason, "back": reverse(home, args=(token,))}
        return render(request, "intake/refused.html", facts, status=409)
    link = AccessLink.objects.filter(token_hash=chance.hashed(token), purpose=purpose).first()
    facts = {"reason": refused.reason, "keep": link.code if link else ""}
    return render(request, "intake/refused.html", facts, status=410)
