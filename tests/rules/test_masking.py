"""Masking before publication: nothing known may stay readable, whatever its spelling."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.masking import (
    LABELS,
    Find,
    Known,
    Segment,
    mask,
    masked,
    segments,
    suggest,
    whole,
)
from doithoai.rules.vietnamese import fold

NOBODY = Known()
ROSTER = Known(
    names=["Võ Thị Minh Họa", "Nguyễn Văn An", "Sáu", "Nguyễn Văn Tĩnh", "H'Hen Niê"],
    phones=["0905123456", "0167 234 5678"],
    numbers=["054090001234", "0071 000 123 456"],
    codes=["XD-0417"],
    addresses=["12/3 Trần Phú"],
    keep=["Nguyễn Văn Tĩnh", "Hòa Vinh", "Hòa Hiệp Trung", "Hồ Chí Minh"],
)


def kinds(text: str, known: Known = NOBODY) -> list[str]:
    return [find.kind for find in suggest(text, known)]


def unmarked(text: str) -> str:
    """The text without labels, then only its folded letters and digits, a bar where a label stood."""
    for kind in LABELS:
        text = text.replace(whole(kind), " | ")
    return re.sub(r"[^\w|]+", " ", fold(text))


# Spellings that change how a text looks in memory, not what a reader makes of it.
def _old_tone(text: str) -> str:
    return text.replace("òa", "oà").replace("ọa", "oạ").replace("ủy", "uỷ")


SPELLINGS = st.sampled_from(
    [
        lambda text: text,
        str.upper,
        str.lower,
        _old_tone,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: fold(text),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "-"),
        lambda text: "\u200b".join(text),
    ]
)
WORDS = ["Hòa", "Họa", "Thủy", "Đức", "Ước", "Ánh", "Minh", "Quỳnh", "Bé", "Tạm"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(lambda words: " ".join(["Huỳnh", *words]))
AROUND = st.text(alphabet="abđọ .,;:()\"'\n?/-0125|ÔBN", max_size=12)
PHONES = st.from_regex(r"09[0-9]{8}", fullmatch=True)
SEPARATORS = st.sampled_from(["", " ", ".", "-", " - ", "\u00a0", "/", ") "])


class TestKnownNames:
    @pytest.mark.parametrize(
        "spelled",
        [
            "Võ Thị Minh Họa",
            "VÕ THỊ MINH HOẠ",
            "vo thi minh hoa",
            "Võ  Thị\nMinh Họa",
            "Võ-Thị-Minh-Họa",
            "Vo\u0303 Thi\u0323 Minh Ho\u0323a",
            "V\u200bõ Thị Minh H\u00adọa",
            "Bà Võ Thị Minh Họa",
            "H’Hen Niê",
        ],
    )
    def test_in_every_spelling(self, spelled: str) -> None:
        assert mask(f"Hôm ấy {spelled} có nói.", ROSTER) == "Hôm ấy [đã che: tên] có nói."

    def test_a_longer_name_is_not_cut_in_two(self) -> None:
        assert mask("gặp Nguyễn Văn Anh và Nguyễn Văn An", ROSTER) == "gặp [đã che: tên] và [đã che: tên]"

    @pytest.mark.parametrize("spelled", ["bà Họa", "Bà HOẠ", "chị họa", "ba hoa", "chú Sáu", "Minh Họa", "Sáu"])
    def test_by_the_given_name(self, spelled: str) -> None:
        assert mask(f"nghe {spelled} nói", ROSTER) == "nghe [đã che: tên] nói"

    @pytest.mark.parametrize(
        "text", ["có hoa ngoài ngõ", "sáu người", "ba năm nay", "cô cán bộ kêu thiếu giấy", "ba bận"]
    )
    def test_everyday_words_stay(self, text: str) -> None:
        assert mask(text, ROSTER) == text

    def test_officials_and_places_that_are_kept(self) -> None:
        text = "Chủ tịch Nguyễn Văn Tĩnh, phường Hòa Vinh, TP. Hồ Chí Minh; Ông Chủ tịch trả lời."
        assert mask(text, ROSTER) == text

    def test_a_place_inside_a_citizens_name_does_not_save_it(self) -> None:
        assert mask("bà Lê Hòa Vinh", ROSTER) == "[đã che: tên]"

    @given(NAMES, SPELLINGS, AROUND, AROUND)
    def test_no_known_name_stays_readable(self, name: str, spell: object, before: str, after: str) -> None:
        text = f"{before} {spell(name)} {after}"  # type: ignore[operator]
        assert f" {fold(name)} " not in f" {unmarked(mask(text, Known(names=[name])))} "

    @given(NAMES, NAMES, SPELLINGS)
    def test_nor_any_of_two(self, one: str, other: str, spell: object) -> None:
        text = f"{spell(one)}, {other}"  # type: ignore[operator]
        left = unmarked(mask(text, Known(names=[one, other]))).split()
        assert set(left) <= {"|"}


class TestUnknownNames:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("ông Trần Văn Phỏng nói", "[đã che: tên] nói"),
            ("ông (bà) Trần Văn Phỏng nói", "ông (bà) [đã che: tên] nói"),
            ("hàng xóm là Đặng Thị Tạm, ở bên", "hàng xóm là [đã che: tên], ở bên"),
            ("TRẦN THỊ B ký", "[đã che: tên] ký"),
            ("Tran Van Phong ky", "[đã che: tên] ky"),
            ("cô Út bán hàng", "[đã che: tên] bán hàng"),
            ("nhà anh Lâm Văn Tý", "nhà [đã che: tên]"),
        ],
    )
    def test_by_form_of_address_or_family_name(self, text: str, expected: str) -> None:
        assert mask(text, NOBODY) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "Hồ sơ bị trả",
            "phường Hòa Hiệp Trung",
            "tỉnh Lâm Đồng",
            "Bộ phận Một cửa",
            "Ông Trưởng phòng trả lời",
            "ông. Xã đã trả lời",
        ],
    )
    def test_places_and_offices_are_no_names(self, text: str) -> None:
        assert mask(text, NOBODY) == text

    def test_a_paragraph_of_capitals_is_not_taken_for_one_name(self) -> None:
        assert mask("TRẦN" + " CHỮ" * 9, NOBODY) == "[đã che: tên] CHỮ CHỮ"


class TestKnownNumbers:
    @pytest.mark.parametrize(
        "spelled",
        [
            "0905123456",
            "0905.123.456",
            "+84 905 123 456",
            "(84)905-123-456",
            "905123456",
            "0905/123/456",
            "0905\n123456",
        ],
    )
    def test_a_phone_in_every_spelling(self, spelled: str) -> None:
        assert mask(f"Gọi {spelled} nhé", ROSTER) == "Gọi [đã che: số điện thoại] nhé"

    def test_a_number_of_before_2018_in_both_forms(self) -> None:
        assert mask("0167 234 5678, 0372-345-678", ROSTER) == "[đã che: số điện thoại], [đã che: số điện thoại]"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("số 054090001234.", "số [đã che: số giấy tờ]."),
            ("số 54090001234.", "số [đã che: số giấy tờ]."),
            ("0071000123456", "[đã che: số giấy tờ]"),
            ("hồ sơ xd 0417", "hồ sơ [đã che: mã hồ sơ]"),
            ("ở 12/3 tran phu", "ở [đã che: địa chỉ]"),
        ],
    )
    def test_other_known_values(self, text: str, expected: str) -> None:
        assert mask(text, ROSTER) == expected

    @given(
        PHONES, st.lists(SEPARATORS, min_size=9, max_size=9), AROUND, AROUND, st.sampled_from(["0", "+84", "84 ", ""])
    )
    def test_no_known_phone_stays_readable(
        self, number: str, between: list[str], before: str, after: str, prefix: str
    ) -> None:
        spelled = prefix + "".join(a + b for a, b in zip(number[1:], [*between[:8], ""], strict=True))
        shown = mask(f"{before} {spelled} {after}", Known(phones=[number]))
        assert all(number[1:] not in re.sub(r"\D", "", piece) for piece in unmarked(shown).split("|"))
        assert whole("phone") in shown

    @given(PHONES, st.text("0123456789", max_size=5), st.text("0123456789", max_size=5))
    def test_a_phone_glued_into_other_digits_goes_with_them(self, number: str, before: str, after: str) -> None:
        assert not re.search(r"\d", mask(before + number + after, Known(phones=[number])))


class TestShapes:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("gọi 0912 345 678", ["phone"]),
            ("gọi 0912345678 15 lần", ["phone"]),
            ("máy bàn 0257 3851234", ["phone"]),
            ("Điện thoại: 3851234", ["phone"]),
            ("CMND 221 012 345", ["id"]),
            ("căn cước công dân của tôi là 001090012345", ["id"]),
            ("hộ chiếu B1234567", ["id"]),
            ("MST 4401234567", ["id"]),
            ("STK 1234 5678 901", ["bank"]),
            ("tài khoản ngân hàng: 0071000123456", ["bank"]),
            ("thư a.b+c@gmail.com.vn nhé", ["email"]),
            ("thửa đất số 12, tờ bản đồ số 5", ["land"]),
            ("thửa 12 tờ 5", ["land"]),
            ("tờ bản đồ 5, thửa 12a", ["land"]),
            ("sổ đỏ số BA 123456", ["land"]),
            ("số nhà 12/3 đường Trần Phú, tổ 5, phường Hai", ["address"]),
            ("15 đường Lê Lợi", ["address"]),
            ("nhà số 7 hẻm 5", ["address"]),
            ("trú tại thôn Phú Lễ, xã Hòa Thành", ["address"]),
            ("hồ sơ HKD-0231 và mã H45.14.3-211222-0001", ["file", "file"]),
            ("xe 78H1-123.45 và 78A 12345", ["plate", "plate"]),
            ("sinh năm 1980", ["birth"]),
            ("sinh ngày 01/02/1980", ["birth"]),
            ("mã 1234 5678 9012 3456", ["digits"]),
        ],
    )
    def test_are_found_as_what_they_are(self, text: str, expected: list[str]) -> None:
        assert kinds(text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "ngày 22-12-2021 có 15 người; 22.12.2021; từ 07:30 đến 11:30",
            "số 214/KH-UBND ngày 03/12/2021",
            "ý kiến DH-2021-01-YK07, mã HV-041",
            "số tiền 150.000.000 đồng, dự án 1.250.000.000đ; 1.234.567.890 m2",
            "các năm 2019 2020 2021; bảng 15 13 02 01 01",
            "hồ sơ 15 ngày, 2 đường dây, 15 phố đi bộ",
            "Nghị định 30/2020/NĐ-CP, điểm b khoản 1 Điều 17",
        ],
    )
    def test_days_money_and_papers_stay(self, text: str) -> None:
        assert mask(text, NOBODY) == text

    def test_a_find_covers_the_whole_number(self) -> None:
        assert mask("gọi (+84) 912-345-678.", NOBODY) == "gọi [đã che: số điện thoại]."

    @pytest.mark.parametrize("known", [NOBODY, ROSTER])
    def test_brackets_around_it_stay(self, known: Known) -> None:
        assert mask("tôi (0905 123 456)", known) == "tôi ([đã che: số điện thoại])"


class TestReview:
    TEXT = "Bà Tạm ở nhà, số 0912345678."

    def test_offsets_are_of_the_text_as_given(self) -> None:
        decomposed = unicodedata.normalize("NFD", "Nhà bà Tạ, 0912345678")
        finds = suggest(decomposed, NOBODY)
        assert [unicodedata.normalize("NFC", decomposed[find.start : find.end]) for find in finds] == [
            "bà Tạ",
            "0912345678",
        ]

    def test_a_person_drops_one_and_adds_one(self) -> None:
        name, number = suggest(self.TEXT, NOBODY)
        assert masked(self.TEXT, [number]) == "Bà Tạm ở nhà, số [đã che: số điện thoại]."
        assert masked(self.TEXT, [name, Find(7, 12, "address")]) == "[đã che: tên] [đã che: địa chỉ], số 0912345678."

    def test_segments_hold_nothing_that_is_masked(self) -> None:
        assert segments(self.TEXT, suggest(self.TEXT, NOBODY)) == [
            Segment("đã che tên", "name"),
            Segment(" ở nhà, số "),
            Segment("đã che số điện thoại", "phone"),
            Segment("."),
        ]
        assert segments("", []) == []

    def test_overlapping_finds_become_one(self) -> None:
        assert masked("abcdef", [Find(0, 3, "name"), Find(2, 5, "email"), Find(1, 2, "digits")]) == (
            "[đã che: thư điện tử]f"
        )

    def test_a_mark_never_stays_behind_its_letter(self) -> None:
        assert masked("a\u0323b", [Find(0, 1, "name")]) == "[đã che: tên]b"

    @pytest.mark.parametrize("find", [Find(0, 99, "name"), Find(-1, 2, "name"), Find(2, 2, "name")])
    def test_a_find_of_another_text_is_refused(self, find: Find) -> None:
        with pytest.raises(ValueError, match="outside"):
            segments("abc", [find])

    @pytest.mark.parametrize(
        "text", ["STK 1234 5678 901, số tiền 150.000.000 đồng", "Địa chỉ: 45 Lê Lợi", "bà Võ Thị Minh Họa, 0905123456"]
    )
    def test_masking_again_changes_nothing(self, text: str) -> None:
        assert mask(mask(text, ROSTER), ROSTER) == mask(text, ROSTER) != text

    @given(st.text(max_size=60))
    def test_any_text_is_cut_without_loss(self, text: str) -> None:
        finds = suggest(text, ROSTER)
        assert finds == sorted(finds)
        assert all(a.end <= b.start for a, b in pairwise(finds))
        shown = [piece.text for piece in segments(text, finds) if piece.kind is None]
        assert len("".join(shown)) == len(text) - sum(find.end - find.start for find in finds)

    def test_a_whole_field(self) -> None:
        assert whole("land") == "[đã che: thửa đất]"


def test_a_rough_form_of_address_is_followed_by_a_name_too() -> None:
    assert mask("Hôm đó thằng Út Tạm đứng quầy", Known()) == "Hôm đó [đã che: tên] đứng quầy"


def test_a_month_without_accents_is_no_form_of_address() -> None:
    text = "nop tu thang nam den nay chua xong"
    assert mask(text, Known(names=["Lê Văn Năm"])) == text
