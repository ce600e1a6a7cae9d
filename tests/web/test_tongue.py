"""Days, numbers, states and forms of address in the reader's language."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

from doithoai.documents.models import Document
from doithoai.kernel.access import Role
from doithoai.kernel.words import LETTERS, in_vietnamese
from doithoai.live.models import Turn
from doithoai.planning.models import Sitting
from doithoai.planning.states import DIALOGUE
from doithoai.web import tongue

ADVENT = date(2021, 12, 22)
OURS = [row for row in apps.get_models() if row.__module__.startswith("doithoai.")]
CHOSEN = [(row, field) for row in OURS for field in row._meta.local_fields if field.choices]


def shown_by(field: Any, row: type[models.Model], value: object) -> str:
    """What a row of that value would show."""
    return str(getattr(row(**{field.attname: value}), f"get_{field.name}_display")())


@pytest.mark.parametrize(("row", "field"), CHOSEN, ids=[f"{row.__name__}.{field.name}" for row, field in CHOSEN])
def test_every_word_of_a_choice_has_its_english(row: type[models.Model], field: Any) -> None:
    for value, word in field.flatchoices:
        assert shown_by(field, row, value) == str(word)
        with override("en"):
            assert not LETTERS.search(shown_by(field, row, value)), value


def test_labels_wait_for_the_reader() -> None:
    labels = {
        type(word)
        for _row, field in CHOSEN
        if field.name in ("kind", "role", "route")
        for _v, word in field.flatchoices
    }
    assert all(issubclass(kind, Promise) for kind in labels)
    with override("en"):
        assert Role.CLERK.label == "Clerk"
    assert Role.CLERK.label == "Văn thư"


def test_a_state_is_not_the_button_of_the_same_word() -> None:
    with override("en"):
        assert Sitting(state="paused").get_state_display() == "Paused"
        assert Turn(state="skipped").get_state_display() == "Not yet here"
        assert tongue.state_word(DIALOGUE, "answering") == "Being answered"
    assert tongue.state_word(DIALOGUE, "answering") == "Đang trả lời"


def test_what_no_table_knows_is_shown_as_it_is() -> None:
    assert Document(state="unknown").get_state_display() == "unknown"
    with override("en"):
        assert Document(state="").get_state_display() == ""


def test_days() -> None:
    assert tongue.page_date(ADVENT) == "thứ Tư 22/12/2021"
    assert tongue.weekday_short(ADVENT) == "T4"
    with override("en"):
        assert tongue.page_date(ADVENT) == "Wednesday 22/12/2021"
        assert tongue.page_date(ADVENT, year=False) == "Wednesday 22/12"
        assert (tongue.weekday(ADVENT), tongue.weekday_short(ADVENT)) == ("Wednesday", "Wed")


def test_numbers() -> None:
    assert (tongue.number(12400), tongue.decimal(Fraction(24689, 20))) == ("12.400", "1.234,5")
    with override("en"):
        assert (tongue.number(12400), tongue.decimal(Fraction(24689, 20))) == ("12,400", "1,234.5")


@pytest.mark.parametrize(("form", "english"), [("bà", "Ms"), ("anh", "Mr"), ("Ông (bà)", "Mr/Ms"), ("", "")])
def test_forms_of_address(form: str, english: str) -> None:
    with override("en"):
        assert tongue.called(form) == tongue.called(form, starts=False) == english


def test_how_a_person_is_spoken_to() -> None:
    assert (tongue.called("bà"), tongue.called("bà", starts=False), tongue.you("bà")) == ("Bà", "bà", "bà")
    with override("en"):
        assert tongue.you("bà") == "you"


def test_papers_are_worded_in_vietnamese_whoever_reads() -> None:
    with override("en"):
        with in_vietnamese():
            assert Role.CLERK.label == "Văn thư"
            assert Sitting(state="paused").get_state_display() == "Tạm dừng"
        assert Role.CLERK.label == "Clerk"
