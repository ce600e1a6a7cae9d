"""Calling by head of hamlet: one person is called, and every household of theirs knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doithoai.documents.models import Document
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Verdict
from doithoai.people.actions import may_keep_heads
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.possible import require_reply_time
from doithoai.roster.actions.words import for_head
from doithoai.roster.queries.telling import CALLED_OFF, Hamlet, hamlets_of, has_moved
from doithoai.roster.views.inviting import facts_of, sitting_asked, verdict_of
from doithoai.web.doors import actor_of, staff_only

NOTICE: Final = "change_notice"


@dataclass(frozen=True, slots=True)
class ByHead:
    """One hamlet on the page: the words for its head, the address that opens them as a text message, and who may note it."""

    hamlet: Hamlet
    words: str
    message_url: str
    may_note: Verdict


@require_safe
@staff_only
def calls_by_head(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """The households to tell, hamlet by hamlet, the head first: the words to send, one tap for all, exceptions by person."""
    sittings, sitting = sitting_asked(request, code, ordinal)
    actor, now = actor_of(request), clock.now()
    hamlets = hamlets_of(sitting)
    moved, may = has_moved(sitting), _may_note(sitting, actor, now)
    shown = [_by_head(sitting, hamlet, moved, actor, may) for hamlet in hamlets]
    papers = Document.objects.filter(chain=sitting.chain, about=sitting.code)
    facts = {
        "open": [one for one in shown if one.hamlet.waiting],
        "finished": [one for one in shown if not one.hamlet.waiting],
        "waiting": sum(len(hamlet.waiting) for hamlet in hamlets),
        "total": sum(len(hamlet.households) for hamlet in hamlets),
        "is_off": sitting.state in CALLED_OFF,
        "moved": moved,
        "may": may,
        "may_keep": may_keep_heads(actor, sitting.agency),
        "may_print": permissions.may_print_lists(actor, sitting),
        "sheets": papers.filter(kind="call_list").order_by("-pk"),
        "notice": papers.filter(kind=NOTICE).order_by("-pk").first(),
    }
    return render(request, "roster/calls_by_head.html", {**facts_of(request, sittings, sitting, "goi"), **facts})


def _may_note(sitting: Sitting, actor: Actor, now: datetime) -> Verdict:
    may = permissions.may_tell_through_heads(actor, sitting)
    return may if sitting.state in CALLED_OFF else may and verdict_of(lambda: require_reply_time(sitting, now))


def _by_head(sitting: Sitting, hamlet: Hamlet, moved: bool, actor: Actor, may: Verdict) -> ByHead:
    """A ward notes its own households only: the button is grey where one of them is not theirs."""
    words = for_head(sitting, hamlet, moved=moved) if hamlet.waiting else ""
    phone = hamlet.head.phone if hamlet.head else ""
    refused = (permissions.may_note_call(actor, one.row) for one in hamlet.waiting)
    own = next((verdict for verdict in refused if not verdict), may)
    return ByHead(hamlet, words, f"sms:{phone}?body={quote(words)}" if phone and words else "", may and own)
