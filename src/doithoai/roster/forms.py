"""What people type about records, draws, invitations and presence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from doithoai.directory.models import Place
from doithoai.kernel.access import NotNow
from doithoai.rules.onestop import Column
from doithoai.rules.vietnamese import squeeze
from doithoai.web.templatetags.parts import size

MOST_BYTES = 20_000_000
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
HELP = (
    ("xe-lan", __("Đi xe lăn hoặc khó đi lại")),
    ("doc-giup", __("Cần người đọc giúp giấy tờ")),
    ("phien-dich", __("Cần phiên dịch")),
    ("dua-don", __("Cần giúp phương tiện đi lại")),
)
BETWEEN = "; "


def words_of(form: forms.Form) -> dict[str, Any]:
    """What a form holds once it is right. Raises NotNow with the first field that is not, and what it needs."""
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        raise NotNow(_("Chưa ghi được: %(field)s %(problem)s") % {"field": label, "problem": problems[0]})
    return form.cleaned_data


def _line(label: str, most: int, *, required: bool = True) -> forms.CharField:
    errors = {"required": __("để trống. Cần ít nhất vài chữ."), "max_length": __("quá dài. Nhiều nhất %(limit_value)d chữ.")}
    return forms.CharField(label=label, max_length=most, required=required, error_messages=errors)


class ReplyForm(forms.Form):
    """A citizen's answer, with what would help or a reason; only the answer itself is asked for."""

    answer = forms.ChoiceField(
        label=__("trả lời"),
        choices=(("co", "co"), ("khong", "khong")),
        error_messages={
            "required": __("còn trống. Xin bấm một trong hai nút."),
            "invalid_choice": __("không rõ. Xin bấm một trong hai nút."),
        },
    )
    needs = forms.MultipleChoiceField(
        label=__("điều cần giúp"),
        choices=HELP,
        required=False,
        error_messages={"invalid_choice": __("không rõ. Xin chọn trong các ô có sẵn.")},
    )
    other = _line(__("điều cần giúp khác"), 120, required=False)
    reason = _line(__("lý do"), 300, required=False)

    def wants(self) -> str:
        """What would help, in words, as it is kept."""
        labels = dict(HELP)
        chosen = [str(labels[key]) for key in self.cleaned_data["needs"]]
        return BETWEEN.join([*chosen, *filter(None, [squeeze(self.cleaned_data["other"])])])


class NoteForm(forms.Form):
    """An answer taken by telephone or on paper, by a clerk."""

    channel = forms.ChoiceField(label=__("cách trả lời"), choices=(("phone", "phone"), ("paper", "paper")), required=False)
    needs = _line(__("điều cần giúp"), 300, required=False)
    reason = _line(__("lý do"), 300, required=False)
    received_by = _line(__("người nhận thay"), 120, required=False)


class ReasonForm(forms.Form):
    """A reason that must be given."""

    reason = _line(__("lý do"), 280)


class ChooseForm(ReasonForm):
    """Somebody chosen by hand, and why."""

    person = _line(__("người được chọn"), 12)


class SignerForm(forms.Form):
    """Who signs the letters."""

    signer = _line(__("người ký"), 20)


class VenueForm(forms.Form):
    """The venue whose list is printed."""

    venue = _line(__("điểm cầu"), 24)


class FreezeForm(forms.Form):
    """The public event that will give the value, and the places of each ward where they are not shared by count."""

    event_name = _line(__("tên sự kiện công khai"), 200)
    event_on = forms.DateField(
        label=__("ngày lấy số"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": __("để trống. Cần một ngày, ví dụ 10/12/2021."),
            "invalid": __("không đọc được. Cần một ngày, ví dụ 10/12/2021."),
        },
    )

    def __init__(self, data: Any, wards: Sequence[Place]) -> None:
        super().__init__(data)
        self.wards = wards
        for ward in wards:
            self.fields[f"quota-{ward.code}"] = forms.IntegerField(
                label=_("số chỗ của %(ward)s") % {"ward": ward},
                required=False,
                min_value=0,
                max_value=10_000,
                error_messages={
                    key: __("không đọc được. Cần một số nguyên từ 0.") for key in ("invalid", "min_value", "max_value")
                },
            )

    def quotas(self) -> Mapping[str, int] | None:
        """The places by ward; None where none is given, for then they are shared by the number of people."""
        given = {ward.code: self.cleaned_data.get(f"quota-{ward.code}") for ward in self.wards}
        if all(places is None for places in given.values()):
            return None
        return {code: places or 0 for code, places in given.items()}


class DrawForm(forms.Form):
    """The value that the public event gave, where it can be looked up, and who saw it."""

    value = _line(__("số ngẫu nhiên"), 120)
    source = _line(__("nơi tra lại số"), 300)
    witnesses = _line(__("người chứng kiến"), 300)


class SubstituteForm(forms.Form):
    """Who came in place of the invited person."""

    name = _line(__("họ tên người đi thay"), 120)
    relation = _line(__("quan hệ với người được mời"), 60)


class WalkInForm(forms.Form):
    """Somebody who came without an invitation."""

    name = _line(__("họ tên"), 120)
    group = _line(__("tổ dân phố, thôn"), 80, required=False)


class UploadForm(forms.Form):
    """The export of the one-stop desk."""

    file = forms.FileField(
        label=__("Tệp hồ sơ"),
        error_messages={
            "required": __("Chưa chọn tệp. Cần một tệp .xlsx, .xls hoặc .csv."),
            "empty": __("Tệp rỗng, 0 byte. Cần tệp có dòng tiêu đề và ít nhất một hồ sơ."),
            "invalid": __("Chưa nhận được tệp. Xin chọn lại một tệp .xlsx, .xls hoặc .csv."),
            "max_length": __("Tên tệp quá dài. Cần tên ngắn hơn 120 chữ."),
        },
        max_length=120,
    )

    def clean_file(self) -> Any:
        """Refuse what is heavier than can be read, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            found = {"found": size(file.size), "most": size(MOST_BYTES)}
            raise forms.ValidationError(_("Tệp nặng %(found)s. Nhiều nhất %(most)s; cần chia thành nhiều tệp.") % found)
        return file


COLUMN_WORDS = {
    Column.NAME: __("Họ và tên"),
    Column.WARD: __("Phường, xã nơi cư trú"),
    Column.ADDRESS: __("Địa chỉ"),
    Column.SECTOR: __("Lĩnh vực"),
    Column.FILE_CODE: __("Mã hồ sơ"),
    Column.STATE: __("Trạng thái, kết quả"),
    Column.PROCEDURE: __("Thủ tục"),
    Column.RECEIVED_ON: __("Ngày tiếp nhận"),
    Column.PHONE: __("Điện thoại"),
}


class ColumnsForm(forms.Form):
    """Which header of the sheet says what, where the office's names are its own."""

    def __init__(self, data: Any, headers: Sequence[str]) -> None:
        super().__init__(data)
        for column, label in COLUMN_WORDS.items():
            choices = [("", _("không chọn")), *((header, header) for header in headers)]
            self.fields[column.value] = forms.ChoiceField(label=label, choices=choices, required=False)

    def chosen(self) -> dict[str, str]:
        """The headers chosen, by what they say."""
        return {name: header for name, header in self.cleaned_data.items() if header}
