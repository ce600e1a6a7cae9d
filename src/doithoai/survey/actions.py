"""Asking whether people are satisfied: anonymous, once each."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Sector
from doithoai.directory.queries import profile_of
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel import chance, clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue
from doithoai.survey import permissions
from doithoai.survey.models import Response, Survey, Ticket
from doithoai.survey.papers import report_paper


@verb("survey.open", may=permissions.may_open)
def open_survey(
    dialogue: Dialogue, holders: Iterable[str], *, closes_on: date, actor: Actor, now: datetime
) -> dict[str, str]:
    """Open the survey; each holder (an invitation's code) gets one token, returned once and never stored."""
    form = profile_of(dialogue.agency, dialogue.profile_key).survey
    questions = [{"slug": slug, "words": words} for slug, words in (("overall", form.words), *form.elements)]
    today = clock.day_of(now, dialogue.agency.zone)
    survey = Survey.objects.create(dialogue=dialogue, questions=questions, opened_on=today, closes_on=closes_on)
    tokens = {holder: chance.token() for holder in holders}
    Ticket.objects.bulk_create(
        Ticket(survey=survey, holder=holder, token_hash=chance.hashed(token)) for holder, token in tokens.items()
    )
    record(dialogue.chain, tickets=len(tokens), closes=closes_on.isoformat())
    return tokens


@verb("survey.respond", may=permissions.may_respond, anonymous=True)
def respond(
    survey: Survey,
    *,
    token: str,
    sector: Sector,
    scores: Mapping[str, int],
    comment: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Take one answer. The journal learns that one came in on this day, neither whose nor at what hour."""
    today = clock.day_of(now, survey.dialogue.agency.zone)
    if today > survey.closes_on:
        raise NotNow(_("Phiếu khảo sát đã hết hạn nhận trả lời. Xin cảm ơn ông/bà."))
    known = {question["slug"] for question in survey.questions}
    if "overall" not in scores or set(scores) - known or not all(1 <= score <= 5 for score in scores.values()):
        raise NotNow(_("Chưa ghi được: xin chọn một mức từ 1 đến 5 cho câu hỏi chung."))
    fresh = Ticket.objects.filter(survey=survey, token_hash=chance.hashed(token), is_used=False)
    if fresh.update(is_used=True) == 0:
        raise NotNow(_("Mã phiếu này đã dùng rồi hoặc không đúng. Mỗi phiếu trả lời một lần."))
    Response.objects.create(
        id=chance.token(), survey=survey, sector=sector, scores=dict(scores), comment=comment, on=today
    )
    record(survey.chain, responses=1)


@verb("survey.report", may=permissions.may_report)
def draft_report(survey: Survey, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the report of the survey."""
    dialogue = survey.dialogue
    paper = report_paper(survey, signer=signer, on=clock.day_of(now, dialogue.agency.zone))
    made = documents.Draft(paper, dialogue.secretariat, paper.subject)
    document = documents.draft(dialogue, made, actor=actor, now=now)
    record(dialogue.chain, document=document.code)
    return document
