"""Offices help one another: remarks of supporting offices, blocks of words, the letter of an extension."""

from datetime import date

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer, Extension, Remark, Wording
from doithoai.answers.queries import _past_index, past_answers, wordings_for
from doithoai.directory.models import Office, Procedure
from doithoai.documents.models import Document
from doithoai.journal.queries import story
from doithoai.kernel.access import ANYONE, Actor, NotNow, NotYours
from doithoai.ops.verify import faults
from doithoai.outbox.models import Message
from doithoai.people.models import Text
from doithoai.rules.paper import words
from tests.answers.scene import BASIS, TEXT, approved, assigned, with_twin, write
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, entries, snapshot

pytestmark = pytest.mark.django_db


def helper_office(stage: Stage) -> Office:
    """The lead office of the second sitting, which helps with an answer of the first."""
    return scene.sitting_of(stage, 2).lead


def helper(stage: Stage) -> Actor:
    return scene.officer(stage, 2)


def helped(stage: Stage) -> Answer:
    """An answer with one supporting office."""
    answer = assigned(stage)
    return answers.set_supporting(answer, [helper_office(stage)], actor=scene.lead_head(stage), now=NOW)


class TestRemark:
    def test_the_supporting_office_is_heard_and_the_lead_is_told(self, stage: Stage) -> None:
        answer = write(stage, helped(stage))
        before = Message.objects.count()
        row = answers.remark(answer, text=" Phòng đã trả 12 hồ sơ. ", actor=helper(stage), now=NOW)
        assert (str(row.text), row.office, row.revision) == ("Phòng đã trả 12 hồ sơ.", helper_office(stage), 2)
        assert row.by == stage.cast.officers[helper_office(stage).code]
        told = Message.objects.order_by("pk")[before:]
        assert [message.office for message in told] == [answer.lead]
        assert entries("answer.remark")[-1]["facts"]["office"] == helper_office(stage).code
        assert not list(faults())

    def test_it_is_refused_to_everybody_else_without_words_and_afterwards(self, stage: Stage) -> None:
        answer = helped(stage)
        before = snapshot(Remark, Answer)
        others = (scene.officer(stage), stage.cast.leader.as_actor(), stage.cast.clerk.as_actor(), ANYONE)
        for actor in (*others, stage.other.leader.as_actor()):
            with pytest.raises(NotYours, match=r"\S"):
                answers.remark(answer, text="Có.", actor=actor, now=NOW)
        with pytest.raises(NotNow, match="chưa có nội dung góp ý"):
            answers.remark(answer, text=" ", actor=helper(stage), now=NOW)
        Answer.objects.filter(pk=answer.pk).update(state="issued")
        with pytest.raises(NotNow, match="đã trả lời rồi"):
            answers.remark(answer, text="Có.", actor=helper(stage), now=NOW)
        Answer.objects.filter(pk=answer.pk).update(state="assigned")
        assert snapshot(Remark, Answer) == before


class TestWordings:
    def save(self, stage: Stage, title: str = "Không nộp lại", body: str = TEXT, **fields: object) -> Wording:
        office = scene.sitting_of(stage).lead
        whole = {"actor": scene.officer(stage), **fields}
        return answers.save_wording(office, title=title, body=body, basis=BASIS, now=NOW, **whole)  # type: ignore[arg-type]

    def test_a_block_is_offered_for_its_procedure_first(self, stage: Stage) -> None:
        answer = assigned(stage)
        procedure = Procedure.objects.create(sector=scene.sitting_of(stage).sector, code="T1", name="Cấp giấy")
        answer.opinion.procedure = procedure
        answer.opinion.save()
        self.save(stage, "A chung")
        row = self.save(stage, "B riêng", procedure=procedure)
        assert [one.title for one in wordings_for(answer)] == ["B riêng", "A chung"]
        assert (str(row.body), row.basis, row.saved_by) == (TEXT, BASIS, stage.cast.officers[row.office.code])
        line = story(stage.cast.agency.chain, last=1)[0]
        assert (line.verb, line.facts["text"]) == ("wording.save", row.body.digest)
        assert not list(faults())

    def test_the_same_title_again_takes_the_place_of_the_old_block(self, stage: Stage) -> None:
        self.save(stage)
        again = self.save(stage, body="Lời mới.")
        answer = assigned(stage)
        assert wordings_for(answer) == [again]
        answers.retire_wording(again, actor=scene.lead_head(stage), now=NOW)
        assert wordings_for(answer) == []
        with pytest.raises(NotNow, match="thôi dùng rồi"):
            answers.retire_wording(again, actor=scene.lead_head(stage), now=NOW)

    def test_only_the_office_itself_and_never_with_nothing_in_it(self, stage: Stage) -> None:
        row = self.save(stage)
        before = snapshot(Wording)
        for actor in (helper(stage), stage.cast.leader.as_actor(), stage.other.leader.as_actor(), ANYONE):
            with pytest.raises(NotYours):
                self.save(stage, "Khác", actor=actor)
            with pytest.raises(NotYours):
                answers.retire_wording(row, actor=actor, now=NOW)
        for title, body in ((" ", TEXT), ("Tên", " ")):
            with pytest.raises(NotNow, match="cần tên mẫu và lời mẫu"):
                self.save(stage, title, body)
        foreign = Procedure.objects.create(
            sector=stage.other.agency.sectors.order_by("pk")[0], code="X", name="Của nơi khác"
        )  # fmt: skip
        with pytest.raises(NotYours):
            self.save(stage, procedure=foreign)
        assert snapshot(Wording) == before


class TestPastAnswers:
    def test_a_like_opinion_shows_what_was_answered_and_others_do_not(self, stage: Stage) -> None:
        said = "Hồ sơ đăng ký kinh doanh nộp qua mạng rồi vẫn bắt nộp bản giấy"
        old = approved(stage, scene.accepted(stage, said))
        approved(stage, scene.accepted(stage, "Đèn đường khu phố hỏng đã lâu"))
        now = assigned(stage, scene.accepted(stage, "Tôi nộp hồ sơ đăng ký kinh doanh qua mạng, lại bắt nộp bản giấy"))
        assert past_answers(now) == []  # nothing has been given yet
        Answer.objects.exclude(pk=now.pk).update(state="issued")
        (found,) = past_answers(now)
        assert (found.answer.pk, str(found.answer.text)) == (old.pk, TEXT)
        assert found.percent > 30
        assert found.shared

    def test_erased_words_are_neither_found_nor_shown(self, stage: Stage) -> None:
        said = "Hồ sơ đăng ký kinh doanh nộp qua mạng rồi vẫn bắt nộp bản giấy"
        old = approved(stage, scene.accepted(stage, said))
        now = assigned(stage, scene.accepted(stage, said))
        Answer.objects.exclude(pk=now.pk).update(state="issued")
        assert [one.answer.pk for one in past_answers(now)] == [old.pk]
        Text.objects.filter(pk=old.opinion.words_id).update(body=None, salt="")
        assert past_answers(now) == []
        assert _past_index.cache_info().currsize == 1

    def test_a_denunciation_neither_asks_nor_is_shown(self, stage: Stage) -> None:
        said = "Hồ sơ đăng ký kinh doanh nộp qua mạng rồi vẫn bắt nộp bản giấy"
        old = approved(stage, scene.accepted(stage, said))
        Answer.objects.update(state="issued")
        now = assigned(stage, scene.accepted(stage, said))
        old.opinion.kind = "denunciation"
        old.opinion.save()
        assert past_answers(now) == []
        now.opinion.kind = "denunciation"
        assert past_answers(now) == []


class TestExtensionLetter:
    def extended(self, stage: Stage, answer: Answer) -> Extension:
        leader = stage.cast.leader.as_actor()
        return answers.extend(
            answer, to_on=date(2022, 1, 14), reason="Chờ Sở Xây dựng trả lời.", actor=leader, now=NOW
        )  # fmt: skip

    def test_the_person_is_told_until_when_and_why_and_the_leader_signs(self, stage: Stage) -> None:
        answer = assigned(stage)
        row = self.extended(stage, answer)
        document = answers.draft_extension_letter(answer, actor=scene.officer(stage), now=NOW)
        row.refresh_from_db()
        assert (row.document, document.kind, document.state) == (document, "answer", "draft")
        told = " ".join(words(document.model))
        assert "Kính gửi: Bà Trần Thị Mẫu" in told
        assert "gia hạn thời gian trả lời đến hết ngày 14/01/2022" in told
        assert "Lý do: chờ Sở Xây dựng trả lời." in told
        assert told.endswith(stage.cast.leader.name.split()[-1])
        assert "Trần Thị Mẫu" not in document.subject
        again = answers.draft_extension_letter(answer, actor=scene.officer(stage), now=NOW)
        assert (again.pk, again.revision) == (document.pk, 2)
        scene.issue(stage, document, 41)
        answer.refresh_from_db()
        assert answer.state == "assigned"  # the letter of an extension answers nothing

    def test_everybody_merged_into_it_is_told(self, stage: Stage) -> None:
        root, _twin = with_twin(stage)
        answer = assigned(stage, root)
        self.extended(stage, answer)
        document = answers.draft_extension_letter(answer, actor=scene.officer(stage), now=NOW)
        assert len(document.model.addressees) == 2

    def test_without_an_extension_or_the_right_nothing_is_drafted(self, stage: Stage) -> None:
        answer = assigned(stage)
        with pytest.raises(NotNow, match="chưa gia hạn"):
            answers.draft_extension_letter(answer, actor=scene.officer(stage), now=NOW)
        self.extended(stage, answer)
        for actor in (helper(stage), stage.cast.clerk.as_actor(), stage.other.leader.as_actor()):
            with pytest.raises(NotYours):
                answers.draft_extension_letter(answer, actor=actor, now=NOW)
        assert not Document.objects.filter(kind="answer").exists()
