"""Lines joined into paragraphs, columns taken apart."""

import pytest

from doithoai.planning.imports.sources import text_paragraphs


def texts(source: str) -> list[str]:
    return [part.text for part in text_paragraphs(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("chọn mời 15 công dân đã\n\nthực hiện thủ tục", ["chọn mời 15 công dân đã thực hiện thủ tục"]),
        ("Phòng Tài chính,\n\nPhòng Nội vụ", ["Phòng Tài chính, Phòng Nội vụ"]),
        ("(mời\n\nCông dân)", ["(mời Công dân)"]),
        ("từ 7h30-\n\n11h30", ["từ 7h30-11h30"]),
        ("hết câu\n\n.", ["hết câu."]),
        ("Một câu.\n\nCâu khác.", ["Một câu.", "Câu khác."]),
        ("Mời:\n- A;\n- B.", ["Mời:", "- A;", "- B."]),
        ("- + Đại diện", ["+ Đại diện"]),
        ("* Gạch\n* Hai", ["- Gạch", "- Hai"]),
        ("#### **b) Tại *điểm cầu*:**", ["b) Tại điểm cầu:"]),
        ("> ## Trích  \n> dẫn", ["Trích dẫn"]),
        ("Số: ____/KH-UBND", ["Số: /KH-UBND"]),
        ("1\\. Mục", ["1. Mục"]),
        ("HĐND&amp;UBND", ["HĐND&UBND"]),
        ("**TM. ỦY BAN<br/>CHỦ TỊCH**", ["TM. ỦY BAN", "CHỦ TỊCH"]),
        ("**TM. ỦY BAN NHÂN DÂN  \nCHỦ TỊCH**", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("A\n\n---\n\nB", ["A", "B"]),
        ("I. NỘI DUNG\n1. Hình thức", ["I. NỘI DUNG", "1. Hình thức"]),
    ],
)
def test_marks_are_layout_and_sentences_stay_whole(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_columns_are_read_one_after_the_other() -> None:
    source = (
        "Nơi nhận:                     TM. ỦY BAN NHÂN DÂN\n"
        "- Thường trực Thị ủy;         CHỦ TỊCH\n"
        "- Lưu: VT.\n"
        "                              Trần Văn Mẫu\n"
    )
    assert texts(source) == [
        "Nơi nhận:",
        "- Thường trực Thị ủy;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Văn Mẫu",
    ]


def test_a_title_beside_a_gap_ends_the_heading() -> None:
    source = "UBND XÃ A                CỘNG HÒA\nKẾ HOẠCH           Năm 2021\n\nThực hiện nhiệm vụ:"
    assert texts(source) == ["UBND XÃ A", "CỘNG HÒA", "KẾ HOẠCH", "Năm 2021", "Thực hiện nhiệm vụ:"]


def test_blanks_to_be_filled_are_no_columns() -> None:
    assert texts("Số:           /KH-UBND") == ["Số: /KH-UBND"]
    assert texts("Đông Hòa, ngày       tháng 12 năm 2021") == ["Đông Hòa, ngày tháng 12 năm 2021"]
    assert texts("-       Đại diện") == ["- Đại diện"]


def test_a_name_wrapped_before_its_dash_is_no_list() -> None:
    long = "Phòng được giao việc trong kế hoạch này là Phòng Tài chính"
    source = "\n".join(
        [
            long,
            "– Kế hoạch cùng với các phòng ban khác của thị xã, gồm có",
            "các đơn vị ở dưới đây và những người được mời dự trong đó.",
        ]
    )
    assert texts(source)[0].startswith(f"{long} – Kế hoạch cùng")
    assert len(texts(source)) == 1


def test_places_name_the_line() -> None:
    assert [part.where for part in text_paragraphs("Một.\n\n\nHai.")] == ["Dòng 1", "Dòng 4"]


def test_tables_of_two_columns_are_cells_and_wide_ones_are_rows() -> None:
    assert texts("| A<br>B | C |\n|---|---|\n| D | E |") == ["A", "B", "C", "D", "E"]
    wide = "| TT | Thời gian | Lĩnh vực |\n|---|---|---|\n| 1 | 7h30 | Đất đai |\n| 2 | 8h30 | |"
    assert texts(wide) == ["Thời gian: 7h30, Lĩnh vực: Đất đai", "Thời gian: 8h30"]


def test_decomposed_letters_are_composed() -> None:
    assert texts("Đối thoại") == ["Đối thoại"]
