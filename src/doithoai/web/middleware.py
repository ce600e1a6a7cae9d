"""What every answer carries, and how a refusal looks."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from doithoai.kernel.access import NotYours, Refused
from doithoai.web.acts import split_reason
from doithoai.web.retold import retold
from doithoai.web.tongue import is_vietnamese
from doithoai.web.vernacular import with_languages

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class ContentPolicy:
    """Nothing inline, nothing from elsewhere, never framed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), payment=(), usb=()")
        return response


class Language:
    """Vietnamese, until somebody asks for English; the browser's own wish is not followed, office machines guess wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            if not is_vietnamese():
                _mark_languages(response)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ("Cookie",))
        return response


def _mark_languages(response: HttpResponse) -> None:
    """What stays Vietnamese on a page in another language says so."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    response.content = with_languages(response.content.decode()).encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))


class Refusals:
    """A refusal becomes a page with its reason: 403 without the right, 409 when it is not possible now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer a Refused with its sentence."""
        if not isinstance(problem, Refused):
            return None
        return refusal(request, problem.reason, status=403 if isinstance(problem, NotYours) else 409)


def refusal(request: HttpRequest, reason: str, *, status: int) -> HttpResponse:
    """The page that says why not, and the way out."""
    opening, rest = split_reason(retold(reason))
    facts = {"opening": opening, "rest": rest, "back": _back(request), "is_act": request.method == "POST"}
    return render(request, "web/refused.html", facts, status=status)


def _back(request: HttpRequest) -> str:
    """The page of this site where the act was asked for; the desk when the browser does not say."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return "/"
    return urlsplit(came_from).path or "/"
