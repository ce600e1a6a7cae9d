"""What an administrator types to amend a rule, a day or a year."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as __

from doithoai.rules.profiles import Profile
from doithoai.web.fields import choice_field, day_field, line_field

UNITS: Final = (("day", __("ngày")), ("working_day", __("ngày làm việc")))
KINDS: Final = (("off", __("nghỉ")), ("worked", __("làm bù")))


def _count(label: Any) -> forms.IntegerField:
    wrong = __("không đọc được. Cần số từ 1 đến 365.")
    errors = {"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong}
    look = forms.TextInput({"class": "input input-short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=1, max_value=365, widget=look, error_messages=errors)


def _yes(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "term": ("count", "unit", "binding", "chosen", "words", "law"),
    "question": ("default",),
    "gate": ("count",),
    "separation": ("default",),
    "plan_part": ("required",),
    "overhead": ("minutes",),
}
"""Kind of rule → what of it may be amended; other kinds are only shown."""


class RuleForm(forms.Form):
    """The values of one rule, and the decision the change rests on."""

    def __init__(self, kind: str, rule: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.keys = [key for key in FORMS[kind] if key != "chosen" or rule.reading_of]
        made = _fields(kind)
        for key in self.keys:
            self.fields[key] = made[key]
        self.fields["basis"] = line_field(__("Căn cứ của việc sửa"), 200, required=True)
        self.fields["basis"].help_text = __("Số, ngày, cơ quan của văn bản, hoặc ý kiến chỉ đạo")

    def values(self) -> dict[str, Any]:
        """What is to be written in the rule; a flag that is only there when set is taken away when it is not."""
        said = {key: self.cleaned_data[key] for key in self.keys}
        if "chosen" in said and not said["chosen"]:
            del said["chosen"]
        return said


def _fields(kind: str) -> dict[str, forms.Field]:
    words = {"question": __("Chưa trả lời thì coi là có"), "separation": __("Đang áp dụng")}
    return {
        "count": _count(__("Số")),
        "unit": choice_field(__("Đơn vị tính"), UNITS, required=True),
        "binding": _yes(__("Bắt buộc (bỏ chọn: chỉ để so sánh)")),
        "chosen": _yes(__("Chọn cách hiểu này trong các cách hiểu của cùng một câu")),
        "words": line_field(__("Câu chữ của quy định"), 400, required=True, rows=2),
        "law": line_field(__("Nằm ở đâu"), 300, required=True, rows=2),
        "default": _yes(words.get(kind, "")),
        "required": _yes(__("Bắt buộc có trong kế hoạch")),
        "minutes": _count(__("Số phút")),
    }


def shown_values(kind: str, rule: Any, profile: Profile) -> dict[str, Any]:
    """The present values of a rule, for its form."""
    of = {key: getattr(rule, key) for key in FORMS[kind] if key != "chosen"}
    if kind == "term" and rule.reading_of:
        of["chosen"] = rule.slug in profile.chosen
        of["binding"] = profile.term(rule.reading_of).binding
    return of


class DayForm(forms.Form):
    """A day off, or one worked instead, with the decision; or one to be taken out again."""

    day = day_field(required=True)
    kind = choice_field(__("Nghỉ hay làm bù"), KINDS, required=True)
    name = line_field(__("Tên gọi"), 80, required=True)
    law = line_field(__("Văn bản quyết định"), 200, required=True)
    source = line_field(__("Đã đối chiếu ở đâu"), 200, required=True)
    basis = line_field(__("Vì sao bỏ"), 200, required=True)

    def __init__(self, data: Any = None, *, is_removal: bool = False) -> None:
        super().__init__(data)
        self.fields["law"].help_text = __("Số, ngày, cơ quan, ví dụ Công văn số 12729/VPCP-KGVX ngày 25/12/2025")
        self.fields["source"].help_text = __("Ví dụ bản gốc có chữ ký, Cổng thông tin Chính phủ")
        for name in ("kind", "name", "law", "source") if is_removal else ("basis",):
            del self.fields[name]


class YearForm(forms.Form):
    """Whether the days off of a year are known, and from where."""

    confirmed = forms.BooleanField(label=__("Lịch nghỉ năm này đã đủ và đã xác nhận"), required=False)
    note = line_field(__("Theo văn bản nào, đã đối chiếu ở đâu"), 300, required=True)
