"""TCVN3 and VNI read back, by font and by the words alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.rules.old_encodings import Font, decoded, is_syllable, read_bytes, read_font, recognise
from tests.rules.old_fonts import vn3, vni

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
PLAN = (
    "Kế hoạch đối thoại thủ tục hành chính năm 2021 trên địa bàn thị xã Đông Hòa. Đảm bảo phòng họp trực tuyến, các "
    "điều kiện kỹ thuật kết nối đường truyền, tạo tài khoản, xử lý sự cố. Sẵn sàng; những chỗ hẳng ghi rõ, tỵ nạnh."
)
words = st.text(LETTERS, min_size=1, max_size=8)


class TestByFont:
    @pytest.mark.parametrize(
        ("name", "font"),
        [
            (".VnTime", Font("tcvn3", is_capital=False)),
            (".VnTimeH", Font("tcvn3", is_capital=True)),
            (".VnArial NarrowH", Font("tcvn3", is_capital=True)),
            ("VnTime", Font("tcvn3", is_capital=False)),
            ("VNI-Times", Font("vni", is_capital=False)),
            ("VNI-Helve-Condense", Font("vni", is_capital=False)),
            ("Times New Roman", None),
            ("Tahoma", None),
            ("", None),
            (None, None),
        ],
    )
    def test_what_a_font_says(self, name: str | None, font: Font | None) -> None:
        assert read_font(name) == font

    @settings(deadline=None)  # the first call loads the library
    @given(st.lists(words, max_size=6))
    def test_small_letters_come_back(self, parts: list[str]) -> None:
        text = " ".join(parts)
        assert decoded(vn3(text), "tcvn3") == text
        assert decoded(vni(text), "vni") == text

    @settings(deadline=None)  # the first call loads the library
    @given(st.lists(words, max_size=6))
    def test_capitals_come_back(self, parts: list[str]) -> None:
        text = " ".join(parts).upper()
        assert decoded(vn3(text, capitals=True), "tcvn3", is_capital=True) == text
        assert decoded(vni(text), "vni") == text

    def test_a_heading_in_capitals_of_an_ordinary_font(self) -> None:
        """VN3 has no capitals with a tone: they are typed small among plain capitals."""
        assert decoded("KÕ HO¹CH", "tcvn3") == "KẾ HOẠCH"
        assert decoded("UBND thÞ x· §«ng Hßa", "tcvn3") == "UBND thị xã Đông Hòa"

    @settings(deadline=None)
    @given(words)
    def test_what_is_unicode_already_stays(self, word: str) -> None:
        text = f"{word} đ"
        assert decoded(text, "vni") == decoded(text, "tcvn3") == text


class TestByWords:
    @pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
    def test_a_plan_is_recognised_and_read(self, encoding: str) -> None:
        text = vn3(PLAN) if encoding == "tcvn3" else vni(PLAN)
        found = recognise(text)
        assert found is not None
        assert found.encoding == encoding
        assert decoded(text, found.encoding) == PLAN
        assert f"{found.fitting} trong {found.words} chữ có dấu" in found.sentence

    @pytest.mark.parametrize(
        "text",
        [
            PLAN,
            PLAN.upper(),
            "",
            "Cong hoa xa hoi chu nghia Viet Nam",
            "El niño mañana señor, corazón y también España, año próximo",
            "Größe, Straße, über, Möbel, Äpfel, schön, für, können",
            "Là à, có, mà; ông bà, cô chú: hàng hóa",
            "µ ¶ ·",
        ],
    )
    def test_other_texts_are_left_alone(self, text: str) -> None:
        assert recognise(text) is None

    @settings(deadline=None)
    @given(st.text(max_size=40))
    def test_any_text_gets_an_answer(self, text: str) -> None:
        found = recognise(text)
        assert found is None or 0 < found.fitting <= found.words


class TestBytes:
    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (vn3(PLAN).encode("latin-1"), "TCVN3"),
            (vni(PLAN).encode("latin-1"), "VNI"),
        ],
    )
    def test_the_encoding_that_makes_syllables_is_taken(self, data: bytes, name: str) -> None:
        read = read_bytes(data)
        assert (read.text, read.fit) == (PLAN, 1)
        assert read.encoding.startswith(name)
        assert f"mã {read.encoding}" in read.sentence

    def test_windows_1258(self) -> None:
        data = "Nguyêñ Thị Mâũ, phươ\u0300ng Hoà Vinh, hô\u0300 sơ ky\u0303 thuâ\u0323t".encode(
            "cp1258", errors="replace"
        )
        read = read_bytes(data)
        assert read.encoding == "windows-1258"
        assert "phường Hoà Vinh" in read.text
        assert read.fit > 0.8


@pytest.mark.parametrize("word", ["nghiêng", "Khuỷu", "đường", "quyết", "giếng", "ươm", "yêu", "ỉ", "ngoằn"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["niño", "Straße", "hßa", "Coäng", "chöõ", "ngngã", "ồồ"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
