"""The result notice: drafted from the rows, refused while an opinion is uncovered, frozen when issued."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.answers.actions import issue_in_notice
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.live.queries import turn_figures
from doithoai.planning.models import Dialogue
from doithoai.results import permissions
from doithoai.results.models import NoticeLine, ResultNotice
from doithoai.results.papers import notice_paper, result_of
from doithoai.results.queries import (
    answer_of,
    can_be_drafted,
    content_of,
    outcome_of,
    publishable,
    revision_of,
    shown_of,
)
from doithoai.rules.masking import Known


@verb("notice.draft", may=permissions.may_draft_notice)
def draft_notice(dialogue: Dialogue, *, actor: Actor, now: datetime) -> ResultNotice:
    """Draft the notice from the very rows that it reports; drafting again replaces a draft or a returned one.

    NotNow names the first opinion that has neither an answer nor a holder, and once the notice is issued.
    """
    possible = can_be_drafted(dialogue)
    if not possible:
        raise NotNow(possible.reason)
    notice, _made = ResultNotice.objects.get_or_create(dialogue=dialogue, defaults={"drafted_at": now})
    _require_open(notice)
    lines = _set_lines(notice)
    document = _enter_paper(notice, lines, actor=actor, now=now)
    write(notice, drafted_at=now, document_id=document.pk)
    notice.document = document
    record(dialogue.chain, document=document.code, lines=len(lines))
    return notice


def _require_open(notice: ResultNotice) -> None:
    document = notice.document
    if document is not None and document.state not in ("draft", "returned"):
        raise NotNow(
            _("Chưa lập lại được Thông báo: văn bản đang ở trạng thái “%(state)s”.")
            % {"state": document.get_state_display()}
        )


def _set_lines(notice: ResultNotice) -> list[NoticeLine]:
    notice.lines.all().delete()
    shown, known = shown_of(notice.dialogue), publishable(notice.dialogue)
    numbers = {row.pk: number for number, row in enumerate(shown, start=1)}
    return NoticeLine.objects.bulk_create(_line(notice, row, numbers, known) for row in shown)


def _line(notice: ResultNotice, opinion: Opinion, numbers: Mapping[int, int], known: Known) -> NoticeLine:
    outcome = outcome_of(opinion)
    assert outcome is not None  # nothing is uncovered here
    return NoticeLine(
        notice=notice,
        number=numbers[opinion.pk],
        opinion=opinion,
        outcome=outcome,
        words=content_of(opinion, known),
        wording=result_of(opinion, outcome, numbers, known),
        revision=revision_of(opinion),
    )


def _enter_paper(notice: ResultNotice, lines: list[NoticeLine], *, actor: Actor, now: datetime) -> Document:
    dialogue = notice.dialogue
    hidden = sum(row.is_hidden and row.state != "withdrawn" for row in dialogue.opinions.all())
    on = clock.day_of(now, dialogue.agency.zone)
    paper = notice_paper(dialogue, lines, spoke=turn_figures(dialogue)["spoke"], hidden=hidden, on=on)
    if notice.document is not None:
        return documents.rewrite(notice.document, paper, actor=actor, now=now)
    made = documents.Draft(paper, dialogue.secretariat, paper.subject)
    return documents.draft(dialogue, made, actor=actor, now=now)


def notice_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once the notice has its number its outcomes are frozen and the answers in it are issued."""
    notice = ResultNotice.objects.filter(document=document, issued_at=None).first()
    if notice:
        freeze(notice, actor=actor, now=now)


@verb("notice.freeze", may=permissions.may_freeze)
def freeze(notice: ResultNotice, *, actor: Actor, now: datetime) -> ResultNotice:
    """Freeze what the notice says of each opinion, and issue the answers that are items of it."""
    document = notice.document
    assert document is not None  # only an issued paper freezes
    own = notice.lines.select_related("opinion__dialogue__agency").exclude(opinion__state="merged")
    for line in own.order_by("number"):
        answer = answer_of(line.opinion)
        if line.outcome == NoticeLine.Outcome.ANSWERED and answer is not None and answer.state == "approved":
            issue_in_notice(answer, document=document, item=line.number, actor=actor, now=now)
    write(notice, issued_at=now)
    record(notice.chain, document=document.code, lines=notice.lines.count())
    return notice
