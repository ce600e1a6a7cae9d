"""What people type about a difficulty: by their own link, or told to staff who write it down for them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.directory.models import Procedure
from doithoai.intake.models import Opinion
from doithoai.planning.models import Sitting
from doithoai.rules.vietnamese import fold

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


class AssistedForm(WordsForm):
    """The same, told by telephone or on paper: for which sitting, by which door, and who speaks."""

    sitting = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Chọn một buổi trong danh sách, hoặc “Chưa rõ buổi nào”.")}
    )
    door = forms.ChoiceField(
        choices=[(Opinion.Door.PHONE, Opinion.Door.PHONE.label), (Opinion.Door.PAPER, Opinion.Door.PAPER.label)],
        error_messages={
            "required": _("Chưa chọn. Cần biết ý kiến đến bằng điện thoại hay phiếu giấy."),
            "invalid_choice": _("Chọn điện thoại hoặc phiếu giấy."),
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
        self, procedures: Iterable[Procedure], sittings: Iterable[Sitting], data: Any = None, *, kept: Any = None
    ) -> None:
        super().__init__(procedures, data, kept=kept)
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
