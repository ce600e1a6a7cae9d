"""Sentences of the rules, found again by their words and said in English."""

from datetime import date

import pytest
from django.utils.translation import override

from doithoai.kernel.words import LETTERS
from doithoai.planning.states import DIALOGUE
from doithoai.rules.deadlines import DeadlineError, Term
from doithoai.rules.numbering import NumberingError, PaperNumber
from doithoai.rules.workdays import WorkCalendar
from doithoai.web.retold import retold


def said(text: str) -> str:
    with override("en"):
        return retold(text)


def test_in_vietnamese_nothing_is_retold() -> None:
    words = DIALOGUE.refusal("draft", "closed")
    assert retold(words) == words


def test_a_refused_step_with_both_its_states() -> None:
    assert said(DIALOGUE.refusal("draft", "closed")) == (
        "Not possible yet: the state is “Draft”, from which “Ended” cannot follow directly."
    )


def test_a_refusal_as_it_is_raised() -> None:
    with pytest.raises(DeadlineError) as refused:
        Term("notice", 0, "day", "after", "issue", "words", "law")
    assert said(str(refused.value)) == "The deadline notice needs at least 1 day, it has 0."
    with pytest.raises(NumberingError) as wrong:
        PaperNumber(0, "TB-UBND")
    assert not LETTERS.search(said(str(wrong.value)))


def test_two_values_side_by_side_keep_their_borders() -> None:
    words = (
        "Hạn 01/01/2022 là ngày nghỉ (Tết Dương lịch) và được giữ nguyên; nên xong trước, chậm nhất thứ Sáu 31/12/2021."
    )
    assert said(words) == (
        "The deadline 01/01/2022 is a day off (New Year’s Day) and stays there; "
        "be done earlier, at the latest on Friday 31/12/2021."
    )


def test_sentences_inside_sentences() -> None:
    words = 'Dòng 5, cột "Năm sinh": "abc". Cần năm sinh bốn chữ số, thí dụ 1975. Hồ sơ vẫn được nhận, ô này để trống.'
    assert said(words) == (
        'Line 5, column "Năm sinh": "abc". Needed: a year of birth of four digits, for instance 1975. '
        "The file is taken all the same, this cell stays empty."
    )


def test_an_unconfirmed_year_of_the_calendar() -> None:
    bare = WorkCalendar.build([], [], version="none")
    (warning,) = bare.warnings_for([date(2030, 1, 1).year])
    assert said(warning).startswith("There is no calendar of days off for 2030 yet")


@pytest.mark.parametrize("text", ["", "Một câu của người dân, không phải của quy tắc.", "100 %", "%(name)s"])
def test_what_no_rule_says_stays(text: str) -> None:
    assert said(text) == text
