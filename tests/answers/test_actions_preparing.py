"""The dossier before the day: refused while anything is unsorted, submitted by its number, approved by the head."""

from datetime import date, timedelta

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Dossier, SentBack
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.kernel.access import NotNow, NotYours
from doithoai.ops.verify import faults
from doithoai.outbox.models import Message
from doithoai.planning.models import Deadline
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, SYSTEM


def dossier(stage: Stage, ordinal: int = 1) -> Document:
    """The synthesis of a sitting, drafted by the lead's officer for its head to sign."""
    sitting = scene.sitting_of(stage, ordinal)
    signer = stage.cast.heads[sitting.lead.code]
    return answers.draft_dossier(sitting, signer=signer, actor=scene.officer(stage, ordinal), now=NOW)


def test_nothing_is_submitted_while_an_opinion_is_unsorted(stage: Stage) -> None:
    scene.opinion(stage)
    scene.accepted(stage)
    scene.opinion(stage, kind="denunciation")
    with pytest.raises(NotNow, match=r"^Chưa trình được: còn 2/3 ý kiến chưa phân loại\.$"):
        dossier(stage)
    assert Dossier.objects.count() == 0


def test_the_dossier_is_the_lead_office_s_paper_and_may_be_drafted_again(stage: Stage) -> None:
    made.write(stage, made.assigned(stage))
    first = dossier(stage)
    assert (first.kind, first.issuer, first.about) == (
        "synthesis", scene.sitting_of(stage).lead, scene.sitting_of(stage).code,
    )  # fmt: skip
    scene.accepted(stage)
    second = dossier(stage)
    assert (second.pk, second.revision) == (first.pk, first.revision + 1)
    assert Dossier.objects.get().document == second


def test_submission_is_proved_by_the_number_and_meets_its_deadline(stage: Stage) -> None:
    made.assigned(stage)
    for ordinal in (1, 2):
        document = scene.issue(stage, dossier(stage, ordinal), 34 + ordinal)
        answers.dossier_issued(document, actor=SYSTEM, now=NOW)
    assert {row.submitted_at is not None for row in Dossier.objects.all()} == {True}
    met = Deadline.objects.filter(dialogue=stage.dialogue, duty="submission", is_binding=True, superseded_at=None)
    assert {row.met_on for row in met} == {date(2021, 12, 10)}


def test_the_head_approves_what_was_submitted_once(stage: Stage) -> None:
    document, leader = dossier(stage), stage.cast.leader.as_actor()
    row = Dossier.objects.get()
    with pytest.raises(NotNow, match="tờ trình chưa được trình"):
        answers.approve_dossier(row, actor=leader, now=NOW)
    with pytest.raises(NotNow, match="tờ trình chưa có số"):
        answers.submit_dossier(row, actor=scene.officer(stage), now=NOW)
    scene.issue(stage, document, 35)
    answers.dossier_issued(document, actor=SYSTEM, now=NOW)
    later = NOW + timedelta(days=1)
    with pytest.raises(NotYours, match="lãnh đạo cơ quan"):
        answers.approve_dossier(row, actor=scene.lead_head(stage), now=later)
    answers.approve_dossier(row, actor=leader, now=later)
    row.refresh_from_db()
    assert row.approved_at == later
    with pytest.raises(NotNow, match="đã duyệt rồi"):
        answers.approve_dossier(row, actor=leader, now=later)


def test_a_programme_is_drafted_again_until_it_is_signed(stage: Stage) -> None:
    sitting, actor = scene.sitting_of(stage), scene.officer(stage)
    signer = stage.cast.heads[sitting.lead.code]
    first = answers.draft_programme(sitting, signer=signer, actor=actor, now=NOW)
    assert answers.draft_programme(sitting, signer=signer, actor=actor, now=NOW).pk == first.pk
    scene.issue(stage, first, 7)
    assert answers.draft_programme(sitting, signer=signer, actor=actor, now=NOW).pk != first.pk


def test_other_offices_and_another_agency_prepare_nothing(stage: Stage) -> None:
    sitting = scene.sitting_of(stage)
    signer = stage.cast.heads[sitting.lead.code]
    before = scene.snapshot(Dossier, Document)
    foreign = stage.other.officers[sitting.lead.code].as_actor()
    for actor, words in ((scene.officer(stage, 2), "Phòng Tài chính"), (stage.cast.hoa.as_actor(), "Phòng Tài chính"),
                         (foreign, "Không tìm thấy"), (stage.other.leader.as_actor(), "Không tìm thấy")):  # fmt: skip
        for act in (answers.draft_dossier, answers.draft_programme):
            with pytest.raises(NotYours, match=words):
                act(sitting, signer=signer, actor=actor, now=NOW)
    assert scene.snapshot(Dossier, Document) == before


def test_a_second_agency_neither_submits_nor_approves(stage: Stage) -> None:
    dossier(stage)
    row = Dossier.objects.get()
    before = scene.snapshot(Dossier)
    for actor in (stage.other.leader.as_actor(), stage.other.hoa.as_actor()):
        with pytest.raises(NotYours, match="Không tìm thấy"):
            answers.approve_dossier(row, actor=actor, now=NOW)
        with pytest.raises(NotYours, match="Không tìm thấy"):
            answers.submit_dossier(row, actor=actor, now=NOW)
    assert scene.snapshot(Dossier) == before


def test_a_sitting_nobody_wrote_to_still_has_its_submission(stage: Stage) -> None:
    row = scene.opinion(stage)
    intake.withdraw(row, reason="Xin rút", actor=scene.officer(stage), now=NOW)
    assert dossier(stage).model.appendices == ()


class TestSentBack:
    """The head sends the synthesis back, with what is wanted of single matters; it comes again as a new paper."""

    def submitted(self, stage: Stage) -> Dossier:
        made.write(stage, made.assigned(stage))
        document = scene.issue(stage, dossier(stage), 35)
        row = Dossier.objects.get(document=document)
        assert row.submitted_at is not None
        return row

    def back(self, stage: Stage, row: Dossier, *, reason: str = "Gộp hai nhóm đầu.") -> SentBack:
        opinion = scene.sitting_of(stage).opinions.get()
        items = {opinion: "Nêu rõ điều khoản."}
        return answers.send_back(row, reason=reason, items=items, actor=stage.cast.leader.as_actor(), now=NOW)

    def test_reason_and_items_are_kept_and_the_lead_office_is_told(self, stage: Stage) -> None:
        row = self.submitted(stage)
        before = Message.objects.count()
        sent = self.back(stage, row)
        assert (str(sent.reason), sent.document, sent.by) == ("Gộp hai nhóm đầu.", row.document, stage.cast.leader)
        assert [(item.opinion.code, str(item.reason)) for item in sent.items.all()] == [
            (scene.sitting_of(stage).opinions.get().code, "Nêu rõ điều khoản.")
        ]
        assert [message.office for message in Message.objects.order_by("pk")[before:]] == [scene.sitting_of(stage).lead]
        assert not list(faults())

    def test_it_is_drafted_anew_under_a_new_number_and_then_approved(self, stage: Stage) -> None:
        row = self.submitted(stage)
        first, leader = row.document, stage.cast.leader.as_actor()
        sent = self.back(stage, row)
        with pytest.raises(NotNow, match="chờ đơn vị trình lại"):
            answers.approve_dossier(row, actor=leader, now=NOW)
        with pytest.raises(NotNow, match="đang chờ đơn vị trình lại"):
            self.back(stage, row)
        item = sent.items.get()
        answers.settle_item(item, actor=scene.officer(stage), now=NOW)
        with pytest.raises(NotNow, match="đã ghi là đã sửa"):
            answers.settle_item(item, actor=scene.officer(stage), now=NOW)
        second = dossier(stage)
        row.refresh_from_db()
        assert (row.document, row.submitted_at) == (second, None)
        assert (second.pk != first.pk, first.number) == (True, 35)
        assert dossier(stage).pk == second.pk
        scene.issue(stage, second, 36)
        row.refresh_from_db()
        answers.approve_dossier(row, actor=leader, now=NOW)
        with pytest.raises(NotNow, match="đã duyệt rồi"):
            self.back(stage, row)

    def test_it_needs_a_reason_somewhere_and_matters_of_this_sitting(self, stage: Stage) -> None:
        row, leader = self.submitted(stage), stage.cast.leader.as_actor()
        opinion = scene.sitting_of(stage).opinions.get()
        with pytest.raises(NotNow, match="cần một câu nêu lý do"):
            answers.send_back(row, reason=" ", items={opinion: " "}, actor=leader, now=NOW)
        other = scene.opinion(stage, sitting=scene.sitting_of(stage, 2))
        with pytest.raises(NotYours):
            answers.send_back(row, reason="", items={other: "Sửa."}, actor=leader, now=NOW)
        assert not SentBack.objects.exists()
        sent = answers.send_back(row, reason="", items={opinion: "Sửa."}, actor=leader, now=NOW)
        assert str(sent.reason) == "Xem yêu cầu ở từng nội dung."

    def test_only_after_it_was_submitted(self, stage: Stage) -> None:
        made.assigned(stage)
        dossier(stage)
        with pytest.raises(NotNow, match="chưa được trình"):
            self.back(stage, Dossier.objects.get())
        assert not SentBack.objects.exists()

    def test_whose_right_it_is(self, stage: Stage) -> None:
        row = self.submitted(stage)
        for actor in (scene.officer(stage), scene.lead_head(stage), stage.other.leader.as_actor()):
            with pytest.raises(NotYours):
                answers.send_back(row, reason="Sửa.", items={}, actor=actor, now=NOW)
        item = self.back(stage, row).items.get()
        for actor in (stage.cast.leader.as_actor(), scene.officer(stage, 2), stage.other.leader.as_actor()):
            with pytest.raises(NotYours):
                answers.settle_item(item, actor=actor, now=NOW)
        item.refresh_from_db()
        assert item.settled_at is None
