"""What a person must look at in a draft: contradictions counted anew, names the agency lacks, last year's words."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.planning.forms import Choices
from doithoai.planning.forms.reading import SEVERAL
from doithoai.planning.imports import Doubt, Place, PlanDraft, SittingDraft, conflicts
from doithoai.planning.imports.chairs import chair_doubts
from doithoai.planning.imports.figures import gaps
from doithoai.planning.imports.forecast import expected_when
from doithoai.planning.imports.heading import Heading
from doithoai.planning.imports.sittings import Expected
from doithoai.rules.vietnamese import fold, short_date

DATED: Final = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|năm\s+\d{4}|[Nn]gày\s+\d|\d/\d{4}")
"""Words that were true of one year only."""


def is_daily(draft: PlanDraft) -> bool:
    """Whether the printed total is that of one day: the reader then found nothing wrong with the sum of all days."""
    return not set(_sums(draft, daily=False)) <= set(draft.doubts)


def _sums(draft: PlanDraft, *, daily: bool) -> Iterator[Doubt]:
    expected = Expected(draft.expected_total, daily, (), ())
    return conflicts.in_sittings(draft.sittings, draft.sectors, expected)


def contradictions(draft: PlanDraft, today: date, *, daily: bool) -> Iterator[Doubt]:
    """What in the values of a draft cannot be true together, or is over already."""
    yield from _sums(draft, daily=daily)
    own = {field.name: getattr(draft, field.name) for field in fields(Heading) if field.name != "doubts"}
    yield from conflicts.in_dates(Heading(**own, doubts=()), draft.sittings)
    yield from conflicts.in_quotas(draft.quotas, draft.venues)
    yield from conflicts.unaddressed(draft.recipients, draft.duties, draft.attendance)
    yield from chair_doubts(draft.attendance)
    yield from told_otherwise(draft)
    for sitting in draft.sittings:
        if sitting.date and sitting.date <= today:
            yield Doubt(
                sitting.clause, _("Ngày đối thoại %(day)s không còn ở phía trước.") % {"day": short_date(sitting.date)}
            )


def told_otherwise(draft: PlanDraft) -> Iterator[Doubt]:
    """Sentences whose days, hours or numbers are not those of the data: the paper would print the one, a draw use the other."""
    for gap in gaps(draft):
        words = _("Câu này ghi %(said)s, dữ liệu là %(data)s.")
        yield Doubt(gap.clause, words % {"said": gap.said, "data": gap.data})


def reconsidered(draft: PlanDraft, before: PlanDraft | None, today: date, *, daily: bool) -> PlanDraft:
    """The draft with the contradictions of its present values; those of the values `before` are gone."""
    gone = set(contradictions(before, today, daily=daily)) if before else set()
    kept = [doubt for doubt in draft.doubts if doubt not in gone]
    return replace(draft, doubts=tuple(dict.fromkeys([*kept, *contradictions(draft, today, daily=daily)])))


def unknown_offices(draft: PlanDraft, choices: Choices) -> list[str]:
    """The offices that a sitting or a duty names and the agency does not know."""
    named = [row.lead_office or "" for row in draft.sittings] + [row.office for row in draft.duties]
    return [name for name in dict.fromkeys(named) if name and not SEVERAL.match(name) and not choices.office(name)]


def unknown_sectors(draft: PlanDraft, choices: Choices) -> list[str]:
    """The sectors of sittings that the agency does not know."""
    named = dict.fromkeys(row.sector for row in draft.sittings if row.sector)
    return [name for name in named if not choices.sector(name)]


def is_of_another(draft: PlanDraft, agency: Agency) -> bool:
    """Whether the plan names another issuer than this agency."""
    own = {fold(agency.short_name), fold(agency.name)}
    return bool(draft.issuer) and fold(draft.issuer or "") not in own


def open_lines(draft: PlanDraft) -> list[str]:
    """The sentences to rewrite along with a value that the plan leaves blank: those that speak of such a sitting."""
    blank = {row.clause for row in draft.sittings if None in (row.date, row.start, row.end)}
    return [f"c{i}" for i, row in enumerate(draft.clauses) if row.path in blank]


def lines_after(keys: list[str], before: PlanDraft, after: PlanDraft) -> list[str]:
    """The keys of the same sentences once clauses were added or taken out."""
    paths = {f"c{i}": row.path for i, row in enumerate(before.clauses)}
    now = {row.path: f"c{i}" for i, row in enumerate(after.clauses)}
    return [now.get(paths[key], "") if key in paths else key for key in keys if key not in paths or paths[key] in now]


def awaiting(draft: PlanDraft) -> tuple[PlanDraft, tuple[str, ...]]:
    """A plan that only bounds its sittings (a range, a month): one for each sector it names, with when it is expected."""
    if draft.sittings:
        return draft, ()
    found = next(((row.path, words) for row in draft.clauses if (words := expected_when(row.text))), None)
    if found is None:
        return draft, ()
    path, words = found
    sectors: tuple[str | None, ...] = draft.sectors or (None,)
    rows = tuple(SittingDraft(sector, None, None, None, None, None, None, None, path) for sector in sectors)
    return replace(draft, sittings=rows), tuple(words for _row in rows)


def dated_lines(draft: PlanDraft) -> list[str]:
    """The sentences that still speak of the year they were written for."""
    parts = (("p", draft.preamble), ("c", [row.text for row in draft.clauses]), ("k", draft.closing))
    return [f"{part}{i}" for part, texts in parts for i, text in enumerate(texts) if DATED.search(text)]


def line_texts(draft: PlanDraft, keys: list[str]) -> dict[str, str]:
    """The sentences of these keys as they stand."""
    every = {f"p{i}": text for i, text in enumerate(draft.preamble)}
    every |= {f"c{i}": row.text for i, row in enumerate(draft.clauses)}
    every |= {f"k{i}": text for i, text in enumerate(draft.closing)}
    return {key: every[key] for key in keys if key in every}


def renewed(draft: PlanDraft) -> PlanDraft:
    """Last year's draft for another year: same venues, sectors and duties, everything that was dated left blank."""
    doubts = [Doubt(row.clause, _("Ngày của buổi này cần điền mới.")) for row in draft.sittings]
    if draft.subject and DATED.search(draft.subject):
        doubts.append(Doubt(Place.HEADING, _("Trích yếu còn ghi năm cũ.")))
    if draft.parent:
        doubts.append(
            Doubt(Place.PREAMBLE, _("Văn bản căn cứ %(number)s là của lần trước.") % {"number": draft.parent.number})
        )
    return replace(
        draft,
        number=None,
        date=None,
        month=None,
        issue_year=None,
        year=None,
        sittings=tuple(replace(row, date=None) for row in draft.sittings),
        doubts=tuple(dict.fromkeys(doubts)),
    )
