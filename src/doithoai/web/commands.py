"""Commands from devices on bad lines: kept there until they are answered, done here exactly once.

A device keeps each act under a key of its own, sends it until it hears an answer, and sends the acts of one device in
their order. The answer of a known key is the stored one, so an answer lost on the way does nothing twice.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.journal.actions import Answer, Command, once
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotYours
from doithoai.rules.chain import Fact
from doithoai.web.doors import actor_of

MOST_BYTES = 16_000
AT_ONCE = timedelta(minutes=1)
"""A command that arrives within this was not kept waiting: its hour is the server's."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A command as it came: whose it is (`by`, a journal name), what it is about, and how long the device kept it.

    `waited` is the difference of two readings of the device's clock, hence right also where that clock is wrong.
    """

    command: Command
    by: str
    body: Mapping[str, str]
    waited: timedelta

    def made_at(self, now: datetime) -> datetime | None:
        """When the act was done, by the server's clock, if it had to wait for a line; None if it came at once."""
        return now - self.waited if self.waited > AT_ONCE else None


Do = Callable[[Sent, Actor, datetime], Mapping[str, Fact]]


class Malformed(Exception):
    """What came is no command."""


def read(data: bytes) -> Sent:
    """A command out of the body of a request. Raises Malformed."""
    if len(data) > MOST_BYTES:
        raise Malformed
    try:
        told = json.loads(data)
        at, sent = _instant(told["at"]), _instant(told["sent"])
        key, device = str(UUID(told["key"])), str(UUID(told["device"]))
        command = Command(key, _short(told["name"]), device, _count(told["seq"]), at)
        return Sent(command, _short(told["by"]), _body(told["body"]), max(sent - at, timedelta()))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise Malformed from problem


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(value)
    return instant


def _short(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 60:
        raise ValueError(value)
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**53:
        raise ValueError(value)
    return value


def _body(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise ValueError(value)
    return value


def receive(request: HttpRequest, does: Mapping[str, Do]) -> JsonResponse:
    """Do the command of a request, one of `does`, and answer it.

    200: `outcome` is done or refused, final. 401: nobody is signed in. 409: somebody else is; the command waits for its
    own author, since the journal names who acted. 400: no command. Only a 200 takes a command off the device's list.
    """
    actor, now = actor_of(request), clock.now()
    if not actor.is_staff:
        return _say(401, outcome="signed_out")
    try:
        sent = read(request.body)
    except Malformed:
        return _say(400, outcome="malformed", words=_("Máy chủ không đọc được lượt này."))
    if sent.by != actor.ref:
        return _say(409, outcome="other", key=sent.command.key)
    try:
        answer = once(sent.command, lambda: _do(does, sent, actor, now), actor=actor, now=now)
    except NotYours:
        return _say(409, outcome="other", key=sent.command.key)
    return _answered(sent, answer, now)


def _do(does: Mapping[str, Do], sent: Sent, actor: Actor, now: datetime) -> Mapping[str, Fact]:
    if sent.command.name not in does:
        raise NotYours(_("Không có việc này trên trang."))
    return does[sent.command.name](sent, actor, now)


def _answered(sent: Sent, answer: Answer, now: datetime) -> JsonResponse:
    return _say(
        200,
        key=sent.command.key,
        outcome="done" if answer.is_done else "refused",
        words=answer.words,
        facts=dict(answer.facts),
        now=now.isoformat(),
    )


def _say(status: int, **told: object) -> JsonResponse:
    response = JsonResponse(told, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def entrance(request: HttpRequest) -> JsonResponse:
    """What a device asks before it sends: who is signed in, the token that goes with a POST, and the server's time."""
    actor = actor_of(request)
    if not actor.is_staff:
        return _say(401, outcome="signed_out")
    return _say(200, by=actor.ref, token=get_token(request), now=clock.now().isoformat())
