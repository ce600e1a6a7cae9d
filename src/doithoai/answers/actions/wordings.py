"""Blocks of words that an office uses again: saved under a title, put away when they are no longer right."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Wording
from doithoai.directory.models import Office, Procedure
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, NotYours, stranger
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import keep_text


@verb("wording.save", may=permissions.may_save_wording)
def save_wording(
    office: Office,
    *,
    title: str,
    body: str,
    basis: str = "",
    procedure: Procedure | None = None,
    actor: Actor,
    now: datetime,
) -> Wording:
    """Keep a block of words for the office. A title that is in use already gets the new words: the old block is retired.

    NotNow without a title and words.
    """
    if not title.strip() or not body.strip():
        raise NotNow(_("Chưa lưu được mẫu: cần tên mẫu và lời mẫu."))
    if procedure is not None and procedure.sector.agency_id != office.agency_id:
        raise NotYours(stranger().reason)
    Wording.objects.filter(office=office, title=title.strip(), retired_at=None).update(retired_at=now)
    kept = keep_text(office.agency, body.strip())
    row = Wording.objects.create(
        office=office,
        ordinal=office.wordings.count() + 1,
        title=title.strip(),
        body=kept,
        basis=basis.strip(),
        procedure=procedure,
        saved_by_id=actor.staff_id,
        saved_at=now,
    )
    record(office.agency.chain, office=office.code, wording=row.ordinal, text=kept.digest)
    return row


@verb("wording.retire", may=permissions.may_retire_wording)
def retire_wording(wording: Wording, *, actor: Actor, now: datetime) -> Wording:
    """Put a block away: it is offered no more, answers written with it stay as they are."""
    if wording.retired_at is not None:
        raise NotNow(_("Mẫu này đã thôi dùng rồi."))
    write(wording, retired_at=now)
    record(wording.chain, office=wording.office.code, wording=wording.ordinal)
    return wording
