"""People say that they met the same: only of what a person put there, once a device, never counted as an opinion."""

import pytest
from django.test import Client

from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion, Support
from doithoai.intake.queries import figures, shown, supports_of
from doithoai.kernel.access import ANYONE, NotNow, NotYours
from doithoai.sample.people import ATTACK_NAME
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

WORDS = f"Nộp một hồ sơ hai lần. {ATTACK_NAME}"


def confirmed(stage: Stage, words: str = WORDS) -> Opinion:
    row = scene.accepted(stage, words)
    why = "Không phải tên người"
    return intake.prepare_public(row, [], of=row.words_id, reason=why, actor=scene.officer(stage), now=NOW)


def on_show(stage: Stage, words: str = WORDS) -> Opinion:
    return intake.show(confirmed(stage, words), actor=scene.officer(stage), now=NOW)


def support(row: Opinion, device: str) -> None:
    intake.support(row, device=device, actor=ANYONE, now=NOW)


def path(stage: Stage) -> str:
    return f"/cong-khai/{stage.dialogue.code}/cung-gap/"


def press(client: Client, stage: Stage, row: Opinion) -> int:
    return client.post(f"{path(stage)}{row.code}/").status_code


class TestShowing:
    def test_the_lead_office_and_the_office_show_it_and_take_it_off(self, stage: Stage) -> None:
        for actor in (scene.officer(stage), stage.cast.hoa.as_actor()):
            row = intake.show(confirmed(stage), actor=actor, now=NOW)
            assert row in shown(stage.dialogue)
            intake.hide(row, actor=actor, now=NOW)
            assert not shown(stage.dialogue)
        assert [entry["facts"] for entry in scene.entries("opinion.hide")][-1] == {"opinion": row.code}
        for stranger in (scene.officer(stage, 2), stage.cast.clerk.as_actor(), stage.other.hoa.as_actor(), ANYONE):
            with unchanged(Opinion), pytest.raises(NotYours):
                intake.show(row, actor=stranger, now=NOW)

    def test_only_what_is_taken_on_and_confirmed(self, stage: Stage) -> None:
        actor = scene.officer(stage)
        for row, sentence in (
            (scene.opinion(stage), "đang ở trạng thái “Mới nhận”"),
            (scene.accepted(stage), "lời công khai chưa ai xác nhận"),
            (on_show(stage), "ý kiến này đang đăng"),
        ):
            with unchanged(Opinion), pytest.raises(NotNow, match=sentence):
                intake.show(row, actor=actor, now=NOW)
        row = confirmed(stage)
        with unchanged(Opinion), pytest.raises(NotNow, match="ý kiến này không đăng"):
            intake.hide(row, actor=actor, now=NOW)

    def test_it_leaves_the_page_by_itself_when_it_becomes_something_else(self, stage: Stage) -> None:
        actor = scene.officer(stage)
        complaint, reworded, taken_back, merged, into = (on_show(stage, f"{WORDS} {at}") for at in range(5))
        intake.classify(complaint, kind="denunciation", actor=actor, now=NOW)
        intake.summarise(reworded, summary="Chị Mẫu nộp hai lần", actor=actor, now=NOW)
        intake.withdraw(taken_back, reason="Theo lời người gửi", actor=actor, now=NOW)
        intake.merge(merged, into, reason="Trùng", actor=actor, now=NOW)
        assert list(shown(stage.dialogue)) == [into]
        Document.objects.create(
            agency=stage.cast.agency, code="TB", chain=stage.dialogue.code, kind="result_notice", number=1,
            drafting=stage.dialogue.secretariat,
        )  # fmt: skip
        assert not shown(stage.dialogue)


class TestSaying:
    def test_it_counts_once_a_device_and_is_no_opinion(self, stage: Stage) -> None:
        row, before = on_show(stage), figures(stage.dialogue)
        for device in ("a" * 32, "b" * 32):
            support(row, device)
        with unchanged(Support), pytest.raises(NotNow, match="Máy này đã ghi việc này rồi; mỗi máy ghi một lần"):
            support(row, "a" * 32)
        assert supports_of([row]) == {row.pk: 2}
        assert figures(stage.dialogue)["received"] == before["received"] + 0
        entry = scene.entries("opinion.support")[-1]
        assert (entry["actor"], entry["facts"]) == ("", {"opinion": row.code})
        assert NOW.isoformat()[11:16] not in repr(entry), "nobody reads when"
        assert "a" * 32 not in repr(list(Support.objects.values_list("device", flat=True)))

    def test_what_was_merged_brings_its_own_along(self, stage: Stage) -> None:
        row, into = on_show(stage), on_show(stage, "Việc ấy")
        support(row, "a" * 32)
        support(into, "a" * 32)
        support(into, "b" * 32)
        intake.merge(row, into, reason="Trùng", actor=scene.officer(stage), now=NOW)
        assert supports_of([into]) == {into.pk: 2}

    def test_staff_and_what_is_not_shown_are_refused(self, stage: Stage) -> None:
        row = on_show(stage)
        for actor in (stage.cast.hoa.as_actor(), stage.other.hoa.as_actor()):
            with unchanged(Support), pytest.raises(NotYours):
                intake.support(row, device="a" * 32, actor=actor, now=NOW)
        intake.hide(row, actor=scene.officer(stage), now=NOW)
        with unchanged(Support), pytest.raises(NotNow, match="không còn lấy ý kiến"):
            support(row, "a" * 32)


class TestPage:
    def test_one_tap_a_device_and_the_most_met_first(self, stage: Stage) -> None:
        first, second = on_show(stage, "Việc một"), on_show(stage)
        client = browser(now=NOW)
        html = client.get(path(stage)).content.decode()
        assert html.index("Việc một") < html.index("Nộp một hồ sơ hai lần.")
        assert ESCAPED_ATTACK in html
        assert press(client, stage, second) == 302
        mark = client.cookies["may"]
        assert (mark["httponly"], mark["samesite"], mark["path"]) == (True, "Lax", "/cong-khai/")
        html = client.get(f"{path(stage)}?da=opinion.support").content.decode()
        assert html.index("Nộp một hồ sơ hai lần.") < html.index("Việc một")
        assert "1 người cùng gặp." in html
        assert "Máy này đã ghi" in html
        assert html.count("Tôi cũng gặp việc này<") == 1
        with unchanged(Support):
            assert press(client, stage, second) == 409
        assert press(browser(now=NOW), stage, second) == 302, "another device"
        assert "2 người cùng gặp." in browser(now=NOW).get(path(stage)).content.decode()
        board = browser(stage.cast.hoa, now=NOW).get(f"/cuoc/{stage.dialogue.code}/y-kien/").content.decode()
        assert "2 người cùng gặp." in board
        assert first.code in board

    def test_a_form_from_elsewhere_says_nothing(self, stage: Stage) -> None:
        row = on_show(stage)
        browser(now=NOW)
        with unchanged(Support):
            assert Client(enforce_csrf_checks=True).post(f"{path(stage)}{row.code}/").status_code == 403

    def test_what_is_not_shown_is_not_there(self, stage: Stage) -> None:
        row = confirmed(stage)
        assert row.code not in browser(now=NOW).get(path(stage)).content.decode()
        with unchanged(Support):
            assert press(browser(now=NOW), stage, row) == 404
            assert browser(now=NOW).get(f"{path(stage)}{row.code}/").status_code == 405

    def test_the_dialogues_page_leads_there_once_something_is_shown(self, stage: Stage) -> None:
        there = f"/cong-khai/{stage.dialogue.code}/"
        assert path(stage) not in browser(stage.cast.hoa, now=NOW).get(there).content.decode()
        on_show(stage)
        assert path(stage) in browser(stage.cast.hoa, now=NOW).get(there).content.decode()

    def test_the_page_of_the_opinion_offers_it(self, stage: Stage) -> None:
        row = confirmed(stage)
        client = browser(stage.cast.hoa, now=NOW)
        assert "Đăng để người dân cùng xác nhận" in client.get(f"/y-kien/{row.code}/").content.decode()
        assert client.post(f"/y-kien/{row.code}/dang/").status_code == 302
        assert "Thôi đăng" in client.get(f"/y-kien/{row.code}/").content.decode()

    def test_many_cost_as_many_queries_as_few(self, stage: Stage) -> None:
        on_show(stage)
        few = queries_of(browser(now=NOW), path(stage))
        for at in range(4):
            on_show(stage, f"Việc {at}")
        assert queries_of(browser(now=NOW), path(stage)) == few
