"""Groups of near-equal opinions: asked for by a person, found by the worker, seen with their progress."""

from datetime import timedelta

import pytest

from doithoai.intake import actions as intake
from doithoai.intake import worker
from doithoai.intake.models import Grouping, Opinion
from doithoai.kernel import clock
from doithoai.kernel.access import ANYONE, NotNow, NotYours
from doithoai.people.models import Staff
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import browser, queries_of, unchanged

PAPER = "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy"
TWIN = "Tôi nộp hồ sơ trực tuyến rồi mà vẫn bắt nộp lại bản giấy"


@pytest.fixture(autouse=True)
def _at(db: None) -> None:
    clock.stand_at(NOW)


@pytest.fixture
def twins(stage: Stage) -> list[Opinion]:
    return [scene.opinion(stage, words) for words in (PAPER, TWIN, "Xin mở cửa sáng thứ Bảy cho công nhân")]


def path(stage: Stage, more: str = "") -> str:
    return f"/cuoc/{stage.dialogue.code}/y-kien/nhom/{more}"


def page(stage: Stage, who: Staff | None = None) -> str:
    return browser(who or stage.cast.hoa, now=NOW).get(path(stage)).content.decode()


class TestAsking:
    def test_it_waits_for_the_worker_and_stands_in_the_journal(self, stage: Stage, twins: list[Opinion]) -> None:
        row = intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
        assert (row.total, row.compared, row.done_at) == (3, 0, None)
        assert scene.entries("opinions.compare")[-1]["facts"] == {"opinions": 3}
        with pytest.raises(NotNow, match="đang so các ý kiến này"):
            intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)

    def test_one_opinion_is_like_no_other(self, stage: Stage) -> None:
        scene.opinion(stage)
        with pytest.raises(NotNow, match="ít nhất hai ý kiến"):
            intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)

    def test_it_is_for_those_who_read_all_opinions(self, stage: Stage, twins: list[Opinion]) -> None:
        for actor in (
            stage.cast.clerk.as_actor(),
            stage.cast.technician.as_actor(),
            stage.other.hoa.as_actor(),
            ANYONE,
        ):
            with pytest.raises(NotYours):
                intake.compare(stage.dialogue, actor=actor, now=NOW)
        assert not Grouping.objects.exists()

    def test_asking_again_replaces_what_was_found(self, stage: Stage, twins: list[Opinion]) -> None:
        for _time in range(2):
            intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
            assert worker.work_off() == 1
        assert Grouping.objects.count() == 1


class TestWork:
    def test_twins_stand_together_and_the_rest_alone(self, stage: Stage, twins: list[Opinion]) -> None:
        intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
        assert worker.work_off() == 1
        row = Grouping.objects.get()
        assert row.groups == [[twins[0].code, twins[1].code]]
        assert (row.compared, row.total) == (3, 3)
        assert row.done_at == NOW
        assert worker.work_off() == 0

    def test_a_denunciation_is_never_compared(self, stage: Stage, twins: list[Opinion]) -> None:
        scene.opinion(stage, PAPER, kind="denunciation")
        intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
        worker.work_off()
        assert Grouping.objects.get().groups == [[twins[0].code, twins[1].code]]

    def test_one_at_which_another_worker_is_is_left_alone_until_that_one_is_silent(
        self, stage: Stage, twins: list[Opinion]
    ) -> None:
        intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
        Grouping.objects.update(tries=1, moved_at=NOW)
        assert worker.work_off() == 0
        clock.stand_at(NOW + worker.SILENT + timedelta(seconds=1))
        assert worker.work_off() == 1

    def test_what_fails_is_tried_again_and_then_given_up_with_the_reason(
        self, stage: Stage, twins: list[Opinion], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_args: object) -> None:
            raise MemoryError("hết bộ nhớ")

        monkeypatch.setattr(worker, "said_in", fail)
        intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
        for time in range(worker.MOST_TRIES):
            assert Grouping.objects.get().problem == ""
            clock.stand_at(NOW + (time + 1) * (worker.SILENT + timedelta(seconds=1)))
            assert worker.work_off() == 0
        assert Grouping.objects.get().problem == "MemoryError: hết bộ nhớ"
        assert worker.waiting(clock.now()) == []
        assert "Máy chưa so được." in page(stage)


class TestPage:
    def test_it_says_what_to_do_first(self, stage: Stage, twins: list[Opinion]) -> None:
        html = page(stage)
        assert "So 3 ý kiến đang chờ" in html
        assert "Chưa so lần nào." in html

    def test_progress_is_seen_on_the_page_and_asked_for_by_it(self, stage: Stage, twins: list[Opinion]) -> None:
        client = browser(stage.cast.hoa, now=NOW)
        assert client.post(path(stage))["Location"] == f"{path(stage)}?da=opinions.compare"
        Grouping.objects.update(compared=2)
        html = page(stage)
        assert '<progress class="bar" max="3" value="2"' in html
        with unchanged(Grouping):
            told = client.get(path(stage, "tien-do/")).json()
        assert told == {"busy": True, "done": 2, "total": 3, "word": "Đã so"}
        worker.work_off()
        assert client.get(path(stage, "tien-do/")).json()["busy"] is False

    def test_a_group_is_merged_by_a_person_each_by_an_act_of_its_own(self, stage: Stage, twins: list[Opinion]) -> None:
        client = browser(stage.cast.hoa, now=NOW)
        client.post(path(stage))
        worker.work_off()
        html = page(stage)
        assert "Còn 1 nhóm, 2 ý kiến." in html
        assert "“nộp hồ sơ trực tuyến rồi”" in html
        back = client.post(
            path(stage, "gop/"), {"vao": twins[0].code, "gop": [twins[1].code], "ly-do": "Trùng nội dung."}
        )
        assert "Đã gộp 1 ý kiến." in client.get(back["Location"]).content.decode()
        twins[1].refresh_from_db()
        assert (twins[1].state, twins[1].merged_into) == ("merged", twins[0])
        assert "Không còn nhóm nào." in page(stage)
        assert client.post(path(stage, "gop/"), {"vao": twins[0].code, "gop": [twins[1].code]}).status_code == 409

    def test_who_sees_a_part_only_sees_no_groups(self, stage: Stage, twins: list[Opinion]) -> None:
        assert browser(stage.cast.clerk, now=NOW).get(path(stage)).status_code == 403
        assert browser(stage.other.hoa, now=NOW).get(path(stage)).status_code == 404
        with unchanged(Grouping, Opinion):
            assert browser(stage.other.hoa, now=NOW).post(path(stage)).status_code == 404

    def test_many_groups_cost_as_many_queries_as_one(self, stage: Stage, twins: list[Opinion]) -> None:
        intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
        worker.work_off()
        few = queries_of(browser(stage.cast.hoa, now=NOW), path(stage))
        Grouping.objects.all().delete()
        for at in range(4):
            for words in (f"Đường tổ {at}{at} ngập nước mưa", f"Đường tổ {at}{at} ngập nước khi mưa"):
                scene.opinion(stage, words)
        intake.compare(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW)
        worker.work_off()
        assert queries_of(browser(stage.cast.hoa, now=NOW), path(stage)) == few <= 14
