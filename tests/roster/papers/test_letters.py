"""The wording of letters: who invites whom to what, where and when; a name is never anything but a name."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest
from django.urls import reverse

from doithoai.documents.models import Document
from doithoai.documents.rendering import render_docx, render_pdf
from doithoai.kernel import plugs
from doithoai.people.models import Person
from doithoai.planning.models import Attendance, Dialogue, Sitting
from doithoai.roster import actions
from doithoai.roster.models import Draw, Invitation
from doithoai.roster.papers import (
    Inviting,
    citizen_letter,
    citizens_file_copy,
    delegate_letter,
    delegates_file_copy,
    delegates_words,
)
from doithoai.roster.queries import places_of
from doithoai.rules.paper import Paper, words
from doithoai.sample.people import ATTACK_NAME
from tests.roster.scene import Scene

CREATED = datetime(2021, 12, 10, 3, tzinfo=UTC)
LINK = "https://doithoai.example/moi/0123456789abcdef0123456789abcdef/"


@pytest.fixture
def inviting(scene: Scene) -> Inviting:
    """The morning's letters as its head signs them and an officer answers the telephone."""
    scene.draw()
    contact = scene.stage.cast.officers[scene.morning.lead.code]
    return Inviting(scene.morning, scene.head, contact, date(2021, 12, 10), date(2021, 12, 17))


def said(paper: Paper) -> str:
    """All words of a paper in one line."""
    return " ".join(words(paper))


def invitation_of(scene: Scene, **fields: object) -> Invitation:
    """A place of the morning held by somebody with these particulars."""
    row = scene.drawn("Hòa Vinh")[0]
    assert row.person
    for name, value in fields.items():
        setattr(row.person, name, value)
    return row


def test_the_letter_says_who_what_when_where_and_why(scene: Scene, inviting: Inviting) -> None:
    """Rows 8 to 12 of the office's wording."""
    row = invitation_of(scene, name="Võ Thị Mẫu", sex="nữ", group="Tổ dân phố Mẫu 3")
    text = said(citizen_letter(inviting, row))
    assert row.member
    for sentence in (
        "GIẤY MỜI Dự đối thoại trực tuyến về giải quyết thủ tục hành chính lĩnh vực Thành lập và hoạt động hộ kinh doanh",
        "Phòng Tài chính – Kế hoạch trân trọng kính mời: Bà Võ Thị Mẫu, trú tại Tổ dân phố Mẫu 3, phường Hòa Vinh.",
        "Tới dự: Buổi đối thoại trực tuyến giữa lãnh đạo Ủy ban nhân dân thị xã Đông Hòa với tổ chức, công dân về",
        "Chủ trì: Lãnh đạo Ủy ban nhân dân thị xã Đông Hòa.",
        "Thời gian: 07 giờ 30 phút đến 11 giờ 30 phút, thứ Tư, ngày 22/12/2021.",
        "Địa điểm: Điểm cầu Ủy ban nhân dân phường Hòa Vinh.",
        f"Căn cứ mời: Bốc thăm công khai; hồ sơ {row.member.file_code}.",
        "Đề nghị bà mang theo Giấy mời và giấy tờ liên quan đến thủ tục đã thực hiện (nếu có)",
        "Mỗi lượt khoảng 14 phút",
        "đề nghị bà báo lại trước 17 giờ 00 phút, thứ Sáu, ngày 17/12/2021, qua số điện thoại",
        "Rất mong bà thu xếp thời gian tham dự./.",
        "Lưu: VT, TCKH.",
    ):
        assert sentence in text, sentence


def test_the_contact_is_named_formally(scene: Scene, inviting: Inviting) -> None:
    """“Chị” on a desk is “bà” on a paper; without a contact the office's own number stands there."""
    hoa = scene.stage.cast.hoa
    text = said(citizen_letter(replace(inviting, contact=hoa), invitation_of(scene)))
    assert f"{hoa.phone} (bà {hoa.name})" in text
    assert "chị" not in text
    alone = said(citizen_letter(replace(inviting, contact=None), invitation_of(scene)))
    assert f"qua số điện thoại {scene.morning.lead.phone};" in alone


@pytest.mark.parametrize(("sex", "form"), [("nam", "Ông"), ("nữ", "Bà"), ("", "Ông (bà)")])
def test_forms_of_address(scene: Scene, inviting: Inviting, sex: str, form: str) -> None:
    text = said(citizen_letter(inviting, invitation_of(scene, name="Lê Mẫu", sex=sex)))
    assert f"kính mời: {form} Lê Mẫu" in text
    assert f"Rất mong {form.lower()} thu xếp" in text


def test_an_organisation_is_invited_through_its_representative(scene: Scene, inviting: Inviting) -> None:
    row = invitation_of(scene, name="Hợp tác xã Ví Dụ", kind=Person.Kind.ORGANISATION)
    text = said(citizen_letter(inviting, row))
    assert "kính mời: Đại diện Hợp tác xã Ví Dụ." in text
    assert "quý đơn vị" in text
    assert "trú tại" not in text
    assert "01 tổ chức, công dân có tên" in said(citizens_file_copy(inviting, [row]))


def test_the_plan_is_cited_once_it_has_a_number(scene: Scene, inviting: Inviting) -> None:
    row = invitation_of(scene)
    assert "Thực hiện Kế hoạch" not in said(citizen_letter(inviting, row))
    dialogue = scene.stage.dialogue
    plan = Document.objects.create(
        agency=dialogue.agency, chain=dialogue.chain, code="VB", kind="plan", drafting=dialogue.secretariat,
        subject="Kế hoạch", paper="{}", number=85, symbol="KH-UBND", issued_on=date(2021, 12, 6),
    )  # fmt: skip
    Dialogue.objects.filter(pk=dialogue.pk).update(plan=plan)
    fresh = Inviting(Sitting.objects.get(pk=scene.morning.pk), inviting.signer, None, CREATED.date(), CREATED.date())
    text = said(citizen_letter(fresh, row))
    assert (
        "Thực hiện Kế hoạch số 85/KH-UBND ngày 06 tháng 12 năm 2021 của Ủy ban nhân dân thị xã Đông Hòa, Phòng" in text
    )


@pytest.mark.parametrize(("mode", "word"), [("in_person", "trực tiếp"), ("hybrid", "trực tiếp kết hợp trực tuyến")])
def test_the_mode_is_said_as_it_is(scene: Scene, inviting: Inviting, mode: str, word: str) -> None:
    inviting.sitting.dialogue.mode = mode
    assert f"Dự đối thoại {word} về giải quyết" in said(citizen_letter(inviting, invitation_of(scene)))


def test_a_choice_by_hand_does_not_print_its_reason(scene: Scene, inviting: Inviting) -> None:
    row = invitation_of(scene)
    row.member, row.route, row.selection_reason = None, "chosen", "Chọn mời: người hay phản ánh"
    assert "phản ánh" not in said(citizen_letter(inviting, row))
    assert "phản ánh" in said(citizens_file_copy(inviting, [row]))


def test_an_attack_name_stays_text_in_both_prints(scene: Scene, inviting: Inviting) -> None:
    row = invitation_of(scene, name=ATTACK_NAME, sex="nữ")
    paper = citizen_letter(inviting, row, link=LINK)
    assert " ".join(f"Bà {ATTACK_NAME}".split()) in said(paper)
    with pypdfium2.PdfDocument(render_pdf(paper, created_at=CREATED)) as pdf:
        printed = "".join(pdf[0].get_textpage().get_text_bounded().split())
        assert len(pdf) == 1
    assert "".join(ATTACK_NAME.split()) in printed
    opened = docx.Document(io.BytesIO(render_docx(paper, created_at=CREATED)))
    assert any(ATTACK_NAME in paragraph.text for paragraph in opened.paragraphs)


def test_each_copy_is_one_page_with_its_code(scene: Scene, inviting: Inviting) -> None:
    paper = citizen_letter(inviting, invitation_of(scene), link=LINK)
    assert paper.qr
    assert (paper.qr.payload, paper.qr.caption) == (LINK, "Quét mã để trả lời")
    with pypdfium2.PdfDocument(render_pdf(paper, created_at=CREATED)) as pdf:
        assert len(pdf) == 1


def test_the_file_copy_lists_everybody_with_venue_and_proof(scene: Scene, inviting: Inviting) -> None:
    rows = places_of(scene.morning)
    paper = citizens_file_copy(inviting, rows)
    text = said(paper)
    assert "15 công dân có tên trong danh sách kèm theo." in text
    assert "(Kèm theo Giấy mời số" in text
    for row in rows:
        assert row.person
        assert row.member
        assert f"{row.name} {row.person.address} {row.venue.name} Bốc thăm; hồ sơ {row.member.file_code}" in text
    assert not [row for row in rows if row.person and row.person.phone and row.person.phone in text]


def test_delegates_are_asked_politely_at_their_venue(scene: Scene, inviting: Inviting) -> None:
    """The Front is invited, never ordered."""
    rows = actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    front = next(row for row in rows if "Mặt trận" in row.guest)
    text = said(delegate_letter(inviting, front))
    assert f"trân trọng kính mời: {front.guest}." in text
    assert "Địa điểm: Điểm cầu Văn phòng HĐND&UBND thị xã." in text
    assert not [word for word in ("yêu cầu", "giao ") if word in text]
    whole = said(delegates_file_copy(inviting, rows))
    assert all(row.guest in whole for row in rows)
    assert whole.count("Tại điểm cầu") == 3


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Chủ tịch UBND phường", "Chủ tịch UBND phường Hòa Vinh"),
        ("Công chức phường có liên quan", "Công chức phường Hòa Vinh có liên quan"),
        ("Công chức phường đã được phân công", "Công chức phường Hòa Vinh đã được phân công"),
        ("Chủ tịch UBND phường Hòa Vinh", "Chủ tịch UBND phường Hòa Vinh"),
        ("Trưởng ban", "Trưởng ban"),
    ],
)
def test_the_bare_word_phuong_gets_its_name(scene: Scene, who: str, expected: str) -> None:
    assert delegates_words(Attendance(venue=scene.ward_venue, who=who)) == expected


def test_at_the_centre_nothing_is_added(scene: Scene) -> None:
    central = scene.stage.dialogue.venues.get(is_central=True)
    assert delegates_words(Attendance(venue=central, who="Chủ tịch UBND phường")) == "Chủ tịch UBND phường"


class TestCodes:
    """Beside the code to scan: what the letter is called, and how whoever was drawn finds themselves in the draw."""

    def test_the_letter_and_the_lot_are_named(self, scene: Scene, inviting: Inviting) -> None:
        row = invitation_of(scene)
        assert row.member
        code = citizen_letter(inviting, row, link=LINK).qr
        assert code
        where = plugs.link(reverse("public-draws", args=(scene.stage.dialogue.code,)))
        assert code.beside == (
            f"Giấy mời {row.code}", f"Mã bốc thăm {row.member.code}: ai cũng kiểm tra được tại {where}",
        )  # fmt: skip
        assert row.member.code in json.dumps(Draw.objects.get(pool=row.member.pool).published)

    def test_who_was_chosen_by_hand_or_comes_for_an_office_has_no_lot(self, scene: Scene, inviting: Inviting) -> None:
        row = invitation_of(scene)
        row.member = None
        delegate = actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)[0]
        for letter, code in (
            (citizen_letter(inviting, row, link=LINK), row.code),
            (delegate_letter(inviting, delegate, link=LINK), delegate.code),
        ):
            assert letter.qr
            assert letter.qr.beside == (f"Giấy mời {code}",)

    def test_the_fullest_letter_is_one_page_and_says_the_same_in_docx(self, scene: Scene, inviting: Inviting) -> None:
        row = invitation_of(scene, name="Nguyễn Phước Hoàng Thị Minh Nguyệt Thử", group="Khu phố Mẫu Phú Hiệp Trung 12")
        row.spoken = "123456"
        row.venue.address = "Quốc lộ 29, khu phố Mẫu 2, phường Hòa Vinh, thị xã Đông Hòa, tỉnh Phú Yên"
        paper = citizen_letter(inviting, row, link=LINK)
        with pypdfium2.PdfDocument(render_pdf(paper, created_at=CREATED)) as pdf:
            assert len(pdf) == 1
            printed = "".join(pdf[0].get_textpage().get_text_bounded().replace("\ufffe", "-").split())
        opened = docx.Document(io.BytesIO(render_docx(paper, created_at=CREATED)))
        beside = [par.text for par in opened.tables[-1].cell(0, 0).tables[0].cell(0, 1).paragraphs]
        assert paper.qr
        assert beside == list(paper.qr.beside)
        for line in beside:
            assert "".join(line.split()) in printed


def test_L3_the_letter_names_the_co_chair(scene: Scene, inviting: Inviting) -> None:
    row = invitation_of(scene, name="Võ Thị Mẫu", sex="nữ")
    assert "Đồng chủ trì" not in said(citizen_letter(inviting, row))
    inviting.sitting.co_chair = "Thường trực HĐND thị xã"
    assert "Đồng chủ trì: Thường trực HĐND thị xã." in said(citizen_letter(inviting, row))
