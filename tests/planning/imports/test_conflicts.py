"""The seed plan with one thing wrong: the wrong thing is named, and nothing is put in its place."""

import pytest

from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.reading import draft_of
from doithoai.planning.imports.sources import text_paragraphs
from tests.planning.imports.papers import SEED

TEXT = SEED.read_text(encoding="utf-8")
TIME = TEXT[TEXT.index("- Thời gian:") : TEXT.index(" Trường hợp thay đổi")]
TURNS = " (buổi sáng 15 lượt, buổi chiều 15 lượt)"
SOUND = {doubt.why for doubt in draft_of(text_paragraphs(TEXT)).doubts}


def changed(*changes: tuple[str, str]) -> PlanDraft:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return draft_of(text_paragraphs(text))


def new_doubts(draft: PlanDraft) -> list[tuple[str, str]]:
    return [(doubt.clause, doubt.why) for doubt in draft.doubts if doubt.why not in SOUND]


@pytest.mark.parametrize(
    ("old", "new", "clause", "why"),
    [
        (
            "30 lượt người",
            "40 lượt người",
            "II.1-3",
            "Tổng dự kiến 40 lượt không bằng các buổi cộng lại: 15 + 15 = 30.",
        ),
        ("buổi chiều 15 lượt", "buổi chiều 05 lượt", "II.1-3", "không bằng các buổi cộng lại: 15 + 5 = 20."),
        (
            "buổi chiều 15 lượt",
            "buổi chiều 05 lượt",
            "II.1-3",
            "Mời 15 công dân nhưng dự kiến 5 lượt ở buổi 2 (Xây dựng).",
        ),
        ("13h30-17h", "10h30-17h", "II.1-3", "buổi 2 (Xây dựng) trùng giờ."),
        ("13h30-17h", "10h30-17h", "II.1-3", "Ghi buổi chiều nhưng buổi 2 (Xây dựng) bắt đầu lúc 10:30."),
        ("7h30-11h30", "11h30-7h30", "II.1-3", "Giờ kết thúc 07:30 của buổi 1"),
        ("13h30-17h", "13h30-27h", "II.1-3", "“13h30-27h” không phải giờ trên đồng hồ."),
        ("7h30-11h30", "…h…-…h…", "II.1-3", "để trống giờ bắt đầu và giờ kết thúc."),
        ("13h30-17h", "13h30-", "II.1-3", "để trống giờ kết thúc."),
        ("7h30-11h30", "  h -11h30", "II.1-3", "để trống giờ bắt đầu."),
        ("Ngày 22/12/2021", "Thứ Hai, ngày 22/12/2021", "II.1-3", "Ghi thứ Hai nhưng ngày 22/12/2021 là thứ Tư."),
        ("Ngày 22/12/2021", "Ngày 31/11/2021", "II.1-3", "Ngày 31/11/2021 không có trong lịch."),
        ("Ngày 22/12/2021", "Ngày 22/12", "II.1-3", "Ngày 22/12 không ghi năm."),
        ("Ngày 22/12/2021", "Ngày 22 và 23/12/2021", "II.1-3", "Nhiều ngày cùng ghi ở “23/12/2021”"),
        ("Ngày 22/12/2021", "Ngày 22/12/2022", "II.1-3", "Trích yếu ghi năm 2021 nhưng đối thoại ngày 22/12/2022."),
        (
            "Đông Hòa, ngày tháng",
            "Đông Hòa, ngày 28 tháng",
            "đầu văn bản",
            "Kế hoạch đề ngày 28/12/2021, sau ngày đối thoại",
        ),
        ("Đông Hòa, ngày tháng", "Đông Hòa, ngày 32 tháng", "đầu văn bản", "Ngày 32/12/2021 không có trong lịch."),
        ("26/01/2021", "31/02/2021", "mở đầu", "Văn bản căn cứ số 17/KH-UBND không có ngày đọc được."),
        ("số 17/KH-UBND ngày", "năm ngày", "mở đầu", "Không thấy kế hoạch cấp trên"),
        (": Đối thoại lĩnh vực Xây dựng*", "*", "II.1-3", "Lĩnh vực Xây dựng không có buổi đối thoại nào."),
        (" thông qua phần mềm Microsost Team", "", "II", "không ghi phần mềm họp"),
        ("- Chủ trì đối thoại: Lãnh đạo UBND thị xã.", "", "II.2.a-1+1", "Không rõ ai chủ trì đối thoại."),
        (
            ", UBND phường Hòa Hiệp Trung.",
            ".",
            "III.1",
            "Công dân phường Hòa Hiệp Trung được mời nhưng phường Hòa Hiệp",
        ),
        (
            "a) Tại điểm cầu Văn phòng HĐND&UBND thị xã",
            "a) Tại điểm cầu Hội trường A",
            "II.2.a",
            "“Hội trường A” không có",
        ),
        (
            "- UBND phường Hòa Vinh;\n",
            "",
            "nơi nhận",
            "UBND phường Hòa Vinh được giao việc nhưng không có trong Nơi nhận.",
        ),
        ("- Lưu: VT, Tr.", "", "nơi nhận", "Nơi nhận không có dòng “Lưu: VT, …”."),
        ("**Nguyễn Văn Tĩnh**", "", "chữ ký", "Không thấy họ tên người ký."),
        (
            "trước 05 ngày diễn ra đối thoại",
            "trước ngày đối thoại vài hôm, chậm nhất là kịp lúc",
            "III.1",
            "không đọc được",
        ),
        ("Phòng Quản lý đô thị chọn mời", "chọn mời", "III.1", "không rõ cơ quan nào mời."),
        ("3. Giao Phòng Văn hóa và Thông tin", "3. Công nghệ", "III.3-1", "Không rõ cơ quan được giao"),
    ],
)
def test_one_thing_wrong_is_named(old: str, new: str, clause: str, why: str) -> None:
    found = new_doubts(changed((old, new)))
    assert any(where == clause and why in said for where, said in found), found


def test_a_blank_hour_stays_null() -> None:
    morning, afternoon = changed(("7h30-11h30", "…h…-…h…")).sittings
    assert (morning.start, morning.end) == (None, None)
    assert (morning.sector, morning.expected) == ("Thành lập và hoạt động hộ kinh doanh", 15)
    assert afternoon.start is not None


@pytest.mark.parametrize("day", ["22/12", "…/12/2021", "31/11/2021", "22, 23/12/2021"])
def test_a_day_that_cannot_be_read_stays_null(day: str) -> None:
    draft = changed(("Ngày 22/12/2021", f"Ngày {day}"))
    assert [sitting.date for sitting in draft.sittings] == [None, None]


def test_the_right_weekday_is_no_doubt() -> None:
    assert new_doubts(changed(("Ngày 22/12/2021", "Thứ Tư, ngày 22/12/2021"))) == []


def test_no_sitting_at_all_is_said() -> None:
    draft = changed((TIME, "- Thời gian sẽ thông báo sau."))
    assert draft.sittings == ()
    assert ("II", "Không thấy thời gian của buổi đối thoại nào.") in new_doubts(draft)


def test_no_venue_at_all_is_said() -> None:
    line = TEXT[TEXT.index("- Các điểm cầu") : TEXT.index("- Thời gian")]
    draft = changed((line, ""))
    assert draft.venues == ()
    assert ("II", "Không thấy địa điểm hoặc điểm cầu nào.") in new_doubts(draft)


def test_no_tasks_at_all_is_said() -> None:
    draft = changed(("## III. TỔ CHỨC THỰC HIỆN\n", ""))
    assert draft.duties == ()
    assert any("Tổ chức thực hiện" in why for _, why in new_doubts(draft))


def test_only_a_total_is_not_shared_out() -> None:
    draft = changed((TURNS, ""))
    assert draft.expected_total == 30
    assert [sitting.expected for sitting in draft.sittings] == [None, None]
    assert any("Không rõ số lượt dự kiến của buổi 1" in why for _, why in new_doubts(draft))


def test_the_total_is_the_only_sitting_s() -> None:
    one = "- Thời gian: Từ 08 giờ 00 đến 11 giờ 30 phút ngày 22 tháng 12 năm 2021, lĩnh vực Xây dựng."
    (sitting,) = changed((TIME, one), (TURNS, "")).sittings
    assert (sitting.expected, sitting.sector) == (30, "Xây dựng")


def test_the_same_number_for_each_sitting() -> None:
    draft = changed((TURNS, " (mỗi buổi 15 lượt)"))
    assert [sitting.expected for sitting in draft.sittings] == [15, 15]
    assert new_doubts(draft) == []


def test_a_daily_total_is_compared_day_by_day() -> None:
    """ "trong 01 ngày" with the same two halves on two days: 30 a day, 60 in all."""
    days = TIME.replace("Ngày 22/12/2021", "Ngày 21/12/2021") + "; " + TIME.removeprefix("- Thời gian: ")
    draft = changed((TIME, days))
    assert [sitting.expected for sitting in draft.sittings] == [15, 15, 15, 15]
    assert not any("không bằng" in why for _, why in new_doubts(draft))


def test_a_quota_that_fits_two_sittings_is_not_divided() -> None:
    draft = changed(
        ("hộ kinh doanh; Buổi chiều", "hộ kinh doanh; Buổi tối từ 18h-20h: Đối thoại lĩnh vực Xây dựng; Buổi chiều")
    )
    evening, afternoon = draft.sittings[1:]
    assert (evening.invite, afternoon.invite) == (None, None)
    assert any("khớp 2 buổi" in why for _, why in new_doubts(draft))


def test_two_offices_inviting_to_one_sitting_are_added() -> None:
    more = "UBND phường Hòa Vinh chọn mời 03 công dân tham dự đối thoại lĩnh vực Xây dựng; Phòng Quản lý đô thị chọn mời 15"
    draft = changed(("Phòng Quản lý đô thị chọn mời 15", more))
    assert draft.sittings[1].invite == 18
    assert any("Mời 18 công dân nhưng dự kiến 15 lượt" in why for _, why in new_doubts(draft))


def test_working_days_leave_no_doubt_about_the_term() -> None:
    draft = changed(("trước 05 ngày diễn", "trước 05 ngày làm việc diễn"))
    assert not any("không nói ngày làm việc" in doubt.why for doubt in draft.doubts)


def test_a_recipient_for_many_reaches_everybody() -> None:
    draft = changed(("- Chánh, PCVP;", "- Như mục III;"))
    assert not any("không có trong Nơi nhận" in doubt.why for doubt in draft.doubts)


def test_two_centres_are_a_doubt() -> None:
    draft = changed(("UBND phường Hòa Vinh, UBND phường Hòa Hiệp Trung.", "UBND phường Hòa Vinh (điểm cầu trung tâm)."))
    assert any("Có hơn một điểm cầu trung tâm" in why for _, why in new_doubts(draft))


def test_no_centre_is_a_doubt() -> None:
    draft = changed(("- Chủ trì đối thoại: Lãnh đạo UBND thị xã.", ""))
    assert [venue.central for venue in draft.venues] == [False, False, False]
    assert any("Không rõ điểm cầu trung tâm trong 3 điểm cầu." in why for _, why in new_doubts(draft))


def test_mode_stays_null_when_both_words_stand_apart() -> None:
    draft = changed(("- Dự kiến số lượt", "- Hội nghị trực tiếp.\n\n- Dự kiến số lượt"))
    assert draft.mode is None
    assert any("Không rõ đối thoại trực tiếp hay trực tuyến." in why for _, why in new_doubts(draft))
