"""A paper's file comes back from outside: compared, then confirmed as the issued file, or put away."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.documents import permissions
from doithoai.documents.imports import Back
from doithoai.documents.models import Brought, Document
from doithoai.documents.queries import kept_texts, prints_digest
from doithoai.documents.states import BROUGHT
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import expect_step, move, write
from doithoai.kernel.verbs import verb
from doithoai.rules.paper.differences import Comparison, compare, to_json


@verb("document.bring_back", may=permissions.may_bring_back)
def bring_back(
    document: Document, back: Back, *, name: str, sha256: str, size: int, actor: Actor, now: datetime
) -> Brought:
    """Keep a file that came back (already in the store under `sha256`) with how it differs from the present revision.

    Differences are shown, never a reason to refuse. Nothing of the paper changes until somebody confirms the file.
    NotNow for the same file again while it waits.
    """
    if not document.is_official:
        raise NotNow(_("Chưa nhận tệp: giấy tờ làm việc không ban hành, không cần đưa bản đã ký về."))
    if document.brought.filter(sha256=sha256, state="waiting").exists():
        raise NotNow(_("Tệp này đã đưa lên và đang chờ xác nhận."))
    made = compare(kept_texts(document), back.paragraphs) if back.paragraphs else Comparison()
    row = Brought.objects.create(
        document=document,
        ordinal=document.brought.count() + 1,
        kind=back.kind,
        name=name[:160],
        sha256=sha256,
        size=size,
        revision=document.revision,
        words="\n".join(back.paragraphs),
        changes=to_json(made),
        brought_by_id=actor.staff_id,
        brought_at=now,
    )
    facts = {"out": made.out, "added": made.added} if back.paragraphs else {"scan": 1}
    record(document.chain, document=document.code, file=sha256, kind=back.kind, brought=row.ordinal, **facts)
    return row


@verb("document.note_concern", may=permissions.may_note_concern)
def note_concern(
    brought: Brought, *, what: str, label: str, address: str, about: str, actor: Actor, now: datetime
) -> Brought:
    """Another room says what of its own the changed words touch; `address` is where a person can follow it up."""
    concern: dict[str, Any] = {"what": what, "label": label, "address": address}
    write(brought, concerns=[*brought.concerns, concern])
    record(brought.chain, document=brought.document.code, brought=brought.ordinal, about=about)
    return brought


@verb("document.take_file", may=permissions.may_take_file)
def take_file(brought: Brought, *, actor: Actor, now: datetime) -> Brought:
    """The file that came back becomes the paper's issued file of its kind; its digest goes into the journal.

    NotNow before the paper has its number and its own print: only an issued paper has an issued file.
    """
    document = brought.document
    expect_step(brought, BROUGHT, "confirmed")
    if document.number is None or document.sealed_at is None:
        raise NotNow(_("Chưa nhận làm bản ban hành được: văn bản chưa có số hoặc đang tạo bản in."))
    if document.is_recalled:
        raise NotNow(_("Chưa nhận làm bản ban hành được: văn bản đã thu hồi."))
    was = document.pdf if brought.kind == Brought.Kind.PDF else document.docx
    move(brought, BROUGHT, "confirmed", settled_by_id=actor.staff_id, settled_at=now, replaced=was)
    write(document, **{brought.kind: brought.sha256, f"{brought.kind}_size": brought.size})
    record(
        document.chain,
        document=document.code,
        brought=brought.ordinal,
        was=was,
        copies=prints_digest(document),
        **{brought.kind: brought.sha256},
    )
    return brought


@verb("document.drop_file", may=permissions.may_take_file)
def drop_file(brought: Brought, *, actor: Actor, now: datetime) -> Brought:
    """Put a file that came back away unused: what differed stays on record, the file is swept by night."""
    move(brought, BROUGHT, "dropped", sha256="", settled_by_id=actor.staff_id, settled_at=now)
    record(brought.chain, document=brought.document.code, brought=brought.ordinal)
    return brought
