"""A paper's files: the print, one copy's, a draft made on the spot, and what came back from outside."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.documents import permissions
from doithoai.documents.models import Document
from doithoai.documents.rendering import render_docx, render_pdf
from doithoai.documents.views.paper import visible
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import NotNow
from doithoai.web.doors import actor_of, staff_only, to_sign_in

# How a browser is told what it gets.
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def file(request: HttpRequest, code: str, kind: str, ordinal: int = 0) -> HttpResponse:
    """A paper's file, or that of one of its copies, as an attachment.

    Anyone may take the main file of a paper that is public and was not taken back; the rest is for staff of its agency.
    """
    if kind not in KINDS:
        raise Http404
    document = Document.objects.filter(code=code).select_related("agency", "issuer").first()
    actor = actor_of(request)
    is_open = document is not None and _is_open(document) and not ordinal
    if not is_open and not actor.is_staff:
        return to_sign_in(request)
    may = permissions.may_read_copies if ordinal else permissions.may_read
    if document is None or not may(actor, document):
        raise Http404
    holder = get_object_or_404(document.copy_rows, ordinal=ordinal) if ordinal else document
    name = _name(document, f"ban-{ordinal}" if ordinal else "")
    return _attachment(_stored(getattr(holder, kind)), kind, name, is_open=is_open)


def _is_open(document: Document) -> bool:
    return document.published_at is not None and not document.is_recalled


@require_safe
@staff_only
def draft_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A paper as it stands, to be read or edited outside before it has a print of its own; number and day may be blank."""
    document = visible(request, code)
    if kind not in KINDS:
        raise Http404
    render = render_pdf if kind == "pdf" else render_docx
    return _attachment(render(document.model, created_at=clock.now()), kind, f"du-thao-{document.code}")


@require_safe
@staff_only
def brought_file(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """A file that came back from outside, as it came."""
    document = visible(request, code)
    row = get_object_or_404(document.brought.exclude(state="dropped"), ordinal=ordinal)
    return _attachment(_stored(row.sha256), row.kind, _name(document, f"dua-ve-{ordinal}"))


def _stored(sha256: str) -> bytes:
    if not sha256:
        raise NotNow(_("Chưa tải được: bản in chưa tạo xong. Xin thử lại sau một phút."))
    try:
        return plugs.files().get(sha256)
    except KeyError as missing:
        raise NotNow(_("Chưa tải được: không thấy tệp trong kho. Xin báo kỹ thuật.")) from missing


def _name(document: Document, part: str) -> str:
    number = document.number_text.replace("/", "-") if document.number_text.isascii() else ""
    return "-".join(filter(None, (number or document.code, part)))


def _attachment(data: bytes, kind: str, name: str, *, is_open: bool = False) -> HttpResponse:
    response = HttpResponse(data, content_type=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["Cache-Control"] = "public, max-age=300" if is_open else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
