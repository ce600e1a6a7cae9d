"""The typeface: cut once, the same bytes each time, every Vietnamese letter in it."""

from pathlib import Path

import fontpkg_be_vietnam_pro
import pytest
from fontTools.ttLib import TTFont

from doithoai.web import fonts

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
SIGNS = "0123456789.,;:!?()[]%/–“”‘’…₫&+-'\""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("fonts")
    assert len(fonts.set_up(target)) == 2
    return target


@pytest.mark.parametrize("weight", ["400", "600"])
def test_a_face_has_every_letter_and_is_small(folder: Path, weight: str) -> None:
    face = folder / f"be-vietnam-pro-{weight}.woff2"
    assert face.read_bytes()[:4] == b"wOF2"
    assert face.stat().st_size < 40_000
    letters = set(TTFont(face).getBestCmap())
    assert {ord(letter) for letter in VIETNAMESE + VIETNAMESE.upper() + SIGNS} <= letters


def test_a_second_run_changes_nothing(folder: Path) -> None:
    assert fonts.set_up(folder) == []


def test_a_damaged_recipe_is_cut_again_to_the_same_bytes(folder: Path) -> None:
    face = folder / "be-vietnam-pro-400.woff2"
    before = face.read_bytes()
    other = (Path(fontpkg_be_vietnam_pro.ROOT) / "files" / "BeVietnamPro-Light.ttf").read_bytes()
    face.write_bytes(fonts.cut(other))
    assert face.read_bytes() != before
    assert fonts.set_up(folder) == [face]
    assert face.read_bytes() == before


def test_the_stylesheet_names_the_files_that_are_made(folder: Path) -> None:
    sheet = (Path(fonts.__file__).parent / "static" / "web" / "tokens.css").read_text()
    for face in folder.iterdir():
        assert f"../fonts/{face.name}" in sheet
