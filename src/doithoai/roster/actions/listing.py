"""The lists to sign as working papers: printed, signed by hand, scanned; the scan is the original."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.documents.actions import Draft, draft
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import permissions
from doithoai.roster.papers import attendance_list, delivery_list
from doithoai.roster.queries import places_of


@verb("list.attendance", may=permissions.may_print_lists)
def draft_attendance_list(sitting: Sitting, venue: Venue, *, actor: Actor, now: datetime) -> Document:
    """The sheet on which the people of one venue sign on the day."""
    if venue.dialogue_id != sitting.dialogue_id:
        raise NotNow(_("Chưa lập được: điểm cầu này không thuộc cuộc đối thoại."))
    paper = attendance_list(sitting, venue)
    subject = f"Danh sách ký tên, {venue.name}, lĩnh vực {sitting.sector.name}"
    made = Draft(paper, sitting.lead, subject, about=sitting.code, is_official=False)
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
        sitting.lead,
        f"Danh sách ký nhận giấy mời, lĩnh vực {sitting.sector.name}",
        about=sitting.code,
        is_official=False,
    )
    document = draft(sitting, made, actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, document=document.code)
    return document
