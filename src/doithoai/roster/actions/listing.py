"""The lists to sign as working papers: printed, signed by hand, scanned; the scan is the original."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.documents.actions import Draft, draft
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import permissions
from doithoai.roster.papers import attendance_list, call_list, delivery_list
from doithoai.roster.queries import places_of
from doithoai.roster.queries.telling import hamlets_of


@verb("list.attendance", may=permissions.may_print_lists)
def draft_attendance_list(sitting: Sitting, venue: Venue, *, actor: Actor, now: datetime) -> Document:
    """The sheet on which the people of one venue sign on the day."""
    if venue.dialogue_id != sitting.dialogue_id:
        raise NotNow(_("Chưa lập được: điểm cầu này không thuộc cuộc đối thoại."))
    paper = attendance_list(sitting, venue)
    subject = f"Danh sách ký tên, {venue.name}, lĩnh vực {sitting.sector.name}"
    drafting = _office_of(actor, sitting, venue.office)
    made = Draft(paper, drafting, subject, about=sitting.code, is_official=False)
    document = draft(sitting, made, actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, venue=venue.code, document=document.code)
    return document


@verb("list.delivery", may=permissions.may_print_lists)
def draft_delivery_list(sitting: Sitting, *, actor: Actor, now: datetime) -> Document:
    """The sheets on which invitees sign for their letters, by ward and residential group."""
    if not places_of(sitting):
        raise NotNow(_("Chưa lập được: buổi này chưa có ai trong danh sách mời."))
    made = Draft(
        delivery_list(sitting),
        _office_of(actor, sitting),
        f"Danh sách ký nhận giấy mời, lĩnh vực {sitting.sector.name}",
        about=sitting.code,
        is_official=False,
    )
    document = draft(sitting, made, actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, document=document.code)
    return document


@verb("list.calls", may=permissions.may_print_lists)
def draft_call_list(sitting: Sitting, *, actor: Actor, now: datetime) -> Document:
    """The sheets for telling people through the heads of their hamlets, for whoever calls without a screen."""
    if not any(hamlet.waiting for hamlet in hamlets_of(sitting)):
        raise NotNow(_("Chưa lập được: không còn hộ nào phải báo."))
    subject = f"Danh sách gọi báo theo trưởng thôn, lĩnh vực {sitting.sector.name}"
    made = Draft(call_list(sitting), _office_of(actor, sitting), subject, about=sitting.code, is_official=False)
    document = draft(sitting, made, actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, document=document.code)
    return document


def _office_of(actor: Actor, sitting: Sitting, *more: Office) -> Office:
    """The office whose paper a list is, so that whoever drafts it may print it: the actor's own of those concerned."""
    offices = (sitting.lead, *more, sitting.dialogue.secretariat)
    at = {office_id for _role, office_id in actor.held}
    return next((office for office in offices if office.pk in at), sitting.lead)
