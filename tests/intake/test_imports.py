"""Files that people send: known by their content, freed of what nobody meant to send, refused in words."""

import io
import re

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from doithoai.intake.imports import MOST, MOST_PAGES, take_in
from doithoai.kernel import plugs
from doithoai.kernel.access import NotNow
from doithoai.rules.photograph import LARGEST


def jpeg(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as made:
        for _page in range(pages):
            made.new_page(200, 300)
        made.save(out)
    return out.getvalue()


def sent(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"tep-{at}.bin", content) for at, content in enumerate(contents)]


def test_what_is_taken_in_is_stored_under_its_content_and_twice_the_same_is_one() -> None:
    first, second = take_in(sent(jpeg(), jpeg(), pdf()))
    assert (first.kind, second.kind) == ("jpg", "pdf")
    assert len(plugs.files().get(first.sha256)) == first.size
    assert Image.open(io.BytesIO(plugs.files().get(first.sha256))).size == (40, 30)


def test_an_empty_field_is_no_file() -> None:
    assert take_in([]) == []
    assert take_in(sent(b"")) == []


def test_a_pdf_keeps_its_pages_and_loses_scripts_and_names() -> None:
    hidden = re.sub(rb"/Type ?/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(alert)>>", pdf(2), count=1)
    assert b"JavaScript" in hidden
    (kept,) = take_in(sent(hidden))
    data = plugs.files().get(kept.sha256)
    assert b"JavaScript" not in data
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 2


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ([b"MZ\x90\x00 program"], "không phải ảnh JPEG, PNG hay PDF"),
        ([b"<svg onload=alert(1)>"], "không phải ảnh JPEG, PNG hay PDF"),
        ([b"\x00\x00\x00\x18ftypheic\x00\x00"], "HEIC chưa mở được"),
        ([b"%PDF-1.7 broken"], "PDF bị hỏng hoặc có mật khẩu"),
        ([b"x" * (LARGEST + 1)], "Mỗi tệp nhiều nhất 12 MB"),
        ([jpeg()[:200]], "hỏng hoặc tải lên chưa hết"),
        ([b"x"] * (MOST + 1), "Nhiều nhất 5 tệp"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_stored(contents: list[bytes], words: str) -> None:
    with pytest.raises(NotNow, match=words):
        take_in(sent(jpeg("red"), *contents) if len(contents) == 1 else sent(*contents))
    assert list(plugs.files().names()) == []


def test_a_book_is_not_an_enclosure() -> None:
    with pytest.raises(NotNow, match=f"Nhiều nhất {MOST_PAGES} trang"):
        take_in(sent(pdf(MOST_PAGES + 1)))
