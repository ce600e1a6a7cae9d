"""What the pages of the lists share: whose they are, who may write in them, and what was just done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.directory.permissions import may_amend
from doithoai.kernel import clock
from doithoai.people.queries import administrators
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of


def own_agency(request: HttpRequest) -> Agency:
    """The agency of whoever is signed in."""
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    return agency


def by(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": actor_of(request), "now": clock.now()}


def show(request: HttpRequest, template: str, facts: dict[str, Any], *, problem: str = "") -> HttpResponse:
    """A page of the lists; a refused form comes back with its sentence."""
    agency = own_agency(request)
    may = may_amend(actor_of(request), agency)
    common = {
        "here": "lists",
        "may": may,
        "administrators": [] if may else administrators(agency),
        "problem": problem,
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, template, common | facts, status=422 if problem else 200)


def _did(verb: str) -> str:
    words = {
        "agency.describe": _("Đã ghi thông tin cơ quan."),
        "recipients.amend": _("Đã ghi nơi nhận thường dùng."),
        "office.add": _("Đã thêm đơn vị."),
        "office.rename": _("Đã đổi tên đơn vị; văn bản đã ban hành giữ tên cũ."),
        "office.describe": _("Đã ghi thông tin đơn vị."),
        "office.close": _("Đã đóng đơn vị; những việc đã làm vẫn còn nguyên."),
        "sector.add": _("Đã thêm lĩnh vực."),
        "sector.rename": _("Đã đổi tên lĩnh vực."),
        "procedure.add": _("Đã thêm thủ tục."),
        "procedure.name": _("Đã ghi thủ tục."),
        "place.add": _("Đã thêm địa danh."),
        "staff.describe": _("Đã ghi thông tin cán bộ."),
        "staff.reassign": _("Đã đổi vai và đơn vị; có hiệu lực ngay."),
        "staff.close": _("Đã đóng tài khoản; mọi phiên đang mở đã hết."),
        "staff.reopen": _("Đã mở lại tài khoản. Tạo một đường dẫn để người ấy đăng nhập."),
        "staff.set_password": _("Đã đặt mật khẩu. Từ nay đăng nhập bằng tên tài khoản và mật khẩu này."),
        "rules.amend": _("Đã lưu bản mới và tính lại các thời hạn."),
    }
    return words.get(verb, "")
