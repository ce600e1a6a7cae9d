"""What staff type to sign in, to choose a password, and to keep the lists of the agency."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from doithoai.directory.models import Office
from doithoai.kernel.access import Role
from doithoai.people.models import Staff
from doithoai.rules.csv_table import pasted_rows
from doithoai.web.fields import choice_field, day_field, line_field

FORMS_OF_ADDRESS = (("ông", __("ông")), ("bà", __("bà")), ("ông/bà", __("chưa rõ")))
HAMLETS = ("thôn", "tổ dân phố", "khu phố", "buôn", "bản", "làng", "ấp", "xã", "phường", "thị trấn", "đặc khu")


class SignInForm(forms.Form):
    """Account and password; whether they fit is asked by the view."""

    username = forms.CharField(max_length=60, error_messages={"required": _("Để trống. Cần tên tài khoản.")})
    password = forms.CharField(
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Để trống. Cần mật khẩu.")},
    )


def _secret(label: Any, complete: str) -> forms.CharField:
    look = forms.PasswordInput({"class": "input", "autocomplete": complete})
    return forms.CharField(
        label=label, max_length=200, strip=False, widget=look, error_messages={"required": __("để trống.")}
    )


class PasswordForm(forms.Form):
    """A new password, twice; the present one first where there is one, but not of who came in by a link: it is forgotten."""

    old = _secret(__("Mật khẩu đang dùng"), "current-password")
    new = _secret(__("Mật khẩu mới"), "new-password")
    again = _secret(__("Mật khẩu mới, gõ lại"), "new-password")

    def __init__(self, staff: Staff, data: Any = None, *, by_link: bool = False) -> None:
        super().__init__(data)
        self.staff = staff
        self.fields["new"].help_text = __("Ít nhất 10 chữ. Một câu ngắn dễ nhớ thì tốt, ví dụ bốn từ không liên quan.")
        if by_link or not staff.has_usable_password():
            del self.fields["old"]

    def clean_old(self) -> str:
        """The present password, so that nobody changes it at a desk that was left open."""
        old = str(self.cleaned_data["old"])
        if not self.staff.check_password(old):
            raise forms.ValidationError(_("không khớp. Quên thì xin quản trị một đường dẫn đăng nhập."))
        return old

    def clean_new(self) -> str:
        """Long enough and not on the list of those that everybody tries."""
        new = str(self.cleaned_data["new"])
        try:
            password_validation.validate_password(new, self.staff)
        except forms.ValidationError as weak:
            raise forms.ValidationError(_("quá ngắn hoặc quá dễ đoán. Cần ít nhất 10 chữ.")) from weak
        return new

    def clean_again(self) -> str:
        """The same again."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("không giống lần gõ trên."))
        return again


class AgencyForm(forms.Form):
    """What is printed about the agency."""

    parent_name = line_field(__("Cơ quan cấp trên"), 200)
    head_title = line_field(__("Chức danh người đứng đầu"), 80, required=True)
    deputy_title = line_field(__("Chức danh cấp phó"), 80)
    place = line_field(__("Địa danh trên văn bản"), 80, required=True)
    symbol = line_field(__("Ký hiệu cơ quan trong số văn bản"), 30, required=True)
    phone = line_field(__("Điện thoại ghi trên giấy mời"), 30)
    address = line_field(__("Địa chỉ trụ sở"), 200)


class RecipientsForm(forms.Form):
    """The usual lines of Nơi nhận."""

    recipients = line_field(__("Nơi nhận thường dùng, mỗi dòng một nơi"), 12_000, rows=12)


class OfficeForm(forms.Form):
    """An office, new or put right; its name is asked only of a new one."""

    name = line_field(__("Tên đầy đủ"), 200, required=True)
    kind = choice_field(__("Loại đơn vị"), Office.Kind.choices, required=True)
    head_title = line_field(__("Chức danh người đứng đầu"), 80)
    symbol = line_field(__("Ký hiệu"), 30)
    phone = line_field(__("Điện thoại"), 30)
    has_seal = forms.BooleanField(label=__("Có con dấu riêng"), required=False)

    def __init__(self, data: Any = None, *, is_new: bool = True, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["head_title"].help_text = __("Để trống thì theo loại đơn vị")
        self.fields["symbol"].help_text = __("Dùng trong số văn bản, ví dụ TNMT")
        if not is_new:
            del self.fields["name"]


class RenamingForm(forms.Form):
    """Another name from a day on, and the decision it rests on."""

    name = line_field(__("Tên mới"), 200, required=True)
    since = day_field(required=True)
    basis = line_field(__("Căn cứ"), 200, required=True)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="doi_%s", **more)
        self.fields["since"].label = __("Từ ngày")
        self.fields["basis"].help_text = __("Ví dụ Nghị quyết số 12/NQ-HĐND ngày 01/03/2026")


class ClosingForm(forms.Form):
    """The last day of an office, and the decision it rests on."""

    last_day = day_field(required=True)
    basis = line_field(__("Căn cứ"), 200, required=True)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="dong_%s", **more)
        self.fields["last_day"].label = __("Ngày cuối cùng hoạt động")


class NameForm(forms.Form):
    """A sector's name."""

    name = line_field(__("Tên lĩnh vực"), 200, required=True)


class ProcedureForm(forms.Form):
    """One procedure."""

    name = line_field(__("Tên thủ tục"), 300, required=True)
    code = line_field(__("Mã thủ tục"), 30)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["code"].help_text = __("Mã trên Cổng dịch vụ công, ví dụ 1.012756; để trống thì máy đặt")


class PastedForm(forms.Form):
    """Many procedures: a list pasted out of a spreadsheet, or a CSV file."""

    rows = line_field(__("Danh sách thủ tục"), 500_000, rows=10)
    file = forms.FileField(label=__("Hoặc tệp CSV"), required=False, allow_empty_file=True)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="dan_%s")
        self.fields["rows"].help_text = __(
            "Mỗi dòng một thủ tục: mã rồi tên, cách nhau bằng dấu tab hoặc chấm phẩy; hoặc chỉ tên. Chép hai cột từ Excel là được."
        )

    def clean(self) -> dict[str, Any]:
        """The rows of either as (code, name), a heading left out."""
        said = super().clean() or {}
        file = said.get("file")
        try:
            text = file.read().decode("utf-8-sig") if file else said.get("rows", "")
        except UnicodeDecodeError:
            wrong = _("Tệp không phải CSV mã UTF-8. Lưu từ Excel dạng “CSV UTF-8”, hoặc chép dán vào ô.")
            raise forms.ValidationError(wrong) from None
        said["procedures"] = pasted_rows(text)
        if not said["procedures"]:
            raise forms.ValidationError(_("Chưa có dòng nào. Dán danh sách vào ô hoặc chọn tệp."))
        return said


class HamletForm(forms.Form):
    """A place without an official code."""

    kind = choice_field(__("Loại"), [(kind, kind) for kind in HAMLETS], required=True)
    kind.widget.attrs["lang"] = "vi"  # part of the name, in every language
    name = line_field(__("Tên"), 120, required=True)


class StaffForm(forms.Form):
    """A member of staff: who, and up to three roles, each at an office."""

    name = line_field(__("Họ và tên"), 120, required=True)
    address_form = choice_field(__("Gọi là"), FORMS_OF_ADDRESS, required=True)
    title = line_field(__("Chức danh"), 120, required=True)
    phone = line_field(__("Điện thoại"), 30)
    username = line_field(__("Tên tài khoản"), 60)

    def __init__(self, data: Any = None, *, is_new: bool = True, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["title"].help_text = __("Ví dụ Chuyên viên, Trưởng phòng")
        self.fields["username"].help_text = __("Để trống thì máy đặt theo tên")
        if not is_new:
            del self.fields["username"]


MOST_ROLES = 3
ROLE_LINE = re.compile(r"role-([0-9]{1,3})")


class HeldForm(forms.Form):
    """The roles that somebody holds, each at an office; an emptied line is left out, every line that was sent is read."""

    def __init__(self, offices: Iterable[Office], data: Any = None, *, held: Iterable[tuple[str, str]] = ()) -> None:
        now = list(held)
        sent = {int(found[1]) for found in map(ROLE_LINE.fullmatch, data or ()) if found}
        self.lines = sorted(sent | set(range(max(MOST_ROLES, len(now) + 1))))
        first = {f"role-{n}": role for n, (role, _code) in enumerate(now)}
        first |= {f"office-{n}": code for n, (_role, code) in enumerate(now)}
        super().__init__(data, initial=first, auto_id="vai_%s")
        where = [(row.code, row.name) for row in offices]
        for n in self.lines:
            self.fields[f"role-{n}"] = choice_field(__("Vai"), Role.choices)
            self.fields[f"office-{n}"] = choice_field(__("Đơn vị"), where)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each line."""
        return [(self[f"role-{n}"], self[f"office-{n}"]) for n in self.lines]

    def clean(self) -> dict[str, Any]:
        """`held`: the pairs of role and office code; half a line is a mistake."""
        said = super().clean() or {}
        said["held"] = []
        for n in self.lines:
            role, office = said.get(f"role-{n}"), said.get(f"office-{n}")
            if bool(role) != bool(office):
                self.add_error(f"office-{n}" if role else f"role-{n}", _("chưa chọn."))
            elif role:
                said["held"].append((Role(role), office))
        return said
