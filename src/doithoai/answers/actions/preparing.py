"""Before the day: the programme and the synthesis of difficulties, submitted to the head of the agency and approved."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Dossier
from doithoai.answers.papers import issuer_of, programme_paper, synthesis_paper
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.intake.queries import opinions_of
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning.models import Sitting
from doithoai.rules.paper import Paper


@verb("programme.draft", may=permissions.may_prepare)
def draft_programme(sitting: Sitting, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the programme of a sitting, hour by hour; drafting again rewrites a draft or a returned one."""
    paper = programme_paper(sitting, signer=signer, on=clock.day_of(now, sitting.agency.zone))
    waiting = ("draft", "returned")
    before = Document.objects.filter(chain=sitting.chain, kind="programme", about=sitting.code, state__in=waiting)
    document = _enter(sitting, paper, before.first(), actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, document=document.code)
    return document


@verb("dossier.draft", may=permissions.may_prepare)
def draft_dossier(sitting: Sitting, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the synthesis: what came in, grouped and counted, with the draft answers and the rules they rest on.

    `sitting.dossier` keeps it. NotNow while an opinion of the sitting is not sorted yet, with how many of how many.
    """
    rows = opinions_of(sitting)
    unsorted = [row for row in rows if row.state == "received"]
    if unsorted:
        raise NotNow(
            _("Chưa trình được: còn %(left)s/%(total)s ý kiến chưa phân loại.")
            % {"left": len(unsorted), "total": len(rows)}
        )
    paper = synthesis_paper(sitting, signer=signer, on=clock.day_of(now, sitting.agency.zone))
    dossier = Dossier.objects.filter(sitting=sitting).select_related("document").first()
    document = _enter(sitting, paper, dossier.document if dossier else None, actor=actor, now=now)
    if dossier is None:
        Dossier.objects.create(sitting=sitting, document=document)
    record(sitting.chain, sitting=sitting.code, document=document.code, opinions=len(rows))
    return document


def _enter(sitting: Sitting, paper: Paper, before: Document | None, *, actor: Actor, now: datetime) -> Document:
    if before is not None:
        return documents.rewrite(before, paper, actor=actor, now=now)
    made = documents.Draft(paper, sitting.lead, paper.subject, issuer=issuer_of(sitting), about=sitting.code)
    return documents.draft(sitting, made, actor=actor, now=now)


def dossier_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once the synthesis has its number it is submitted."""
    if document.kind == "synthesis":
        for dossier in Dossier.objects.filter(document=document, submitted_at=None):
            submit_dossier(dossier, actor=actor, now=now)


@verb("dossier.submit", may=permissions.may_submit_dossier)
def submit_dossier(dossier: Dossier, *, actor: Actor, now: datetime) -> Dossier:
    """Note the instant at which the synthesis went to the head, the proof that it was in time."""
    if dossier.document.number is None:
        raise NotNow(_("Chưa trình được: tờ trình chưa có số."))
    write(dossier, submitted_at=now)
    record(dossier.chain, sitting=dossier.sitting.code, number=dossier.document.number_text)
    return dossier


@verb("dossier.approve", may=permissions.may_accept_dossier)
def approve_dossier(dossier: Dossier, *, actor: Actor, now: datetime) -> Dossier:
    """The head approves content and programme: invitations may go out."""
    if dossier.submitted_at is None:
        raise NotNow(_("Chưa duyệt được: tờ trình chưa được trình."))
    if dossier.approved_at is not None:
        raise NotNow(_("Nội dung, chương trình này đã duyệt rồi."))
    write(dossier, approved_at=now)
    record(dossier.chain, sitting=dossier.sitting.code, number=dossier.document.number_text)
    return dossier
