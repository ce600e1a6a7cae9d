"""Plans of other places: other words, other hours, other forms of holding the dialogue."""

import datetime as dt
from pathlib import Path

import docx
import pytest

from doithoai.planning.imports import Due, PlanDraft, read_plan
from tests.planning.imports.papers import PLANS


@pytest.fixture(scope="module")
def commune() -> PlanDraft:
    """One sitting, in person, heading and foot typed in two columns."""
    return read_plan(PLANS / "phu-mo.txt")


@pytest.fixture(scope="module")
def town() -> PlanDraft:
    """Three sittings on two days over Zoom, sites in a list, duties under the names of offices."""
    return read_plan(PLANS / "song-cau.md")


@pytest.fixture(scope="module")
def ward() -> PlanDraft:
    """Hybrid, the schedule in a table, a deputy signs."""
    return read_plan(PLANS / "tan-lap.md")


def test_a_plan_already_issued(commune: PlanDraft) -> None:
    assert (commune.number, commune.date) == ("45/KH-UBND", dt.date(2026, 3, 2))
    assert commune.issuer == "Ủy ban nhân dân xã Phú Mỡ"
    assert commune.parent is not None
    assert (commune.parent.number, commune.parent.date) == ("08/KH-UBND", dt.date(2026, 1, 15))
    assert (commune.year, commune.territory) == (2026, "xã Phú Mỡ")


def test_one_sitting_in_person(commune: PlanDraft) -> None:
    assert (commune.mode, commune.platform, commune.platform_as_written) == ("in_person", None, None)
    assert [(v.name, v.central) for v in commune.venues] == [("Hội trường UBND xã Phú Mỡ", True)]
    (sitting,) = commune.sittings
    assert (sitting.sector, sitting.date) == ("Đất đai", dt.date(2026, 3, 20))
    assert (sitting.start, sitting.end) == (dt.time(7, 30), dt.time(11, 30))
    assert (sitting.expected, sitting.invite, sitting.lead_office) == (20, 20, "Phòng Kinh tế")


def test_everybody_sits_at_the_only_venue(commune: PlanDraft) -> None:
    assert {row.venue for row in commune.attendance} == {"Hội trường UBND xã Phú Mỡ"}
    assert commune.chair == "Chủ tịch UBND xã"
    assert commune.attendance[-1].who == "Đại diện các hộ dân: 20 người"


def test_duties_after_a_colon(commune: PlanDraft) -> None:
    first, last = commune.duties[0], commune.duties[-1]
    assert (first.office, first.due, first.due_on) == ("Phòng Kinh tế", None, dt.date(2026, 3, 16))
    assert first.supporting == ("Văn phòng HĐND và UBND xã",)
    assert Due(10, "day", "after", "conference_end") in [duty.due for duty in commune.duties]
    assert (last.office, last.due) == ("Các thôn", Due(7, "day", "before", "dialogue"))
    assert "Văn phòng HĐND và UBND xã" in [duty.office for duty in commune.duties]


def test_a_deputy_signs(commune: PlanDraft) -> None:
    signer = commune.signer
    assert (signer.capacity, signer.title) == ("TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert signer.name == "Trần Thị Mẫu"
    assert commune.recipients == ("Đảng ủy, HĐND xã", "Ủy ban MTTQ Việt Nam xã", "Như mục III", "Lưu: VT.")


def test_sittings_of_two_days(town: PlanDraft) -> None:
    assert [(s.sector, s.date, s.start, s.end) for s in town.sittings] == [
        ("Đất đai", dt.date(2022, 11, 22), dt.time(8), dt.time(11)),
        ("Hộ tịch", dt.date(2022, 11, 22), dt.time(14), dt.time(16, 30)),
        ("Bảo trợ xã hội", dt.date(2022, 11, 23), dt.time(8), dt.time(11)),
    ]
    assert [(s.expected, s.invite) for s in town.sittings] == [(12, 12), (10, 10), (10, 10)]
    assert [s.lead_office for s in town.sittings] == [
        "Phòng Tài nguyên và Môi trường",
        "Phòng Tư pháp",
        "Phòng Lao động - Thương binh và Xã hội",
    ]


def test_sites_in_a_list(town: PlanDraft) -> None:
    assert [(v.name, v.central) for v in town.venues] == [
        ("Hội trường UBND thị xã", True),
        ("UBND phường Xuân Yên", False),
        ("UBND phường Xuân Phú", False),
        ("UBND xã Xuân Lộc", False),
    ]
    assert [row.venue for row in town.attendance if row.role == "chair"] == ["Hội trường UBND thị xã"]
    assert len([row for row in town.attendance if row.role == "citizen"]) == 3


def test_another_platform_and_a_decision_as_basis(town: PlanDraft) -> None:
    assert (town.platform, town.platform_as_written) == ("Zoom", "Zoom")
    assert town.parent is not None
    assert (town.parent.number, town.parent.issuer) == ("3012/QĐ-UBND", "UBND tỉnh Phú Yên")
    assert town.signer.capacity is None
    assert town.signer.title == "CHỦ TỊCH"


def test_working_days_on_both_sides(town: PlanDraft) -> None:
    dues = [duty.due for duty in town.duties if duty.office == "Các phòng nêu trên"]
    assert dues == [Due(3, "working_day", "before", "dialogue"), Due(5, "working_day", "after", "conference_end")]


def test_schedule_in_a_table(ward: PlanDraft) -> None:
    assert [(s.sector, s.start, s.end, s.expected) for s in ward.sittings] == [
        ("Hộ tịch", dt.time(7, 30), dt.time(10), 9),
        ("Đất đai", dt.time(14), dt.time(16, 30), 8),
    ]
    assert [s.lead_office for s in ward.sittings] == [
        "Văn phòng HĐND và UBND phường",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
    ]
    assert (ward.mode, ward.platform) == ("hybrid", "Google Meet")


def test_heading_in_a_table_names_the_issuer(ward: PlanDraft) -> None:
    assert (ward.issuer, ward.number) == ("UBND phường Tân Lập", "07/KH-UBND")
    assert ward.signer.name == "Phan Văn Thử"
    assert ward.venues[0].name == "Trung tâm Phục vụ hành chính công phường"
    assert ward.venues[0].central


def test_nobody_placed_is_a_doubt(ward: PlanDraft) -> None:
    assert {row.venue for row in ward.attendance} == {None}
    assert any("điểm cầu nào" in doubt.why for doubt in ward.doubts)


def test_schedule_in_a_word_table(tmp_path: Path, ward: PlanDraft) -> None:
    """The same rows from Word, under a heading whose table has an empty third column."""
    document = docx.Document()
    head = document.add_table(rows=1, cols=3).rows[0].cells
    head[0].text, head[2].text = "UBND PHƯỜNG TÂN LẬP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    for text in ("KẾ HOẠCH", "Đối thoại thủ tục năm 2026", "Thực hiện nhiệm vụ năm 2026:", "II. NỘI DUNG", "1. Lịch"):
        document.add_paragraph(text)
    rows = [
        ["STT", "Thời gian", "Lĩnh vực", "Số lượt", "Cơ quan chủ trì"],
        ["1", "7h30 - 10h00 ngày 20/8/2026", "Hộ tịch", "09 lượt", "Văn phòng HĐND và UBND phường"],
        ["2", "14h00 - 16h30 ngày 20/8/2026", "Đất đai", "08 lượt", "Phòng Kinh tế, Hạ tầng và Đô thị"],
    ]
    table = document.add_table(rows=3, cols=5)
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "plan.docx"))
    draft = read_plan(tmp_path / "plan.docx")
    assert [(s.sector, s.date, s.start, s.expected, s.lead_office) for s in draft.sittings] == [
        (s.sector, s.date, s.start, s.expected, s.lead_office) for s in ward.sittings
    ]


def test_dashes_of_word_s_own_styles(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("KẾ HOẠCH", "Đối thoại năm 2026", "Thực hiện nhiệm vụ năm 2026:", "I. NỘI DUNG"):
        document.add_paragraph(text)
    document.add_paragraph("Điểm cầu:", style="List Bullet")
    document.add_paragraph("Điểm cầu trung tâm: UBND xã Phú Mỡ", style="List Bullet 2")
    document.add_paragraph("Điểm cầu 1: Nhà văn hóa thôn Phú Lợi", style="List Bullet 2")
    document.save(str(tmp_path / "plan.docx"))
    draft = read_plan(tmp_path / "plan.docx")
    assert [(v.name, v.central, v.clause) for v in draft.venues] == [
        ("UBND xã Phú Mỡ", True, "I-1+1"),
        ("Nhà văn hóa thôn Phú Lợi", False, "I-1+2"),
    ]


@pytest.mark.parametrize("name", ["phu-mo.txt", "song-cau.md", "tan-lap.md"])
def test_sound_plans_contradict_themselves_nowhere(name: str) -> None:
    for doubt in read_plan(PLANS / name).doubts:
        assert "trùng giờ" not in doubt.why
        assert "không bằng" not in doubt.why
        assert not doubt.why.startswith("Không thấy")
