"""Decisions that change what was announced: each is one act, with its notice, its deadlines, and who hears of it."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.planning.actions import changing, preparing, scheduling
from doithoai.planning.models import Deadline, Dialogue, Sitting
from doithoai.planning.queries import binding_deadline, deadlines_of, last_day
from tests.cast import START, Stage
from tests.planning.test_views_drafting import text_of
from tests.web.visitors import browser, unchanged

pytestmark = pytest.mark.django_db

REASON = "mưa lũ chia cắt đường"
NEXT_WEEK = date(2021, 12, 29)


def sitting_of(stage: Stage, ordinal: int = 1) -> Sitting:
    return stage.dialogue.sittings.get(ordinal=ordinal)


def moved(sitting: Sitting, days: int) -> dict[str, datetime]:
    shift = timedelta(days=days)
    return {"starts_at": sitting.starts_at + shift, "ends_at": sitting.ends_at + shift}


def notices(stage: Stage) -> list[Document]:
    return list(Document.objects.filter(chain=stage.dialogue.code, kind="change_notice").order_by("pk"))


def facts_of(verb: str) -> list[dict[str, object]]:
    bodies = Entry.objects.filter(verb=verb).order_by("pk").values_list("body", flat=True)
    return [json.loads(body)["facts"] for body in bodies]


def issue(stage: Stage, document: Document, number: int) -> None:
    cast, office = stage.cast, stage.cast.head(stage.dialogue.secretariat)
    documents.submit(document, actor=cast.hoa.as_actor(), now=START)
    documents.tick_content(document, actor=office, now=START)
    documents.tick_form(document, actor=office, now=START)
    documents.approve(document, actor=cast.leader.as_actor(), now=START)
    documents.sign(document, actor=cast.leader.as_actor(), now=START)
    documents.issue(document, number=number, actor=cast.clerk.as_actor(), now=START)


class TestAnotherTime:
    def test_R28_one_act_moves_counts_tells_and_drafts(self, stage: Stage) -> None:
        sitting = sitting_of(stage)
        changing.reschedule(sitting, **moved(sitting, 1), reason=REASON, actor=stage.cast.hoa.as_actor(), now=START)
        (notice,) = notices(stage)
        assert (notice.about, notice.state, notice.drafted_by) == (sitting.code, "draft", stage.cast.hoa)
        assert "Thời gian đã thông báo: 07 giờ 30 phút, thứ Tư 22/12/2021" in notice.paper
        assert "thứ Năm, ngày 23/12/2021" in notice.paper
        assert f"Vì lý do {REASON}, " in notice.paper
        assert Message.objects.filter(key__contains=":moved:").count() == stage.dialogue.venues.count()

    def test_back_at_an_hour_that_was_told_before_the_venues_hear_of_it_again(self, stage: Stage) -> None:
        sitting, hoa = sitting_of(stage), stage.cast.hoa.as_actor()
        for turn, days in enumerate((1, 1, -1)):
            now = START + timedelta(minutes=turn)
            changing.reschedule(sitting, **moved(sitting, days), reason=f"lần {turn}", actor=hoa, now=now)
        told = Message.objects.filter(key__contains=":moved:", office=stage.dialogue.venues.first().office)
        assert [row.body.partition(" Lý do: ")[2] for row in told.order_by("pk")] == ["lần 0.", "lần 1.", "lần 2."]

    def test_what_the_head_decides_alone_the_head_may_still_approve(self, stage: Stage) -> None:
        sitting, leader = sitting_of(stage), stage.cast.leader.as_actor()
        changing.reschedule(sitting, **moved(sitting, 1), reason=REASON, actor=leader, now=START)
        (notice,) = notices(stage)
        assert notice.drafted_by is None
        issue(stage, notice, 90)
        notice.refresh_from_db()
        assert notice.number_text == "90/TB-UBND"

    def test_a_second_change_rewrites_the_notice_and_keeps_the_announced_time(self, stage: Stage) -> None:
        sitting, hoa = sitting_of(stage), stage.cast.hoa.as_actor()
        changing.reschedule(sitting, **moved(sitting, 1), reason=REASON, actor=hoa, now=START)
        changing.reschedule(sitting, **moved(sitting, 1), reason="mất điện", actor=hoa, now=START)
        (notice,) = notices(stage)
        assert notice.revision == 2
        assert "Thời gian đã thông báo: 07 giờ 30 phút, thứ Tư 22/12/2021" in notice.paper
        assert "thứ Sáu, ngày 24/12/2021" in notice.paper
        assert "mất điện" in notice.paper

    def test_after_the_notice_went_out_the_next_one_starts_from_it(self, stage: Stage) -> None:
        sitting, hoa = sitting_of(stage), stage.cast.hoa.as_actor()
        changing.reschedule(sitting, **moved(sitting, 1), reason=REASON, actor=hoa, now=START)
        issue(stage, notices(stage)[0], 90)
        sitting.refresh_from_db()
        assert sitting.announced_at is None
        changing.reschedule(sitting, **moved(sitting, 1), reason="mất điện", actor=hoa, now=START)
        assert len(notices(stage)) == 2
        assert "Thời gian đã thông báo: 07 giờ 30 phút, thứ Năm 23/12/2021" in notices(stage)[1].paper

    def test_a_day_that_was_only_expected_is_fixed_without_a_notice(self, stage: Stage) -> None:
        sitting = sitting_of(stage)
        Sitting.objects.filter(dialogue=stage.dialogue).update(tentative="trong tháng 12/2021")
        scheduling.count_deadlines(stage.dialogue, actor=stage.cast.leader.as_actor(), now=START)
        assert not stage.dialogue.deadlines.filter(superseded_at=None).exists()
        changing.reschedule(sitting, **moved(sitting, 1), reason=REASON, actor=stage.cast.hoa.as_actor(), now=START)
        sitting.refresh_from_db()
        assert (sitting.tentative, sitting.announced_at) == ("", None)
        assert not notices(stage)
        counted = stage.dialogue.deadlines.filter(superseded_at=None)
        assert set(counted.values_list("anchor", flat=True)) == {"dialogue"}
        assert set(counted.values_list("sitting__code", flat=True)) == {sitting.code}

    def test_papers_that_name_a_day_wait_until_it_is_fixed(self, stage: Stage) -> None:
        hoa = stage.cast.hoa.as_actor()
        paper = preparing.draft_announcement(stage.dialogue, actor=hoa, now=START)
        sitting = sitting_of(stage)
        Sitting.objects.filter(pk=sitting.pk).update(tentative="trong tháng 12/2021")
        with unchanged(Document), pytest.raises(NotNow, match="chưa ấn định, mới dự kiến trong tháng 12/2021"):
            documents.submit(paper, actor=hoa, now=START)
        page = text_of(browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/ke-hoach/"))
        assert "Thời hạn đếm từ ngày ấy chưa tính được" in page
        assert f"/buoi/{sitting.code}/doi-gio/" in page
        Sitting.objects.filter(pk=sitting.pk).update(tentative="")
        assert documents.submit(paper, actor=hoa, now=START).state == "in_review"


class TestOneSitting:
    @pytest.mark.parametrize(
        ("act", "state", "words"),
        [
            (changing.postpone, "postponed", "hoãn các buổi đối thoại sau đây"),
            (changing.cancel, "cancelled", "không tổ chức các buổi đối thoại sau đây"),
        ],
    )
    def test_it_is_stopped_with_its_reason_and_notice(
        self, stage: Stage, act: Callable[..., Sitting], state: str, words: str
    ) -> None:
        sitting = sitting_of(stage, 2)
        act(sitting, reason=REASON, actor=stage.cast.hoa.as_actor(), now=START)
        sitting.refresh_from_db()
        assert (sitting.state, sitting.reason) == (state, REASON)
        (notice,) = notices(stage)
        assert words in notice.paper
        assert "Lĩnh vực Xây dựng" in notice.paper
        assert "hộ kinh doanh:" not in notice.paper
        assert Message.objects.filter(body__contains=REASON).count() == stage.dialogue.venues.count()
        (fact,) = facts_of(f"sitting.{'postpone' if state == 'postponed' else 'cancel'}")
        assert fact == {"sitting": sitting.code}

    def test_what_is_left_counts_alone(self, stage: Stage) -> None:
        evening = sitting_of(stage, 2)
        changing.reschedule(evening, **moved(evening, 5), reason=REASON, actor=stage.cast.hoa.as_actor(), now=START)
        assert last_day(stage.dialogue) == date(2021, 12, 27)
        changing.cancel(evening, reason=REASON, actor=stage.cast.hoa.as_actor(), now=START)
        assert last_day(stage.dialogue) == date(2021, 12, 22)
        assert binding_deadline(stage.dialogue, "result_notice").due_on == date(2021, 12, 31)  # type: ignore[union-attr]  # counted

    @pytest.mark.parametrize(
        ("act", "words"), [(changing.postpone, "Hãy hoãn cả cuộc"), (changing.cancel, "Hãy hủy cả")]
    )
    def test_the_last_one_is_a_matter_of_the_whole(self, stage: Stage, act: Callable[..., Sitting], words: str) -> None:
        hoa = stage.cast.hoa.as_actor()
        changing.cancel(sitting_of(stage, 2), reason=REASON, actor=hoa, now=START)
        entries = Entry.objects.count()
        with pytest.raises(NotNow, match=words):
            act(sitting_of(stage), reason=REASON, actor=hoa, now=START)
        assert Entry.objects.count() == entries

    @pytest.mark.parametrize("act", [changing.postpone, changing.cancel])
    def test_without_a_reason_or_by_others_nothing_happens(self, stage: Stage, act: Callable[..., Sitting]) -> None:
        sitting, entries = sitting_of(stage), Entry.objects.count()
        with pytest.raises(NotNow, match="lý do"):
            act(sitting, reason=" ", actor=stage.cast.hoa.as_actor(), now=START)
        for actor in (stage.other.leader.as_actor(), stage.cast.technician.as_actor()):
            with pytest.raises(NotYours):
                act(sitting, reason=REASON, actor=actor, now=START)
        sitting.refresh_from_db()
        assert (sitting.state, Entry.objects.count()) == ("scheduled", entries)


class TestTheWhole:
    def test_put_off_and_taken_up_again(self, stage: Stage) -> None:
        leader = stage.cast.leader.as_actor()
        changing.postpone_all(stage.dialogue, reason=REASON, actor=leader, now=START)
        stage.dialogue.refresh_from_db()
        assert (stage.dialogue.state, stage.dialogue.reason) == ("postponed", REASON)
        assert {row.state for row in stage.dialogue.sittings.all()} == {"postponed"}
        assert deadlines_of(stage.dialogue) == []
        (notice,) = notices(stage)
        assert notice.about == stage.dialogue.code
        assert "Lĩnh vực Thành lập và hoạt động hộ kinh doanh:" in notice.paper
        assert "Lĩnh vực Xây dựng:" in notice.paper
        sitting = sitting_of(stage)
        changing.reschedule(sitting, **moved(sitting, 7), reason="nước đã rút", actor=leader, now=START)
        stage.dialogue.refresh_from_db()
        assert stage.dialogue.state == "open"
        assert binding_deadline(stage.dialogue, "submission").due_on == date(2021, 12, 24)  # type: ignore[union-attr]  # counted

    def test_called_off_for_good(self, stage: Stage) -> None:
        changing.cancel_all(stage.dialogue, reason=REASON, actor=stage.cast.leader.as_actor(), now=START)
        stage.dialogue.refresh_from_db()
        assert stage.dialogue.state == "cancelled"
        assert {row.state for row in stage.dialogue.sittings.all()} == {"cancelled"}
        assert "trả lời bằng văn bản" in notices(stage)[0].paper
        with pytest.raises(NotNow, match="“Đã hủy”"):
            changing.postpone_all(stage.dialogue, reason=REASON, actor=stage.cast.leader.as_actor(), now=START)

    def test_a_draft_is_called_off_without_a_notice(self, drafted: Stage) -> None:
        changing.cancel_all(drafted.dialogue, reason=REASON, actor=drafted.cast.leader.as_actor(), now=START)
        assert not notices(drafted)
        drafted.dialogue.refresh_from_db()
        assert drafted.dialogue.state == "cancelled"

    @pytest.mark.parametrize("act", [changing.postpone_all, changing.cancel_all])
    def test_the_office_and_strangers_do_not_decide_it(self, stage: Stage, act: Callable[..., Dialogue]) -> None:
        for actor in (stage.cast.hoa.as_actor(), stage.other.leader.as_actor()):
            with pytest.raises(NotYours):
                act(stage.dialogue, reason=REASON, actor=actor, now=START)
        assert not notices(stage)


class TestInWriting:
    def turn(self, stage: Stage, actor: Actor | None = None, until: date = NEXT_WEEK) -> Dialogue:
        who = actor or stage.cast.leader.as_actor()
        return changing.turn_written(stage.dialogue, until=until, reason=REASON, actor=who, now=START)

    def test_sittings_fall_away_and_the_result_counts_from_the_last_day_for_opinions(self, stage: Stage) -> None:
        self.turn(stage)
        dialogue = Dialogue.objects.get(pk=stage.dialogue.pk)
        assert (dialogue.state, dialogue.mode, dialogue.written_until) == ("answering", "written", NEXT_WEEK)
        assert {row.state for row in dialogue.sittings.all()} == {"cancelled"}
        rows = {row.rule_slug: row.due_on for row in deadlines_of(dialogue)}
        assert rows["result_notice"] == date(2022, 1, 10)
        assert not {slug for slug in rows if slug.startswith(("submission", "invitations", "announcement"))}
        assert last_day(dialogue) == NEXT_WEEK

    def test_the_notice_says_until_when_and_by_when(self, stage: Stage) -> None:
        self.turn(stage)
        (notice,) = notices(stage)
        assert "đến hết ngày 29 tháng 12 năm 2021" in notice.paper
        assert "chậm nhất ngày 10 tháng 01 năm 2022" in notice.paper
        (fact,) = facts_of("dialogue.turn_written")
        assert fact == {"sittings": 2, "until": "2021-12-29"}

    def test_what_was_counted_before_is_kept(self, stage: Stage) -> None:
        self.turn(stage)
        old = Deadline.objects.filter(dialogue=stage.dialogue, rule_slug="result_notice", superseded_at__isnull=False)
        assert [row.due_on for row in old] == [date(2021, 12, 31)]

    def test_today_is_too_late_for_a_last_day(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="từ ngày mai"):
            self.turn(stage, until=clock.day_of(START, stage.cast.agency.zone))
        assert not notices(stage)

    def test_once_a_sitting_has_begun_the_rest_is_written_down_there(self, stage: Stage) -> None:
        Dialogue.objects.filter(pk=stage.dialogue.pk).update(state="in_session")
        with pytest.raises(NotNow, match="đã có buổi bắt đầu"):
            self.turn(stage)

    def test_a_draft_is_not_turned(self, drafted: Stage) -> None:
        with pytest.raises(NotNow, match="“Dự thảo”"):
            self.turn(drafted)

    def test_only_the_head_turns_it(self, stage: Stage) -> None:
        for actor in (stage.cast.hoa.as_actor(), stage.other.leader.as_actor()):
            with pytest.raises(NotYours):
                self.turn(stage, actor)


def test_a_question_answered_no_leaves_its_terms_for_comparison(stage: Stage) -> None:
    """A commune's thematic dialogue that is not the yearly conference of article 43; its plan gives no term itself."""
    stage.dialogue.duties.update(rule="")
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(profile_key="cap-xa-2026")
    stage.dialogue.refresh_from_db()
    scheduling.count_deadlines(stage.dialogue, actor=stage.cast.leader.as_actor(), now=START)
    assert binding_deadline(stage.dialogue, "result_notice").due_on == date(2022, 1, 1)  # type: ignore[union-attr]  # counted
    assert binding_deadline(stage.dialogue, "announcement") is not None
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(answers={"article_43": False})
    stage.dialogue.refresh_from_db()
    scheduling.count_deadlines(stage.dialogue, actor=stage.cast.leader.as_actor(), now=START)
    assert binding_deadline(stage.dialogue, "result_notice") is None
    assert binding_deadline(stage.dialogue, "announcement") is None
    kept = {row.rule_slug: row.is_binding for row in deadlines_of(stage.dialogue)}
    assert kept["result_notice"] is False
    assert kept["result_notice_draft"] is False
