"""Plans typed in the fonts of before Unicode, in Word, in plain text and mixed."""

from itertools import groupby
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from doithoai.planning.imports import PlanDraft, read_plan
from tests.planning.imports.papers import SEED, seed_texts
from tests.rules.old_fonts import VN3_CAPITAL, vn3, vni


def add(paragraph: Paragraph, text: str, font: str) -> None:
    """A run whose letters are stored as that font wants them."""
    stored = {"": str, ".VnTime": vn3, ".VnTimeH": lambda t: vn3(t, capitals=True), "VNI-Times": vni}[font](text)
    run = paragraph.add_run(stored)
    if font:
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:ascii"), font)
        fonts.set(qn("w:hAnsi"), font)


def has_no_capital(letter: str) -> bool:
    """Capitals with a tone are not in TCVN3: typists put the single letter into the font of capitals."""
    return letter.isupper() and not letter.isascii() and letter not in VN3_CAPITAL


def seed_in(path: Path, font_of: dict[int, str], otherwise: str) -> Path:
    """The seed plan as a Word file, paragraph by paragraph in its font; capitals in the font of capitals."""
    document = docx.Document()
    for number, text in enumerate(seed_texts()):
        font, paragraph = font_of.get(number, otherwise), document.add_paragraph()
        for capital, part in groupby(text, key=lambda letter: has_no_capital(letter) and font == ".VnTime"):
            add(paragraph, "".join(part), ".VnTimeH" if capital else font)
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def seed() -> PlanDraft:
    return read_plan(SEED)


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times", ""])
def test_a_whole_plan_in_one_font(font: str, tmp_path: Path, seed: PlanDraft) -> None:
    assert read_plan(seed_in(tmp_path / "plan.docx", {}, font)) == seed


def test_three_encodings_in_one_document(tmp_path: Path, seed: PlanDraft) -> None:
    fonts = {number: (".VnTime", "VNI-Times", "")[number % 3] for number in range(len(seed_texts()))}
    assert read_plan(seed_in(tmp_path / "plan.docx", fonts, "")) == seed


class TestRuns:
    def read(self, tmp_path: Path, document: docx.document.Document) -> str:
        from doithoai.planning.imports.word import word_paragraphs

        document.save(str(tmp_path / "x.docx"))
        return "\n".join(part.text for part in word_paragraphs((tmp_path / "x.docx").read_bytes(), "x.docx"))

    def test_a_paragraph_that_mixes_fonts(self, tmp_path: Path) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph()
        for text, font in (("Phường Hòa Vinh", ".VnTime"), (", được ", ""), ("thị xã Đông Hòa", "VNI-Times")):
            add(paragraph, text, font)
        assert self.read(tmp_path, document) == "Phường Hòa Vinh, được thị xã Đông Hòa"

    def test_a_letter_of_vni_parted_from_its_mark_by_a_run(self, tmp_path: Path) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph()
        for letter in "đường lối":
            add(paragraph, letter, "VNI-Times")
        stored = "".join(run.text for run in paragraph.runs)
        document = docx.Document()
        paragraph = document.add_paragraph()
        for sign in stored:
            run = paragraph.add_run(sign)
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hAnsi"), "VNI-Times")
        assert self.read(tmp_path, document) == "đường lối"

    def test_the_font_of_the_paragraphs_style_counts(self, tmp_path: Path) -> None:
        document = docx.Document()
        style = document.styles.add_style("Old", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        style.font.name = ".VnTime"
        child = document.styles.add_style("Older", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        child.base_style = style
        document.add_paragraph(vn3("những người dân"), style="Older")
        assert self.read(tmp_path, document) == "những người dân"

    def test_u_horn_that_word_made_an_element_of(self, tmp_path: Path) -> None:
        document = docx.Document()
        run = document.add_paragraph().add_run("nh")
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hAnsi"), ".VnTime")
        run._r.append(OxmlElement("w:softHyphen"))
        text = OxmlElement("w:t")
        text.text = " v"
        symbol = OxmlElement("w:sym")
        symbol.set(qn("w:font"), ".VnTime")
        symbol.set(qn("w:char"), "F0CB")
        run._r.extend([text, symbol])
        assert self.read(tmp_path, document) == "như vậ"

    def test_unicode_under_an_old_font_stays(self, tmp_path: Path) -> None:
        document = docx.Document()
        run = document.add_paragraph().add_run("được mời à")
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hAnsi"), ".VnTime")
        assert self.read(tmp_path, document) == "được mời à"

    def test_a_soft_hyphen_of_today_is_no_letter(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.add_paragraph("đối\u00ad thoại")
        assert self.read(tmp_path, document) == "đối thoại"

    def test_what_was_struck_out_is_not_read(self, tmp_path: Path) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("còn ")
        gone = OxmlElement("w:del")
        gone.append(paragraph.add_run("mất")._r)
        paragraph._p.append(gone)
        assert self.read(tmp_path, document) == "còn"


@pytest.mark.parametrize("write", [vn3, vni])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_plain_text_shows_it_by_its_words(write: object, encoding: str, tmp_path: Path, seed: PlanDraft) -> None:
    """Pasted out of an old document, or saved by an old editor; the doubt is shown."""
    assert callable(write)
    path = tmp_path / "plan.txt"
    path.write_bytes(write(SEED.read_text(encoding="utf-8").replace("–", "-")).encode(encoding))
    draft = read_plan(path)
    assert draft.territory == seed.territory
    assert [sitting.sector for sitting in draft.sittings] == [sitting.sector for sitting in seed.sittings]
    assert len(draft.duties) == len(seed.duties)
    assert "đã đổi sang Unicode" in draft.doubts[0].why
