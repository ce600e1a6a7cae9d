"""A dialogue that is held in writing: three pages say until when, late ones are taken, one synthesis is of the whole."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from doithoai.answers import actions as answers
from doithoai.answers.models import Dossier
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.kernel.access import ANYONE, NotNow, NotYours
from doithoai.people.actions import Newcomer, give_link
from doithoai.planning.actions import changing
from doithoai.sample.people import ATTACK_NAME
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged

UNTIL = date(2021, 12, 20)
LATE = datetime(2021, 12, 20, 17, 0, tzinfo=UTC)
"""Midnight in Đông Hòa: the first instant of the day after the last one."""

LAST_MINUTE = datetime(2021, 12, 20, 16, 59, tzinfo=UTC)
WORDS = "Tôi gửi bằng văn bản."
SENTENCE = "ửi ý kiến đến hết thứ Hai 20/12/2021"


def turn(stage: Stage) -> None:
    actor = stage.cast.leader.as_actor()
    changing.turn_written(stage.dialogue, until=UNTIL, reason="Mưa lũ", actor=actor, now=NOW)


def sent(stage: Stage, now: datetime = NOW, words: str = WORDS) -> Opinion:
    told = Newcomer(ATTACK_NAME)
    return intake.receive(stage.dialogue, words=words, door="web", newcomer=told, actor=ANYONE, now=now)


def path(stage: Stage, slug: str = "") -> str:
    return f"/cuoc/{stage.dialogue.code}/tong-hop/toan-cuoc/{slug}"


class TestPages:
    def test_the_invited_read_until_when_to_write_and_not_to_come(self, stage: Stage) -> None:
        invited = scene.invitation(stage, scene.person(stage))
        rename_to_attack(invited.person)  # type: ignore[arg-type]  # a citizen's invitation
        token = give_link(invited.agency, purpose="invitation", code=invited.code, expires_at=invited.sitting.ends_at)
        assert SENTENCE not in browser(now=NOW).get(f"/moi/{token}/").content.decode()
        turn(stage)
        html = browser(now=NOW).get(f"/moi/{token}/").content.decode()
        assert SENTENCE in html
        assert "không cần đến" in html
        assert "Buổi này đã hủy" not in html
        assert "Khi nào" not in html
        assert ESCAPED_ATTACK in html
        html = browser(now=NOW).get(f"/moi/{token}/y-kien/").content.decode()
        assert SENTENCE in html
        assert "bằng văn bản" in html

    def test_the_public_page_and_its_form_say_it_too(self, stage: Stage) -> None:
        turn(stage)
        html = browser(now=NOW).get(f"/cong-khai/{stage.dialogue.code}/").content.decode()
        assert "nhận ý kiến đến hết thứ Hai 20/12/2021" in html
        assert "bằng văn bản, đến hết 20/12/2021" in html
        assert SENTENCE in browser(now=NOW).get(f"/cong-khai/{stage.dialogue.code}/gui-y-kien/").content.decode()


class TestLate:
    def test_it_is_taken_and_marked_from_the_first_minute_of_the_next_day(self, stage: Stage) -> None:
        turn(stage)
        in_time, late = sent(stage, LAST_MINUTE), sent(stage, LATE)
        assert (in_time.is_late, late.is_late) == (False, True)
        html = browser(stage.cast.hoa, now=LATE).get(f"/cuoc/{stage.dialogue.code}/y-kien/").content.decode()
        assert html.count("Đến sau hạn.") == 1
        html = browser(stage.cast.hoa, now=LATE).get(f"/y-kien/{late.code}/").content.decode()
        assert "Đến sau hạn nhận ý kiến (thứ Hai 20/12/2021)." in html
        token = intake.own_link(late, until=LATE.replace(year=2022))
        html = browser(now=LATE).get(f"/y-kien-cua-toi/{token}/").content.decode()
        assert "vẫn được nhận và trả lời" in html

    def test_nothing_is_late_where_people_meet(self, stage: Stage) -> None:
        assert not sent(stage, LATE).is_late


class TestWholeSynthesis:
    def test_one_for_the_whole_with_those_of_no_sitting_and_the_late(self, stage: Stage) -> None:
        first = scene.accepted(stage)
        turn(stage)
        for row in (sent(stage), sent(stage, LATE, "Tôi gửi muộn.")):
            intake.accept(row, actor=stage.cast.hoa.as_actor(), now=LATE)
        html = browser(stage.cast.hoa, now=LATE).get(path(stage)).content.decode()
        assert "Tổng hợp vướng mắc, cả cuộc đối thoại" in html
        assert "1 ý kiến đến sau hạn, vẫn được nhận." in html
        assert first.code in html
        document = answers.draft_whole(
            stage.dialogue, signer=stage.cast.leader, actor=stage.cast.hoa.as_actor(), now=LATE
        )
        said = repr(document.model.blocks)
        assert document.model.subject == "Về tổng hợp vướng mắc toàn cuộc đối thoại"
        for words in ("03 ý kiến", "Đến sau hạn nhận ý kiến, vẫn tiếp nhận: 01 ý kiến.", "đến hết ngày 20/12/2021"):
            assert words in said, words
        assert "lượt" not in said, "nobody is received in person"
        made = Dossier.objects.get()
        assert (made.sitting, made.dialogue, str(made)) == (None, stage.dialogue, stage.dialogue.code)
        facts = scene.entries("dossier.draft_whole")[-1]["facts"]
        assert facts == {"sitting": stage.dialogue.code, "document": document.code, "opinions": 3}

    def test_from_the_page_to_the_head_and_back(self, stage: Stage) -> None:
        row = scene.accepted(stage)
        turn(stage)
        office, leader = browser(stage.cast.hoa, now=NOW), stage.cast.leader
        assert office.post(path(stage, "to-trinh/"), {"nguoi-ky": leader.code}).status_code == 302
        made = Dossier.objects.select_related("document").get()
        scene.issue(stage, made.document)
        made.refresh_from_db()
        assert made.submitted_at is not None
        client = browser(leader, now=NOW)
        assert client.post(path(stage, "tra-lai/"), {f"nd-{row.code}": "Nêu rõ căn cứ"}).status_code == 302
        assert "Nêu rõ căn cứ" in browser(stage.cast.hoa, now=NOW).get(path(stage)).content.decode()
        office = browser(stage.cast.hoa, now=NOW)
        assert office.post(path(stage, "da-sua/"), {"y-kien": row.code}).status_code == 302
        assert office.post(path(stage, "chuong-trinh/"), {"nguoi-ky": leader.code}).status_code == 404

    def test_a_sittings_own_is_refused_then_and_the_whole_before(self, stage: Stage) -> None:
        scene.accepted(stage)
        sitting, head = scene.sitting_of(stage), stage.cast.heads[scene.sitting_of(stage).lead.code]
        with unchanged(Document, Dossier), pytest.raises(NotNow, match="mỗi buổi một tờ trình"):
            answers.draft_whole(stage.dialogue, signer=head, actor=stage.cast.hoa.as_actor(), now=NOW)
        assert browser(stage.cast.hoa, now=NOW).get(path(stage)).status_code == 404
        turn(stage)
        sitting.refresh_from_db()
        with unchanged(Document, Dossier), pytest.raises(NotNow, match="Văn phòng tổng hợp chung cả cuộc"):
            answers.draft_dossier(sitting, signer=head, actor=scene.officer(stage), now=NOW)
        html = browser(stage.cast.hoa, now=NOW).get(f"/cuoc/{stage.dialogue.code}/tong-hop/{sitting.code}/")
        assert path(stage) in html.content.decode()

    def test_unsorted_ones_stop_it(self, stage: Stage) -> None:
        sent(stage)
        turn(stage)
        with unchanged(Document, Dossier), pytest.raises(NotNow, match="còn 1/1 ý kiến chưa phân loại"):
            answers.draft_whole(stage.dialogue, signer=stage.cast.leader, actor=stage.cast.hoa.as_actor(), now=NOW)

    def test_whose_it_is(self, stage: Stage) -> None:
        scene.accepted(stage)
        turn(stage)
        strangers = (stage.other.hoa.as_actor(), stage.other.leader.as_actor(), ANYONE)
        for actor in (scene.officer(stage), stage.cast.clerk.as_actor(), *strangers):
            with unchanged(Document, Dossier), pytest.raises(NotYours):
                answers.draft_whole(stage.dialogue, signer=stage.cast.leader, actor=actor, now=NOW)
        assert browser(stage.other.hoa, now=NOW).get(path(stage)).status_code == 404
        assert browser(stage.cast.clerk, now=NOW).get(path(stage)).status_code == 404

    def test_a_synthesis_is_of_a_sitting_or_of_the_whole(self, stage: Stage) -> None:
        scene.accepted(stage)
        head = stage.cast.heads[scene.sitting_of(stage).lead.code]
        answers.draft_dossier(scene.sitting_of(stage), signer=head, actor=scene.officer(stage), now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Dossier.objects.update(dialogue=stage.dialogue)

    def test_many_matters_cost_as_many_queries_as_few(self, stage: Stage) -> None:
        scene.accepted(stage)
        turn(stage)
        few = queries_of(browser(stage.cast.hoa, now=NOW), path(stage))
        for at in range(4):
            scene.accepted(stage, f"Việc khác {at}")
        assert queries_of(browser(stage.cast.hoa, now=NOW), path(stage)) == few
