"""What the letter, the synthesis and the programme say."""

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.planning.models import Sitting
from doithoai.rules.paper import Paper, Table, words
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW


def text(paper: Paper) -> str:
    """The words of a paper in one line."""
    return " ".join(words(paper))


def letter(stage: Stage, answer: Answer) -> Paper:
    """The file copy of an approved answer's letter."""
    return answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW).model


def synthesis(stage: Stage) -> Paper:
    """The synthesis of the first sitting."""
    sitting = scene.sitting_of(stage)
    signer = stage.cast.heads[sitting.lead.code]
    return answers.draft_dossier(sitting, signer=signer, actor=scene.officer(stage), now=NOW).model


def test_a_letter_cites_the_rule_and_says_what_the_person_must_now_do(stage: Stage) -> None:
    opinion = scene.accepted(stage, kind="petition")
    intake.summarise(opinion, summary="Đề nghị không nộp hai lần.", actor=scene.officer(stage), now=NOW)
    said = text(letter(stage, made.approved(stage, opinion)))
    for part in (
        "Kính gửi: Bà Trần Thị Mẫu, Tổ dân phố Mẫu 3",
        "Ngày 10/12/2021, bà có kiến nghị gửi bằng phiếu, nội dung: đề nghị không nộp hai lần.",
        "Qua xem xét, Ủy ban nhân dân thị xã Đông Hòa trả lời như sau:",
        made.TEXT,
        f"Căn cứ: {made.BASIS}.",
        "Kiến nghị của bà được tiếp thu.",
        "Đề nghị bà: mang giấy tờ tùy thân đến Bộ phận Một cửa",
        "trả lời để bà biết, thực hiện; nội dung chưa rõ, đề nghị bà liên hệ Phòng Tài chính",
        "- Như trên; - Phòng Tài chính",
    ):
        assert part in said
    assert "Cổng thông tin" not in said


def test_a_rule_named_in_the_text_is_not_named_twice(stage: Stage) -> None:
    answer = made.submitted(stage)
    answers.return_answer(answer, reason="Gọn lại", actor=stage.cast.leader.as_actor(), now=NOW)
    made.write(stage, answer, "Theo Nghị định số 45/2020/NĐ-CP, ông (bà) không phải nộp lại. Ông (bà) chờ tin nhắn.")
    answers.submit_answer(answer, actor=scene.officer(stage), now=NOW)
    answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=NOW)
    said = text(letter(stage, answer))
    assert said.count("45/2020/NĐ-CP") == 1
    assert "NĐ-CP, bà không phải nộp lại. Bà chờ tin nhắn." in said


@pytest.mark.parametrize(
    ("kind", "uptake", "said"),
    [
        ("proposal", "part", "Đề xuất của bà được tiếp thu một phần. Lý do: chưa đủ người."),
        ("petition", "none", "Kiến nghị của bà chưa được tiếp thu. Lý do: chưa đủ người."),
        ("difficulty", "none", "Ý kiến của bà chưa được tiếp thu. Lý do: chưa đủ người."),
    ],
)
def test_what_was_not_taken_up_is_said_with_its_reason(stage: Stage, kind: str, uptake: str, said: str) -> None:
    opinion = scene.accepted(stage, kind=kind)
    answer = made.approved(stage, opinion, uptake=uptake, uptake_reason="Chưa đủ người")
    assert said in text(letter(stage, answer))


def test_a_question_is_answered_without_being_taken_up(stage: Stage) -> None:
    assert "tiếp thu" not in text(letter(stage, made.approved(stage)))


def test_what_was_spoken_is_answered_as_spoken_and_quoted_where_nobody_summarised(stage: Stage) -> None:
    opinion = scene.accepted(stage, "Sao phải đi ba bận?", door="floor", kind="report", now=AFTER)
    said = text(letter(stage, made.approved(stage, opinion)))
    assert "Tại buổi đối thoại ngày 22/12/2021, bà có phản ánh với nội dung: “Sao phải đi ba bận?”" in said


@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ({}, "V/v trả lời ý kiến về lĩnh vực thành lập và hoạt động hộ kinh doanh"),
        ({"topic": "off"}, "V/v trả lời ý kiến ngoài nội dung đối thoại"),
        ({"sitting": None}, "V/v trả lời ý kiến tại cuộc đối thoại"),
    ],
)
def test_the_subject_says_what_it_is_about(stage: Stage, fields: dict[str, str | None], about: str) -> None:
    opinion = scene.accepted(stage)
    Opinion.objects.filter(pk=opinion.pk).update(**fields)
    opinion.refresh_from_db()
    assert about in text(letter(stage, made.approved(stage, opinion)))


def test_one_person_with_two_merged_opinions_gets_one_copy(stage: Stage) -> None:
    root = scene.accepted(stage)
    again = scene.accepted(stage, "Tôi nhắc lại", who=root.person)
    intake.merge(again, root, reason="Trùng", actor=scene.officer(stage), now=NOW)
    answer = made.approved(stage, root)
    paper = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    assert paper.copies == 1
    assert paper.copy_rows.count() == 0
    assert len(paper.model.addressees) == 1


def test_the_synthesis_counts_everything_and_describes_no_complaint(stage: Stage) -> None:
    actor = scene.officer(stage)
    root, _twin = made.with_twin(stage)
    made.write(stage, made.assigned(stage, root))
    complaint = scene.opinion(stage, "Tôi khiếu nại quyết định thu hồi", kind="complaint")
    intake.guide(complaint, actor=actor, now=NOW)
    secret = scene.opinion(stage, "Tôi tố cáo ông Giả Sử", kind="denunciation")
    intake.guide(secret, actor=scene.reception(stage), now=NOW)
    taxes = scene.opinion(stage, "Thuế khoán vẫn tính")
    intake.transfer(taxes, body="Chi cục Thuế", signer=stage.cast.leader, actor=actor, now=NOW)
    stray = scene.opinion(stage, "Xin việc làm")
    intake.not_take(stray, reason="Không phải thủ tục", actor=actor, now=NOW)
    off = scene.opinion(stage, "Karaoke ồn ào")
    intake.classify(off, kind="report", topic="off", actor=actor, now=NOW)
    intake.accept(off, actor=actor, now=NOW)
    said = text(synthesis(stage))
    for part in (
        "Kính gửi: Ủy ban nhân dân thị xã Đông Hòa",
        "đã tổng hợp 07 ý kiến",
        "Đã nhận đến ngày 10/12/2021: 07 ý kiến (bằng phiếu: 07).",
        "Tiếp nhận để trả lời: 03 ý kiến (vướng mắc: 02; phản ánh: 01).",
        "Trùng nội dung, gộp để trả lời chung: 01 ý kiến.",
        "Không tiếp nhận, đã nêu lý do cho người gửi: 01 ý kiến.",
        "Không thuộc thẩm quyền, đã chuyển: 01 ý kiến (Chi cục Thuế).",
        "khiếu nại, tố cáo: 02 nội dung, không nêu trong Phụ lục.",
        "Dự thảo trả lời: đã chuẩn bị 01/02 nội dung; các nội dung còn lại hoàn thành trước ngày 22/12/2021.",
        "Ngoài nội dung đối thoại, trả lời bằng văn bản: 01 nội dung.",
        "(Mã: YK01, YK02)",
        "Kính đề nghị Ủy ban nhân dân thị xã Đông Hòa xem xét, cho ý kiến chỉ đạo./.",
    ):
        assert part in said
    for hidden in ("khiếu nại quyết định", "Giả Sử", "Xin việc làm", "Trần Thị Mẫu", "Lê Văn Thử"):
        assert hidden not in said


def test_the_appendix_lies_across_with_the_most_raised_matters_first(stage: Stage) -> None:
    root, _twin = made.with_twin(stage)
    made.assigned(stage, root)
    single = scene.accepted(stage, "Chuyện lẻ")
    appendix = synthesis(stage).appendices[0]
    table = appendix.blocks[0]
    assert appendix.landscape
    assert isinstance(table, Table)
    rows = [row.cells for row in table.rows if len(row.cells) > 1]
    assert [(row[0], row[2]) for row in rows] == [("1", "02"), ("2", "01")]
    assert rows[0][3:5] == ("Đang chuẩn bị", "")
    assert rows[1][5] == "Chưa giao"
    assert single.code.rsplit("-", 1)[-1] in rows[1][1]


def test_the_synthesis_names_the_plan_and_the_numbered_programme(stage: Stage) -> None:
    scene.accepted(stage)
    assert "Chương trình: dự thảo kèm theo." in text(synthesis(stage))
    sitting = scene.sitting_of(stage)
    signer = stage.cast.heads[sitting.lead.code]
    programme = answers.draft_programme(sitting, signer=signer, actor=scene.officer(stage), now=NOW)
    scene.issue(stage, programme, 7)
    assert "dự thảo tại Chương trình số 07/CTr-TCKH ngày 10/12/2021, kèm theo." in text(synthesis(stage))


def test_an_office_without_a_seal_submits_under_the_agency_s_head(stage: Stage) -> None:
    scene.accepted(stage)
    sitting = scene.sitting_of(stage)
    type(sitting.lead).objects.filter(pk=sitting.lead_id).update(has_seal=False)
    sitting = scene.sitting_of(stage)
    made_paper = answers.draft_dossier(sitting, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    assert made_paper.issuer is None
    assert made_paper.symbol == "TTr-UBND"


@pytest.mark.parametrize(
    ("ordinal", "minutes", "hours"),
    [
        (1, "mỗi lượt khoảng 14 phút", "Từ 07 giờ 50 đến 11 giờ 20"),
        (2, "mỗi lượt khoảng 12 phút", "Từ 13 giờ 50 đến 16 giờ 50"),
    ],
)
def test_the_programme_keeps_time_for_opening_and_conclusion(
    stage: Stage, ordinal: int, minutes: str, hours: str
) -> None:
    sitting = scene.sitting_of(stage, ordinal)
    signer = stage.cast.heads[sitting.lead.code]
    actor = scene.officer(stage, ordinal)
    said = text(answers.draft_programme(sitting, signer=signer, actor=actor, now=NOW).model)
    assert minutes in said
    assert hours in said
    assert "Hình thức: trực tuyến, qua Microsoft Teams." in said
    assert "UBND phường Hòa Vinh, UBND phường Hòa Hiệp Trung." in said
    assert "Đồng chủ trì" not in said


def test_L3_the_programme_names_the_co_chair(stage: Stage) -> None:
    Sitting.objects.update(co_chair="Thường trực HĐND thị xã")
    sitting = scene.sitting_of(stage, 1)
    signer, actor = stage.cast.heads[sitting.lead.code], scene.officer(stage, 1)
    said = text(answers.draft_programme(sitting, signer=signer, actor=actor, now=NOW).model)
    assert "Đồng chủ trì: Thường trực HĐND thị xã." in said
