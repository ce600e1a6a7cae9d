"""A batch of letters in one file for the printer."""

import io
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from doithoai.documents.rendering import bundle_pdf, render_pdf, render_pdf_copies
from tests.documents.paper_samples import INVITATION, MADE_AT, NOTICE
from tests.documents.reading import pages, pdf_words


def test_all_pages_of_all_letters_in_order() -> None:
    letters = [replace(INVITATION, number=str(at)) for at in range(1, 4)]
    whole = bundle_pdf([*render_pdf_copies(letters, created_at=MADE_AT), render_pdf(NOTICE, created_at=MADE_AT)])
    texts = [page.get_textpage().get_text_range() for page in pages(whole)]
    assert [f"Số: 0{at}/GM-TCKH" in texts[at - 1] for at in range(1, 4)] == [True] * 3
    assert len(texts) == 3 + 4
    assert "112/TB-UBND" in texts[3]


def test_nothing_of_a_letter_is_lost() -> None:
    letter = render_pdf(INVITATION, created_at=MADE_AT)
    assert pdf_words(bundle_pdf([letter]), INVITATION) == pdf_words(letter, INVITATION)


def test_the_same_letters_give_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = [render_pdf(INVITATION, created_at=MADE_AT)] * 2
    first = bundle_pdf(letters)
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    assert bundle_pdf(letters) == first


def test_what_depends_on_the_clock_is_taken_from_the_letters() -> None:
    letters = [render_pdf(INVITATION, created_at=MADE_AT + timedelta(days=at)) for at in (3, 0)]
    document = pypdfium2.PdfDocument(bundle_pdf(letters))
    assert document.get_metadata_value("CreationDate") == "D:20211213013000+00'00'"
    same = pypdfium2.PdfDocument(bundle_pdf(letters)).get_identifier()
    assert document.get_identifier() == same
    assert document.get_identifier() != pypdfium2.PdfDocument(bundle_pdf(letters[::-1])).get_identifier()


def test_a_file_made_elsewhere_without_date_is_taken_too() -> None:
    foreign = pypdfium2.PdfDocument.new()
    foreign.new_page(100, 100)
    room = io.BytesIO()
    foreign.save(room)
    undated = room.getvalue().replace(b"/CreationDate", b"/CreationNone")
    assert pypdfium2.PdfDocument(bundle_pdf([undated])).get_metadata_value("CreationDate") == "D:19800101000000+00'00'"


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(ValueError, match="Chưa có tệp PDF"):
        bundle_pdf([])
