"""One rule or one day of a text changed: everything else stays, and what comes out can be read again."""

from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.profiles import Profile, parse_profile
from doithoai.rules.rule_texts import NoSuchRule, with_day, with_rule, with_year, without_day
from doithoai.rules.workdays import WorkCalendar, parse_calendar

REFERENCE = resources.files("doithoai.directory") / "reference"
CALENDAR = (REFERENCE / "calendar-vn.toml").read_text(encoding="utf-8")
PROFILES = {
    name: (REFERENCE / "profiles" / f"{name}.toml").read_text(encoding="utf-8")
    for name in ("cap-xa-2026", "dong-hoa-2021")
}
DAY = date(2021, 12, 24)
LAW, SOURCE = "Công văn số 1/VPCP-KGVX", "Bản gốc có chữ ký"


def profile(text: str) -> Profile:
    return parse_profile(text, "thử")


def calendar(text: str) -> WorkCalendar:
    return parse_calendar(text, "thử")


def notes(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


@pytest.mark.parametrize("name", PROFILES)
def test_every_term_can_be_changed_and_only_it_changes(name: str) -> None:
    text = PROFILES[name]
    before = profile(text)
    for term in before.terms:
        after = profile(with_rule(text, "term", term.slug, {"count": term.count + 1, "words": 'Câu "mới"'}))
        changed = after.term(term.slug)
        assert (changed.count, changed.words, after.version) == (term.count + 1, 'Câu "mới"', before.version + 1)
        assert [row for row in after.terms if row.slug != term.slug] == [
            row for row in before.terms if row.slug != term.slug
        ]
        assert (after.gates, after.invitees, after.survey) == (before.gates, before.invitees, before.survey)


def test_a_reading_is_chosen_in_the_place_of_its_sister() -> None:
    text = PROFILES["cap-xa-2026"]
    after = profile(with_rule(text, "term", "submission_working", {"chosen": True}))
    assert after.chosen == ("submission_working",)
    assert after.term("submission").slug == "submission_working"
    assert notes(with_rule(text, "term", "submission_working", {"chosen": True})) == notes(text)


@pytest.mark.parametrize(
    ("kind", "slug", "values", "read"),
    [
        ("question", "article_43", {"default": False}, lambda p: p.questions[0].default is False),
        ("gate", "connection_tested", {"count": 3}, lambda p: p.gates[1].count == 3),
        ("separation", "number", {"default": True}, lambda p: p.separations[2].default),
        (
            "plan_part",
            "quota",
            {"required": True},
            lambda p: next(r for r in p.plan_parts if r.slug == "quota").required,
        ),
        ("overhead", "overhead", {"minutes": 45}, lambda p: p.overhead.minutes == 45),
        ("term", "announcement", {"note": "Ghi chú"}, lambda p: p.term("announcement").note == "Ghi chú"),
        ("term", "result_notice", {"note": None}, lambda p: p.term("result_notice").note == ""),
    ],
)
def test_other_kinds_of_rules(kind: str, slug: str, values: dict[str, object], read: object) -> None:
    assert callable(read)
    assert read(profile(with_rule(PROFILES["cap-xa-2026"], kind, slug, values)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "slug"), [("term", "no_such"), ("gate", "announcement"), ("x", "y")])
def test_what_is_not_there_is_not_changed(kind: str, slug: str) -> None:
    with pytest.raises(NoSuchRule, match=slug):
        with_rule(PROFILES["cap-xa-2026"], kind, slug, {"count": 1})


def test_a_day_off_stands_among_the_days_of_its_year_with_its_decision() -> None:
    text = with_day(CALENDAR, DAY, "off", "Nghỉ riêng", LAW, SOURCE)
    found = calendar(text)
    row = found.rows[DAY]
    assert (row.kind, row.name, row.basis, row.source) == ("off", "Nghỉ riêng", LAW, SOURCE)
    assert found.version == "vn-2026.11+1"
    assert not found.is_working(DAY)
    assert {day: kept for day, kept in found.rows.items() if day != DAY} == dict(calendar(CALENDAR).rows)
    days = [line for line in text.splitlines() if "on = 2021" in line]
    assert days == sorted(days)
    assert notes(text) == notes(CALENDAR)


def test_a_day_is_replaced_and_taken_out_again() -> None:
    once = with_day(CALENDAR, DAY, "off", "Nghỉ riêng", LAW, SOURCE)
    twice = with_day(once, DAY, "off", "Tên khác", "Công văn số 77777", SOURCE)
    assert (calendar(twice).rows[DAY].name, calendar(twice).version) == ("Tên khác", "vn-2026.11+2")
    gone = without_day(twice, DAY)
    assert dict(calendar(gone).rows) == dict(calendar(CALENDAR).rows)
    assert "Công văn số 77777" not in gone
    with pytest.raises(NoSuchRule, match="24/12/2021"):
        without_day(gone, DAY)


def test_a_year_is_confirmed_or_begun() -> None:
    found = calendar(with_year(CALENDAR, 2027, confirmed=True, note="Công văn số 3"))
    assert (found.years[2027].confirmed, found.years[2027].note) == (True, "Công văn số 3")
    assert found.years[2026] == calendar(CALENDAR).years[2026]
    begun = with_day(
        with_year(CALENDAR, 2030, confirmed=False, note="Mới ghi một ngày"), date(2030, 1, 1), "off", "Tết", LAW, SOURCE
    )
    assert calendar(begun).rows[date(2030, 1, 1)].name == "Tết"
    with pytest.raises(NoSuchRule):
        with_day(CALENDAR, date(2030, 1, 1), "off", "Tết", LAW, SOURCE)


WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"), min_size=1
).filter(str.strip)


@given(
    days=st.lists(st.dates(date(2021, 1, 1), date(2027, 12, 31)), min_size=1, max_size=5, unique=True),
    name=WORDS,
    law=WORDS,
)
def test_any_days_and_words_come_out_as_they_went_in(days: list[date], name: str, law: str) -> None:
    text = CALENDAR
    for day in days:
        text = with_day(text, day, "worked", name, law, SOURCE)
    rows = calendar(text).rows
    assert {(rows[day].kind, rows[day].name, rows[day].basis) for day in days} == {
        ("worked", name.strip(), law.strip())
    }
