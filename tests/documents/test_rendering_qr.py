"""The code to scan is drawn module for module in both renderings."""

import io
import zipfile
from dataclasses import replace

import pytest
import segno
from PIL import Image

from doithoai.documents.rendering import qr, render_docx, render_pdf
from doithoai.rules.paper import Qr
from tests.documents.paper_samples import INVITATION, MADE_AT, PLAN
from tests.documents.reading import MM, pages, stretch

PAYLOADS = [
    "https://doithoai.donghoa.example.vn/m/9f86d081884c7d659a2feaa0c55ad015",
    "https://e.vn/a",
    "Đông Hòa: mã riêng của bà Sáu",
    "x" * 300,
]


def matrix(payload: str) -> list[list[bool]]:
    """Dark modules as the standard gives them, computed apart from the product's own calls."""
    return [[bool(dot) for dot in row] for row in segno.make(payload, error="m", micro=False).matrix]


def read_modules(picture: Image.Image, count: int) -> list[list[bool]]:
    """The picture of a code without its quiet zone, sampled at the centre of each module."""
    grey = picture.convert("L")
    step = grey.width / count
    return [
        [grey.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) < 128 for x in range(count)]
        for y in range(count)
    ]  # type: ignore[operator,unused-ignore]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_printed_pdf_shows_every_module(payload: str) -> None:
    modules = matrix(payload)
    count = len(modules) + 2 * qr.QUIET
    (page,) = pages(render_pdf(replace(INVITATION, qr=Qr(payload, "Quét mã")), created_at=MADE_AT))
    scale = 8.0
    drawn = page.render(scale=scale).to_pil()
    label = stretch(page, "- Lưu: VT, TCKH.")
    caption = stretch(page, "Quét mã")
    left, side = 30 * MM * scale, 26 * MM * scale
    above = _first_dark(drawn, int(left), int(label[0].bottom * MM * scale) + 8, int(side))
    top = above - qr.QUIET * side / count
    assert top + side <= caption[0].top * MM * scale + scale * MM
    picture = drawn.crop((round(left), round(top), round(left + side), round(top + side)))
    assert [row[qr.QUIET : -qr.QUIET] for row in read_modules(picture, count)[qr.QUIET : -qr.QUIET]] == modules


def _first_dark(drawn: Image.Image, left: int, top: int, side: int) -> int:
    grey = drawn.convert("L")
    for y in range(top, grey.height):
        if grey.crop((left, y, left + side, y + 1)).getextrema()[0] < 128:
            return y
    raise AssertionError("no code on the page")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_picture_in_the_docx_shows_every_module_and_a_quiet_zone(payload: str) -> None:
    content = render_docx(replace(INVITATION, qr=Qr(payload, "Quét mã")), created_at=MADE_AT)
    picture = Image.open(io.BytesIO(zipfile.ZipFile(io.BytesIO(content)).read("word/media/image1.png")))
    modules = matrix(payload)
    seen = read_modules(picture, len(modules) + 2 * qr.QUIET)
    assert [row[qr.QUIET : -qr.QUIET] for row in seen[qr.QUIET : -qr.QUIET]] == modules
    assert not any(any(row) for row in seen[: qr.QUIET])
    assert not any(row[0] for row in seen)


def test_the_picture_is_fine_enough_for_print() -> None:
    picture = Image.open(io.BytesIO(qr.png(PAYLOADS[0])))
    assert picture.width / (26 / 25.4) > 300


def test_a_crumpled_letter_still_scans() -> None:
    assert qr.code(PAYLOADS[0]).error in {"M", "Q", "H"}


def test_a_paper_without_code_draws_none() -> None:
    assert "Quét" not in pages(render_pdf(PLAN, created_at=MADE_AT))[0].get_textpage().get_text_range()
