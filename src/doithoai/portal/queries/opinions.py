"""The lines of the notice on the public page: how each stands today, found by search and by filter, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from doithoai.answers.models import Answer, Commitment
from doithoai.intake.models import Opinion
from doithoai.planning.models import Dialogue
from doithoai.portal.models import PublicLine
from doithoai.portal.queries.publishing import searchable
from doithoai.portal.queries.shortening import shortenings_of
from doithoai.web.numbers import page_asked

PAGE: Final = 50
LONGEST: Final = 100  # of what is searched for, in letters
GIVEN: Final = ("issued", "replaced")
Standing = Literal["answered", "in_hand", "transferred", "guided", "not_taken"]
STANDINGS: Final[tuple[Standing, ...]] = ("answered", "in_hand", "transferred", "guided", "not_taken")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for: words, a sector by its code, a standing; and which page of it (from 1)."""

    words: str = ""
    sector: str = ""
    standing: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """From a query string; what makes no sense is left out."""
        standing = given.get("tinh-trang", "")
        return cls(
            words=" ".join(given.get("tim", "").split())[:LONGEST],
            sector=given.get("linh-vuc", "")[:20],
            standing=standing if standing in STANDINGS else "",
            page=page_asked(given),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.words or self.sector or self.standing)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised aloud: by which office, until when, and when it was done."""

    office: str
    due_on: date
    done_on: date | None
    is_broken: bool


@dataclass(frozen=True, slots=True)
class PublicOpinion:
    """One line as it stands today. `outcome` is the notice's, frozen; `standing` may have moved on since.

    `issued_on` and `paper` belong to the answer; `is_late` to an answer given after its day, or still owed after it.
    `folded` is what a search looks through; `shortened` says on which days and why more of it was hidden.
    """

    number: int
    code: str
    outcome: str
    standing: Standing
    sector_code: str
    sector: str
    about: str
    holder: str
    due_on: date | None
    issued_on: date | None
    paper: str
    is_late: bool
    has_result: bool
    words: str
    answer: str
    folded: str
    revision: int = 1
    promises: tuple[Promise, ...] = ()
    shortened: tuple[tuple[date, str], ...] = ()

    @property
    def short(self) -> str:
        """The code within its dialogue: “YK07”."""
        return self.code.rsplit("-", 1)[-1]

    @property
    def moved_on(self) -> bool:
        """Whether it was answered only after the notice."""
        return self.standing == "answered" and self.outcome == "in_hand"


def opinions_of(dialogue: Dialogue, today: date) -> list[PublicOpinion]:
    """Every published line in the order of the notice. Two queries, however many lines."""
    lines = (
        PublicLine.objects.filter(line__notice__dialogue=dialogue)
        .exclude(line__opinion__kind=Opinion.Kind.DENUNCIATION)
        .order_by("line__number")
    )
    rows = lines.values(
        "words", "answer", "folded", "revision", "line__number", "line__outcome", "line__opinion_id",
        "line__opinion__code", "line__opinion__state",
        "line__opinion__kind", "line__opinion__merged_into_id", "line__opinion__merged_into__state",
        "line__opinion__sitting__sector__code", "line__opinion__sitting__sector__name",
        "line__opinion__procedure__name",
    )  # fmt: skip
    answers = _answers(dialogue)
    return [_opinion(row, answers, today) for row in rows]


def _answers(dialogue: Dialogue) -> dict[int, dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = Answer.objects.filter(opinion__dialogue=dialogue).values(  # type: ignore[assignment]  # a TypedDict of these very names
        "opinion_id", "state", "due_on", "issued_on", "lead__name", "document__number", "document__symbol"
    )
    return {row["opinion_id"]: row for row in rows}


def _opinion(row: Mapping[str, Any], answers: Mapping[int, Mapping[str, Any]], today: date) -> PublicOpinion:
    is_merged = row["line__opinion__state"] == "merged" and row["line__opinion__merged_into_id"] is not None
    root = row["line__opinion__merged_into_id"] if is_merged else row["line__opinion_id"]
    state = row["line__opinion__merged_into__state"] if is_merged else row["line__opinion__state"]
    answer = answers.get(root, {})
    standing: Any = _standing(row["line__outcome"], answer)
    is_ours = standing in ("answered", "in_hand")
    given_on = answer.get("issued_on") if standing == "answered" else None
    due_on = answer.get("due_on") if is_ours else None
    return PublicOpinion(
        number=row["line__number"],
        code=row["line__opinion__code"],
        outcome=row["line__outcome"],
        standing=standing,
        sector_code=row["line__opinion__sitting__sector__code"] or "",
        sector=row["line__opinion__sitting__sector__name"] or "",
        about=row["line__opinion__procedure__name"] or _kind(row["line__opinion__kind"]),
        holder=answer.get("lead__name", "") if is_ours else "",
        due_on=due_on,
        issued_on=given_on,
        paper=_paper(answer) if given_on else "",
        is_late=_is_late(due_on, given_on, today) if is_ours else False,
        has_result=standing == "transferred" and state == "closed",
        words=row["words"],
        answer=row["answer"],
        folded=row["folded"],
        revision=row["revision"],
    )


def _standing(outcome: str, answer: Mapping[str, Any]) -> str:
    return "answered" if outcome == "in_hand" and answer.get("state") in GIVEN else outcome


def _is_late(due_on: date | None, given_on: date | None, today: date) -> bool:
    return due_on is not None and (given_on or today) > due_on


def _paper(answer: Mapping[str, Any]) -> str:
    number = answer["document__number"]
    return f"{number:02d}/{answer['document__symbol']}" if number else ""


def _kind(kind: str) -> str:
    return str(Opinion.Kind(kind).label)


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """What a search found: `shown` are the lines of this page, of `found` lines of `total`."""

    asked: Asked
    shown: tuple[PublicOpinion, ...]
    found: int
    total: int
    page: int
    pages: int

    @property
    def before(self) -> int:
        """The page before this one; 0 where it is the first."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after this one; 0 where it is the last."""
        return self.page + 1 if self.page < self.pages else 0


def page_of(dialogue: Dialogue, rows: Sequence[PublicOpinion], asked: Asked, today: date) -> OpinionPage:
    """The page of lines that a visitor asked for; a page beyond the last is the last."""
    wanted = searchable(asked.words)
    found = [row for row in rows if _fits(row, asked, wanted)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(asked.page, pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    promises = _promises(dialogue, today) if shown else {}
    cut = shortenings_of(dialogue, [row.number for row in shown if row.revision > 1])
    told = tuple(
        replace(row, promises=tuple(promises.get(row.code, ())), shortened=tuple(cut.get(row.number, ())))
        for row in shown
    )
    return OpinionPage(asked, told, len(found), len(rows), page, pages)


def _fits(row: PublicOpinion, asked: Asked, wanted: str) -> bool:
    is_found = wanted in row.folded if wanted else not asked.words
    return is_found and asked.sector in ("", row.sector_code) and asked.standing in ("", row.standing)


def _promises(dialogue: Dialogue, today: date) -> dict[str, list[Promise]]:
    found: dict[str, list[Promise]] = {}
    rows = Commitment.objects.filter(dialogue=dialogue, opinion__isnull=False).order_by("due_on", "pk")
    for code, office, due_on, done_on in rows.values_list("opinion__code", "office__name", "due_on", "done_on"):
        found.setdefault(code, []).append(Promise(office, due_on, done_on, (done_on or today) > due_on))
    return found
