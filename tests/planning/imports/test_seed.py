"""The plan of 2021, clause by clause, from every kind of file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from doithoai.planning.imports import Due, PlanDraft, read_plan
from tests.planning.imports.papers import SEED, seed_texts, write_docx, write_pdf, write_wrapped

FINANCE = "Phòng Tài chính – Kế hoạch"
URBAN = "Phòng Quản lý đô thị"
CENTRE = "Văn phòng HĐND&UBND thị xã"
WARDS = ["UBND phường Hòa Vinh", "UBND phường Hòa Hiệp Trung"]


@pytest.fixture(scope="module")
def seed() -> PlanDraft:
    return read_plan(SEED)


def _plain(path: Path, texts: list[str]) -> Path:
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def _spaced(path: Path, texts: list[str]) -> Path:
    path.write_bytes("\r\n\r\n".join(texts).encode("utf-16"))
    return path


def _automatic(path: Path, texts: list[str]) -> Path:
    return write_docx(path, texts, automatic=True)


PAPERS: dict[str, Callable[[Path, list[str]], Path]] = {
    "lines.txt": _plain,
    "utf16.txt": _spaced,
    "wrapped.txt": write_wrapped,
    "typed.docx": write_docx,
    "automatic.docx": _automatic,
    "printed.pdf": write_pdf,
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_kind_of_file_gives_the_same_draft(name: str, tmp_path: Path, seed: PlanDraft) -> None:
    assert read_plan(PAPERS[name](tmp_path / name, seed_texts())).as_json() == seed.as_json()


@pytest.mark.parametrize("width", range(66, 120, 6))
def test_text_may_be_wrapped_at_any_width(width: int, tmp_path: Path, seed: PlanDraft) -> None:
    assert read_plan(write_wrapped(tmp_path / "plan.txt", seed_texts(), width)) == seed


def test_number_and_day_are_blank_and_stay_so(seed: PlanDraft) -> None:
    """R65: both are filled only at issue."""
    assert (seed.number, seed.symbol, seed.date) == (None, "KH-UBND", None)
    assert (seed.issue_place, seed.month, seed.issue_year) == ("Đông Hòa", 12, 2021)


def test_heading_names_issuer_subject_year_territory(seed: PlanDraft) -> None:
    """R01a."""
    assert seed.issuer == "UBND thị xã Đông Hòa"
    assert seed.subject == "Đối thoại thủ tục hành chính năm 2021 trên địa bàn thị xã Đông Hòa"
    assert (seed.year, seed.territory) == (2021, "thị xã Đông Hòa")


def test_parent_plan(seed: PlanDraft) -> None:
    """R01."""
    parent = seed.parent
    assert parent is not None
    assert (parent.number, parent.date, parent.issuer) == ("17/KH-UBND", dt.date(2021, 1, 26), "UBND thị xã")
    assert parent.subject == "hoạt động kiểm soát thủ tục hành chính năm 2021 trên địa bàn thị xã"


def test_platform_keeps_its_spelling(seed: PlanDraft) -> None:
    """R23, R25."""
    assert (seed.mode, seed.platform, seed.platform_as_written) == ("online", "Microsoft Teams", "Microsost Team")
    assert any(d.clause == "II.1-1" and "Microsost Team" in d.why for d in seed.doubts)


def test_venues_with_one_centre(seed: PlanDraft) -> None:
    """R26."""
    assert [(v.name, v.central, v.place) for v in seed.venues] == [
        (CENTRE, True, None),
        (WARDS[0], False, "phường Hòa Vinh"),
        (WARDS[1], False, "phường Hòa Hiệp Trung"),
    ]
    assert {v.clause for v in seed.venues} == {"II.1-2"}


def test_two_sittings(seed: PlanDraft) -> None:
    """R24, R27, R29, R44, R45."""
    morning, afternoon = seed.sittings
    assert (morning.sector, morning.date) == ("Thành lập và hoạt động hộ kinh doanh", dt.date(2021, 12, 22))
    assert (morning.start, morning.end, morning.half_day) == (dt.time(7, 30), dt.time(11, 30), "morning")
    assert (morning.expected, morning.invite, morning.lead_office) == (15, 15, FINANCE)
    assert (afternoon.sector, afternoon.date) == ("Xây dựng", dt.date(2021, 12, 22))
    assert (afternoon.start, afternoon.end, afternoon.half_day) == (dt.time(13, 30), dt.time(17), "afternoon")
    assert (afternoon.expected, afternoon.invite, afternoon.lead_office) == (15, 15, URBAN)
    assert seed.expected_total == 30
    assert (morning.clause, afternoon.clause) == ("II.1-3", "II.1-3")


def test_quotas_with_residence_and_desk(seed: PlanDraft) -> None:
    """R46, R47."""
    assert [(q.office, q.count, q.sector) for q in seed.quotas] == [
        (FINANCE, 15, "Thành lập và hoạt động hộ kinh doanh"),
        (URBAN, 15, "Xây dựng"),
    ]
    for quota in seed.quotas:
        assert quota.wards == ("phường Hòa Vinh", "phường Hòa Hiệp Trung")
        assert quota.desk == "Bộ phận Một cửa UBND thị xã"


def test_attendance_at_the_centre(seed: PlanDraft) -> None:
    """R31-R33: four units are invited at the level of their leaders."""
    assert seed.chair == "Lãnh đạo UBND thị xã"
    assert [(a.who, a.role) for a in seed.attendance if a.venue == CENTRE] == [
        ("Lãnh đạo UBND thị xã", "chair"),
        ("Đại diện Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thị xã", "delegate"),
        (f"Lãnh đạo {FINANCE}", "delegate"),
        (f"Lãnh đạo {URBAN}", "delegate"),
        (f"Lãnh đạo {CENTRE}", "delegate"),
        ("Lãnh đạo Bộ phận Một cửa UBND thị xã", "delegate"),
    ]


@pytest.mark.parametrize("ward", WARDS)
def test_attendance_at_each_ward(ward: str, seed: PlanDraft) -> None:
    """R34-R38."""
    rows = [a for a in seed.attendance if a.venue == ward]
    assert [(a.who, a.role) for a in rows] == [
        ("Chủ tịch UBND phường", "delegate"),
        ("Đại diện Thường trực Ủy ban mặt trận Tổ quốc Việt Nam phường", "delegate"),
        ("Công chức phường có liên quan", "delegate"),
        ("Công dân của địa phương được mời đối thoại", "citizen"),
    ]
    assert rows[-1].invited_by == (FINANCE, URBAN)


@pytest.mark.parametrize("office", [FINANCE, URBAN])
def test_duties_of_each_lead(office: str, seed: PlanDraft) -> None:
    """R39-R43, R48, R49: one duty for each office and part of the clause."""
    duties = [d for d in seed.duties if d.office == office]
    assert [d.due for d in duties] == [
        Due(5, "day", "before", "dialogue"),
        None,
        Due(7, "working_day", "after", "conference_end"),
        None,
    ]
    assert "tổng hợp các vướng mắc khó khăn" in duties[0].what
    assert duties[0].supporting == ("các cơ quan, đơn vị có liên quan",)
    assert duties[1].what.startswith("lập danh sách và phát hành giấy mời")
    assert "ban hành thông báo kết quả" in duties[2].what
    assert duties[3].what.startswith("chọn mời 15 công dân")
    assert {d.clause for d in duties} == {"III.1"}


@pytest.mark.parametrize("ward", WARDS)
def test_duties_of_each_ward(ward: str, seed: PlanDraft) -> None:
    """R50-R53."""
    duties = [d for d in seed.duties if d.office == ward]
    assert [d.clause for d in duties] == ["III.2-1", "III.2-1", "III.2-2"]
    assert duties[1].what == "chủ trì tại điểm cầu của địa phương"
    assert "COVID-19" in duties[2].what


def test_duty_of_the_technician(seed: PlanDraft) -> None:
    """R54-R58."""
    (duty,) = [d for d in seed.duties if d.office == "Phòng Văn hóa và Thông tin"]
    assert duty.supporting == (CENTRE,)
    assert "xử lý sự cố kỹ thuật (nếu có) giữa các điểm cầu" in duty.what


def test_recipients_and_signer_as_found(seed: PlanDraft) -> None:
    """R61-R64."""
    assert len(seed.recipients) == 12
    assert seed.recipients[4] == "Phòng Phòng Tài chính – KH"
    assert seed.recipients[-1] == "Lưu: VT, Tr."
    signer = seed.signer
    assert (signer.capacity, signer.title, signer.name) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Tĩnh")


def test_the_whole_wording_is_kept(seed: PlanDraft) -> None:
    texts = seed_texts()
    start, foot = texts.index("I. MỤC ĐÍCH, YÊU CẦU"), texts.index("Nơi nhận:")
    written = [f"{c.marker} {c.text}".strip() for c in seed.clauses]
    assert [*seed.preamble, *written, *seed.closing] == texts[start - 1 : foot]
    assert len({c.path for c in seed.clauses}) == len(seed.clauses)


def test_a_paragraph_broken_in_its_middle_is_joined(seed: PlanDraft) -> None:
    (clause,) = [c for c in seed.clauses if c.path == "III.1"]
    assert "Hòa Hiệp Trung đã thực hiện TTHC lĩnh vực Xây dựng" in clause.text
    assert clause.text.endswith("kiến nghị của tổ chức, công dân.")


def test_purposes_and_requirements(seed: PlanDraft) -> None:
    assert (len(seed.purposes), len(seed.requirements)) == (4, 4)
    assert seed.requirements[1].startswith("Các ý kiến góp ý, phát biểu")


def test_no_mark_of_markdown_is_left(seed: PlanDraft) -> None:
    everything = str(seed.as_json())
    for mark in ("**", "##", "<br>", "(*", "*)"):
        assert mark not in everything


def test_doubts_are_those_that_the_plan_leaves_open(seed: PlanDraft) -> None:
    found = {(doubt.clause, doubt.why) for doubt in seed.doubts}
    front = "Đại diện Thường trực Ủy ban {} trận Tổ quốc Việt Nam {} được mời dự nhưng không có trong Nơi nhận."
    assert found == {
        ("đầu văn bản", "Số văn bản còn để trống."),
        ("đầu văn bản", "Ngày ban hành còn để trống."),
        ("II.1-1", "“Microsost Team” được hiểu là Microsoft Teams; chữ trong kế hoạch giữ nguyên."),
        ("II.2.a-1", "Chủ trì là “Lãnh đạo UBND thị xã”, không nêu người nào."),
        ("III.1", "“Trước 05 ngày” không nói ngày làm việc hay ngày thường; hiểu là ngày thường."),
        ("III.1", "Việc lập danh sách và phát hành giấy mời không có thời hạn riêng."),
        ("III.1", "15 công dân ở phường Hòa Vinh, phường Hòa Hiệp Trung: kế hoạch không chia số cho từng nơi."),
        ("nơi nhận", "“Phòng Phòng Tài chính – KH” lặp chữ; giữ nguyên như kế hoạch."),
        ("nơi nhận", front.format("Mặt", "thị xã")),
        ("nơi nhận", front.format("mặt", "phường")),
        ("nơi nhận", "Lãnh đạo Bộ phận Một cửa UBND thị xã được mời dự nhưng không có trong Nơi nhận."),
    }
