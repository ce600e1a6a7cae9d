"""What people type about a difficulty: by their own link, or told to staff who write it down for them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.directory.models import Agency, Procedure
from doithoai.intake.models import Opinion
from doithoai.people.actions import Newcomer
from doithoai.planning.models import Sitting
from doithoai.rules.vietnamese import fold
from doithoai.rules.vietnamese import phone as national_number

MOST_WORDS = 5_000
MOST_OFFERED = 8
OTHER = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure to choose: what the form sends for it, its name, and its sector."""

    value: str
    name: str
    sector: str


def named_apart(procedures: Iterable[Procedure]) -> dict[str, Procedure]:
    """Procedures by what a form sends for them: the code, with its sector where another sector has the same code."""
    named: dict[str, Procedure] = {}
    for row in procedures:
        named[f"{row.sector_id}:{row.code}" if row.code in named else row.code] = row
    return named


class WordsForm(forms.Form):
    """The own words, with procedure and file code where they are known."""

    words = forms.CharField(
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": _("Để trống. Cần ít nhất một câu."),
            "max_length": _("Dài %(show_value)s chữ cái. Nhiều nhất %(limit_value)s; xin chia làm hai ý kiến."),
        },
    )
    procedure = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Chọn một thủ tục trong danh sách, hoặc “Việc khác”.")}
    )
    file_code = forms.CharField(
        max_length=40,
        required=False,
        error_messages={"max_length": _("Dài %(show_value)s ký tự. Mã hồ sơ có nhiều nhất %(limit_value)s.")},
    )

    def __init__(
        self, procedures: Iterable[Procedure], data: Any = None, *, kept: Any = None, sector: int | None = None
    ) -> None:
        super().__init__(data, initial=kept)
        self.sector = sector
        self.procedures = named_apart(procedures)
        field = self.fields["procedure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(OTHER, _("Việc khác")), *((value, row.name) for value, row in self.procedures.items())]

    @property
    def chosen(self) -> Procedure | None:
        """The procedure that was chosen, None for another matter; only after the form was found valid."""
        return self.procedures.get(self.cleaned_data["procedure"])

    def offered(self, words: str) -> list[Offered]:
        """The procedures to choose from: those whose name has every word that was typed, with or without diacritics;
        the first few of the sector where nothing was typed; and always the one that is chosen."""
        wanted, chosen = fold(words).split(), self["procedure"].value()
        rows = self.procedures.items()
        if wanted:
            fits = [value for value, row in rows if all(word in fold(row.name) for word in wanted)]
        else:
            fits = [value for value, row in rows if self.sector in (None, row.sector_id)]
        shown = fits[:MOST_OFFERED]
        if chosen in self.procedures and chosen not in shown:
            shown.insert(0, chosen)
        return [Offered(value, self.procedures[value].name, self.procedures[value].sector.name) for value in shown]

    def as_found(self, words: str) -> list[dict[str, str]]:
        """The same for a page that asks while somebody types."""
        return [asdict(one) for one in self.offered(words[:100])]


WARDS = ("phường", "xã", "thị trấn", "đặc khu")


class NewcomerForm(WordsForm):
    """The same, with how to reach somebody who is on no list, and where they live."""

    phone = forms.CharField(
        max_length=20,
        required=False,
        error_messages={"max_length": _("Dài %(show_value)s ký tự. Số điện thoại có nhiều nhất %(limit_value)s.")},
    )
    ward = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Chọn một nơi trong danh sách, hoặc “Nơi khác”.")}
    )
    group = forms.CharField(
        max_length=80,
        required=False,
        error_messages={"max_length": _("Dài %(show_value)s ký tự. Địa chỉ có nhiều nhất %(limit_value)s.")},
    )

    def __init__(self, agency: Agency, procedures: Iterable[Procedure], data: Any = None, *, kept: Any = None) -> None:
        super().__init__(procedures, data, kept=kept)
        self.wards = {row.code: row for row in agency.places.filter(kind__in=WARDS).order_by("name", "code")}
        field = self.fields["ward"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Nơi khác, hoặc chưa rõ")), *((code, str(row)) for code, row in self.wards.items())]

    def clean_phone(self) -> str:
        """A number that somebody can be called at, or none."""
        typed = str(self.cleaned_data["phone"]).strip()
        if typed and national_number(typed) is None:
            raise forms.ValidationError(
                _("“%(found)s” không phải số điện thoại. Cần 10 chữ số, hoặc để trống."), params={"found": typed}
            )
        return typed

    def newcomer(self, name: str) -> Newcomer:
        """Who it is, as they told it; only after the form was found valid."""
        given = self.cleaned_data
        return Newcomer(name.strip(), given["phone"], ward=self.wards.get(given["ward"]), group=given["group"])


class PublicForm(NewcomerForm):
    """The same, by anybody on the public page: under a name, and for a sitting where they know it."""

    name = forms.CharField(
        max_length=120,
        error_messages={
            "required": _("Để trống. Cần họ tên người gửi; tên không đăng công khai."),
            "max_length": _("Dài %(show_value)s ký tự. Tên có nhiều nhất %(limit_value)s."),
        },
    )
    sitting = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Chọn một lĩnh vực trong danh sách, hoặc “Chưa rõ”.")}
    )

    def __init__(
        self,
        agency: Agency,
        procedures: Iterable[Procedure],
        sittings: Iterable[Sitting],
        data: Any = None,
        *,
        kept: Any = None,
    ) -> None:
        super().__init__(agency, procedures, data, kept=kept)
        self.sittings = {row.code: row for row in sittings}
        field = self.fields["sitting"]
        assert isinstance(field, forms.ChoiceField)
        known = ((code, row.sector.name) for code, row in self.sittings.items())
        field.choices = [*known, ("", _("Chưa rõ, hoặc việc khác"))]

    def clean_name(self) -> str:
        """Family name and given name: of one word nobody could tell where it stands in a text and is to be masked."""
        name = str(self.cleaned_data["name"])
        if " " not in fold(name):
            raise forms.ValidationError(_("Cần cả họ và tên người gửi; tên không đăng công khai."))
        return name

    @property
    def chosen_sitting(self) -> Sitting | None:
        """The sitting of the sector that was chosen, if any; only after the form was found valid."""
        return self.sittings.get(self.cleaned_data["sitting"])


class AssistedForm(NewcomerForm):
    """The same, told by telephone, face to face or on paper: for which sitting, by which door, and who speaks."""

    sitting = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Chọn một buổi trong danh sách, hoặc “Chưa rõ buổi nào”.")}
    )
    door = forms.ChoiceField(
        choices=[(door, door.label) for door in (Opinion.Door.DESK, Opinion.Door.PHONE, Opinion.Door.PAPER)],
        error_messages={
            "required": _("Chưa chọn. Cần biết ý kiến được nói trực tiếp, qua điện thoại hay bằng phiếu giấy."),
            "invalid_choice": _("Chọn nói trực tiếp, điện thoại hoặc phiếu giấy."),
        },
    )
    kind = forms.ChoiceField(
        choices=Opinion.Kind.choices,
        required=False,
        error_messages={"invalid_choice": _("Chọn một loại trong danh sách.")},
    )
    read_back = forms.ChoiceField(
        choices=[("yes", _("Đã đọc lại, người trình bày nói đúng")), ("no", _("Chưa đọc lại được"))],
        error_messages={"required": _("Chưa chọn. Cần biết đã đọc lại cho người trình bày chưa.")},
    )
    unread_reason = forms.CharField(
        max_length=200,
        required=False,
        error_messages={"max_length": _("Dài %(show_value)s ký tự. Nhiều nhất %(limit_value)s.")},
    )
    person = forms.CharField(max_length=12, required=False)
    guest = forms.CharField(
        max_length=200,
        required=False,
        error_messages={"max_length": _("Dài %(show_value)s ký tự. Tên có nhiều nhất %(limit_value)s.")},
    )

    def __init__(
        self,
        agency: Agency,
        procedures: Iterable[Procedure],
        sittings: Iterable[Sitting],
        data: Any = None,
        *,
        kept: Any = None,
    ) -> None:
        super().__init__(agency, procedures, data, kept=kept)
        self.sittings = list(sittings)
        field = self.fields["sitting"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chưa rõ buổi nào")), *((row.code, str(row)) for row in self.sittings)]

    def clean(self) -> dict[str, Any]:
        """Somebody must have said it: a person who was found, or a name that was given."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("person") and not str(cleaned.get("guest") or "").strip():
            self.add_error("guest", _("Chưa có người. Chọn một người tìm thấy, hoặc ghi tên người trình bày."))
        if cleaned.get("read_back") == "no" and not str(cleaned.get("unread_reason") or "").strip():
            self.add_error("unread_reason", _("Để trống. Cần một câu vì sao chưa đọc lại được."))
        return cleaned

    @property
    def chosen_sitting(self) -> Sitting | None:
        """The sitting that was chosen, if any; only after the form was found valid."""
        code = self.cleaned_data["sitting"]
        return next((row for row in self.sittings if code and row.code == code), None)
