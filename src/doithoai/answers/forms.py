"""What an office types when it writes an answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.answers.models import Answer


class AnswerForm(forms.Form):
    """The answer, the rule it rests on, and what became of the proposal; `revision` is the one it was written from."""

    text = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={
            "required": _("Để trống. Cần nội dung trả lời."),
            "max_length": _("Dài %(show_value)s chữ cái. Nhiều nhất %(limit_value)s."),
        },
    )
    basis = forms.CharField(
        max_length=300,
        required=False,
        error_messages={"max_length": _("Dài %(show_value)s chữ cái. Nhiều nhất %(limit_value)s.")},
    )
    next_step = forms.CharField(max_length=2_000, required=False)
    uptake = forms.ChoiceField(
        choices=[("", ""), *Answer.Uptake.choices],
        required=False,
        error_messages={"invalid_choice": _("Chọn tiếp thu, tiếp thu một phần hoặc không tiếp thu.")},
    )
    uptake_reason = forms.CharField(max_length=2_000, required=False)
    revision = forms.IntegerField(min_value=1)


class ExtensionForm(forms.Form):
    """Until which day, and why."""

    to_on = forms.DateField(
        error_messages={
            "required": _("Để trống. Cần ngày hạn mới."),
            "invalid": _("Không đọc được ngày. Cần dạng ngày/tháng/năm."),
        },
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    reason = forms.CharField(max_length=500, error_messages={"required": _("Để trống. Cần một câu nêu lý do.")})
