"""The code to scan (ISO/IEC 18004): as a path for the PDF, as a picture for the DOCX."""

import io
from functools import lru_cache

import segno

QUIET = 4
"""Light modules around the code; the standard asks for four."""


@lru_cache(maxsize=1024)
def code(payload: str) -> segno.QRCode:
    """The QR code of `payload`, error correction M or better (a crumpled letter still scans)."""
    return segno.make_qr(payload, error="m")


def svg(payload: str) -> str:
    """The code as one SVG path, for print at any size."""
    out = io.BytesIO()
    code(payload).save(out, kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None, omitsize=True)
    return out.getvalue().decode("ascii")


def png(payload: str) -> bytes:
    """The code as a black and white PNG, eight dots a module: over 300 dots an inch as printed."""
    out = io.BytesIO()
    code(payload).save(out, kind="png", border=QUIET, scale=8)
    return out.getvalue()
