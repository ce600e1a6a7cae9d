"""Letters of invitation: drafted as one paper with a copy for each, issued, carried to the person."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.documents.actions import Draft, draft, rewrite
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.outbox.models import Message
from doithoai.people.models import Staff
from doithoai.planning.models import Attendance, Sitting
from doithoai.planning.queries import brief
from doithoai.roster import permissions
from doithoai.roster.actions.drawing import invitation_code, next_place
from doithoai.roster.actions.links import give_spoken, personal_address
from doithoai.roster.actions.possible import require_preparing, require_reply_time
from doithoai.roster.actions.words import asking, by_machine
from doithoai.roster.models import Invitation
from doithoai.roster.papers import (
    Inviting,
    citizen_letter,
    citizens_file_copy,
    delegate_letter,
    delegates_file_copy,
    delegates_words,
)
from doithoai.roster.queries import awaiting_letter, delegates_of, reply_day
from doithoai.roster.states import INVITATION
from doithoai.rules.paper import Paper

UNISSUED = ("draft", "returned", "in_review", "approved", "signed")
CALLED = ("invited", "accepted", "lapsed")


@verb("delegates.list", may=permissions.may_choose)
def invite_delegates(sitting: Sitting, *, actor: Actor, now: datetime) -> list[Invitation]:
    """Put the delegates the plan names on the list of a sitting, each at their venue (R32 to R36)."""
    require_preparing(sitting)
    if delegates_of(sitting):
        raise NotNow(_("Chưa lập được: buổi này đã có danh sách đại biểu."))
    plan = Attendance.objects.filter(venue__dialogue=sitting.dialogue, is_chair=False, is_citizens=False)
    first, _code = next_place(sitting)
    rows = [
        _delegate(sitting, first + at, row)
        for at, row in enumerate(plan.select_related("venue__ward", "office").order_by("venue__ordinal", "ordinal"))
    ]
    Invitation.objects.bulk_create(rows)
    record(sitting.chain, sitting=sitting.code, delegates=len(rows))
    return delegates_of(sitting)


def _delegate(sitting: Sitting, ordinal: int, planned: Attendance) -> Invitation:
    return Invitation(
        sitting=sitting,
        code=invitation_code(sitting, ordinal),
        ordinal=ordinal,
        route=Invitation.Route.DELEGATE,
        guest=delegates_words(planned),
        office=planned.office,
        venue=planned.venue,
        selection_reason="Thành phần dự theo kế hoạch",
    )


@verb("invitations.draft", may=permissions.may_choose)
def draft_invitations(
    sitting: Sitting, *, signer: Staff, contact: Staff | None = None, actor: Actor, now: datetime
) -> Document:
    """Draft the letters to the citizens who hold a place and have none yet: one paper, a copy for each (R43).

    Issued by the sitting's lead office, or by the agency where the lead has no seal. Each copy carries its own
    personal link. `contact` is who answers the telephone, otherwise whoever drafts. Drafting again replaces a
    draft that was not submitted, and the links in it.
    """
    require_preparing(sitting)
    rows = awaiting_letter(sitting)
    if not rows:
        raise NotNow(_("Chưa soạn được giấy mời: buổi này chưa có ai được bốc thăm hoặc chọn mà chưa mời."))
    inviting = _inviting(sitting, signer, contact, actor, now)
    document = _enter(
        inviting,
        sitting.code,
        rows,
        (citizens_file_copy(inviting, rows), _copies(rows, lambda row: _linked(inviting, row, citizen_letter))),
        actor=actor,
        now=now,
    )
    record(sitting.chain, sitting=sitting.code, document=document.code, copies=len(rows))
    return document


@verb("reserve.draft", may=permissions.may_write_to)
def draft_reserve_letter(
    invitation: Invitation, *, signer: Staff, contact: Staff | None = None, actor: Actor, now: datetime
) -> Document:
    """Draft the letter of a reserve who was called after the others' letters; the wording is theirs."""
    sitting = invitation.sitting
    require_preparing(sitting)
    if invitation.state not in CALLED or invitation.invited_on is not None:
        raise NotNow(_("Chưa soạn được: người này chưa được gọi, hoặc đã có giấy mời."))
    inviting = _inviting(sitting, signer, contact, actor, now)
    copies = _copies([invitation], lambda row: _linked(inviting, row, citizen_letter))
    made = (citizen_letter(inviting, invitation), copies)
    document = _enter(inviting, invitation.code, [invitation], made, actor=actor, now=now)
    record(sitting.chain, invitation=invitation.code, document=document.code)
    return document


@verb("delegates.draft", may=permissions.may_choose)
def draft_delegate_invitations(
    sitting: Sitting, *, signer: Staff, contact: Staff | None = None, actor: Actor, now: datetime
) -> Document:
    """Draft the letters to the delegates of a sitting: one paper, a copy for each; the inviting office needs none."""
    require_preparing(sitting)
    rows = [row for row in delegates_of(sitting) if row.state == "drawn"]
    written_to = [row for row in rows if row.office_id != sitting.lead_id]
    if not written_to:
        raise NotNow(_("Chưa soạn được giấy mời: buổi này chưa có danh sách đại biểu, hoặc đại biểu đã được mời."))
    inviting = _inviting(sitting, signer, contact, actor, now)
    letters = _copies(written_to, lambda row: _linked(inviting, row, delegate_letter))
    made = (delegates_file_copy(inviting, written_to), letters)
    document = _enter(inviting, f"{sitting.code}-DB", rows, made, actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, document=document.code, copies=len(written_to))
    return document


_Made = tuple[Paper, list[tuple[str, Paper]]]


def _inviting(sitting: Sitting, signer: Staff, contact: Staff | None, actor: Actor, now: datetime) -> Inviting:
    if signer.agency_id != sitting.dialogue.agency_id:
        raise NotNow(_("Chưa soạn được: người ký không thuộc cơ quan này."))
    today = clock.day_of(now, sitting.agency.zone)
    answering = contact or (Staff.objects.get(pk=actor.staff_id) if actor.staff_id else None)
    return Inviting(sitting, signer, answering, today, reply_day(sitting, today))


def _copies(rows: Sequence[Invitation], letter: Callable[[Invitation], Paper]) -> list[tuple[str, Paper]]:
    return [(row.code, letter(row)) for row in rows]


def _linked(inviting: Inviting, row: Invitation, letter: Callable[..., Paper]) -> Paper:
    """The letter with its own address behind the code to scan, and the digits for the telephone."""
    give_spoken(row)
    return letter(inviting, row, link=personal_address(row))


def _enter(
    inviting: Inviting, about: str, rows: Sequence[Invitation], made: _Made, *, actor: Actor, now: datetime
) -> Document:
    """Enter the paper, or rewrite the draft about the same that has not been submitted."""
    sitting, (paper, copies) = inviting.sitting, made
    before = Document.objects.filter(chain=sitting.chain, kind="invitation", about=about, state__in=UNISSUED).first()
    if before is None:
        guests = "công dân" if any(row.person_id for row in rows) else "đại biểu"
        drafted = Draft(
            paper,
            sitting.lead,
            paper.subject,
            issuer=inviting.issuer,
            about=about,
            copies=copies,
            whom=f"{guests}, {brief(sitting)}",
        )
        document = draft(sitting, drafted, actor=actor, now=now)
    else:
        document = rewrite(before, paper, copies=copies, actor=actor, now=now)
    Invitation.objects.filter(document=document).update(document=None)
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(document=document)
    return document


def invitations_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once a letter has its number, everybody it is for is invited."""
    if document.kind == "invitation":
        for invitation in document.invitations.order_by("ordinal"):
            issue_invitation(invitation, actor=actor, now=now)


@verb("invitation.issue", may=permissions.may_follow_up)
def issue_invitation(invitation: Invitation, *, actor: Actor, now: datetime) -> Invitation:
    """The letter is issued: who held a place is invited now; a reserve called by telephone gets it in writing."""
    if invitation.state == "drawn":
        move(invitation, INVITATION, "invited", invited_at=now)
    document = invitation.document
    tell(
        invitation.agency,
        invitation.chain,
        key=f"{invitation.code}:letter",
        body=asking(invitation),
        person=invitation.person,
        office=None if invitation.person else invitation.office or invitation.venue.office,
        channel=Message.Channel.HAND if invitation.person else None,
        document=document.code if document else "",
        machine=by_machine(invitation, "invitation"),
        now=now,
    )
    record(invitation.chain, invitation=invitation.code, document=document.code if document else "")
    return invitation


@verb("invitation.deliver", may=permissions.may_deliver)
def deliver_invitation(invitation: Invitation, *, received_by: str = "", actor: Actor, now: datetime) -> Invitation:
    """Note that the letter was handed over; `received_by` where somebody else of the house signed for it."""
    require_reply_time(invitation.sitting, now)
    if invitation.invited_on is None:
        raise NotNow(_("Chưa ghi được: giấy mời này chưa có số."))
    if invitation.delivered_at:
        raise NotNow(_("Giấy mời này đã ghi là đã giao."))
    write(invitation, delivered_at=now, received_by=received_by.strip())
    record(invitation.chain, invitation=invitation.code, by_other=int(bool(received_by.strip())))
    return invitation
