"""A button pressed twice, or sent again because the line was slow, does its work once.

Each form carries a key of its own, made with the page; where the same key comes again with the same words nothing is
done, and the page goes on as after the first. Other words, or a page opened anew, are a second wish, not a second press.
"""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from doithoai.journal.actions import once_pressed
from doithoai.kernel import chance, clock
from doithoai.kernel.access import ANYONE, Actor
from doithoai.rules.chain import Fact
from doithoai.web.doors import actor_of

FIELD: Final = "lan"
KEY: Final = re.compile(r"[0-9a-f]{32}")


def press() -> str:
    """A new key for one form."""
    return chance.token()


def pressed(request: HttpRequest, act: Callable[[], Mapping[str, Fact]]) -> Mapping[str, Fact]:
    """Do `act` unless this very form did it before; returns its facts (codes, nothing personal), also the second time.

    A form without a key always does it.
    """
    return _pressed(request, act, actor_of(request))


def pressed_by_anyone(request: HttpRequest, act: Callable[[], Mapping[str, Fact]]) -> Mapping[str, Fact]:
    """The same on a page for anyone, where it does not matter who is signed in."""
    return _pressed(request, act, ANYONE)


def _pressed(request: HttpRequest, act: Callable[[], Mapping[str, Fact]], actor: Actor) -> Mapping[str, Fact]:
    key = request.POST.get(FIELD, "")
    if not KEY.fullmatch(key):
        return act()
    name = request.resolver_match.url_name if request.resolver_match else None
    return once_pressed(_wish(request), (name or FIELD)[:60], act, actor=actor, now=clock.now())


def _wish(request: HttpRequest) -> str:
    """What is wanted, in one word: the form's key, where it was sent, what was typed and which files came along; its token
    changes on the way."""
    said = [(name, request.POST.getlist(name)) for name in sorted(request.POST) if name != "csrfmiddlewaretoken"]
    return sha256(f"{request.path}\n{said}\n{_sent(request)}".encode()).hexdigest()[:32]


def _sent(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return [(name, [_digest(file) for file in request.FILES.getlist(name)]) for name in sorted(request.FILES)]


def _digest(file: UploadedFile) -> str:
    """Of a file's bytes; it is left as at the beginning for whoever reads it next."""
    file.seek(0)
    whole = sha256(b"".join(file.chunks())).hexdigest()
    file.seek(0)
    return whole
