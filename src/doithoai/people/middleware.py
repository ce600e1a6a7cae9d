"""Sets `request.actor`, the only thing the doors look at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from doithoai.kernel.access import ANYONE, Actor
from doithoai.people.models import Staff


class ActorMiddleware:
    """Staff by their session, anyone otherwise. Holders of personal links are made actors by their own door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]  # the request's own attribute of this product
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request."""
    user = request.user
    return user.as_actor() if isinstance(user, Staff) and user.is_active else ANYONE
