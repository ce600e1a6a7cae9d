"""A damaged plan is read with doubts or refused with a sentence; the reader never breaks on it."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.planning.imports import PlanDraft, Unreadable, read_plan
from doithoai.planning.imports.reading import draft_of
from doithoai.planning.imports.sources import text_paragraphs
from tests.planning.imports.papers import SEED, seed_texts, write_docx, write_pdf

LINES = SEED.read_text(encoding="utf-8").splitlines()
BODY = next(index for index, line in enumerate(LINES) if "I. MỤC ĐÍCH" in line) + 1


def read_or_refuse(text: str) -> PlanDraft | None:
    """The draft, its JSON tried too, or null after a proper refusal."""
    sentence = ""
    try:
        draft = draft_of(text_paragraphs(text))
    except Unreadable as refused:
        sentence = refused.sentence
    if sentence:
        assert sentence.startswith("Dòng ")
        return None
    assert PlanDraft.from_json(draft.as_json()) == draft
    return draft


@settings(deadline=None, max_examples=60)
@given(st.sets(st.integers(BODY, len(LINES) - 1), max_size=60))
def test_any_lines_of_the_body_may_be_missing(gone: set[int]) -> None:
    draft = read_or_refuse("\n".join(line for index, line in enumerate(LINES) if index not in gone))
    assert draft is not None
    assert draft.issuer == "UBND thị xã Đông Hòa"


@settings(deadline=None, max_examples=60)
@given(st.permutations(LINES))
def test_lines_may_stand_in_any_order(lines: list[str]) -> None:
    draft = read_or_refuse("\n".join(lines))
    assert draft is None or len(draft.clauses) > 0


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00")), st.integers(0, len(LINES)))
def test_any_text_may_stand_in_between(noise: str, at: int) -> None:
    read_or_refuse("\n".join([*LINES[:at], noise, *LINES[at:]]))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 5000), st.integers(1, 400))
def test_any_stretch_of_letters_may_be_lost(at: int, length: int) -> None:
    text = "\n".join(LINES)
    read_or_refuse(text[:at] + text[at + length :])


@pytest.fixture(scope="module")
def word_and_pdf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("papers")
    texts = seed_texts()
    return {
        ".docx": write_docx(folder / "a.docx", texts).read_bytes(),
        ".pdf": write_pdf(folder / "a.pdf", texts).read_bytes(),
    }


@pytest.mark.parametrize("kind", [".docx", ".pdf"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_short(kind: str, share: float, word_and_pdf: dict[str, bytes], tmp_path: Path) -> None:
    content = word_and_pdf[kind]
    path = tmp_path / f"cut{kind}"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Unreadable, match=r"không phải|bị hỏng|không có chữ"):
        read_plan(path)


def test_a_word_file_with_broken_markup(word_and_pdf: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "hong.docx"
    with zipfile.ZipFile(io.BytesIO(word_and_pdf[".docx"])) as whole, zipfile.ZipFile(path, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            broken.writestr(name, content[:-40] if name == "word/document.xml" else content)
    with pytest.raises(Unreadable, match="không phải tài liệu Word"):
        read_plan(path)
