"""Days, numbers and states in the reader's language. Vietnamese costs nothing: it is what the product thinks in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from doithoai.kernel.words import STATE
from doithoai.rules import vietnamese
from doithoai.rules.machine import Machine

WEEKDAYS: Final = (
    later("thứ Hai"), later("thứ Ba"), later("thứ Tư"), later("thứ Năm"), later("thứ Sáu"), later("thứ Bảy"),
    later("Chủ nhật"),
)  # fmt: skip
SHORT_WEEKDAYS: Final = (later("T2"), later("T3"), later("T4"), later("T5"), later("T6"), later("T7"), later("CN"))


def is_vietnamese() -> bool:
    """Whether the reader reads the language that the product's words are written in."""
    return get_language() == settings.LANGUAGE_CODE


def weekday(day: date) -> str:
    """“thứ Tư”, “Wednesday”."""
    return _(WEEKDAYS[day.weekday()])


def weekday_short(day: date) -> str:
    """“T4”, “Wed”."""
    return _(SHORT_WEEKDAYS[day.weekday()])


def page_date(day: date, *, year: bool = True) -> str:
    """“thứ Tư 22/12/2021”, “Wednesday 22/12/2021”: figures stand in the order of the papers in either language."""
    return f"{weekday(day)} {vietnamese.short_date(day) if year else vietnamese.short_date(day)[:5]}"


def number(value: int) -> str:
    """“12.400”, “12,400”."""
    return vietnamese.number(value) if is_vietnamese() else f"{value:,}"


def decimal(value: Fraction | int, places: int = 1) -> str:
    """“1.234,5”, “1,234.5”."""
    shown = vietnamese.decimal(value, places)
    return shown if is_vietnamese() else shown.translate(_SIGNS)


_SIGNS: Final = str.maketrans(".,", ",.")


def state_word(machine: Machine, state: str) -> str:
    """The word of a state of a machine."""
    return _state(machine.words[state])


def _state(word: str) -> str:
    return word if is_vietnamese() else pgettext(STATE, word)


def called(honorific: str, *, starts: bool = True) -> str:
    """“Bà”, “Ms”: what a person is called before the name, at the start of a line or within it (“bà”)."""
    if not honorific or (is_vietnamese() and not starts):
        return honorific
    return _(honorific[:1].upper() + honorific[1:])


def you(honorific: str) -> str:
    """How a page speaks to a person: by the form of address, where the language has one."""
    return honorific if is_vietnamese() else _("ông (bà)")


HONORIFICS: Final = (later("Bà"), later("Ông"), later("Chị"), later("Anh"), later("Ông/bà"), later("Ông (bà)"))


def display_in_reader_language(models: Iterable[type[Model]]) -> None:
    """Let `get_…_display` of every field with choices answer in the language of the request.

    A transition table is data and knows no Django, so its words are Vietnamese; labels of other choices
    wait for the language themselves.
    """
    for model in models:
        for field in model._meta.local_fields:
            if field.choices:
                words = dict(field.flatchoices)
                setattr(model, f"get_{field.name}_display", _display(field.attname, words))


def _display(attribute: str, words: Mapping[Any, Any]) -> Callable[[Model], str]:
    def display(row: Model) -> str:
        value = getattr(row, attribute)
        word = words.get(value, value)
        return _state(word) if type(word) is str and value in words else str(word or "")

    return display
