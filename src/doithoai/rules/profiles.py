"""Profiles of rules: which law and which plan an agency follows, as data with the law beside each rule.

The founding plan of 2021 and a commune of 2026 follow different rules; neither is written into the code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol, cast

from doithoai.rules.deadlines import Anchor, DeadlineError, Side, Term, Unit
from doithoai.rules.floor import minutes_per_turn
from doithoai.rules.toml_table import Table, read_table

Level = Literal["province", "district", "commune"]
GateUnit = Literal["working_day", "hour"]
InviteeVenue = Literal["central", "local", "all"]
InviteeRole = Literal["chair", "co_chair", "organiser", "invited"]
Mode = Literal["online", "in_person", "hybrid"]
MODES: tuple[Mode, ...] = ("online", "in_person", "hybrid")

ANCHORS = ("dialogue", "conference_end", "issue", "receipt", "request", "result_notice")
RULE_KEYS = ("slug", "words", "law", "note")
TERM_KEYS = (
    *RULE_KEYS,
    "count",
    "unit",
    "side",
    "anchor",
    "binding",
    "clear",
    "reading_of",
    "beside",
    "chosen",
    "condition",
)
PARTS = ("term", "gate", "question", "separation", "plan_part", "owned_duty", "invitee", "readiness")


class ProfileError(ValueError):
    """A profile that cannot be used; the message is one Vietnamese sentence naming the file and the key."""


class _Slugged(Protocol):
    @property
    def slug(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule has: its own words, the law or clause they stand in, and what a reader should know."""

    slug: str
    words: str
    law: str
    note: str


@dataclass(frozen=True, slots=True)
class Gate(Rule):
    """Something to be ready a time before each sitting. It warns and is logged; it never blocks."""

    count: int
    unit: GateUnit

    @property
    def term(self) -> Term | None:
        """The gate as a deadline before the dialogue, or None when it is counted in hours."""
        if self.unit == "hour":
            return None
        words = (self.words, self.law)
        return Term(self.slug, self.count, "working_day", "before", "dialogue", *words, binding=False, note=self.note)

    def ready_by(self, start_at: datetime) -> datetime | None:
        """The instant by which a gate counted in hours must be met; None when it is counted in days."""
        return start_at - timedelta(hours=self.count) if self.unit == "hour" else None


@dataclass(frozen=True, slots=True)
class Question(Rule):
    """A question to the agency on which rules depend; `default` is assumed until it is answered."""

    default: bool


@dataclass(frozen=True, slots=True)
class Separation(Rule):
    """Two acts that one person should not do alone. An agency of few people may switch it off."""

    first: str
    second: str
    default: bool


@dataclass(frozen=True, slots=True)
class PlanPart(Rule):
    """A part that a plan holds; a plan without a required one is not complete."""

    required: bool


@dataclass(frozen=True, slots=True)
class OwnedDuty(Rule):
    """A duty that needs an owner before the plan is approved."""


@dataclass(frozen=True, slots=True)
class Invitee(Rule):
    """A body or person that must be asked, at which venues and in which role."""

    venue: InviteeVenue
    role: InviteeRole


@dataclass(frozen=True, slots=True)
class Readiness(Rule):
    """A line of a venue's readiness: at which venues and in which modes it is looked at.

    With `default` false only a dialogue that asks for it looks at it (there is an epidemic).
    """

    venue: InviteeVenue
    modes: tuple[str, ...]
    default: bool

    def is_asked(self, *, mode: str, is_central: bool, switched: Mapping[str, bool]) -> bool:
        """Whether a venue of a dialogue of this mode owes it; `switched` is what the dialogue decided, by slug."""
        here = self.venue in ("all", "central" if is_central else "local")
        return here and switched.get(self.slug, self.default and mode in self.modes)


@dataclass(frozen=True, slots=True)
class Overhead(Rule):
    """Minutes of a sitting kept for opening, introductions, conclusion and reading the minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Reply(Rule):
    """When invited people are to answer, and when who has not is reminded.

    Answers are due `working_days` before the sitting, the reminder goes `remind_before` working days earlier, between
    the hours `from_hour` and `until_hour` of the agency's day; one that has not gone by `late_hour` is missed.
    """

    working_days: int
    remind_before: int
    from_hour: int
    until_hour: int
    late_hour: int


@dataclass(frozen=True, slots=True)
class SurveyForm(Rule):
    """The satisfaction form: one overall question, its elements (slug, words), points and names of levels."""

    points: int
    elements: tuple[tuple[str, str], ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one kind of agency. Of several readings of one clause only the chosen one is binding."""

    key: str
    name: str
    level: Level
    version: int
    basis: tuple[str, ...]
    terms: tuple[Term, ...]
    chosen: tuple[str, ...]
    gates: tuple[Gate, ...]
    questions: tuple[Question, ...]
    overhead: Overhead
    reply: Reply
    separations: tuple[Separation, ...]
    plan_parts: tuple[PlanPart, ...]
    owned_duties: tuple[OwnedDuty, ...]
    invitees: tuple[Invitee, ...]
    readiness: tuple[Readiness, ...]
    survey: SurveyForm

    def term(self, name: str) -> Term:
        """The term of this slug, or the chosen reading of this duty. Raises `ProfileError` for neither."""
        for term in self.terms:
            if term.slug == name or (term.reading_of == name and term.slug in self.chosen):
                return term
        raise ProfileError(f"Bộ quy định {self.key} không có thời hạn {name!r}.")

    def readings(self, duty: str) -> tuple[Term, ...]:
        """Every reading of a duty's clause and every rule beside it, in the order of the file."""
        return tuple(term for term in self.terms if term.duty == duty)

    def with_reading(self, slug: str) -> "Profile":
        """The profile with another reading chosen; its sisters are kept for comparison.

        Raises `ProfileError` when the slug is not one of several readings.
        """
        wanted = self.term(slug)
        if not wanted.reading_of or wanted.slug != slug:
            raise ProfileError(f"Thời hạn {slug!r} của bộ quy định {self.key} không có cách hiểu khác để chọn.")
        binding = self.term(wanted.reading_of).binding
        sisters = {term.slug for term in self.terms if term.reading_of == wanted.reading_of}
        terms = tuple(
            replace(term, binding=binding and term.slug == slug) if term.slug in sisters else term
            for term in self.terms
        )
        return replace(self, terms=terms, chosen=(*(c for c in self.chosen if c not in sisters), slug))

    def terms_for(self, answers: Mapping[str, bool]) -> tuple[Term, ...]:
        """The terms under the agency's answers {question slug: yes}; unanswered counts as the default.

        A term whose question is answered "no" stays, for comparison, and binds nobody.
        """
        yes = {question.slug: answers.get(question.slug, question.default) for question in self.questions}
        return tuple(replace(t, binding=t.binding and yes.get(t.condition, True)) for t in self.terms)

    def turn_minutes(self, sitting_minutes: int, turns: int) -> int:
        """Whole minutes for each of so many turns when the overhead is kept free; 0 when nothing is left."""
        return minutes_per_turn(sitting_minutes, turns, self.overhead.minutes)


def parse_profile(text: str, where: str) -> Profile:
    """The profile of a profile file; `where` names the file in messages. Raises `ProfileError`."""
    table = read_table(text, where, ProfileError)
    table.only(("key", "name", "level", "version", "basis", "overhead", "reply", "survey", *PARTS))
    questions = tuple(_question(part) for part in table.tables("question"))
    terms, chosen = _terms(table, {question.slug for question in questions})
    profile = Profile(
        key=table.text("key"),
        name=table.text("name"),
        level=cast(Level, table.choice("level", ("province", "district", "commune"))),
        version=table.whole("version", least=1),
        basis=table.texts("basis"),
        terms=terms,
        chosen=chosen,
        gates=tuple(_gate(part) for part in table.tables("gate")),
        questions=questions,
        overhead=_overhead(table.table("overhead")),
        reply=_reply(table.table("reply")),
        separations=tuple(_separation(part) for part in table.tables("separation")),
        plan_parts=tuple(_plan_part(part) for part in table.tables("plan_part")),
        owned_duties=tuple(_owned_duty(part) for part in table.tables("owned_duty")),
        invitees=tuple(_invitee(part) for part in table.tables("invitee")),
        readiness=tuple(_readiness(part) for part in table.tables("readiness")),
        survey=_survey(table.table("survey")),
    )
    _check_slugs(table, profile)
    return profile


def _rule(table: Table, *keys: str) -> tuple[str, str, str, str]:
    table.only((*RULE_KEYS, *keys))
    return table.text("slug"), table.text("words"), table.text("law"), table.text("note", "")


def _terms(table: Table, questions: set[str]) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The terms, sisters of a chosen reading not binding, and the slugs of the chosen readings."""
    parts = table.tables("term")
    terms = [_term(part, questions) for part in parts]
    chosen = [term.slug for term, part in zip(terms, parts, strict=True) if part.flag("chosen", default=False)]
    for duty in sorted({term.reading_of for term in terms if term.reading_of}):
        if sum(term.reading_of == duty and term.slug in chosen for term in terms) != 1:
            raise table.refuse("term", f"cần đúng một cách hiểu được chọn (chosen = true) cho {duty!r}")
    stray = next((term.slug for term in terms if term.slug in chosen and not term.reading_of), None)
    if stray:
        raise table.refuse("term", f"{stray!r} ghi chosen nhưng không thuộc reading_of nào")
    slugs = {term.slug for term in terms}
    lost = next((term.beside for term in terms if term.beside and term.beside not in slugs), None)
    if lost:
        raise table.refuse("term", f"beside nêu {lost!r} nhưng không có thời hạn ấy")
    shared = sorted({term.reading_of for term in terms} & slugs)
    if shared:
        raise table.refuse("term", f"{shared[0]!r} vừa là slug vừa là reading_of, cần hai tên khác nhau")
    settled = (replace(t, binding=t.binding and (not t.reading_of or t.slug in chosen)) for t in terms)
    return tuple(settled), tuple(chosen)


def _term(table: Table, questions: set[str]) -> Term:
    slug, words, law, note = _rule(table, *TERM_KEYS)
    condition = table.text("condition", "")
    if condition and condition not in questions:
        raise table.refuse("condition", f"không có câu hỏi {condition!r}")
    try:
        return Term(
            slug=slug,
            count=table.whole("count", least=1),
            unit=cast(Unit, table.choice("unit", ("day", "working_day"))),
            side=cast(Side, table.choice("side", ("before", "after"))),
            anchor=cast(Anchor, table.choice("anchor", ANCHORS)),
            words=words,
            law=law,
            binding=table.flag("binding"),
            clear=table.flag("clear", default=False),
            reading_of=table.text("reading_of", ""),
            condition=condition,
            note=note,
            beside=table.text("beside", ""),
        )
    except DeadlineError as mistake:
        raise table.refuse("clear", str(mistake).rstrip(".")) from mistake


def _gate(table: Table) -> Gate:
    rule = _rule(table, "count", "unit")
    unit = cast(GateUnit, table.choice("unit", ("working_day", "hour")))
    return Gate(*rule, count=table.whole("count", least=1), unit=unit)


def _question(table: Table) -> Question:
    return Question(*_rule(table, "default"), default=table.flag("default"))


def _separation(table: Table) -> Separation:
    rule = _rule(table, "first", "second", "default")
    return Separation(*rule, table.text("first"), table.text("second"), table.flag("default"))


def _plan_part(table: Table) -> PlanPart:
    return PlanPart(*_rule(table, "required"), required=table.flag("required"))


def _owned_duty(table: Table) -> OwnedDuty:
    return OwnedDuty(*_rule(table))


def _invitee(table: Table) -> Invitee:
    rule = _rule(table, "venue", "role")
    venue = cast(InviteeVenue, table.choice("venue", ("central", "local", "all")))
    role = cast(InviteeRole, table.choice("role", ("chair", "co_chair", "organiser", "invited")))
    return Invitee(*rule, venue=venue, role=role)


def _readiness(table: Table) -> Readiness:
    rule = _rule(table, "venue", "modes", "default")
    venue = cast(InviteeVenue, table.choice("venue", ("central", "local", "all")))
    modes = table.texts("modes") if "modes" in table.values else MODES
    strange = next((mode for mode in modes if mode not in MODES), None)
    if strange:
        raise table.refuse("modes", f"cần trong {', '.join(MODES)}; đang có {strange!r}")
    return Readiness(*rule, venue=venue, modes=modes, default=table.flag("default", default=True))


def _overhead(table: Table) -> Overhead:
    return Overhead(*_rule(table, "minutes"), minutes=table.whole("minutes", least=0))


def _reply(table: Table) -> Reply:
    hours = ("from_hour", "until_hour", "late_hour")
    rule = _rule(table, "working_days", "remind_before", *hours)
    days = table.whole("working_days", least=1), table.whole("remind_before", least=0)
    first, last, late = (table.whole(name, least=0) for name in hours)
    if not first < late <= last <= 24:
        raise table.refuse("late_hour", "cần from_hour < late_hour <= until_hour, nhiều nhất 24")
    return Reply(*rule, *days, first, last, late)


def _survey(table: Table) -> SurveyForm:
    rule = _rule(table, "points", "elements", "levels")
    elements = table.tables("elements")
    for element in elements:
        element.only(("slug", "words"))
    return SurveyForm(
        *rule,
        points=table.whole("points", least=2),
        elements=tuple((element.text("slug"), element.text("words")) for element in elements),
        levels=table.texts("levels"),
    )


def _check_slugs(table: Table, profile: Profile) -> None:
    groups: dict[str, Iterable[_Slugged]] = {
        "term": profile.terms,
        "gate": profile.gates,
        "question": profile.questions,
        "separation": profile.separations,
        "plan_part": profile.plan_parts,
        "owned_duty": profile.owned_duties,
        "invitee": profile.invitees,
        "readiness": profile.readiness,
    }
    for key, rules in groups.items():
        slugs = [rule.slug for rule in rules]
        twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
        if twice:
            raise table.refuse(key, f"slug {twice!r} dùng hai lần")
