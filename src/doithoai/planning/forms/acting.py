"""What people type while a plan is carried out: a changed time, a reason, a difficulty, a venue's readiness, a duty."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as __

from doithoai.planning.forms.fields import choice_field, day_field, line_field, time_field

LARGEST: Final = 15_000_000
"""Bytes of one attached file."""


class MoveForm(forms.Form):
    """The new time of a sitting, and the one reason that venues are told and the notice prints."""

    day = day_field(required=True)
    start = time_field(__("Từ giờ"), required=True)
    end = time_field(__("Đến giờ"), required=True)
    reason = line_field(__("Lý do, viết tiếp sau chữ “Vì lý do”"), 280, required=True, rows=2)


class ObstacleForm(forms.Form):
    """A difficulty in the words of the unit that has it."""

    office = line_field(__("đơn vị"), 20)
    text = line_field(__("Khó khăn"), 1000, required=True, rows=3)


class DirectionForm(forms.Form):
    """What is to be done about a difficulty."""

    text = line_field(__("Chỉ đạo"), 1000, required=True, rows=2)


class CheckForm(forms.Form):
    """One line of a venue's readiness as it was found."""

    kind = line_field(__("Mục kiểm tra"), 40, required=True)
    found = choice_field(__("Kết quả"), (("dat", __("Đạt")), ("chua", __("Chưa đạt"))), required=True)
    note = line_field(__("Ghi chú, nếu chưa đạt thì còn thiếu gì"), 300)


class WrittenForm(forms.Form):
    """Why a dialogue is held in writing, and the last day for sending opinions."""

    until = day_field(required=True)
    reason = line_field(__("Lý do, viết tiếp sau chữ “Vì lý do”"), 280, required=True, rows=2)


class ReasonForm(forms.Form):
    """Why something is put off or called off."""

    reason = line_field(__("Lý do, viết tiếp sau chữ “Vì lý do”"), 280, required=True, rows=2)


class ConsultForm(forms.Form):
    """Until when offices may comment on the draft."""

    until = day_field(required=True)


class EvidenceForm(forms.Form):
    """A file that shows what was done, and what it shows."""

    file = forms.FileField(
        label=__("Tệp minh chứng"),
        max_length=200,
        allow_empty_file=True,
        error_messages={"required": __("chưa chọn."), "max_length": __("có tên quá dài.")},
    )
    note = line_field(__("Tệp này cho thấy điều gì"), 300)

    def clean_file(self) -> object:
        """A file of a bearable size."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            most = LARGEST // 1_000_000
            raise forms.ValidationError(
                __("lớn hơn %(most)s MB. Chụp lại nhỏ hơn hoặc tách làm nhiều tệp.") % {"most": most}
            )
        return file
