"""The fields that staff's forms are made of, with their sentences when what was typed cannot be read."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from doithoai.kernel.access import NotNow

DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
TIME_FORMATS = ("%H:%M", "%Hh%M", "%H.%M", "%Hh")


def tried(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> str:
    """Do what a form asks; the sentence of what is wrong with it, or of the refusal. "" once it is done."""
    if not form.is_valid():
        return _("Chưa ghi gì: có ô chưa đúng, nêu ngay dưới ô đó.")
    try:
        act(form.cleaned_data)
    except NotNow as refused:
        return refused.reason
    return ""


def words_of(form: forms.Form) -> dict[str, Any]:
    """What a form holds once it is right. Raises NotNow with the first field that is not, and what it needs."""
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        raise NotNow(_("Chưa ghi được: %(field)s %(problem)s") % {"field": label, "problem": problems[0]})
    return form.cleaned_data


def line_field(label: Any, most: int, *, required: bool = False, rows: int = 0) -> forms.CharField:
    look: forms.Widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"class": "input"})
    errors = {
        "required": __("để trống. Cần ít nhất vài chữ."),
        "max_length": __("quá dài. Nhiều nhất %(limit_value)d chữ."),
    }
    return forms.CharField(label=label, max_length=most, required=required, widget=look, error_messages=errors)


def day_field(*, required: bool = False) -> forms.DateField:
    look = forms.DateInput({"class": "input", "inputmode": "numeric"}, format="%d/%m/%Y")
    wrong = __("không đọc được hoặc để trống. Cần một ngày, ví dụ 22/12/2021.")
    errors = {"required": wrong, "invalid": wrong}
    return forms.DateField(
        label=__("Ngày"),
        input_formats=DATE_FORMATS,
        required=required,
        widget=look,
        error_messages=errors,
        help_text=__("Ví dụ 22/12/2021"),
    )


def time_field(label: Any, *, required: bool = False) -> forms.TimeField:
    look = forms.TimeInput({"class": "input", "inputmode": "numeric"}, format="%H:%M")
    wrong = __("không đọc được hoặc để trống. Cần giờ và phút, ví dụ 07:30.")
    errors = {"required": wrong, "invalid": wrong}
    return forms.TimeField(
        label=label,
        input_formats=TIME_FORMATS,
        required=required,
        widget=look,
        error_messages=errors,
        help_text=__("Ví dụ 07:30"),
    )


def count_field(label: Any) -> forms.IntegerField:
    wrong = __("không đọc được. Cần số từ 0 đến 999.")
    errors = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
    look = forms.TextInput({"class": "input", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=999, required=False, widget=look, error_messages=errors
    )


def choice_field(label: Any, choices: Sequence[tuple[str, Any]], *, required: bool = False) -> forms.ChoiceField:
    errors = {"required": __("chưa chọn."), "invalid_choice": __("không có trong danh sách.")}
    return forms.ChoiceField(
        label=label, choices=[("", __("chưa chọn")), *choices], required=required, error_messages=errors
    )
