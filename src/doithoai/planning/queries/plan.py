"""What the plan says, and what is missing from it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import calendar_of, open_offices, profile_of
from doithoai.documents.models import Document
from doithoai.journal.queries import Line
from doithoai.kernel import clock
from doithoai.kernel.access import YES, Actor, Verdict
from doithoai.planning.models import (
    Consultation,
    Deadline,
    Dialogue,
    Duty,
    Evidence,
    Remark,
    Sitting,
    Writing,
)
from doithoai.planning.queries.terms import OWN, own_due, settled
from doithoai.rules import cochair, officenames
from doithoai.rules.chain import Fault
from doithoai.rules.deadlines import Due, Term, compute
from doithoai.rules.profiles import Profile
from doithoai.rules.vietnamese import page_date, page_time, short_date
from doithoai.rules.workdays import WorkCalendar


def office_named(offices: Sequence[Office], text: str) -> Office | None:
    """The office that a plan means by `text`, by its name or a former one; None where it names none of them."""
    named = {former.name: office for office in offices for former in office.former_names.all()}
    named |= {office.name: office for office in offices}
    found = officenames.best(text, named)
    return named[found] if found else None


def visible_to(actor: Actor) -> list[Dialogue]:
    """The dialogues of the actor's agency, newest first; none for a stranger."""
    if actor.agency_id is None:
        return []
    return list(Dialogue.objects.filter(agency_id=actor.agency_id).order_by("-year", "-code"))


def open_writings(agency: Agency) -> list[Writing]:
    """Plans being written or read that became no dialogue yet, last kept first."""
    rows = Writing.objects.filter(agency=agency, dialogue=None).exclude(step__in=(Writing.DROPPED, Writing.APPLIED))
    return list(rows.select_related("by").order_by("-saved_at"))


def sittings_of(dialogue: Dialogue) -> list[Sitting]:
    """The sittings in the order of their hours, with what their pages and papers need."""
    return list(
        Sitting.objects.filter(dialogue=dialogue)
        .select_related("sector", "lead", "dialogue__agency")
        .order_by("starts_at", "ordinal")
    )


def brief(sitting: Sitting) -> str:
    """A sitting in a few words, for the titles of its papers: “buổi 07:30 ngày 22/12/2021”."""
    starts = clock.local(sitting.starts_at, sitting.agency.zone)
    return f"buổi {page_time(starts.time())} ngày {short_date(sitting.day)}"


def became(sitting: Sitting) -> str:
    """What has become of a sitting, in one Vietnamese sentence for those who hold it."""
    starts, ends = (clock.local(at, sitting.agency.zone).time() for at in (sitting.starts_at, sitting.ends_at))
    name, day = f"Buổi đối thoại lĩnh vực {sitting.sector.name}", page_date(sitting.day)
    was = f"{name} ({page_time(starts)}, {day})"
    words = {"postponed": f"{was} hoãn lại, chưa có giờ mới.", "cancelled": f"{was} không tổ chức nữa."}
    return words.get(sitting.state, f"{name} đổi sang {page_time(starts)} đến {page_time(ends)}, {day}.")


def last_day(dialogue: Dialogue) -> date:
    """The day on which the conference ends: that of its last sitting (cancelled ones do not count).

    Of a dialogue in writing: the last day for sending opinions.
    """
    if dialogue.written_until:
        return dialogue.written_until
    rows = sittings_of(dialogue)
    held = [sitting for sitting in rows if sitting.state not in ("cancelled", "postponed")]
    return max(sitting.day for sitting in held or rows)


def deadlines_of(dialogue: Dialogue) -> list[Deadline]:
    """The deadlines in force, earliest first."""
    return list(Deadline.objects.filter(dialogue=dialogue, superseded_at=None).select_related("sitting"))


def binding_deadline(dialogue: Dialogue, duty: str, sitting: Sitting | None = None) -> Deadline | None:
    """The deadline that binds for a duty, of one sitting where they differ."""
    rows = [row for row in deadlines_of(dialogue) if row.duty == duty and row.is_binding]
    own = [row for row in rows if sitting and row.sitting_id == sitting.pk]
    return next(iter(own or rows), None)


def ownerless(dialogue: Dialogue) -> list[Duty]:
    """Duties that nobody answers for: no office, or no accountable head."""
    return list(Duty.objects.filter(dialogue=dialogue).exclude(office__isnull=False, accountable__isnull=False))


def missing_recipients(dialogue: Dialogue) -> list[Office]:
    """Offices that attend or carry a duty and stand in no line of Nơi nhận: the invitation would be all they get."""
    listed = set(dialogue.recipients.exclude(office=None).values_list("office_id", flat=True))
    involved = {row.office for row in dialogue.duties.select_related("office") if row.office}
    for venue in dialogue.venues.prefetch_related("attendance__office"):
        involved.update(row.office for row in venue.attendance.all() if row.office)
    listed.add(dialogue.secretariat_id)
    return sorted((office for office in involved if office.pk not in listed), key=lambda office: office.code)


def co_chair_problem(words: str, chair_name: str, chair_title: str) -> str:
    """Why these words cannot name the co-chair beside this chair, in a sentence; empty where they can, or name nobody."""
    for one in cochair.co_chairs(words):
        if one.is_same(chair_name, chair_title):
            return _("người đồng chủ trì trùng với người chủ trì là %(name)s; cần một người khác.") % {
                "name": chair_name or chair_title
            }
    if len(words) > cochair.LONGEST:
        return _("dòng đồng chủ trì dài quá %(most)s chữ.") % {"most": cochair.LONGEST}
    for one in cochair.incompetent(words):
        return _(
            "“%(post)s” không phải lãnh đạo Hội đồng nhân dân, cấp ủy, Mặt trận hoặc Ủy ban nhân dân; cần họ tên và chức vụ của "
            "người đồng chủ trì."
        ) % {"post": one.post or one.name}
    return ""


def agency_offices(agency: Agency) -> list[Office]:
    """The offices of an agency that something may be given to, by code."""
    return list(open_offices(agency).prefetch_related("former_names"))


def ruling_of(dialogue: Dialogue) -> tuple[Profile, WorkCalendar]:
    """The rules in force for a dialogue: the profile it follows, and the agency's calendar."""
    return profile_of(dialogue.agency, dialogue.profile_key), calendar_of(dialogue.agency)


def counted(
    dialogue: Dialogue,
    sittings: Sequence[Sitting],
    *,
    written_until: date | None = None,
    under: tuple[Profile, WorkCalendar] | None = None,
) -> Iterator[tuple[Sitting | None, Due]]:
    """Every deadline of the dialogue, counted from these sittings (stored ones, or as they would be moved).

    Those of its profile, and beside them the plan's own where they differ: then one of the two binds, see `settled`.
    Sittings of one day share one count (None); each has its own where the days differ. What counts from the end
    of the conference counts from the last day. In writing (stored, or as it would be with `written_until`) there
    is no day to prepare for, and the last day for sending opinions is the end. Nothing is counted for a dialogue
    whose sittings are all called off or postponed with no new day, and nothing from a day that is only expected: while
    there is one, the end of the conference is not known. `under` are rules that are not in force yet.
    """
    profile, calendar = under or ruling_of(dialogue)
    until = written_until or dialogue.written_until
    found = list(_by_rules(dialogue, sittings, until, profile, calendar))
    duties = list(dialogue.duties.exclude(rule="").order_by("pk")) if found else []
    yield from settled(found, duties, _anchors(dialogue, sittings, until), profile, calendar, is_binding)


def _held(sittings: Iterable[Sitting]) -> tuple[list[Sitting], bool]:
    """The sittings whose day stands, and whether there is one whose day is only expected."""
    held = [sitting for sitting in sittings if sitting.state not in ("cancelled", "postponed")]
    fixed = [sitting for sitting in held if not sitting.tentative]
    return fixed, len(fixed) < len(held)


def _anchors(dialogue: Dialogue, sittings: Sequence[Sitting], until: date | None) -> dict[str, date]:
    """The days from which a plan's terms count, those that are known."""
    plan = dialogue.plan_in_force
    issued = {"issue": plan.issued_on} if plan and plan.issued_on else {}
    if until:
        return {**issued, "conference_end": until}
    fixed, is_open = _held(sittings)
    days = [sitting.day for sitting in fixed]
    if not days:
        return issued
    return {**issued, "dialogue": min(days)} | ({} if is_open else {"conference_end": max(days)})


def _by_rules(
    dialogue: Dialogue, sittings: Sequence[Sitting], until: date | None, profile: Profile, calendar: WorkCalendar
) -> Iterator[tuple[Sitting | None, Due]]:
    if until:
        yield from ((None, due) for due in due_from(profile, dialogue.answers, calendar, [], until))
        return
    held, is_open = _held(sittings)
    days = {sitting.day for sitting in held}
    if is_open:
        terms = [term for term in profile.terms_for(dialogue.answers) if term.anchor == "dialogue"]
        yield from ((row, compute(term, row.day, calendar)) for term in terms for row in held)
    elif len(days) == 1:
        yield from ((None, due) for due in due_from(profile, dialogue.answers, calendar, days, max(days)))
    elif held:
        for term in profile.terms_for(dialogue.answers):
            each: list[tuple[Sitting | None, date]] = [(None, max(days))]
            if term.anchor == "dialogue":
                each = [(row, row.day) for row in held]
            for sitting, day in each:
                yield from ((sitting, due) for due in _count(profile, term, calendar, [day], max(days)))


def due_from(
    profile: Profile, answers: Mapping[str, bool], calendar: WorkCalendar, days: Iterable[date], end: date
) -> Iterator[Due]:
    """Every deadline of a profile under these answers, for a conference on these days that ends on `end`."""
    held = list(days)
    for term in profile.terms_for(answers):
        yield from _count(profile, term, calendar, held, end)


def _count(profile: Profile, term: Term, calendar: WorkCalendar, days: Sequence[date], end: date) -> Iterator[Due]:
    if term.anchor == "dialogue":
        yield from (compute(term, day, calendar) for day in days)
    elif term.anchor == "conference_end":
        yield compute(term, end, calendar)
    elif term.anchor == "result_notice":
        notice = profile.term("result_notice")
        yield compute(term, compute(notice, end, calendar).due_on, calendar)


def binds(dialogue: Dialogue, term: Term) -> bool:
    """Whether a term binds: of several readings of one rule only the chosen one does."""
    return is_binding(profile_of(dialogue.agency, dialogue.profile_key), term)


def is_binding(profile: Profile, term: Term) -> bool:
    """Whether a term, taken from `terms_for`, binds under its profile."""
    return term.binding and (not term.reading_of or term.slug == profile.term(term.duty).slug)


# ---- files of evidence


def evidence_faults(lines: Iterable[Line], stored: Set[str]) -> Iterator[Fault]:
    """Check that every file of evidence is the one that the journal names, and that it is kept.

    `lines` are the journal's entries of attaching, `stored` the names of the files that are kept.
    """
    told = {(line.facts["duty"], line.facts["evidence"]): line.facts["file"] for line in lines}
    for row in Evidence.objects.select_related("duty").order_by("pk").iterator():
        where = f"minh chứng {row.ordinal} của {row.duty.code}"
        if told.pop((row.duty.code, row.ordinal), None) != row.sha256:
            yield Fault(where, "không phải tệp đã ghi trong nhật ký")
        if row.sha256 not in stored:
            yield Fault(where, f"thiếu tệp {row.sha256[:16]}…")
    for duty, ordinal in told:
        yield Fault(f"minh chứng {ordinal} của {duty}", "nhật ký có, cơ sở dữ liệu không còn")


# ---- legal grounds


LAW: Final = re.compile(r"\b(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Kế hoạch số)\b")
YEAR: Final = re.compile(r"/((?:19|20)\d\d)\b|\b(?:Luật|năm)[^,;]*?\b((?:19|20)\d\d)\b")
ASIDE: Final = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Basis:
    """A law with its article as a plan may cite it, the rules that rest on it, and whether it binds or is borrowed."""

    law: str
    rests: tuple[str, ...]
    is_binding: bool

    @property
    def line(self) -> str:
        """As the paper prints it, without its mark."""
        return f"Căn cứ {self.law}"


def bases_offered(profile: Profile, answers: Mapping[str, bool], year: int) -> list[Basis]:
    """The laws of a profile that a plan of this year may cite, each with its article, binding ones first.

    A law made after that year is left out, and so is what rests on no law (a custom, the plan itself).
    """
    found: dict[str, list[tuple[str, bool]]] = {}
    for law in profile.basis:
        found.setdefault(cited(law), []).append(("", True))
    for term in profile.terms_for(answers):
        found.setdefault(cited(term.law), []).append((term.words, is_binding(profile, term)))
    for rule in (*profile.gates, *profile.plan_parts, *profile.separations):
        found.setdefault(cited(rule.law), []).append((rule.words, False))
    rows = [
        Basis(
            law, tuple(dict.fromkeys(words for words, _binds in rests if words)), any(binds for _words, binds in rests)
        )
        for law, rests in found.items()
        if LAW.search(law) and _year_of(law) <= year
    ]
    return sorted(rows, key=lambda row: not row.is_binding)


def cited(law: str) -> str:
    """A law as it is cited: without what the profile notes about it."""
    return ASIDE.sub("", law.removeprefix("Mượn của ")).strip()


def _year_of(law: str) -> int:
    return max((int(year) for pair in YEAR.findall(law) for year in pair if year), default=0)


@dataclass(frozen=True, slots=True)
class Contest:
    """A duty whose own term in the plan is not that of the rules: both counted, which one binds, and why."""

    duty: Duty
    own: Due
    rule: Due | None
    why: str

    @property
    def by_plan(self) -> bool:
        """Whether the plan's term binds."""
        return self.own.term.binding


def contests(dialogue: Dialogue) -> list[Contest]:
    """Where the plan's terms and the rules differ, in the order of the duties."""
    profile = profile_of(dialogue.agency, dialogue.profile_key)
    found = [due for _at, due in counted(dialogue, sittings_of(dialogue))]
    duties = {f"{OWN}{row.code}": row for row in dialogue.duties.exclude(rule="").select_related("office")}
    rows = []
    for own in found:
        if duty := duties.get(own.term.slug):
            known = any(term.duty == duty.rule for term in profile.terms)
            slug = profile.term(duty.rule).slug if known else ""
            rule = min((due for due in found if due.term.slug == slug), key=lambda due: due.due_on, default=None)
            rows.append(Contest(duty, own, rule, own.term.note))
    return rows


def duty_days(dialogue: Dialogue) -> dict[str, Due]:
    """By when the plan wants each duty done, counted from the sittings as they stand; duties without a term are left out."""
    if dialogue.written_until:
        return {}
    calendar, anchors = calendar_of(dialogue.agency), _anchors(dialogue, sittings_of(dialogue), None)
    rows = dialogue.duties.exclude(term={}, due_on=None).order_by("pk")
    return {row.code: due for row in rows if (due := own_due(row, anchors, calendar))}


# ---- the wording of a plan, and what offices say about it


def place_texts(dialogue: Dialogue) -> dict[str, str]:
    """The sentences of a plan by the place where they stand: `p0` of the opening, `c3` of a clause, `k0` of the close."""
    text = dialogue.plan_text
    every = {f"p{i}": line for i, line in enumerate(text.get("preamble", []))}
    every |= {f"c{i}": clause["text"] for i, clause in enumerate(text.get("clauses", []))}
    return every | {f"k{i}": line for i, line in enumerate(text.get("closing", []))}


def consultation_of(dialogue: Dialogue) -> Consultation | None:
    """The consultation that is running."""
    return Consultation.objects.filter(dialogue=dialogue, closed_at=None).order_by("-pk").first()


def unanswered(dialogue: Dialogue) -> list[Remark]:
    """Remarks on the draft that the drafter has not answered."""
    rows = Remark.objects.filter(consulted__consultation__dialogue=dialogue, state="raised")
    return list(rows.select_related("consulted__office").order_by("ordinal"))


def remarks_answered(document: Document) -> Verdict:
    """Gate of approval: a plan is approved when every remark on it has its answer."""
    dialogue = Dialogue.objects.filter(plan=document).first() if document.kind == "plan" else None
    left = unanswered(dialogue) if dialogue else []
    if not left:
        return YES
    offices = "; ".join(dict.fromkeys(row.consulted.office.name for row in left))
    facts = {"count": len(left), "offices": offices}
    return Verdict(_("Chưa duyệt được: còn %(count)s góp ý của %(offices)s chưa trả lời.") % facts)


SENT_WITH_A_DAY: Final = ("invitation", "announcement", "opening_report", "script")


def day_is_fixed(document: Document) -> Verdict:
    """Gate of submitting and issuing: a paper that names the day of a sitting waits until that day is fixed."""
    if document.kind not in SENT_WITH_A_DAY:
        return YES
    rows = Sitting.objects.filter(dialogue__code=document.chain).exclude(tentative="")
    rows = rows.filter(code=document.about) if document.about else rows
    row = rows.select_related("sector").order_by("ordinal").first()
    return has_its_day(row) if row else YES


def has_its_day(sitting: Sitting) -> Verdict:
    """Whether the day of a sitting is fixed, not only expected."""
    if not sitting.tentative:
        return YES
    facts = {"sector": sitting.sector.name, "when": sitting.tentative}
    return Verdict(
        _("Chưa làm được: ngày của buổi %(sector)s chưa ấn định, mới dự kiến %(when)s. Ấn định ngày trước.") % facts
    )


DUTY_NAMES: Final = {
    "submission": later("Trình tổng hợp vướng mắc"),
    "result_notice": later("Ban hành thông báo kết quả"),
    "result_notice_art_43": later("Ban hành thông báo kết quả, theo luật sau này"),
    "result_notice_draft": later("Trình dự thảo thông báo kết quả"),
    "invitations": later("Chuyển giấy mời"),
    "announcement": later("Thông báo thời gian, địa điểm, nội dung"),
    "publication": later("Công khai"),
}
# Other ways to count the same clause, shown beside the chosen one.
READING_NAMES: Final = {
    "submission_calendar": later("Trình tổng hợp vướng mắc, đếm theo ngày lịch"),
    "submission_clear": later("Trình tổng hợp vướng mắc, đếm đủ ngày trọn ở giữa"),
    "submission_working": later("Trình tổng hợp vướng mắc, đếm theo ngày làm việc"),
}


def duty_name(duty: str, rule: str) -> str:
    """The short name of what must be done; the words of its rule where the product has none."""
    known = DUTY_NAMES.get(duty)
    return _(known) if known else rule


def deadline_name(deadline: Deadline) -> str:
    """What must be done by this deadline; a rule shown for comparison says how it counts."""
    other = None if deadline.is_binding else READING_NAMES.get(deadline.rule_slug)
    return _(other) if other else duty_name(deadline.duty, deadline.rule)
