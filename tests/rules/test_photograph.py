"""Photographs: the picture stays point for point, what the camera wrote beside it does not."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from doithoai.rules.photograph import WIDEST, NotAPhotograph, cleaned, size_of

PLACE = "13 độ Bắc"


def picture(width: int = 64, height: int = 48) -> Image.Image:
    image = Image.new("RGB", (width, height))
    image.putdata([(x * 3 % 256, y * 5 % 256, (x * y) % 256) for y in range(height) for x in range(width)])
    return image


def jpeg(*, turned: int = 1, progressive: bool = False) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Máy ảnh Mẫu"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = "2021:12:13"
    out = io.BytesIO()
    picture().save(out, "JPEG", exif=exif, comment=PLACE.encode(), progressive=progressive, quality=90)
    return out.getvalue()


def png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Nguoi Chup")
    info.add_itxt("Place", PLACE)
    out = io.BytesIO()
    picture().save(out, "PNG", pnginfo=info)
    return out.getvalue()


def points(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


class TestJpeg:
    @pytest.mark.parametrize("progressive", [False, True])
    def test_the_picture_is_the_same_point_for_point(self, progressive: bool) -> None:
        data = jpeg(progressive=progressive)
        clean = cleaned(data)
        assert clean.kind == "jpg"
        assert points(clean.data) == points(data)

    def test_place_device_and_comment_are_gone(self) -> None:
        data = jpeg()
        assert PLACE.encode() in data
        clean = cleaned(data).data
        for hidden in (PLACE.encode(), "Máy ảnh Mẫu".encode(), b"Exif", b"2021:12:13"):
            assert hidden not in clean

    @pytest.mark.parametrize("turned", range(1, 9))
    def test_it_stays_the_right_way_up(self, turned: int) -> None:
        image = Image.open(io.BytesIO(cleaned(jpeg(turned=turned)).data))
        assert image.getexif().get(0x0112, 1) == turned
        assert set(image.getexif()) <= {0x0112}

    def test_what_hangs_on_behind_is_cut_off(self) -> None:
        tail = b"second picture with place " + PLACE.encode()
        assert cleaned(jpeg() + tail).data == cleaned(jpeg()).data

    def test_twice_cleaned_is_once_cleaned(self) -> None:
        once = cleaned(jpeg(turned=6)).data
        assert cleaned(once).data == once

    @given(st.integers(3, 800))
    def test_a_cut_file_is_refused_in_words(self, length: int) -> None:
        data = jpeg()
        with pytest.raises(NotAPhotograph, match="hỏng hoặc tải lên chưa hết"):
            cleaned(data[: min(length, len(data) - 3)])

    @given(st.binary(max_size=300))
    def test_nonsense_after_the_mark_never_breaks_the_house(self, rest: bytes) -> None:
        with pytest.raises(NotAPhotograph, match=r"\.$"):
            cleaned(b"\xff\xd8\xff" + rest)

    def test_a_picture_wider_than_any_paper_is_refused(self) -> None:
        frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 100, WIDEST + 1, 1) + b"\x01\x11\x00"
        with pytest.raises(NotAPhotograph, match="Ảnh rộng quá: 16001 × 100"):
            cleaned(b"\xff\xd8" + frame + b"\xff\xd9")


class TestPng:
    def test_the_picture_stays_and_names_go(self) -> None:
        data = png()
        clean = cleaned(data)
        assert clean.kind == "png"
        assert points(clean.data) == points(data)
        assert b"Nguoi Chup" in data
        assert b"Nguoi Chup" not in clean.data
        assert PLACE.encode() not in clean.data

    def test_a_damaged_chunk_is_refused(self) -> None:
        data = bytearray(png())
        data[20] ^= 1
        with pytest.raises(NotAPhotograph, match="hỏng"):
            cleaned(bytes(data))
        with pytest.raises(NotAPhotograph, match="hỏng"):
            cleaned(png()[:60])


class TestSize:
    def test_the_size_stands_in_the_head_of_the_picture(self) -> None:
        assert size_of(png()) == size_of(jpeg()) == size_of(jpeg(progressive=True)) == (64, 48)

    def test_a_picture_that_was_cut_off_has_none(self) -> None:
        assert size_of(png()[:30]) is None
        assert size_of(jpeg()[:-2]) is None

    @given(st.binary(max_size=60))
    def test_nothing_but_a_picture_has_one_and_no_bytes_break_it(self, data: bytes) -> None:
        assert size_of(b"GIF89a" + data) is None
        found = size_of(b"\xff\xd8\xff" + data)
        assert found is None or data.rstrip(b"\0").endswith(b"\xff\xd9")
