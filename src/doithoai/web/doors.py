"""The doors of the house. They look at `request.actor` and at nothing else."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from doithoai.kernel.access import ANYONE, Actor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request; anyone when nobody is known."""
    actor = getattr(request, "actor", ANYONE)
    assert isinstance(actor, Actor)
    return actor


def unkept(response: HttpResponse) -> HttpResponse:
    """A page of one person's alone: no cache keeps it, no referrer names its address, no search engine lists it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def agency_id_of(actor: Actor) -> int:
    """The agency of a member of staff; only what stands behind `staff_only` asks."""
    assert actor.agency_id is not None
    return actor.agency_id


def staff_only(view: View[P]) -> View[P]:
    """Let signed-in staff in and send others to the sign-in page; what staff see is kept by no cache."""

    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not actor_of(request).is_staff:
            return to_sign_in(request)
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    update_wrapper(door, view)
    return door


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in page, and from there back to a page that was only to be read."""
    back = request.get_full_path() if request.method == "GET" else "/"
    query = "" if back == "/" else "?" + urlencode({"toi": back})
    return HttpResponseRedirect(reverse("sign-in") + query)


def safe_target(request: HttpRequest, target: str) -> str:
    """A path of this site to go on to; the desk for anything else."""
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return target if is_ours and target.startswith("/") else reverse("desk")


def done(url: str, verb: str) -> HttpResponseRedirect:
    """Back to a page after an act; the page says in words what was done (`verb` is a journal verb)."""
    return HttpResponseRedirect(f"{url}{'&' if '?' in url else '?'}{urlencode({'da': verb})}")
