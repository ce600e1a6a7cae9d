"""Answers that were given out follow the day of the result notice; what is extended or issued keeps its own."""

from datetime import date, timedelta

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.answers.queries import redated
from doithoai.directory.actions import amend_rules
from doithoai.directory.queries import latest_rules
from doithoai.journal.models import Entry
from doithoai.journal.queries import story
from doithoai.oversight.queries.sentences import sentence
from doithoai.planning.actions import changing
from doithoai.planning.models import Sitting
from doithoai.planning.queries import binding_deadline, notice_days
from doithoai.rules.rule_texts import with_rule
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import browser

FIRST, NEXT = date(2021, 12, 31), date(2022, 1, 4)
FIVE = date(2021, 12, 29)


def amend(stage: Stage, count: int) -> None:
    """The result is announced after another number of days from now on."""
    row = latest_rules(stage.cast.agency, "profile", "dong-hoa-2021")
    text = with_rule(row.text, "term", "result_notice", {"count": count})
    admin = stage.cast.admin.as_actor()
    amend_rules(stage.cast.agency, kind="profile", key=row.key, text=text, basis="Chỉ đạo", actor=admin, now=NOW)


def move(sitting: Sitting, days: int) -> None:
    shift = timedelta(days=days)
    times = {"starts_at": sitting.starts_at + shift, "ends_at": sitting.ends_at + shift}
    system = scene.SYSTEM
    changing.reschedule(sitting, **times, reason="mưa lũ chia cắt đường", actor=system, now=NOW)


def move_all(stage: Stage, days: int) -> None:
    for sitting in stage.dialogue.sittings.order_by("ordinal"):
        move(sitting, days)


def day_of(answer: Answer) -> date | None:
    answer.refresh_from_db()
    return answer.due_on


def test_an_amended_rule_moves_what_is_given_out_and_the_count_tells_how_many(stage: Stage) -> None:
    rows = [made.assigned(stage), made.submitted(stage)]
    amend(stage, 5)
    assert [day_of(row) for row in rows] == [FIVE, FIVE]
    line = story(stage.dialogue.chain, last=1)[0]
    assert (line.verb, line.actor, line.facts["redated"]) == ("deadline.count", "system:rules.amend", 2)
    assert sentence(line.verb, line.facts, {}).endswith("; 2 trả lời đã giao đổi hạn theo")


def test_another_day_of_the_sittings_moves_them_too(stage: Stage) -> None:
    answer = made.assigned(stage)
    move_all(stage, 7)
    deadline = binding_deadline(stage.dialogue, "result_notice", answer.opinion.sitting)
    assert deadline
    assert deadline.due_on > FIRST
    assert day_of(answer) == deadline.due_on
    lines = [line for line in story(stage.dialogue.chain) if line.verb == "deadline.count"]
    assert sum(int(line.facts.get("redated", 0)) for line in lines) >= 1


def test_what_was_given_out_before_the_day_was_known_gets_it(stage: Stage) -> None:
    answer = made.assigned(stage)
    Answer.objects.update(due_on=None)
    move_all(stage, 0)
    assert day_of(answer) == FIRST


def test_an_extended_one_keeps_its_day_and_an_issued_one_too(stage: Stage) -> None:
    extended, issued = made.assigned(stage), made.assigned(stage)
    until, leader = date(2022, 1, 14), stage.cast.leader.as_actor()
    answers.extend(extended, to_on=until, reason="Cần đo đạc thực địa", actor=leader, now=NOW)
    Answer.objects.filter(pk=issued.pk).update(state="issued")
    amend(stage, 5)
    assert (day_of(extended), day_of(issued)) == (until, FIRST)
    assert "redated" not in story(stage.dialogue.chain, last=1)[0].facts


def test_given_out_anew_after_an_extension_it_follows_again(stage: Stage) -> None:
    answer = made.assigned(stage)
    leader = stage.cast.leader.as_actor()
    answers.extend(answer, to_on=date(2022, 1, 14), reason="Cần đo đạc thực địa", actor=leader, now=NOW)
    Answer.objects.filter(pk=answer.pk).update(state="issued")
    again = answers.assign(answer.opinion, lead=answer.lead, actor=stage.cast.hoa.as_actor(), now=NOW)
    assert day_of(again) == FIRST
    amend(stage, 5)
    assert day_of(again) == FIVE


def test_by_the_day_of_the_own_sitting_else_by_the_first(stage: Stage) -> None:
    answer = made.assigned(stage)
    key = answer.opinion.sitting_id
    assert redated(stage.dialogue, {key: NEXT, None: FIVE}) == [(answer, NEXT)]
    assert redated(stage.dialogue, {-1: NEXT, None: FIVE}) == [(answer, FIVE)]
    assert redated(stage.dialogue, {}) == [(answer, None)]
    assert redated(stage.dialogue, notice_days(stage.dialogue)) == []


def test_nothing_of_a_second_agency_moves(stage: Stage) -> None:
    answer = made.assigned(stage)
    row = latest_rules(stage.other.agency, "profile", "dong-hoa-2021")
    text = with_rule(row.text, "term", "result_notice", {"count": 5})
    admin = stage.other.admin.as_actor()
    before = Entry.objects.filter(verb="deadline.count").count()
    amend_rules(stage.other.agency, kind="profile", key=row.key, text=text, basis="Chỉ đạo", actor=admin, now=NOW)
    assert day_of(answer) == FIRST
    assert Entry.objects.filter(verb="deadline.count").count() == before


def test_the_look_before_an_amendment_counts_the_answers(stage: Stage) -> None:
    answer = made.assigned(stage)
    said = {"count": 5, "unit": "working_day", "words": "Thông báo", "law": "Luật", "basis": "Chỉ đạo", "binding": "on"}
    client = browser(stage.cast.admin, now=NOW)
    page = client.post("/danh-muc/quy-dinh/term/result_notice/", said | {"buoc": "xem"}).content.decode()
    assert "1 trả lời đã giao cũng đổi hạn theo." in page
    assert day_of(answer) == FIRST
