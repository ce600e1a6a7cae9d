"""The English catalogue: complete as it is kept, readable once compiled, and its faults are found."""

import gettext
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from doithoai.ops import catalogue
from doithoai.oversight.queries.sentences import SENTENCES

WITH_A_PLACE = "Chưa trình được: còn %(left)s/%(total)s ý kiến chưa phân loại."


@pytest.fixture(scope="module")
def sources() -> Catalog:
    """What source and templates say; reading them all takes seconds, so once."""
    return catalogue.gathered()


@pytest.fixture
def copy(sources: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kept catalogue in a folder of the test's own; commands work on it."""
    own = tmp_path / "django.po"
    shutil.copy(catalogue.PO, own)
    monkeypatch.setattr(catalogue, "PO", own)
    monkeypatch.setattr(catalogue, "gathered", lambda: deepcopy(sources))
    return own


def kept_with(changed: str, english: str) -> None:
    """Write the copy again with one sentence translated otherwise."""
    kept = catalogue.stored()
    message_of(kept, changed).string = english
    write(kept)


def message_of(kept: Catalog, words: str) -> Message:
    """The message of a sentence that must be there."""
    message = kept.get(words)
    assert message is not None, words
    return message


def write(kept: Catalog) -> None:
    """Keep this catalogue in place of the copy."""
    with catalogue.PO.open("wb") as stream:
        write_po(stream, kept)


def compiled(copy: Path) -> gettext.GNUTranslations:
    """What a reader of the compiled copy finds."""
    assert catalogue.main(["compile"]) == 0
    with copy.with_suffix(".mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_the_kept_catalogue_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogue.problems() == []
    assert catalogue.main(["check"]) == 0
    assert capsys.readouterr().err == ""


def test_every_sentence_of_the_journal_has_its_english() -> None:
    kept = catalogue.stored()
    missing = [words for words in SENTENCES.values() if not message_of(kept, words).string]
    assert missing == []


def test_a_compiled_sentence_keeps_its_places(copy: Path) -> None:
    shown = compiled(copy).gettext(WITH_A_PLACE) % {"left": 2, "total": 17}
    assert shown == "Cannot be submitted yet: 2 of 17 opinions not classified."


def test_one_and_many_differ_in_english(copy: Path) -> None:
    words = "%(count)s chỗ chưa rõ hoặc mâu thuẫn, cần xem lại:"
    english = compiled(copy)
    one, many = (english.ngettext(words, words, count) % {"count": count} for count in (1, 2))
    assert (one.split()[:3], many.split()[:3]) == (["1", "place", "is"], ["2", "places", "are"])


def test_a_sentence_that_was_never_gathered_is_found(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = catalogue.stored()
    kept.delete(WITH_A_PLACE)
    write(kept)
    assert catalogue.main(["check"]) == 1
    assert capsys.readouterr().err == f"chưa dịch: {WITH_A_PLACE}\n"


def test_a_sentence_without_its_english_is_found(copy: Path) -> None:
    kept_with(WITH_A_PLACE, "")
    assert catalogue.problems() == [f"chưa dịch: {WITH_A_PLACE}"]


@pytest.mark.parametrize(
    "english",
    [
        pytest.param("Cannot be submitted yet: %(left)s opinions not classified.", id="lost"),
        pytest.param("Cannot be submitted yet: %(left)s of %(all)s opinions not classified.", id="renamed"),
        pytest.param("Cannot be submitted yet: %(left)s of %(total) opinions not classified.", id="cut"),
    ],
)
def test_a_broken_place_is_found(copy: Path, english: str) -> None:
    kept_with(WITH_A_PLACE, english)
    assert catalogue.problems() == [f"chỗ điền không khớp: {WITH_A_PLACE}"]


def test_gathering_keeps_what_was_translated_and_drops_what_is_no_longer_said(copy: Path) -> None:
    kept = catalogue.stored()
    kept.delete(WITH_A_PLACE)
    kept.add("Câu này không còn ở đâu.", "Said nowhere any more.")
    message_of(kept, "Lưu").string = "Keep"
    write(kept)
    assert catalogue.main(["gather"]) == 0
    after = catalogue.stored()
    assert message_of(after, WITH_A_PLACE).string == ""
    assert message_of(after, "Lưu").string == "Keep"
    assert after.get("Câu này không còn ở đâu.") is None


def test_gathering_twice_changes_nothing(copy: Path) -> None:
    catalogue.gather()
    once = copy.read_bytes()
    catalogue.gather()
    assert copy.read_bytes() == once


def test_gathering_begins_without_a_catalogue(copy: Path) -> None:
    copy.unlink()
    assert catalogue.gather() == 0
    assert message_of(catalogue.stored(), WITH_A_PLACE).string == ""
    assert f"chưa dịch: {WITH_A_PLACE}" in catalogue.problems()
