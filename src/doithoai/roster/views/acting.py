"""What is done to a sitting's list and to one invitation: each a POST that calls one act and goes back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doithoai.directory.models import Place
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Role
from doithoai.outbox.actions import deliver, may_deliver
from doithoai.outbox.models import Message
from doithoai.people.actions import keep_head, note_contact
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import actions, permissions
from doithoai.roster.actions.calling import Channel
from doithoai.roster.actions.gathering import Grounds
from doithoai.roster.forms import (
    ChooseForm,
    ContactForm,
    DrawForm,
    ExcludeForm,
    FreezeForm,
    HeadForm,
    NoteForm,
    ReasonForm,
    ReminderForm,
    SignerForm,
    ToldForm,
    VenueForm,
    words_of,
)
from doithoai.roster.models import Call, Invitation, Pool
from doithoai.roster.queries import wards_of
from doithoai.roster.views.pooling import table_asked
from doithoai.roster.views.visible import invitation_of, sitting_of
from doithoai.rules.chain import Fact
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.presses import pressed

BACK = {"danh-sach": "invited", "nguoi": "invitation", "goi": "calls", "thon": "calls-by-head"}
"""The page that a form came from, by the word it sends along."""

OnSitting = Callable[[Sitting, QueryDict, Actor, datetime], object]
OnInvitation = Callable[[Invitation, QueryDict, Actor, datetime], object]


def signers_of(sitting: Sitting) -> list[Staff]:
    """Who may sign a sitting's letters: the head of its lead office, or where it has no seal the agency's leaders."""
    held: dict[str, object] = {"holdings__until": None}
    if sitting.lead.has_seal:
        held |= {"holdings__role": Role.HEAD, "holdings__office_id": sitting.lead_id}
    else:
        held |= {"holdings__role": Role.LEADER}
    rows = Staff.objects.filter(agency_id=sitting.dialogue.agency_id, is_active=True, **held)
    return list(rows.distinct().order_by("pk"))


def _signer(sitting: Sitting, posted: QueryDict) -> Staff:
    code = words_of(SignerForm(posted))["signer"]
    found = next((staff for staff in signers_of(sitting) if staff.code == code), None)
    if found is None:
        raise NotNow(_("Chưa soạn được: chưa chọn người ký giấy mời."))
    return found


def _freeze(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    form = FreezeForm(posted, wards_of(sitting))
    said = words_of(form)
    may = permissions.may_choose(actor, sitting)  # nobody else makes the machine look for a table
    grounds, table = table_asked(sitting, posted) if may else (Grounds(), None)
    return actions.freeze_pool(
        sitting,
        event_name=said["event_name"],
        event_on=said["event_on"],
        quotas=None if table else form.quotas(),
        table=table,
        grounds=grounds,
        actor=actor,
        now=now,
    )


def _draw(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    pool = Pool.objects.filter(sitting=sitting).select_related("sitting__dialogue__agency", "sitting__lead").first()
    if pool is None:
        raise NotNow(_("Chưa bốc được: danh sách của buổi này chưa chốt."))
    return actions.draw(pool, **words_of(DrawForm(posted)), actor=actor, now=now)


def _choose(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    said = words_of(ChooseForm(posted))
    return actions.choose_by_hand(
        sitting, _person(sitting, said["person"]), reason=said["reason"], actor=actor, now=now
    )


def _person(sitting: Sitting, code: str) -> Person:
    return get_object_or_404(Person, agency_id=sitting.dialogue.agency_id, code=code)


def _exclude(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    said = words_of(ExcludeForm(posted))
    person = _person(sitting, said.pop("person"))
    return actions.exclude(sitting, person, **said, actor=actor, now=now)


def _letters(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    return actions.draft_invitations(sitting, signer=_signer(sitting, posted), actor=actor, now=now)


def _delegate_letters(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    return actions.draft_delegate_invitations(sitting, signer=_signer(sitting, posted), actor=actor, now=now)


def _attendance_list(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    code = words_of(VenueForm(posted))["venue"]
    venue = get_object_or_404(Venue.objects.select_related("office"), dialogue_id=sitting.dialogue_id, code=code)
    return actions.draft_attendance_list(sitting, venue, actor=actor, now=now)


def _through_head(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    """Everybody of a hamlet who is still ticked was told."""
    return actions.tell_through_head(sitting, set(posted.getlist("row")), actor=actor, now=now)


def _head(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> object:
    said = words_of(HeadForm(posted))
    said["ward"] = get_object_or_404(Place, agency_id=sitting.dialogue.agency_id, pk=said["ward"])
    return keep_head(sitting.agency, **said, actor=actor, now=now)


SITTING_DOORS: dict[str, tuple[str, str, OnSitting]] = {
    # where it stands in the address: the act, the page to go back to, what is done
    "chot": ("pool.freeze", "choosing", _freeze),
    "boc": ("pool.draw", "choosing", _draw),
    "chon": ("invitation.choose", "choosing", _choose),
    "loai": ("pool.exclude", "choosing", _exclude),
    "dua-lai": (
        "pool.readmit", "choosing",
        lambda sitting, posted, actor, now: actions.readmit(
            sitting, _person(sitting, posted.get("person", "")), actor=actor, now=now
        ),
    ),
    "soan": ("invitations.draft", "invited", _letters),
    "dai-bieu": (
        "delegates.list", "invited",
        lambda sitting, _posted, actor, now: actions.invite_delegates(sitting, actor=actor, now=now),
    ),
    "soan-dai-bieu": ("delegates.draft", "invited", _delegate_letters),
    "ky-nhan": (
        "list.delivery", "receipts",
        lambda sitting, _posted, actor, now: actions.draft_delivery_list(sitting, actor=actor, now=now),
    ),
    "ky-ten": ("list.attendance", "invited", _attendance_list),
    "qua-thon": ("call.through_head", "calls-by-head", _through_head),
    "thon": ("head.keep", "calls-by-head", _head),
    "goi-giay": (
        "list.calls", "calls-by-head",
        lambda sitting, _posted, actor, now: actions.draft_call_list(sitting, actor=actor, now=now),
    ),
    "nhac": (
        "invitation.remind", "calls",
        lambda sitting, _posted, actor, now: actions.remind(sitting, actor=actor, now=now),
    ),
    "ngay-nhac": (
        "reminder.set", "calls",
        lambda sitting, posted, actor, now: actions.set_reminder(
            sitting, on=words_of(ReminderForm(posted))["on"], actor=actor, now=now
        ),
    ),
    "het-han": (
        "invitation.lapse", "calls",
        lambda sitting, _posted, actor, now: actions.lapse(sitting, actor=actor, now=now),
    ),
}  # fmt: skip


@require_POST
@staff_only
def act_on_sitting(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Do one act on the list of a sitting and go back to its page."""
    sitting = sitting_of(request, code)
    if slug not in SITTING_DOORS:
        raise Http404
    verb, page, do = SITTING_DOORS[slug]
    pressed(request, lambda: _acted(do(sitting, request.POST, actor_of(request), clock.now())))
    where = (sitting.code,) if page == "receipts" else (sitting.dialogue.code, sitting.ordinal)
    return done(reverse(page, args=where), verb)


def _channel(said: dict[str, Any]) -> Channel:
    return "paper" if said["channel"] == "paper" else "phone"


def _accept(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    form = NoteForm(posted)
    said = words_of(form)
    answer = {"needs": said["needs"], "note": said["note"]}
    actions.accept_invitation(row, channel=_channel(said), instead=form.instead_of(), **answer, actor=actor, now=now)
    _told(row, "Nhận lời", actor, now)


def _decline(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    said = words_of(NoteForm(posted))
    actions.decline_invitation(row, channel=_channel(said), reason=said["reason"], actor=actor, now=now)
    _told(row, "Không đến được", actor, now)


def _missed(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    note = words_of(NoteForm(posted))["note"]
    actions.note_call(row, outcome=Call.Outcome.MISSED, note=note, actor=actor, now=now)


def _wrong_number(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    note = words_of(NoteForm(posted))["note"]
    actions.note_call(row, outcome=Call.Outcome.WRONG, note=note, actor=actor, now=now)


def _contact(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    if row.person is None:
        raise NotNow(_("Chưa ghi được: đại biểu được mời theo cơ quan, số điện thoại là của cơ quan."))
    note_contact(row.person, **words_of(ContactForm(posted)), actor=actor, now=now)


def _message_told(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    key = f"{row.chain}:{row.code}:{words_of(ToldForm(posted))['message']}"
    message = get_object_or_404(Message.objects.select_related("agency"), key=key)
    deliver(message, outcome="Đã báo qua điện thoại", actor=actor, now=now)


def _told(row: Invitation, outcome: str, actor: Actor, now: datetime) -> None:
    """The calls that waited for this person have reached them."""
    if row.person_id is None:
        return
    waiting = Message.objects.exclude(channel=Message.Channel.HAND).filter(
        person_id=row.person_id, chain=row.chain, delivered_at=None, claimed_at=None
    )
    for message in waiting.filter(key__startswith=f"{row.chain}:{row.code}:"):
        if may_deliver(actor, message):
            deliver(message, outcome=outcome, actor=actor, now=now)


def _delivered(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    received_by = words_of(NoteForm(posted))["received_by"]
    actions.deliver_invitation(row, received_by=received_by, actor=actor, now=now)


def _take_back(row: Invitation, posted: QueryDict, actor: Actor, now: datetime) -> None:
    """Before its letter a name is struck, afterwards the invitation is withdrawn."""
    act = actions.strike if row.state == "drawn" else actions.withdraw_invitation
    act(row, reason=words_of(ReasonForm(posted))["reason"], actor=actor, now=now)


def _reserve_letter(row: Invitation, _posted: QueryDict, actor: Actor, now: datetime) -> None:
    """A reserve's letter is signed by whoever signs first for the inviting office."""
    signers = signers_of(row.sitting)
    if not signers:
        raise NotNow(_("Chưa soạn được: đơn vị mời chưa có người ký."))
    actions.draft_reserve_letter(row, signer=signers[0], actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class Door:
    """One act on an invitation: its verb, and where it leads back to."""

    verb: str
    page: str
    do: OnInvitation


INVITATION_DOORS = {
    "chua-nghe": Door("call.missed", "calls", _missed),
    "sai-so": Door("call.wrong", "calls", _wrong_number),
    "lien-he": Door("person.note_contact", "invitation", _contact),
    "da-bao": Door("message.deliver", "calls", _message_told),
    "nhan-loi": Door("invitation.accept", "calls", _accept),
    "khong-den": Door("invitation.decline", "calls", _decline),
    "da-giao": Door("invitation.deliver", "invited", _delivered),
    "dua-ra": Door("invitation.withdraw", "invited", _take_back),
    "soan": Door("reserve.draft", "invited", _reserve_letter),
}


@require_POST
@staff_only
def act_on_invitation(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Do one act on an invitation and go back to the page where it stands."""
    row = invitation_of(request, code)
    door = INVITATION_DOORS.get(slug)
    if door is None:
        raise Http404
    pressed(request, lambda: _acted(door.do(row, request.POST, actor_of(request), clock.now())))
    return done(_back(row, BACK.get(request.POST.get("ve", ""), door.page)), door.verb)


def _acted(_done: object) -> dict[str, Fact]:
    """An act of which nothing has to be told the second time."""
    return {}


def _back(row: Invitation, page: str) -> str:
    sitting = row.sitting
    if page == "invitation":
        return reverse(page, args=(row.code,))
    return reverse(page, args=(sitting.dialogue.code, sitting.ordinal))
