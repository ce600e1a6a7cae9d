"""Drafting by revision, submitting, returning, approving, answering aloud, extending."""

from datetime import UTC, date, datetime, timedelta

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer, AnswerRevision, Extension
from doithoai.answers.queries import LACKING, lacking
from doithoai.directory.actions import amend_rules
from doithoai.directory.models import RuleText
from doithoai.intake import actions as intake
from doithoai.kernel.access import NotNow, NotYours, Overtaken
from doithoai.people.models import Text
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, SYSTEM

REASON = "Cần đo đạc thực địa"


def test_what_is_written_is_kept_and_what_stood_before_too(stage: Stage) -> None:
    answer = made.write(stage, made.assigned(stage), "Bản một")
    made.write(stage, answer, "Bản hai", uptake="part", uptake_reason="Chưa đủ người")
    answer.refresh_from_db()
    assert (str(answer.text), answer.state, answer.revision) == ("Bản hai", "drafted", 3)
    assert (answer.uptake, answer.uptake_reason, answer.basis) == ("part", "Chưa đủ người", made.BASIS)
    assert [(str(row.text), row.revision, row.is_set_aside) for row in answer.revisions.all()] == [
        ("Bản một", 2, False)
    ]
    assert answer.text is not None
    assert scene.entries("answer.draft")[-1]["facts"]["text"] == answer.text.digest
    assert "Bản hai" not in str(scene.entries("answer.draft"))


def test_two_who_write_from_one_revision_lose_neither_text(stage: Stage) -> None:
    answer = made.assigned(stage)
    made.write(stage, answer, "Của người nhanh", revision=1)
    with pytest.raises(Overtaken, match="Hai người cùng sửa"):
        made.write(stage, answer, "Của người chậm", revision=1, actor=scene.lead_head(stage))
    answer.refresh_from_db()
    assert str(answer.text) == "Của người nhanh"
    kept = AnswerRevision.objects.get(is_set_aside=True)
    assert (str(kept.text), kept.revision, kept.by) == ("Của người chậm", 1, scene.lead_head(stage).ref)
    assert scene.entries("answer.set_aside")[-1]["facts"]["text"] == kept.text.digest


def test_an_empty_answer_is_not_saved(stage: Stage) -> None:
    answer = made.assigned(stage)
    before = scene.snapshot(Answer, AnswerRevision, Text)
    with pytest.raises(NotNow, match="chưa có nội dung"):
        made.write(stage, answer, "  \n")
    assert scene.snapshot(Answer, AnswerRevision, Text) == before


def test_a_submitted_or_approved_answer_is_not_rewritten(stage: Stage) -> None:
    answer = made.submitted(stage)
    with pytest.raises(NotNow, match="Chờ duyệt"):
        made.write(stage, answer)
    answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=NOW)
    with pytest.raises(NotNow, match="Đã duyệt"):
        made.write(stage, answer)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"basis": ""}, "chưa nêu quy định làm căn cứ"),
        ({"uptake": ""}, "chưa ghi tiếp thu"),
        ({"uptake": "part"}, "chưa nêu lý do không tiếp thu hết"),
        ({"uptake": "none", "basis": ""}, "chưa nêu quy định làm căn cứ; chưa nêu lý do không tiếp thu hết"),
    ],
)
def test_submitting_notes_what_is_missing_and_never_refuses_for_it(
    stage: Stage, fields: dict[str, str], missing: str
) -> None:
    answer = made.write(stage, made.assigned(stage), **fields)
    assert "; ".join(str(LACKING[name]) for name in lacking(answer)).startswith(missing)
    answers.submit_answer(answer, actor=scene.officer(stage), now=NOW)
    assert (answer.state, answer.return_reason) == ("in_review", "")
    assert scene.entries("answer.submit")[-1]["facts"]["lacking"] == " ".join(lacking(answer))


def test_the_approver_reads_what_is_said_of_a_gap(stage: Stage) -> None:
    answer = made.write(stage, made.assigned(stage), basis="")
    answers.submit_answer(answer, despite=" Quy định đang sửa ", actor=scene.officer(stage), now=NOW)
    assert answer.return_reason == "Quy định đang sửa"


def test_nothing_is_submitted_without_a_word(stage: Stage) -> None:
    answer = made.write(stage, made.assigned(stage))
    Answer.objects.filter(pk=answer.pk).update(text=None)
    with pytest.raises(NotNow, match=r"^Chưa trình được: chưa có nội dung trả lời"):
        answers.submit_answer(answer, actor=scene.officer(stage), now=NOW)
    answer.refresh_from_db()
    assert answer.state == "drafted"


def test_an_answer_is_returned_with_a_reason_rewritten_and_approved(stage: Stage) -> None:
    answer, leader = made.submitted(stage), stage.cast.leader.as_actor()
    with pytest.raises(NotNow, match="nêu lý do"):
        answers.return_answer(answer, reason=" ", actor=leader, now=NOW)
    answers.return_answer(answer, reason="Nêu rõ nộp ở đâu", actor=leader, now=NOW)
    assert (answer.state, answer.return_reason) == ("returned", "Nêu rõ nộp ở đâu")
    made.write(stage, answer, "Bản sửa")
    answer.refresh_from_db()
    assert answer.state == "returned"
    answers.submit_answer(answer, actor=scene.officer(stage), now=NOW)
    answers.approve_answer(answer, actor=leader, now=NOW)
    assert (answer.state, answer.return_reason) == ("approved", "")
    answers.return_answer(answer, reason="Quy định vừa đổi", actor=leader, now=NOW)
    assert answer.state == "returned"


def test_nothing_is_approved_before_it_is_submitted(stage: Stage) -> None:
    answer = made.write(stage, made.assigned(stage))
    with pytest.raises(NotNow, match=r"“Đang soạn”, không chuyển thẳng sang “Đã duyệt”"):
        answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=NOW)


def test_whoever_drafted_does_not_approve_unless_the_agency_switched_it_off(stage: Stage) -> None:
    answer = made.submitted(stage)
    leader = stage.cast.leader
    Answer.objects.filter(pk=answer.pk).update(drafted_by=leader)
    with pytest.raises(NotYours, match="người soạn không tự duyệt"):
        answers.approve_answer(answer, actor=leader.as_actor(), now=NOW)
    answer.refresh_from_db()
    assert answer.state == "in_review"
    profile = RuleText.objects.get(agency=stage.cast.agency, key=stage.dialogue.profile_key).text
    small = profile.replace('second = "approve"\ndefault = true', 'second = "approve"\ndefault = false')
    assert small != profile
    amend_rules(
        stage.cast.agency, kind="profile", key=stage.dialogue.profile_key, text=small, basis="Cơ quan 5 người",
        actor=stage.cast.admin.as_actor(), now=NOW,
    )  # fmt: skip
    answers.approve_answer(answer, actor=leader.as_actor(), now=NOW)
    assert answer.state == "approved"


def test_a_term_is_extended_before_it_is_over_with_a_reason_and_the_leader_s_name(stage: Stage) -> None:
    answer, leader = made.assigned(stage), stage.cast.leader
    row = answers.extend(answer, to_on=date(2022, 1, 14), reason=REASON, actor=leader.as_actor(), now=NOW)
    answer.refresh_from_db()
    assert answer.due_on == date(2022, 1, 14)
    assert (row.from_on, row.to_on, row.reason, row.signed_by) == (
        date(2021, 12, 31),
        date(2022, 1, 14),
        REASON,
        leader,
    )
    facts = scene.entries("answer.extend")[-1]["facts"]
    assert facts == {"opinion": answer.opinion.code, "was": "2021-12-31", "to": "2022-01-14"}


@pytest.mark.parametrize(
    ("to_on", "reason", "now", "words"),
    [
        (date(2022, 1, 14), " ", NOW, "nêu lý do"),
        (date(2021, 12, 31), REASON, NOW, "phải sau 31/12/2021"),
        (date(2022, 1, 14), REASON, datetime(2021, 12, 31, 17, 30, tzinfo=UTC), "hạn 31/12/2021 đã qua"),
    ],
)
def test_an_extension_is_refused_in_words(stage: Stage, to_on: date, reason: str, now: datetime, words: str) -> None:
    answer = made.assigned(stage)
    with pytest.raises(NotNow, match=words):
        answers.extend(answer, to_on=to_on, reason=reason, actor=stage.cast.leader.as_actor(), now=now)
    answer.refresh_from_db()
    assert (answer.due_on, Extension.objects.count()) == (date(2021, 12, 31), 0)


def test_on_the_last_day_itself_a_term_may_still_be_extended(stage: Stage) -> None:
    evening = datetime(2021, 12, 31, 16, 30, tzinfo=UTC)
    answer = made.assigned(stage)
    answers.extend(answer, to_on=date(2022, 1, 7), reason=REASON, actor=stage.cast.leader.as_actor(), now=evening)
    assert Extension.objects.count() == 1


def test_the_system_signs_no_extension_and_what_is_issued_needs_none(stage: Stage) -> None:
    answer = made.assigned(stage)
    with pytest.raises(NotYours, match="phải do lãnh đạo cơ quan ký"):
        answers.extend(answer, to_on=date(2022, 1, 7), reason=REASON, actor=SYSTEM, now=NOW)
    Answer.objects.filter(pk=answer.pk).update(state="issued")
    with pytest.raises(NotNow, match="không còn hạn nào"):
        answers.extend(answer, to_on=date(2022, 1, 7), reason=REASON, actor=stage.cast.leader.as_actor(), now=NOW)


def test_an_answer_given_aloud_is_approved_at_once_by_the_chair_s_presence(stage: Stage) -> None:
    opinion = scene.opinion(stage, door="floor")
    answer = answers.give_on_the_spot(
        opinion, office=scene.sitting_of(stage).lead, text="Không phải đăng báo", basis="Điều 100 Luật Xây dựng",
        actor=stage.cast.secretary.as_actor(), now=NOW,
    )  # fmt: skip
    opinion.refresh_from_db()
    assert opinion.state == "accepted"
    assert (answer.state, answer.form, answer.given_on_the_spot, answer.uptake) == ("approved", "notice", True, "full")
    assert (str(answer.text), answer.due_on) == ("Không phải đăng báo", date(2021, 12, 31))


@pytest.mark.parametrize("state", ["assigned", "drafted", "in_review", "returned"])
def test_an_answer_given_aloud_takes_the_place_of_what_was_prepared(stage: Stage, state: str) -> None:
    answer = made.write(stage, made.assigned(stage), "Đã chuẩn bị")
    Answer.objects.filter(pk=answer.pk).update(state=state)
    spoken = answers.give_on_the_spot(
        answer.opinion, office=scene.sitting_of(stage).lead, text="Nói tại buổi", actor=scene.lead_head(stage), now=NOW
    )
    assert (spoken.pk, spoken.state, str(spoken.text)) == (answer.pk, "approved", "Nói tại buổi")
    assert [str(row.text) for row in spoken.revisions.all()] == ["Đã chuẩn bị"]


def test_an_approved_answer_is_not_spoken_over_nor_one_of_a_settled_opinion(stage: Stage) -> None:
    office, actor = scene.sitting_of(stage).lead, stage.cast.secretary.as_actor()
    answer = made.approved(stage)
    with pytest.raises(NotNow, match="đã có trả lời, đang ở trạng thái “Đã duyệt”"):
        answers.give_on_the_spot(answer.opinion, office=office, text="Khác", actor=actor, now=NOW)
    gone = scene.opinion(stage)
    intake.withdraw(gone, reason="Xin rút", actor=scene.officer(stage), now=NOW)
    with pytest.raises(NotNow, match="Đã rút"):
        answers.give_on_the_spot(gone, office=office, text="Khác", actor=actor, now=NOW)
    with pytest.raises(NotNow, match="chưa có nội dung"):
        answers.give_on_the_spot(scene.accepted(stage), office=office, text=" ", actor=actor, now=NOW)
    foreign = stage.other.agency.offices.order_by("code")[0]
    with pytest.raises(NotYours, match="Không tìm thấy"):
        answers.give_on_the_spot(scene.accepted(stage), office=foreign, text="A", actor=actor, now=NOW)


def test_the_form_is_chosen_until_the_letter_is_under_way(stage: Stage) -> None:
    answer, actor = made.approved(stage), scene.officer(stage)
    answers.choose_form(answer, "letter", actor=actor, now=NOW)
    assert answer.form == "letter"
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=actor, now=NOW)
    answers.choose_form(answer, "notice", actor=actor, now=NOW)
    answers.choose_form(answer, "letter", actor=actor, now=NOW)
    scene.issue(stage, letter, 31, now=NOW + timedelta(hours=1))
    with pytest.raises(NotNow, match="Chưa đổi được"):
        answers.choose_form(answer, "notice", actor=actor, now=NOW)
    answer.refresh_from_db()
    assert answer.form == "letter"
