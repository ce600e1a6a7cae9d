"""A plan written from nothing: from what was typed to the wording of an official plan, in the product's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from doithoai.directory.models import Agency
from doithoai.planning.imports import (
    AttendeeDraft,
    Clause,
    Due,
    DutyDraft,
    ParentPlan,
    PlanDraft,
    Quota,
    SignerDraft,
    SittingDraft,
)
from doithoai.planning.imports.correction import Beyond
from doithoai.planning.imports.draft import VenueDraft
from doithoai.rules.deadlines import UNIT_WORDS, Term
from doithoai.rules.paper import letter, roman
from doithoai.rules.vietnamese import count, paper_date, paper_time, paper_weekday_date

SIDES = {"before": "trước khi diễn ra đối thoại", "after": "sau khi kết thúc đối thoại"}
MODES = {
    "online": "Đối thoại trực tuyến giữa các điểm cầu",
    "in_person": "Đối thoại trực tiếp",
    "hybrid": "Đối thoại trực tiếp kết hợp trực tuyến",
}
OPENING = time(12, 0)
NOTHING = Beyond()


@dataclass(frozen=True, slots=True)
class Task:
    """A duty as typed: whose, what, by which rule of the profile (None: without one), with whom."""

    office: str
    what: str
    term: Term | None
    supporting: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed of a plan and can be read; what was not is None or empty. `venues` name their ward, if any."""

    subject: str
    year: int | None
    territory: str
    parent: ParentPlan | None
    bases: tuple[str, ...]
    purposes: tuple[str, ...]
    requirements: tuple[str, ...]
    mode: str
    platform: str
    how_to_attend: str
    change: str
    venues: tuple[VenueDraft, ...]
    sittings: tuple[SittingDraft, ...]
    central: tuple[str, ...]
    local: tuple[str, ...]
    tasks: tuple[Task, ...]
    recipients: tuple[str, ...]
    chair: str
    co_chair: str
    signer: SignerDraft
    desk: str | None
    secretariat: str
    beyond: Beyond = NOTHING


def compose(said: Written, agency: Agency) -> PlanDraft:
    """The draft of a plan, its whole wording made from what was typed; what is missing leaves dots in the text."""
    clauses = list(_clauses(said))
    return PlanDraft(
        issuer=agency.short_name,
        number=None,
        symbol=f"KH-{agency.symbol}",
        issue_place=agency.place,
        date=None,
        month=None,
        issue_year=None,
        parent=said.parent,
        subject=said.subject or None,
        year=said.year,
        territory=said.territory or None,
        mode=said.mode or None,  # type: ignore[arg-type]  # the form offers the three modes alone
        platform=said.platform or None,
        platform_as_written=said.platform or None,
        sectors=tuple(dict.fromkeys(row.sector for row in said.sittings if row.sector)),
        venues=said.venues,
        sittings=tuple(replace(row, clause=f"II.2-{at}") for at, row in enumerate(said.sittings, start=1)),
        expected_total=sum(row.expected or 0 for row in said.sittings) or None,
        quotas=tuple(_quotas(said)),
        chair=said.chair or None,
        co_chair=said.co_chair or None,
        attendance=tuple(_attendance(said)),
        duties=tuple(_duty(task, path) for task, path in zip(said.tasks, _task_paths(said), strict=True)),
        recipients=said.recipients or (f"Lưu: VT, {_symbol(agency)}",),
        signer=said.signer,
        purposes=said.purposes,
        requirements=said.requirements,
        preamble=(_preamble(said, agency),),
        clauses=tuple(clauses),
        closing=(_closing(said, agency),),
        doubts=(),
    )


def _symbol(agency: Agency) -> str:
    office = agency.offices.filter(kind="secretariat").first()
    return office.symbol if office and office.symbol else "VP"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _preamble(said: Written, agency: Agency) -> str:
    parent, subject = said.parent, _lower(said.subject or "……")
    issued = f"{agency.name} ban hành Kế hoạch {subject}, cụ thể như sau:"
    if parent is None:
        return issued
    on = f" {paper_date(parent.date)}" if parent.date else ""
    about = f" về {_lower(parent.subject)}" if parent.subject else ""
    return f"Thực hiện {_kind(parent)} số {parent.number}{on} của {parent.issuer or agency.name}{about}, {issued}"


def _kind(parent: ParentPlan) -> str:
    """What a paper is called by its symbol."""
    names = {"KH": "Kế hoạch", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CT": "Chỉ thị", "CTr": "Chương trình"}
    return names.get(parent.number.partition("/")[2].partition("-")[0], "Văn bản")


def _closing(said: Written, agency: Agency) -> str:
    return (
        f"Trên đây là Kế hoạch {_lower(said.subject or '……')}; yêu cầu thủ trưởng các cơ quan, đơn vị liên quan tổ chức thực hiện "
        "nghiêm túc. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị báo cáo "
        f"{agency.name} (qua {said.secretariat}) để xem xét, chỉ đạo."
    )


# ---- the body


def _clauses(said: Written) -> Iterator[Clause]:
    parts = (
        ("MỤC ĐÍCH, YÊU CẦU", (("Mục đích", _dashes(said.purposes)), ("Yêu cầu", _dashes(said.requirements)))),
        (
            "NỘI DUNG",
            (
                ("Hình thức, địa điểm", list(_where(said))),
                ("Thời gian, lĩnh vực", list(_when(said))),
                ("Cách thức tham dự", _dashes([said.how_to_attend or "……"])),
            ),
        ),
    )
    for at, (title, sections) in enumerate(parts, start=1):
        yield Clause(roman(at), f"{roman(at)}.", title)
        for number, (name, lines) in enumerate(sections, start=1):
            yield from _section(f"{roman(at)}.{number}", f"{number}.", name, lines)
    yield from _who("II.4", said)
    yield Clause("III", "III.", "TỔ CHỨC THỰC HIỆN")
    yield from _carried_out(said)


Line = tuple[str, str]
"""A mark and its text."""


def _dashes(texts: Sequence[str]) -> list[Line]:
    last = len(texts) - 1
    return [("-", _ended(text, is_last=at == last)) for at, text in enumerate(texts)] or [("-", "…….")]


def _ended(text: str, *, is_last: bool = True) -> str:
    return text.rstrip(" .;") + ("." if is_last else ";")


def _section(path: str, mark: str, name: str, lines: Sequence[Line]) -> Iterator[Clause]:
    yield Clause(path, mark, name)
    for at, (own, text) in enumerate(lines, start=1):
        yield Clause(f"{path}-{at}", own, text)


def _where(said: Written) -> Iterator[Line]:
    platform = f" qua phần mềm {said.platform}" if said.platform and said.mode != "in_person" else ""
    yield "-", f"{MODES.get(said.mode, '……')}{platform};"
    central = next((row.name for row in said.venues if row.central), "……")
    others = [row.name for row in said.venues if not row.central]
    yield "-", f"Điểm cầu trung tâm: {central}{';' if others else '.'}"
    if others:
        yield "-", f"Điểm cầu thành phần: {', '.join(others)}."


def _when(said: Written) -> Iterator[Line]:
    for at, row in enumerate(said.sittings):
        when = said.beyond.when(at)
        starts = f"Dự kiến {when}" if when and not row.date else _hours(row)
        lead = row.lead_office or "……"
        yield "-", f"{starts}: lĩnh vực {row.sector or '……'}, {lead} chủ trì nội dung{_turns(row)};"
    total = sum(row.expected or 0 for row in said.sittings)
    if total:
        yield "-", f"Dự kiến số lượt người được tiếp tại các buổi đối thoại: {count(total, 'lượt người')};"
    yield "-", _ended(said.change or "……")


def _hours(row: SittingDraft) -> str:
    start, end = (paper_time(at) if at else "…… giờ" for at in (row.start, row.end))
    return f"Từ {start} đến {end}, {paper_weekday_date(row.date) if row.date else 'ngày ……'}"


def _turns(row: SittingDraft) -> str:
    asked = [
        f"dự kiến {count(row.expected, 'lượt người')}" if row.expected else "",
        f"mời {count(row.invite, 'công dân')}" if row.invite else "",
    ]
    return "".join(f", {part}" for part in asked if part)


def _who(path: str, said: Written) -> Iterator[Clause]:
    yield Clause(path, "4.", "Thành phần")
    central = next((row.name for row in said.venues if row.central), "trung tâm")
    yield Clause(f"{path}.a", f"{letter(1)})", f"Tại điểm cầu {central}")
    beside = [f"Đồng chủ trì: {said.co_chair}"] if said.co_chair else []
    lines = [f"Chủ trì: {said.chair or '……'}", *beside, *said.central]
    yield from _lines(f"{path}.a", lines)
    if len(said.venues) > 1:
        yield Clause(f"{path}.b", f"{letter(2)})", "Tại các điểm cầu thành phần")
        yield from _lines(f"{path}.b", said.local)


def _lines(path: str, texts: Sequence[str]) -> Iterator[Clause]:
    for at, (mark, text) in enumerate(_dashes(texts), start=1):
        yield Clause(f"{path}-{at}", mark, text)


def _carried_out(said: Written) -> Iterator[Clause]:
    """Office by office, in the order in which each was first given something."""
    offices = dict.fromkeys(task.office for task in said.tasks)
    for number, office in enumerate(offices, start=1):
        tasks = [task for task in said.tasks if task.office == office]
        title = f"Đề nghị {office}" if _is_asked(office) else office
        yield from _section(f"III.{number}", f"{number}.", title, _dashes([_task_words(task) for task in tasks]))


def _is_asked(office: str) -> bool:
    """The Front and bodies of the Party are asked, never assigned."""
    return any(word in office for word in ("Mặt trận", "Đảng ủy", "Hội đồng nhân dân", "MTTQ"))


def _task_words(task: Task) -> str:
    supporting = f"Chủ trì, phối hợp với {task.supporting}, {_lower(task.what)}" if task.supporting else task.what
    if task.term is None:
        return supporting
    term = task.term
    side = SIDES[term.side] if term.anchor in ("dialogue", "conference_end") else ""
    return f"{supporting.rstrip(' .;')}, chậm nhất {count(term.count, UNIT_WORDS[term.unit])} {side}".rstrip()


# ---- the parts that are data


def _task_paths(said: Written) -> list[str]:
    """The clause of each duty, as `_carried_out` writes them."""
    offices = list(dict.fromkeys(task.office for task in said.tasks))
    told = dict.fromkeys(offices, 0)
    paths = []
    for task in said.tasks:
        told[task.office] += 1
        paths.append(f"III.{offices.index(task.office) + 1}-{told[task.office]}")
    return paths


def _duty(task: Task, path: str) -> DutyDraft:
    due = None
    if task.term and task.term.anchor in ("dialogue", "conference_end"):
        anchor = "dialogue" if task.term.anchor == "dialogue" else "conference_end"
        due = Due(task.term.count, task.term.unit, task.term.side, anchor)  # type: ignore[arg-type]  # narrowed just above
    supporting = (task.supporting,) if task.supporting else ()
    return DutyDraft(task.office, _task_words(task), due, None, supporting, path)


def _quotas(said: Written) -> Iterator[Quota]:
    wards = tuple(row.place for row in said.venues if row.place and not row.central)
    for at, row in enumerate(said.sittings, start=1):
        if row.invite:
            text = f"mời {count(row.invite, 'công dân')} đã làm thủ tục lĩnh vực {row.sector or '……'}"
            yield Quota(row.lead_office, row.invite, row.sector, row.half_day, wards, said.desk, text, f"II.2-{at}")


def _attendance(said: Written) -> Iterator[AttendeeDraft]:
    """Who attends, each with the clause that `_who` writes of them."""
    central = next((row.name for row in said.venues if row.central), None)
    beside = [part for part in said.co_chair.split("; ") if part]
    yield AttendeeDraft(central, said.chair or "……", "chair", (), "II.4.a-1")
    for one in beside:
        yield AttendeeDraft(central, one, "co_chair", (), "II.4.a-2")
    for at, who in enumerate(said.central, start=3 if beside else 2):
        yield AttendeeDraft(central, who, "delegate", (), f"II.4.a-{at}")
    for at, who in enumerate(said.local, start=1):
        role = "citizen" if "công dân" in who.casefold() else "delegate"
        yield AttendeeDraft(None, who, role, (), f"II.4.b-{at}")  # type: ignore[arg-type]  # one of the two just named


def half_day(start: time | None) -> str | None:
    """Morning or afternoon, by the hour at which a sitting begins."""
    if start is None:
        return None
    return "morning" if start < OPENING else "afternoon"


def last_day(said: Written) -> date | None:
    """The day on which the last sitting is held, once one has a day."""
    return max((row.date for row in said.sittings if row.date), default=None)
