"""Numbers of papers: as printed and as typed in."""

import contextlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.numbering import (
    KINDS,
    LARGEST,
    NumberingError,
    PaperNumber,
    parse_number,
    symbol_of,
)

numbers = st.integers(min_value=1, max_value=LARGEST)
symbols = st.lists(
    st.sampled_from(["UBND", "QLĐT", "TCKH", "TTr", "QyĐ", "HĐND&UBND", "VP", "KH", "P1", "TB.VP"]),
    min_size=1,
).map("-".join)
papers = st.builds(PaperNumber, numbers, symbols)


class TestPrinting:
    """Decree 30/2020, appendix I: leading zero below ten, no spaces."""

    @pytest.mark.parametrize(
        ("number", "symbol", "printed"),
        [
            (7, "GM-TCKH", "07/GM-TCKH"),
            (9, "KH-UBND", "09/KH-UBND"),
            (10, "KH-UBND", "10/KH-UBND"),
            (402, "UBND-QLĐT", "402/UBND-QLĐT"),
            (1, "KH-MTTQ-BTT", "01/KH-MTTQ-BTT"),
        ],
    )
    def test_printed(self, number: int, symbol: str, printed: str) -> None:
        paper = PaperNumber(number, symbol)
        assert str(paper) == printed
        assert paper.labelled == f"Số: {printed}"

    @pytest.mark.parametrize("number", [0, -1, LARGEST + 1])
    def test_numbers_out_of_range(self, number: int) -> None:
        with pytest.raises(NumberingError, match=f"phải từ 1 đến {LARGEST}, đang là {number}"):
            PaperNumber(number, "TB-UBND")

    @pytest.mark.parametrize("symbol", ["", "-UBND", "TB-", "TB--UBND", "tb-ubnd", "TB UBND", "TB_UBND", "TB/UBND"])
    def test_symbols_that_are_none(self, symbol: str) -> None:
        with pytest.raises(NumberingError, match="chữ viết tắt in hoa nối bằng dấu gạch ngang"):
            PaperNumber(5, symbol)


class TestSymbols:
    """Kind before issuer; an official letter has no kind."""

    @pytest.mark.parametrize(
        ("kind", "symbol"),
        [
            ("plan", "KH-UBND"),
            ("notice", "TB-UBND"),
            ("invitation", "GM-UBND"),
            ("minutes", "BB-UBND"),
            ("submission", "TTr-UBND"),
            ("transfer_slip", "PC-UBND"),
            ("report", "BC-UBND"),
            ("programme", "CTr-UBND"),
            ("decision", "QĐ-UBND"),
        ],
    )
    def test_kinds(self, kind: str, symbol: str) -> None:
        assert symbol_of(kind, "UBND") == symbol
        assert symbol_of(kind, "UBND", "VP") == symbol

    def test_letter_names_the_drafting_unit(self) -> None:
        assert symbol_of("letter", "UBND", "QLĐT") == "UBND-QLĐT"

    def test_letter_without_unit(self) -> None:
        with pytest.raises(NumberingError, match="công văn cần chữ viết tắt của đơn vị soạn thảo"):
            symbol_of("letter", "UBND")

    def test_unknown_kind(self) -> None:
        with pytest.raises(NumberingError, match="Chưa có loại văn bản 'thu'"):
            symbol_of("thu", "UBND")

    def test_issuer_that_is_no_abbreviation(self) -> None:
        with pytest.raises(NumberingError, match="“KH-phường Đông Hòa”"):
            symbol_of("plan", "phường Đông Hòa")

    def test_abbreviations_differ_and_only_the_letter_has_none(self) -> None:
        given_symbols = [kind.symbol for kind in KINDS.values()]
        assert len(given_symbols) == len(set(given_symbols))
        assert [slug for slug, kind in KINDS.items() if not kind.symbol] == ["letter"]
        assert all(slug == kind.slug for slug, kind in KINDS.items())

    @pytest.mark.parametrize("slug", sorted(set(KINDS) - {"letter"}))
    def test_every_abbreviation_makes_a_number_that_reads_back(self, slug: str) -> None:
        paper = PaperNumber(3, symbol_of(slug, "UBND"))
        assert parse_number(paper.labelled) == paper


class TestTypedIn:
    """What a clerk types from the agency's document system."""

    @pytest.mark.parametrize(
        "text",
        [
            "97/TB-UBND",
            "Số: 97/TB-UBND",
            "số 97/TB-UBND",
            "SỐ:97/TB-UBND",
            "  97 / TB - UBND ",
            "097/TB-UBND",
            "97/TB–UBND",
            "Số:\u00a097/TB\u2011UBND",
            "97/\nTB-UBND",
        ],
    )
    def test_forgiven_spellings(self, text: str) -> None:
        assert parse_number(text) == PaperNumber(97, "TB-UBND")

    def test_decomposed_letters_and_the_icelandic_eth(self) -> None:
        wanted = PaperNumber(402, "UBND-QLĐT")
        assert parse_number("402/UBND-QL\u00d0T") == wanted
        assert parse_number(unicodedata.normalize("NFD", "Số: 402/UBND-QLĐT")) == wanted

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Chưa đọc được số văn bản “”; cần dạng 97/TB-UBND."),
            ("97", "Chưa đọc được số văn bản “97”; cần dạng 97/TB-UBND."),
            ("97/", "Chưa đọc được số văn bản “97/”; cần dạng 97/TB-UBND."),
            ("TB-UBND", "Chưa đọc được số văn bản “TB-UBND”; cần dạng 97/TB-UBND."),
            ("Số:    /KH-UBND", "“Số: /KH-UBND” chưa có số trước dấu gạch chéo; cần dạng 97/TB-UBND."),
            ("97a/TB-UBND", "Phần số “97a” của “97a/TB-UBND” phải là chữ số, ví dụ 97."),
            ("-5/TB-UBND", "Phần số “-5” của “-5/TB-UBND” phải là chữ số, ví dụ 97."),
            ("٩٧/TB-UBND", "Phần số “٩٧” của “٩٧/TB-UBND” phải là chữ số, ví dụ 97."),
            ("0/TB-UBND", f"Số văn bản phải từ 1 đến {LARGEST}, đang là 0."),
            (
                "97/2021/QĐ-UBND",
                "Ký hiệu “2021/QĐ-UBND” chưa đúng; cần chữ viết tắt in hoa nối bằng dấu gạch ngang, ví dụ TB-UBND.",
            ),
            (
                "97/TB-UBND ngày 31/12/2021",
                "Ký hiệu “TB-UBND ngày 31/12/2021” chưa đúng; cần chữ viết tắt in hoa "
                "nối bằng dấu gạch ngang, ví dụ TB-UBND.",
            ),
        ],
    )
    def test_refusals(self, text: str, sentence: str) -> None:
        with pytest.raises(NumberingError) as refusal:
            parse_number(text)
        assert str(refusal.value) == sentence

    @given(papers)
    def test_what_is_printed_reads_back(self, paper: PaperNumber) -> None:
        assert parse_number(str(paper)) == paper
        assert parse_number(paper.labelled) == paper

    @given(st.text(max_size=40))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        printed = "từ chối"
        with contextlib.suppress(NumberingError):
            printed = str(parse_number(text))
        assert re.fullmatch(r"từ chối|[0-9]{2,}/[^\s/]+", printed)
