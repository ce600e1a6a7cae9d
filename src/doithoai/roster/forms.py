"""What people type about records, draws, invitations and presence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from doithoai.directory.models import Agency, Place
from doithoai.kernel.access import NotNow
from doithoai.people.actions import Newcomer
from doithoai.roster.actions import Comer, Instead
from doithoai.roster.actions.gathering import MOST_MONTHS, Grounds, by_share
from doithoai.rules.onestop import Column
from doithoai.rules.vietnamese import squeeze
from doithoai.web.templatetags.parts import size

MOST_BYTES = 20_000_000
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
HELP = (
    ("xe-lan", _("Đi xe lăn hoặc khó đi lại")),
    ("doc-giup", _("Cần người đọc giúp giấy tờ")),
    ("phien-dich", _("Cần phiên dịch")),
    ("dua-don", _("Cần giúp phương tiện đi lại")),
)
BETWEEN = "; "


def words_of(form: forms.Form) -> dict[str, Any]:
    """What a form holds once it is right. Raises NotNow with the first field that is not, and what it needs."""
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        raise NotNow(gettext("Chưa ghi được: %(field)s %(problem)s") % {"field": label, "problem": problems[0]})
    return form.cleaned_data


def _line(label: Any, most: int, *, required: bool = True) -> forms.CharField:
    errors = {
        "required": _("để trống. Cần ít nhất vài chữ."),
        "max_length": _("quá dài. Nhiều nhất %(limit_value)d chữ."),
    }
    return forms.CharField(label=label, max_length=most, required=required, error_messages=errors)


def _named(form: forms.Form) -> Instead | None:
    said = [form.cleaned_data[name] for name in ("instead", "relation", "phone")]
    return Instead(*said) if any(word.strip() for word in said) else None


class ReplyForm(forms.Form):
    """A citizen's answer, with what would help or a reason; only the answer itself is asked for."""

    answer = forms.ChoiceField(
        label=_("trả lời"),
        choices=(("co", "co"), ("khong", "khong")),
        error_messages={
            "required": _("còn trống. Xin bấm một trong hai nút."),
            "invalid_choice": _("không rõ. Xin bấm một trong hai nút."),
        },
    )
    needs = forms.MultipleChoiceField(
        label=_("điều cần giúp"),
        choices=HELP,
        required=False,
        error_messages={"invalid_choice": _("không rõ. Xin chọn trong các ô có sẵn.")},
    )
    other = _line(_("điều cần giúp khác"), 120, required=False)
    reason = _line(_("lý do"), 300, required=False)
    instead = _line(_("người đi thay"), 120, required=False)
    relation = _line(_("quan hệ với người đi thay"), 60, required=False)
    phone = _line(_("điện thoại của người đi thay"), 20, required=False)

    def instead_of(self) -> Instead | None:
        """Whom the person sends in their place; None where nobody is named."""
        return _named(self)

    def wants(self) -> str:
        """What would help, in words, as it is kept."""
        labels = dict(HELP)
        chosen = [str(labels[key]) for key in self.cleaned_data["needs"]]
        return BETWEEN.join([*chosen, *filter(None, [squeeze(self.cleaned_data["other"])])])


class NoteForm(forms.Form):
    """An answer taken by telephone or on paper, by a clerk."""

    channel = forms.ChoiceField(
        label=_("cách trả lời"), choices=(("phone", "phone"), ("paper", "paper")), required=False
    )
    needs = _line(_("điều cần giúp"), 300, required=False)
    reason = _line(_("lý do"), 300, required=False)
    note = _line(_("ghi chú"), 300, required=False)
    instead = _line(_("người đi thay"), 120, required=False)
    relation = _line(_("quan hệ với người đi thay"), 60, required=False)
    phone = _line(_("điện thoại của người đi thay"), 20, required=False)
    received_by = _line(_("người nhận thay"), 120, required=False)

    def instead_of(self) -> Instead | None:
        """Whom the person sends in their place; None where nobody is named."""
        return _named(self)


class ContactForm(forms.Form):
    """Where a person is reached, as they said."""

    phone = _line(_("số điện thoại"), 20, required=False)
    email = _line(_("thư điện tử"), 120, required=False)


class HeadForm(forms.Form):
    """Who heads a residential group; all of it may be empty, which forgets them."""

    ward = forms.IntegerField(
        label=_("phường, xã"), error_messages={"required": _("để trống."), "invalid": _("không rõ.")}
    )
    group = _line(_("thôn, tổ dân phố"), 80)
    name = _line(_("họ tên"), 120, required=False)
    phone = _line(_("số điện thoại"), 20, required=False)


class ToldForm(forms.Form):
    """A message that was told by telephone, by the end of its key."""

    message = _line(_("tin"), 60)


class ReminderForm(forms.Form):
    """The day of the reminder."""

    on = forms.DateField(
        label=_("ngày nhắc"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": _("để trống. Cần một ngày, ví dụ 16/12/2021."),
            "invalid": _("không đọc được. Cần một ngày, ví dụ 16/12/2021."),
        },
    )


class ScanForm(forms.Form):
    """The scan of a signed list; what it is, is read from its bytes."""

    file = forms.FileField(
        label=_("bản quét"),
        max_length=120,
        error_messages={
            "required": _("chưa chọn. Cần bản quét PDF, hoặc ảnh JPG, PNG."),
            "empty": _("rỗng, 0 byte. Cần bản quét PDF, hoặc ảnh JPG, PNG."),
            "invalid": _("chưa nhận được. Xin chọn lại."),
            "max_length": _("có tên quá dài. Cần tên ngắn hơn 120 chữ."),
        },
    )


class ReasonForm(forms.Form):
    """A reason that must be given."""

    reason = _line(_("lý do"), 280)


class ChooseForm(ReasonForm):
    """Somebody chosen by hand, and why."""

    person = _line(_("người được chọn"), 12)


class ExcludeForm(ReasonForm):
    """Somebody kept out of the draw: on which ground, and why."""

    person = _line(_("người bị loại"), 12)
    ground = _line(_("lý do chung"), 8)


KINDS = (("citizen", _("Cá nhân")), ("organisation", _("Tổ chức, doanh nghiệp, hộ kinh doanh")))


class ComerForm(forms.Form):
    """Somebody who wants to come: who, how they are reached, where they live, and about what."""

    kind = forms.ChoiceField(label=_("người dự là"), choices=KINDS, required=False)
    name = _line(_("họ tên, tên tổ chức"), 120)
    phone = _line(_("số điện thoại"), 20, required=False)
    ward = forms.ChoiceField(label=_("phường, xã"), required=False)
    group = _line(_("thôn, tổ dân phố, số nhà"), 80, required=False)
    topic = _line(_("thủ tục hoặc việc muốn nêu"), 300)

    def __init__(self, agency: Agency, data: Any = None) -> None:
        super().__init__(data)
        self.wards = {row.code: row for row in agency.places.order_by("name", "code")}
        field = self.fields["ward"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", gettext("Nơi khác, hoặc chưa rõ")),
            *((code, str(row)) for code, row in self.wards.items()),
        ]

    def comer(self) -> Comer:
        """Who wants to come; only after the form was found valid."""
        said = self.cleaned_data
        who = Newcomer(said["name"], said["phone"], ward=self.wards.get(said["ward"]), group=said["group"])
        return Comer(who, said["topic"], said["kind"] == "organisation")


class OpeningForm(forms.Form):
    """Until when anybody may register."""

    until = forms.DateTimeField(
        label=_("hạn đăng ký"),
        input_formats=("%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"),
        error_messages={
            "required": _("để trống. Cần ngày và giờ, ví dụ 16/12/2021 17:00."),
            "invalid": _("không đọc được. Cần ngày và giờ, ví dụ 16/12/2021 17:00."),
        },
    )


class SignerForm(forms.Form):
    """Who signs the letters."""

    signer = _line(_("người ký"), 20)


class VenueForm(forms.Form):
    """The venue whose list is printed."""

    venue = _line(_("điểm cầu"), 24)


class FreezeForm(forms.Form):
    """The public event that will give the value, and the places of each ward where they are not shared by count."""

    event_name = _line(_("tên sự kiện công khai"), 200)
    event_on = forms.DateField(
        label=_("ngày lấy số"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": _("để trống. Cần một ngày, ví dụ 10/12/2021."),
            "invalid": _("không đọc được. Cần một ngày, ví dụ 10/12/2021."),
        },
    )

    def __init__(self, data: Any, wards: Sequence[Place]) -> None:
        super().__init__(data)
        self.wards = wards
        for ward in wards:
            self.fields[f"quota-{ward.code}"] = forms.IntegerField(
                label=gettext("số chỗ của %(ward)s") % {"ward": ward},
                required=False,
                min_value=0,
                max_value=10_000,
                error_messages={
                    key: _("không đọc được. Cần một số nguyên từ 0.") for key in ("invalid", "min_value", "max_value")
                },
            )

    def quotas(self) -> Mapping[str, int] | None:
        """The places by ward; None where none is given, for then they are shared by the number of people."""
        given = {ward.code: self.cleaned_data.get(f"quota-{ward.code}") for ward in self.wards}
        if all(places is None for places in given.values()):
            return None
        return {code: places or 0 for code, places in given.items()}


class GroundsForm(forms.Form):
    """Who stays out of the list, and whether several quotas hold at once; what is not given is as usual."""

    thang = forms.IntegerField(
        label=_("số tháng"),
        required=False,
        min_value=0,
        max_value=MOST_MONTHS,
        error_messages={
            key: _("không đọc được. Cần một số nguyên từ 0 đến 60.") for key in ("invalid", "min_value", "max_value")
        },
    )
    ho = forms.ChoiceField(label=_("cùng hộ"), choices=(("1", "1"), ("0", "0")), required=False)
    cach = forms.ChoiceField(label=_("cách chia chỗ"), choices=(("phuong", ""), ("nhieu", "")), required=False)

    def grounds(self) -> Grounds:
        """What was decided about the list."""
        return Grounds(self.cleaned_data.get("thang") or 0, self.cleaned_data.get("ho") != "0")

    @property
    def by_table(self) -> bool:
        """Whether several quotas hold at once."""
        return self.cleaned_data.get("cach") == "nhieu"


class BoundsForm(forms.Form):
    """For every value of every feature the fewest and the most to be chosen; blank: as it happens."""

    def __init__(self, data: Any, numbers: Mapping[str, Mapping[str, int]], seats: int) -> None:
        super().__init__(data)
        self.numbers, self.seats = numbers, seats
        for name, value, *fields in self.named():
            for field in fields:
                self.fields[field] = forms.IntegerField(
                    label=f"{name} {value}:",
                    required=False,
                    min_value=0,
                    max_value=10_000,
                    error_messages={
                        key: _("không đọc được. Cần một số nguyên từ 0.")
                        for key in ("invalid", "min_value", "max_value")
                    },
                )

    def named(self) -> list[tuple[str, str, str, str]]:
        """Feature, value, and the names of the fields of its fewest and most."""
        return [
            (name, value, f"it-{at}-{place}", f"nhieu-{at}-{place}")
            for at, (name, values) in enumerate(self.numbers.items())
            for place, value in enumerate(values)
        ]

    def bounds(self) -> dict[str, dict[str, tuple[int, int]]]:
        """The quotas feature by feature; as near to the shares as whole people allow where none was given at all."""
        if not any(name in self.data for name in self.fields):
            return {name: by_share(values, self.seats) for name, values in self.numbers.items()}
        found: dict[str, dict[str, tuple[int, int]]] = {name: {} for name in self.numbers}
        for name, value, least, most in self.named():
            high = self.cleaned_data.get(most)
            found[name][value] = (self.cleaned_data.get(least) or 0, self.seats if high is None else high)
        return found


class DrawForm(forms.Form):
    """The value that the public event gave, where it can be looked up, and who saw it."""

    value = _line(_("số ngẫu nhiên"), 120)
    source = _line(_("nơi tra lại số"), 300)
    witnesses = _line(_("người chứng kiến"), 300)


class SubstituteForm(forms.Form):
    """Who came in place of the invited person."""

    name = _line(_("họ tên người đi thay"), 120)
    relation = _line(_("quan hệ với người được mời"), 60)
    proof = _line(_("giấy tờ đã xem"), 120, required=False)


class WalkInForm(forms.Form):
    """Somebody who came without an invitation."""

    name = _line(_("họ tên"), 120)
    reason = _line(_("lý do đến"), 200)
    group = _line(_("tổ dân phố, thôn"), 80, required=False)


class UploadForm(forms.Form):
    """The export of the one-stop desk."""

    file = forms.FileField(
        label=_("Tệp hồ sơ"),
        error_messages={
            "required": _("Chưa chọn tệp. Cần một tệp .xlsx, .xls hoặc .csv."),
            "empty": _("Tệp rỗng, 0 byte. Cần tệp có dòng tiêu đề và ít nhất một hồ sơ."),
            "invalid": _("Chưa nhận được tệp. Xin chọn lại một tệp .xlsx, .xls hoặc .csv."),
            "max_length": _("Tên tệp quá dài. Cần tên ngắn hơn 120 chữ."),
        },
        max_length=120,
    )

    def clean_file(self) -> Any:
        """Refuse what is heavier than can be read, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            found = {"found": size(file.size), "most": size(MOST_BYTES)}
            raise forms.ValidationError(
                gettext("Tệp nặng %(found)s. Nhiều nhất %(most)s; cần chia thành nhiều tệp.") % found
            )
        return file


COLUMN_WORDS = {
    Column.NAME: _("Họ và tên"),
    Column.SEX: _("Giới tính"),
    Column.BIRTH: _("Ngày sinh, năm sinh"),
    Column.PERSONAL_NUMBER: _("Số định danh cá nhân, căn cước"),
    Column.WARD: _("Phường, xã nơi cư trú"),
    Column.GROUP: _("Thôn, tổ dân phố"),
    Column.ADDRESS: _("Địa chỉ"),
    Column.SECTOR: _("Lĩnh vực"),
    Column.FILE_CODE: _("Mã hồ sơ"),
    Column.STATE: _("Trạng thái, kết quả"),
    Column.PROCEDURE: _("Thủ tục"),
    Column.RECEIVED_ON: _("Ngày tiếp nhận"),
    Column.PHONE: _("Điện thoại"),
}


class ColumnsForm(forms.Form):
    """Which header of the sheet says what, where the office's names are its own."""

    def __init__(self, data: Any, headers: Sequence[str]) -> None:
        super().__init__(data)
        for column, label in COLUMN_WORDS.items():
            choices = [("", gettext("không chọn")), *((header, header) for header in headers)]
            self.fields[column.value] = forms.ChoiceField(label=label, choices=choices, required=False)

    def chosen(self) -> dict[str, str]:
        """The headers chosen, by what they say."""
        return {name: header for name, header in self.cleaned_data.items() if header}
