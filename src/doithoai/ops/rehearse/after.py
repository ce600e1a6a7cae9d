"""After the day: answers drafted, returned, approved, issued; the notice, the survey, publication, closing."""

from datetime import timedelta
from hashlib import sha256

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.ops.rehearse import voices
from doithoai.ops.rehearse.world import World
from doithoai.planning.actions import carrying_out, scheduling
from doithoai.planning.queries import binding_deadline, deadlines_of, last_day
from doithoai.portal import actions as portal
from doithoai.results import actions as results
from doithoai.results.queries import unseen
from doithoai.survey import actions as survey
from doithoai.survey.models import Survey


def answer_all(world: World) -> None:
    """Draft what is still owed, have it reviewed; one is returned once, one needs longer."""
    world.at(world.after(1), 8)
    voices.draft_answers(world, owed(world))
    world.at(world.after(2), 8)
    for place, answer in enumerate(_answers(world, "drafted"), start=1):
        if place == 1:
            _extend(world, answer)
        else:
            _review(world, answer, is_returned=place == 2)


def owed(world: World) -> list[Opinion]:
    """Opinions that still want an answer."""
    rows = Opinion.objects.filter(dialogue=world.dialogue, state="accepted").select_related(
        "answer__lead", "sitting__lead"
    )
    return list(rows.order_by("ordinal"))


def _answers(world: World, state: str) -> list[Answer]:
    rows = Answer.objects.filter(opinion__dialogue=world.dialogue, state=state).select_related("lead", "opinion")
    return list(rows.order_by("opinion__ordinal"))


def _extend(world: World, answer: Answer) -> None:
    """One answer waits for a measurement on site: a longer term, with its reason, signed by the head."""
    answers.extend(
        answer,
        to_on=world.after(17),
        reason="Cần đo đạc, kiểm tra thực địa cùng địa phương trước khi trả lời",
        actor=world.leader,
        now=world.tick(minutes=15),
    )


def _review(world: World, answer: Answer, *, is_returned: bool) -> None:
    officer, leader = world.cast.officer(answer.lead), world.leader
    answers.submit_answer(answer, actor=officer, now=world.tick(minutes=4))
    if is_returned:
        reason = "Nêu rõ công dân cần nộp giấy gì, ở đâu"
        answers.return_answer(answer, reason=reason, actor=leader, now=world.tick(minutes=20))
        answer.refresh_from_db()
        speech = world.spoken[answer.opinion.code]
        answers.draft(
            answer,
            text=speech.answer,
            basis=speech.rule,
            next_step="Mang giấy hẹn đến Bộ phận Một cửa trong giờ làm việc; không phải nộp thêm giấy tờ đã có",
            uptake=speech.uptake,
            uptake_reason=speech.uptake_reason,
            revision=answer.revision,
            actor=officer,
            now=world.tick(hours=1),
        )
        answers.submit_answer(answer, actor=officer, now=world.tick(minutes=4))
    answers.approve_answer(answer, actor=leader, now=world.tick(minutes=10))


def send_letters(world: World) -> None:
    """Off-topic ones, and one in each sitting with a personal matter, are answered by a letter of their own."""
    world.at(world.after(3), 8)
    chosen: list[Answer] = []
    for sitting in world.sittings:
        rows = [answer for answer in _answers(world, "approved") if answer.opinion.sitting_id == sitting.pk]
        chosen += [answer for answer in rows if answer.opinion.topic == Opinion.Topic.OFF]
        chosen += [answer for answer in rows if world.spoken[answer.opinion.code].private and answer not in chosen][:1]
    for answer in chosen:
        officer = world.cast.officer(answer.lead)
        answers.choose_form(answer, Answer.Form.LETTER.value, actor=officer, now=world.tick(minutes=2))
        letter = answers.draft_letter(answer, signer=world.cast.leader, actor=officer, now=world.tick(minutes=10))
        world.send(letter)


def issue_notice(world: World) -> Document:
    """One notice for every opinion, its public wordings looked at, drafted two working days ahead and issued in time."""
    deadline = binding_deadline(world.dialogue, "result_notice")
    ahead = next((row for row in deadlines_of(world.dialogue) if row.duty == "result_notice_draft"), None)
    world.at(ahead.plan_for if ahead else world.after(4), 14)
    for opinion in unseen(world.dialogue):
        of = opinion.public_source.pk
        intake.confirm_proposed(opinion, of=of, actor=world.hoa, now=world.tick(minutes=1))
    notice = results.draft_notice(world.dialogue, actor=world.hoa, now=world.tick(minutes=30))
    document = notice.document
    assert document is not None  # the notice was drafted with its paper
    world.submit(document)
    world.at(deadline.plan_for if deadline else world.after(7), 9)
    world.issue(document)
    return document


def ask_people(world: World) -> None:
    """Everybody who was there gets one anonymous slip; most answer, on paper or by telephone."""
    world.at(world.after(1), 15)
    present = [
        row
        for sitting in world.sittings
        for row in sitting.invitations.filter(state="attended").exclude(route="delegate")
    ]
    closes = last_day(world.dialogue) + timedelta(days=9)
    tokens = survey.open_survey(
        world.dialogue, [row.code for row in present], closes_on=closes, actor=world.hoa, now=world.tick(minutes=10)
    )
    asked = Survey.objects.get(dialogue=world.dialogue)
    sectors = {row.code: row.sitting.sector for row in present}
    for ordinal, (code, token) in enumerate(sorted(tokens.items())):
        if ordinal % 9 == 8:
            continue
        scores = {question["slug"]: _score(code, question["slug"]) for question in asked.questions}
        survey.respond(
            asked, token=token, sector=sectors[code], scores=scores, actor=world.hoa, now=world.tick(minutes=9)
        )


def _score(code: str, question: str) -> int:
    """An invented person's opinion, the same every time."""
    return (2, 3, 4, 4, 4, 5, 5)[sha256(f"{code} {question}".encode()).digest()[0] % 7]


def report_survey(world: World) -> None:
    """The report of the survey, signed by the head."""
    world.at(world.after(8), 8)
    asked = Survey.objects.get(dialogue=world.dialogue)
    report = survey.draft_report(asked, signer=world.cast.leader, actor=world.hoa, now=world.tick(minutes=20))
    world.publish(world.send(report))


def publish(world: World) -> None:
    """The notice and every line, masked and read by a person, go onto the public page with the journal's head."""
    editor = world.cast.editor.as_actor()
    world.publish(Document.objects.get(chain=world.dialogue.code, kind="result_notice"))
    portal.publish_lines(world.dialogue, actor=editor, now=world.tick(hours=1))
    portal.announce_head(world.dialogue, actor=editor, now=world.tick(minutes=5))


def finish(world: World) -> None:
    """The late answer goes out by letter, the other body's results come in, duties are confirmed, the case is closed."""
    world.at(world.after(12), 8)
    for answer in _answers(world, "drafted"):
        _review(world, answer, is_returned=False)
        officer = world.cast.officer(answer.lead)
        answers.choose_form(answer, Answer.Form.LETTER.value, actor=officer, now=world.tick(minutes=2))
        letter = answers.draft_letter(answer, signer=world.cast.leader, actor=officer, now=world.tick(minutes=10))
        world.send(letter)
    for opinion in Opinion.objects.filter(dialogue=world.dialogue, state="transferred").order_by("ordinal"):
        result = "Cơ quan nhận chuyển đã trả lời trực tiếp công dân bằng văn bản, gửi một bản để theo dõi"
        intake.record_transfer_result(opinion, result=result, actor=world.hoa, now=world.tick(minutes=10))
    _confirm_duties(world)
    world.dialogue.refresh_from_db()
    scheduling.close_dialogue(world.dialogue, actor=world.hoa, now=world.tick(minutes=30))
    portal.announce_head(world.dialogue, actor=world.cast.editor.as_actor(), now=world.tick(hours=8))


def _confirm_duties(world: World) -> None:
    for duty in world.dialogue.duties.select_related("office"):
        assert duty.office is not None  # every duty was assigned before the day
        carrying_out.report(
            duty, words="Đã hoàn thành theo Kế hoạch", actor=world.cast.head(duty.office), now=world.tick(minutes=2)
        )
        carrying_out.confirm(duty, actor=world.hoa, now=world.tick(minutes=1))
