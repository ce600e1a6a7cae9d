"""The typeface of the pages: cut down to Latin and Vietnamese once, when the product is set up.

Run as `python -m doithoai.web.fonts`. The same package gives the same bytes; a second run changes nothing.
"""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]  # a package of fonts, not of code
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import WOFF2FlavorData

TARGET = Path(__file__).parent / "static" / "fonts"
WEIGHTS = {"400": "BeVietnamPro-Regular.ttf", "600": "BeVietnamPro-SemiBold.ttf"}

# Latin with the Vietnamese letters (composed, and the combining tones of decomposed text), đồng, dashes and quotes.
RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169),
    (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x300, 0x303), (0x309, 0x309), (0x323, 0x323), (0x1EA0, 0x1EF9),
    (0x2010, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A), (0x20AB, 0x20AB), (0x2212, 0x2212),
)  # fmt: skip
LETTERS = frozenset(code for first, last in RANGES for code in range(first, last + 1))


def cut(source: bytes) -> bytes:
    """A TrueType face as WOFF2 with our letters only, without hinting; its recipe lies in it, no date of today."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern", "mark", "mkmk", "ccmp", "locl"])
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(LETTERS))
    cutter.subset(font)
    made = BytesIO()
    font.flavor = "woff2"
    font.flavorData = WOFF2FlavorData()
    font.flavorData.privData = recipe(source)
    font.save(made)
    return made.getvalue()


def recipe(source: bytes) -> bytes:
    """What a face is cut from and how; a file that bears it is in date."""
    return sha256(source + repr(RANGES).encode()).hexdigest().encode()


def _is_in_date(face: Path, source: bytes) -> bool:
    if not face.exists():
        return False
    kept = TTFont(face).flavorData
    return kept is not None and kept.privData == recipe(source)


def set_up(target: Path = TARGET) -> list[Path]:
    """Write the faces that are missing or out of date into `target`; returns the files written."""
    target.mkdir(parents=True, exist_ok=True)
    folder = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
    written = []
    for weight, name in WEIGHTS.items():
        source = (folder / name).read_bytes()
        face = target / f"be-vietnam-pro-{weight}.woff2"
        if not _is_in_date(face, source):
            face.write_bytes(cut(source))
            written.append(face)
    return written


if __name__ == "__main__":
    set_up()
