"""What the slips say, word by word."""

import pytest

from doithoai.intake import actions as intake
from doithoai.intake import papers
from doithoai.intake.models import Opinion
from doithoai.rules.paper import Paper, words
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW


def text(paper: Paper) -> str:
    """The words of a paper in one line."""
    return " ".join(words(paper))


def slip_of(stage: Stage, row: Opinion, body: str = "Chi cục Thuế khu vực") -> Paper:
    """The slip that hands an opinion on."""
    return intake.transfer(row, body=body, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW).model


def test_the_slip_hands_the_own_words_on_and_says_what_is_asked(stage: Stage) -> None:
    procedure = scene.sitting_of(stage).sector.procedures.order_by("code")[0]
    row = scene.opinion(stage, "Đóng cửa mà thuế vẫn tính.", kind="petition", procedure=procedure, file_code="HKD-0403")
    said = text(slip_of(stage, row))
    for part in (
        "PHIẾU CHUYỂN",
        "Kính gửi: Chi cục Thuế khu vực",
        "nhận được kiến nghị của bà Trần Thị Mẫu, Tổ dân phố Mẫu 3, phường",
        "gửi bằng phiếu ý kiến ngày 10/12/2021",
        "“Đóng cửa mà thuế vẫn tính.”",
        f"{procedure.name}; mã hồ sơ HKD-0403.",
        "Nội dung trên thuộc thẩm quyền giải quyết của Quý cơ quan.",
        "trả lời bà Trần Thị Mẫu và thông báo kết quả cho Ủy ban nhân dân thị xã Đông Hòa để theo dõi./.",
        "- Như trên; - Bà Trần Thị Mẫu (để biết); - Phòng Tài chính",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    ):
        assert part in said


def test_another_body_is_asked_and_never_ordered(stage: Stage) -> None:
    said = text(slip_of(stage, scene.opinion(stage))).lower()
    assert "yêu cầu" not in said
    assert " giao " not in said


@pytest.mark.parametrize(
    ("door", "how"),
    [
        ("link", "gửi qua đường dẫn riêng ngày 10/12/2021"),
        ("phone", "trình bày qua điện thoại ngày 10/12/2021"),
        ("floor", "phát biểu tại buổi đối thoại ngày 10/12/2021"),
    ],
)
def test_the_slip_says_how_it_came(stage: Stage, door: str, how: str) -> None:
    assert how in text(slip_of(stage, scene.opinion(stage, door=door)))


@pytest.mark.parametrize(("sex", "form"), [("nam", "ông"), ("nữ", "bà"), ("", "ông (bà)")])
def test_people_are_addressed_as_their_record_says(stage: Stage, sex: str, form: str) -> None:
    row = scene.opinion(stage, who=scene.person(stage, sex=sex))
    assert papers.named(row) == f"{form} Trần Thị Mẫu"


def test_an_organisation_and_a_guest_have_their_own_forms(stage: Stage) -> None:
    who = scene.person(stage, "Hợp tác xã Ví Dụ", "")
    who.kind = "organisation"
    who.save()
    assert papers.named(scene.opinion(stage, who=who)) == "đơn vị Hợp tác xã Ví Dụ"
    guest = intake.receive(
        stage.dialogue, words="Hỏi", door="floor", guest="Nguyễn Văn Khách", actor=stage.cast.hoa.as_actor(), now=NOW
    )
    assert papers.with_address(guest) == "ông (bà) Nguyễn Văn Khách"


def test_an_opinion_without_a_sitting_is_drafted_by_the_office(stage: Stage) -> None:
    row = scene.opinion(stage, sitting=None, actor=stage.cast.hoa.as_actor())
    slip = intake.transfer(row, body="Điện lực", signer=stage.cast.leader, actor=stage.cast.hoa.as_actor(), now=NOW)
    assert slip.drafting == stage.dialogue.secretariat
    assert slip.model.recipients[-1] == "Lưu: VT, VP"


def test_a_name_that_is_markup_stays_a_name(stage: Stage) -> None:
    attack = '<img src=x onerror=alert(1)> "Bà Sáu" & ={1+1}'
    assert attack in text(slip_of(stage, scene.opinion(stage, who=scene.person(stage, attack))))


def test_the_blank_slip_warns_and_leaves_room(stage: Stage) -> None:
    paper = papers.opinion_slip(scene.sitting_of(stage))
    said = text(paper)
    assert "Không ghi thông tin thuộc bí mật nhà nước." in said
    assert "gặp người tiếp công dân" in said
    assert "07 giờ 30 phút đến 11 giờ 30 phút, thứ Tư, ngày 22/12/2021" in said
    assert paper.letterhead.symbol == ""
