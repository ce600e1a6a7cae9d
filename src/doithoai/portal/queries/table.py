"""The figures of one dialogue: on its page with their denominators, as bars by sector, and as a table to take away."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from doithoai.intake.models import Opinion
from doithoai.live.models import MinuteEntry, Turn
from doithoai.planning.models import Dialogue
from doithoai.portal.queries.opinions import PublicOpinion
from doithoai.roster.queries import attendance_figures
from doithoai.survey.models import Response
from doithoai.survey.queries import FEWEST, SATISFIED
from doithoai.web.acts import Figure

Cut = Literal["done", "late", "hand", "other"]
CUTS: Final[tuple[Cut, ...]] = ("done", "late", "hand", "other")
BAR: Final = 600


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted. `opinions` are all that were received and not withdrawn, or that the notice reported;
    `published` are those on the page.

    `satisfied` of `rated` is (0, 0) until the survey is over and enough people answered: fewer than five are not
    shown, and an open survey would give its newest answer away.
    """

    invited: int
    came: int
    spoke: int
    minuted: int
    opinions: int
    published: int
    standings: Mapping[str, int]
    on_time: int
    satisfied: int
    rated: int

    @property
    def answered(self) -> int:
        """Opinions that have their answer."""
        return self.standings.get("answered", 0)

    @property
    def guided(self) -> int:
        """Complaints on the page and denunciations, which are counted and never shown: the notice has one sum for both."""
        return self.standings.get("guided", 0) + max(0, self.opinions - self.published)


def received() -> Coalesce:
    """An annotation of dialogues: opinions that were not withdrawn, or that the notice reported all the same."""
    reported = Q(notice_lines__notice__issued_at__isnull=False)
    rows = Opinion.objects.filter(~Q(state="withdrawn") | reported, dialogue=OuterRef("pk")).order_by()
    counted = rows.values("dialogue").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def counts_of(dialogue: Any, rows: Sequence[PublicOpinion], today: date) -> Counts:
    """Count a dialogue (read with `opinions_received=received()`) in three queries, beside its lines."""
    people = attendance_figures(dialogue)
    spoke, minuted = _turns(dialogue)
    satisfied, rated = _satisfaction(dialogue, today)
    standings = Counter(str(row.standing) for row in rows)
    return Counts(
        invited=people["invited"],
        came=people["attended"] + people["substituted"],
        spoke=spoke,
        minuted=minuted,
        opinions=dialogue.opinions_received,
        published=len(rows),
        standings=standings,
        on_time=sum(row.standing == "answered" and not row.is_late for row in rows),
        satisfied=satisfied,
        rated=rated,
    )


def _turns(dialogue: Dialogue) -> tuple[int, int]:
    """Turns that were spoken, and how many of them stand in the minutes or have a stated reason why not."""
    written = MinuteEntry.objects.filter(turn=OuterRef("pk"), kind=MinuteEntry.Kind.OPINION)
    rows = Turn.objects.filter(sitting__dialogue=dialogue, state__in=("done", "speaking", "paused"))
    facts = rows.annotate(is_written=Exists(written)).values_list("state", "not_minuted_reason", "is_written")
    spoken = list(facts)
    missing = sum(state == "done" and not reason and not is_written for state, reason, is_written in spoken)
    return len(spoken), len(spoken) - missing


def _satisfaction(dialogue: Dialogue, today: date) -> tuple[int, int]:
    over = Response.objects.filter(survey__dialogue=dialogue, survey__closes_on__lt=today)
    marks = [scores["overall"] for scores in over.values_list("scores", flat=True) if "overall" in scores]
    return (sum(mark in SATISFIED for mark in marks), len(marks)) if len(marks) >= FEWEST else (0, 0)


def figures_of(counts: Counts) -> list[Figure]:
    """The figures at the head of the page, each with its denominator; none that has nothing to count."""
    opinions = str(counts.opinions)
    figures = [
        (counts.spoke, Figure(str(counts.minuted), str(counts.spoke), _("lượt phát biểu đã ghi vào biên bản"))),
        (counts.published, Figure(str(counts.answered), opinions, _("ý kiến đã có trả lời"))),
        (
            counts.published,
            Figure(
                str(counts.standings.get("in_hand", 0)), opinions, _("ý kiến đang giải quyết, có đơn vị giữ và có hạn")
            ),
        ),
        (counts.rated, Figure(str(counts.satisfied), str(counts.rated), _("phiếu khảo sát chọn mức hài lòng"))),
    ]
    return [figure for base, figure in figures if base]


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a sector's bar, in units of which the whole bar has 600."""

    look: Cut
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class SectorPart:
    """The lines of one sector: how many of each cut, in words too, and the pieces of its bar."""

    code: str
    name: str
    total: int
    cuts: Mapping[Cut, int]

    @property
    def words(self) -> str:
        """“13 đúng hạn, 2 đang giải quyết”; of no cut that is empty."""
        names = cut_names()
        return ", ".join(f"{self.cuts[cut]} {names[cut]}" for cut in CUTS if self.cuts.get(cut))

    @property
    def bars(self) -> list[Bar]:
        """The pieces, side by side, a gap of two units between them."""
        pieces, before = [], 0
        for cut in CUTS:
            after = before + self.cuts.get(cut, 0)
            left, right = BAR * before // self.total, BAR * after // self.total
            if after > before:
                pieces.append(Bar(cut, left + 1, max(1, right - left - 2)))
            before = after
        return pieces


def cut_names() -> dict[Cut, str]:
    """What each cut is called in a sentence and in the legend."""
    return {
        "done": _("trả lời đúng hạn"),
        "late": _("quá hạn"),
        "hand": _("đang giải quyết, còn hạn"),
        "other": _("chuyển nơi khác, hướng dẫn hoặc không tiếp nhận"),
    }


def cut_of(row: PublicOpinion) -> Cut:
    """Which piece of the bar a line belongs to."""
    if row.standing not in ("answered", "in_hand"):
        return "other"
    if row.is_late:
        return "late"
    return "done" if row.standing == "answered" else "hand"


def sector_parts(rows: Iterable[PublicOpinion]) -> list[SectorPart]:
    """The lines sector by sector, in the order of the notice; lines of no sitting come last."""
    groups: dict[tuple[str, str], Counter[Cut]] = {}
    for row in rows:
        groups.setdefault((row.sector_code, row.sector or _("Nội dung khác")), Counter())[cut_of(row)] += 1
    return [SectorPart(code, name, cuts.total(), cuts) for (code, name), cuts in groups.items()]


FIGURES_HEADER: Final = ("nhom", "chi_tieu", "so", "tren")


def figures_table(counts: Counts, parts: Sequence[SectorPart]) -> Iterator[tuple[str, str, int, int]]:
    """Rows for a spreadsheet: group, what is counted, how many, of how many. The words are never translated."""
    everybody = "Chung"
    yield everybody, "Người dân có mặt, kể cả người đi thay", counts.came, counts.invited
    yield everybody, "Lượt phát biểu đã ghi vào biên bản", counts.minuted, counts.spoke
    if counts.published:
        tally = {**counts.standings, "guided": counts.guided}
        yield from ((everybody, words, tally.get(key, 0), counts.opinions) for key, words in TOLD.items())
        yield everybody, "Trả lời đúng hạn", counts.on_time, counts.answered
    if counts.rated:
        yield everybody, "Phiếu khảo sát chọn mức hài lòng", counts.satisfied, counts.rated
    for part in parts:
        yield from ((part.name, words, part.cuts.get(cut, 0), part.total) for cut, words in CUT_TOLD.items())


TOLD: Final = {
    "answered": "Ý kiến đã trả lời",
    "in_hand": "Ý kiến đang giải quyết",
    "transferred": "Ý kiến đã chuyển cơ quan có thẩm quyền",
    "guided": "Nội dung đã hướng dẫn theo pháp luật về khiếu nại, tố cáo",
    "not_taken": "Ý kiến không tiếp nhận, đã nêu lý do",
}
CUT_TOLD: Final[Mapping[Cut, str]] = {
    "done": "Trả lời đúng hạn",
    "late": "Trả lời quá hạn hoặc đang quá hạn",
    "hand": "Đang giải quyết, còn hạn",
    "other": "Chuyển nơi khác, hướng dẫn hoặc không tiếp nhận",
}
