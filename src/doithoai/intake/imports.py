"""Files that people send with an opinion: taken in only once they are known and freed of hidden data."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import pypdfium2
from django.utils.translation import gettext as _

from doithoai.kernel import plugs
from doithoai.kernel.access import NotNow
from doithoai.rules.photograph import LARGEST, NotAPhotograph, Photograph, cleaned

MOST = 5
"""Files with one opinion."""

MOST_PAGES = 20


class Sent(Protocol):
    """A file as a form brings it."""

    @property
    def size(self) -> int | None:
        """How many bytes it has."""

    def read(self) -> bytes:
        """All of them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is stored and may be named by a row: its SHA-256, its kind and its size in bytes."""

    sha256: str
    kind: str
    size: int


def take_in(files: Iterable[Sent], *, most: int = MOST) -> list[Kept]:
    """Check every file, free it of hidden data and store it; twice the same one is one. NotNow with the first that
    cannot be taken, and none is stored then. No row names them yet: the act that follows does."""
    sent = [file for file in files if file.size]
    if len(sent) > most:
        raise NotNow(
            _("Chưa nhận được: %(count)s tệp. Nhiều nhất %(most)s tệp cho một ý kiến.")
            % {"count": len(sent), "most": most}
        )
    photographs = [_checked(file) for file in sent]
    store = plugs.files()
    return list(dict.fromkeys(Kept(store.put(one.data), one.kind, len(one.data)) for one in photographs))


def _checked(file: Sent) -> Photograph:
    if (file.size or 0) > LARGEST:
        given, most = f"{(file.size or 0) / 1e6:.1f}", LARGEST // 1_000_000
        raise NotNow(
            _("Chưa nhận được tệp: lớn %(given)s MB. Mỗi tệp nhiều nhất %(most)s MB.") % {"given": given, "most": most}
        )
    try:
        photograph = cleaned(file.read())
    except NotAPhotograph as refused:
        raise NotNow(_("Chưa nhận được tệp. %(why)s") % {"why": refused}) from refused
    return Photograph("pdf", _pages_alone(photograph.data)) if photograph.kind == "pdf" else photograph


def _pages_alone(data: bytes) -> bytes:
    """The pages of a PDF in a new file: no scripts, attached files, titles or names of whoever made it."""
    try:
        with pypdfium2.PdfDocument(data) as given, pypdfium2.PdfDocument.new() as made:
            pages = len(given)
            if not 0 < pages <= MOST_PAGES:
                raise NotNow(
                    _("Chưa nhận được tệp: PDF có %(pages)s trang. Nhiều nhất %(most)s trang.")
                    % {"pages": pages, "most": MOST_PAGES}
                )
            made.import_pages(given)
            out = io.BytesIO()
            made.save(out)
            return out.getvalue()
    except pypdfium2.PdfiumError as broken:
        raise NotNow(_("Chưa nhận được tệp: PDF bị hỏng hoặc có mật khẩu. Xin gửi ảnh chụp.")) from broken
