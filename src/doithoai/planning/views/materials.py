"""Materials for the people: the page where they are put out and taken back, and the door through which anyone reads."""

import re
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.kernel import clock, plugs
from doithoai.kernel.access import NotNow, NotYours
from doithoai.planning.actions import informing
from doithoai.planning.actions.carrying_out import Attachment
from doithoai.planning.forms.acting import LARGEST
from doithoai.planning.models import Dialogue, Material, Sitting
from doithoai.planning.permissions import may_inform
from doithoai.planning.views.visible import dialogue_of
from doithoai.rules.filekinds import TYPES, kind_of
from doithoai.rules.vietnamese import fold
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.numbers import small_number


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def materials(request: HttpRequest, code: str) -> HttpResponse:
    """What the people may read before they come; the Office and the units that lead a sitting put it out."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _act(request, dialogue)
    rows = list(dialogue.materials.select_related("sitting__sector", "by"))
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "open": [row for row in rows if row.withdrawn_at is None],
        "withdrawn": [row for row in rows if row.withdrawn_at is not None],
        "sittings": list(dialogue.sittings.select_related("sector").order_by("ordinal")),
        "may": may_inform(actor_of(request), dialogue),
        "most": LARGEST,
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/materials.html", facts)


def _did(verb: str) -> str:
    words = {
        "material.publish": _("Đã đăng tài liệu; ai cũng đọc được từ bây giờ."),
        "material.withdraw": _("Đã gỡ tài liệu; trang công khai không còn đưa ra nữa."),
    }
    return words.get(verb, "")


def _act(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    doors = {"dang": ("material.publish", _publish), "go": ("material.withdraw", _withdraw)}
    step = request.POST.get("buoc", "")
    if step not in doors:
        raise Http404
    verb, do = doors[step]
    do(request, dialogue)
    return done(reverse("materials", args=(dialogue.code,)), verb)


def _publish(request: HttpRequest, dialogue: Dialogue) -> None:
    actor = actor_of(request)
    may = may_inform(actor, dialogue)
    if not may:
        raise NotYours(may.reason)  # before anything is stored
    given = request.POST.get("buoi", "")
    chosen = get_object_or_404(Sitting, dialogue=dialogue, ordinal=small_number(given) or 0) if given else None
    file = _stored(request.FILES.get("tep"))
    title = request.POST.get("ten", "") or PurePath(file.name).stem
    informing.publish(dialogue, file, title=title, sitting=chosen, actor=actor, now=clock.now())


def _stored(sent: UploadedFile | None) -> Attachment:
    """The file that came, checked by its content and stored. NotNow with one sentence for anything else."""
    if sent is None or not sent.size:
        raise NotNow(_("Chưa đăng được: chưa chọn tệp, hoặc tệp trống."))
    if sent.size > LARGEST:
        sizes = {"given": f"{sent.size / 1e6:.1f}", "most": LARGEST // 1_000_000}
        raise NotNow(_("Chưa đăng được: tệp %(given)s MB, nhiều nhất %(most)s MB.") % sizes)
    data = sent.read()
    kind = kind_of(data)
    if not kind:
        raise NotNow(_("Chưa đăng được: cần tệp PDF, DOCX, XLSX không có macro, hoặc ảnh JPG, PNG."))
    return Attachment(sent.name or "", kind, plugs.files().put(data), len(data))


def _withdraw(request: HttpRequest, dialogue: Dialogue) -> None:
    row = get_object_or_404(dialogue.materials, ordinal=small_number(request.POST.get("so", "")) or 0)
    reason = request.POST.get("ly-do", "")
    informing.withdraw(row, reason=reason, actor=actor_of(request), now=clock.now())


@require_safe
@staff_only
def material(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """The file, for staff of its agency, also one that was withdrawn."""
    return material_file(get_object_or_404(dialogue_of(request, code).materials, ordinal=ordinal))


def material_file(row: Material) -> HttpResponse:
    """The file of a material, to be saved and not shown, named by its title."""
    try:
        data = plugs.files().get(row.sha256)
    except KeyError as missing:
        raise NotNow(_("Chưa tải được: không thấy tệp trong kho. Xin báo kỹ thuật.")) from missing
    response = HttpResponse(data, content_type=TYPES[row.kind])
    name = "-".join(filter(None, (row.code.lower(), _plain(row.title))))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{row.kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _plain(title: str) -> str:
    """A title as part of a file name: folded letters, digits and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(title)))[:60].rstrip("-")
