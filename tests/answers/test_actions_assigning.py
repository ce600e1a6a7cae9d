"""Who answers: assigned with its day, supported, offered and taken over or handed back, asked elsewhere."""

from datetime import date

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.directory.models import Office
from doithoai.intake import actions as intake
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW, SYSTEM


def lead(stage: Stage, ordinal: int = 1) -> Office:
    return scene.sitting_of(stage, ordinal).lead


def test_an_answer_is_due_on_the_day_of_the_result_notice_and_its_office_is_told(stage: Stage) -> None:
    opinion = scene.accepted(stage)
    answer = answers.assign(
        opinion, lead=lead(stage), supporting=[lead(stage, 2)], actor=scene.lead_head(stage), now=NOW
    )
    assert (answer.state, answer.due_on, answer.lead) == ("assigned", date(2021, 12, 31), lead(stage))
    assert list(answer.supporting.all()) == [lead(stage, 2)]
    assert Message.objects.filter(office=lead(stage)).count() == 1
    facts = scene.entries("answer.assign")[-1]["facts"]
    assert facts == {
        "opinion": opinion.code, "lead": lead(stage).code, "supporting": lead(stage, 2).code, "due": "2021-12-31",
    }  # fmt: skip


def test_only_an_accepted_opinion_is_given_out_and_only_once(stage: Stage) -> None:
    opinion = scene.opinion(stage)
    actor = stage.cast.hoa.as_actor()
    with pytest.raises(NotNow, match="đang ở trạng thái “Mới nhận”"):
        answers.assign(opinion, lead=lead(stage), actor=actor, now=NOW)
    intake.accept(opinion, actor=actor, now=NOW)
    answers.assign(opinion, lead=lead(stage), actor=actor, now=NOW)
    with pytest.raises(NotNow, match=r"đã giao Phòng Tài chính"):
        answers.assign(opinion, lead=lead(stage, 2), actor=actor, now=NOW)
    assert Answer.objects.count() == 1


def test_an_office_of_another_agency_cannot_be_made_the_lead(stage: Stage) -> None:
    foreign = Office.objects.filter(agency=stage.other.agency).order_by("code")[0]
    opinion = scene.accepted(stage)
    actor = stage.cast.hoa.as_actor()
    with pytest.raises(NotYours, match="Không tìm thấy"):
        answers.assign(opinion, lead=foreign, actor=actor, now=NOW)
    answer = made.assigned(stage, opinion)
    with pytest.raises(NotYours):
        answers.offer(answer, to=foreign, reason="Vì thế", actor=scene.lead_head(stage), now=NOW)
    with pytest.raises(NotYours):
        answers.set_supporting(answer, [foreign], actor=scene.lead_head(stage), now=NOW)


def test_an_offer_is_taken_over_with_its_day_unchanged(stage: Stage) -> None:
    answer = made.assigned(stage)
    answers.set_supporting(answer, [lead(stage, 2)], actor=scene.lead_head(stage), now=NOW)
    answers.offer(answer, to=lead(stage, 2), reason="Thuộc việc quản lý đô thị", actor=scene.lead_head(stage), now=NOW)
    answer.refresh_from_db()
    assert (answer.state, answer.lead, answer.offered_to) == ("offered", lead(stage), lead(stage, 2))
    with pytest.raises(NotYours, match="người đứng đầu Phòng Quản lý đô thị"):
        answers.take_over(answer, actor=scene.lead_head(stage), now=NOW)
    answers.take_over(answer, actor=scene.lead_head(stage, 2), now=NOW)
    answer.refresh_from_db()
    assert (answer.state, answer.lead, answer.offered_to) == ("assigned", lead(stage, 2), None)
    assert answer.due_on == date(2021, 12, 31)
    assert not answer.supporting.exists()
    assert Message.objects.filter(office=lead(stage), body__contains="đã nhận trả lời").exists()


def test_an_offer_is_handed_back_with_its_reason_and_the_lead_stays(stage: Stage) -> None:
    answer = made.assigned(stage)
    head = scene.lead_head(stage, 2)
    answers.offer(answer, to=lead(stage, 2), reason="Thuộc đô thị", actor=scene.lead_head(stage), now=NOW)
    with pytest.raises(NotNow, match="nêu lý do"):
        answers.hand_back(answer, reason=" ", actor=head, now=NOW)
    answers.hand_back(answer, reason="Là thủ tục đăng ký kinh doanh", actor=head, now=NOW)
    answer.refresh_from_db()
    assert (answer.state, answer.lead, answer.offered_to) == ("assigned", lead(stage), None)
    assert answer.return_reason == "Là thủ tục đăng ký kinh doanh"
    with pytest.raises(NotYours, match="chưa đề nghị đơn vị nào"):
        answers.take_over(answer, actor=head, now=NOW)


def test_an_offer_names_another_office_and_a_reason(stage: Stage) -> None:
    answer, head = made.assigned(stage), scene.lead_head(stage)
    with pytest.raises(NotNow, match="đang chủ trì ý kiến này"):
        answers.offer(answer, to=lead(stage), reason="Vì thế", actor=head, now=NOW)
    with pytest.raises(NotNow, match="nêu lý do"):
        answers.offer(answer, to=lead(stage, 2), reason="", actor=head, now=NOW)
    made.write(stage, answer)
    with pytest.raises(NotNow, match=r"“Đang soạn”, không chuyển thẳng"):
        answers.offer(answer, to=lead(stage, 2), reason="Vì thế", actor=head, now=NOW)


def test_the_lead_does_not_support_itself(stage: Stage) -> None:
    answer = made.assigned(stage)
    with pytest.raises(NotNow, match="không đồng thời là đơn vị phối hợp"):
        answers.set_supporting(answer, [lead(stage)], actor=scene.lead_head(stage), now=NOW)


def test_each_new_supporting_office_is_told_once(stage: Stage) -> None:
    answer, head = made.assigned(stage), scene.lead_head(stage)
    for _again in range(2):
        answers.set_supporting(answer, [lead(stage, 2)], actor=head, now=NOW)
    assert Message.objects.filter(office=lead(stage, 2)).count() == 1


def test_another_authority_is_asked_and_heard(stage: Stage) -> None:
    answer, actor = made.assigned(stage), scene.officer(stage)
    with pytest.raises(NotNow, match="chưa ghi cơ quan được hỏi"):
        answers.ask(answer, authority=" ", actor=actor, now=NOW)
    answers.ask(answer, authority="Sở Kế hoạch và Đầu tư", actor=actor, now=NOW)
    answer.refresh_from_db()
    assert (answer.state, answer.asked_of) == ("asked", "Sở Kế hoạch và Đầu tư")
    answers.hear_back(answer, actor=actor, now=NOW)
    assert answer.state == "assigned"
    with pytest.raises(NotNow, match="không có cơ quan nào đang được hỏi"):
        answers.hear_back(answer, actor=actor, now=NOW)


def test_a_reopened_opinion_is_given_out_anew_and_its_old_paper_stays(stage: Stage) -> None:
    answer = made.approved(stage)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    scene.issue(stage, letter, 31)
    answers.answer_issued(letter, actor=SYSTEM, now=NOW)
    opinion = answer.opinion
    intake.reopen(opinion, reason="Chưa đúng việc", actor=stage.cast.leader.as_actor(), now=AFTER)
    anew = answers.assign(opinion, lead=lead(stage, 2), actor=stage.cast.hoa.as_actor(), now=AFTER)
    assert (anew.pk, anew.state, anew.lead, anew.document, anew.issued_on) == (
        answer.pk, "assigned", lead(stage, 2), None, None,
    )  # fmt: skip
    letter.refresh_from_db()
    assert (letter.state, letter.number) == ("numbered", 31)
