"""The steps of a plan written from nothing: the fields of each, what can be read of them, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from doithoai.directory.models import Agency, Office, Place
from doithoai.planning.forms.choices import Choices
from doithoai.planning.forms.composing import Task, Written, half_day
from doithoai.planning.forms.fields import (
    MODES,
    choice_field,
    co_chair_field,
    co_chair_words,
    count_field,
    day_field,
    line_field,
    time_field,
)
from doithoai.planning.forms.proposing import Said, ward_of
from doithoai.planning.imports import ParentPlan, SignerDraft, SittingDraft
from doithoai.planning.imports.correction import Beyond
from doithoai.planning.imports.draft import VenueDraft
from doithoai.planning.imports.forecast import forecast
from doithoai.planning.queries import bases_offered, co_chair_problem
from doithoai.rules.profiles import Profile
from doithoai.rules.vietnamese import squeeze

STEPS: Final = {
    "chung": __("Thông tin chung"),
    "can-cu": __("Căn cứ"),
    "muc-dich": __("Mục đích, yêu cầu"),
    "hinh-thuc": __("Hình thức"),
    "diem-cau": __("Điểm cầu"),
    "buoi": __("Buổi, giờ, lĩnh vực"),
    "thanh-phan": __("Chủ trì, thành phần"),
    "nhiem-vu": __("Nhiệm vụ, thời hạn"),
    "noi-nhan": __("Nơi nhận"),
}
SPARE: Final = {"diem-cau": 2, "buoi": 1, "nhiem-vu": 2}
ROWS: Final = {"diem-cau": "venue", "buoi": "sitting", "nhiem-vu": "task"}
MOST_ROWS: Final = 60
PART_STEP: Final = {
    "parent": "can-cu", "purpose": "muc-dich", "requirements": "muc-dich", "mode": "hinh-thuc", "how_to_attend": "hinh-thuc",
    "change": "hinh-thuc", "venues": "diem-cau", "time": "buoi", "turns": "buoi", "quota": "buoi",
    "attendance": "thanh-phan", "signer": "thanh-phan", "assignments": "nhiem-vu", "submission": "nhiem-vu",
    "result": "nhiem-vu", "recipients": "noi-nhan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What a plan is written with: the agency, its rules, what it may choose from, and the year."""

    agency: Agency
    profile: Profile
    choices: Choices
    places: list[Place]
    year: int


def rows_of(step: str, said: Mapping[str, object]) -> int:
    """How many rows a step shows: those that hold anything, and some spare ones."""
    if step not in ROWS:
        return 0
    prefix = f"{ROWS[step]}-"
    used = [
        int(name.split("-")[1]) for name, value in said.items() if name.startswith(prefix) and value and _is_row(name)
    ]
    return min(MOST_ROWS, max(used, default=-1) + 1 + SPARE[step])


def _is_row(name: str) -> bool:
    at = name.split("-")[1]
    return at.isascii() and at.isdecimal() and len(at) < 3 and int(at) < MOST_ROWS


class StepForm(forms.Form):
    """One step, filled with what was typed; nothing is demanded here, for a draft may be incomplete."""

    def __init__(self, step: str, desk: Desk, said: Mapping[str, Any]) -> None:
        self.step, self.desk = step, desk
        super().__init__(_listed(said))
        self.count = rows_of(step, said)
        self.fields.update(_FIELDS[step](desk, self.count))

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields row by row, where the step has rows."""
        prefix = ROWS.get(self.step, "")
        return [[self[name] for name in self.fields if name == f"{prefix}-{at}" or name.startswith(f"{prefix}-{at}-")]
                for at in range(self.count)]  # fmt: skip

    def singles(self) -> list[forms.BoundField]:
        """The fields that stand alone."""
        prefix = f"{ROWS.get(self.step, '?')}-"
        return [self[name] for name in self.fields if not name.startswith(prefix)]

    def typed(self) -> dict[str, str | list[str]]:
        """What was typed, as it was typed, for keeping."""
        return {name: self[name].value() or "" for name in self.fields}


def _listed(said: Mapping[str, Any]) -> Any:
    """Typed values as Django's forms read them."""
    data = QueryDict(mutable=True)
    for name, value in said.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _general(desk: Desk, _rows: int) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {
        "subject": line_field(__("Trích yếu (tên cuộc đối thoại)"), 300, rows=2),
        "territory": line_field(__("Địa bàn"), 120),
    }
    answers = (("co", __("Có")), ("khong", __("Không")))
    for question in desk.profile.questions:
        made[f"question-{question.slug}"] = forms.ChoiceField(
            label=question.words, choices=answers, widget=forms.RadioSelect, required=False, help_text=question.law
        )
    return made


def _grounds(desk: Desk, _rows: int) -> dict[str, forms.Field]:
    offered = [(row.law, row) for row in bases_offered(desk.profile, {}, desk.year)]
    return {
        "parent_number": line_field(__("Số, ký hiệu văn bản được thực hiện"), 60),
        "parent_date": day_field(),
        "parent_issuer": line_field(__("Cơ quan ban hành văn bản ấy"), 200),
        "parent_subject": line_field(__("Văn bản ấy về việc gì"), 300, rows=2),
        "bases": forms.MultipleChoiceField(
            label=__("Căn cứ pháp lý ghi trong kế hoạch"),
            choices=offered,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": __("có dòng không còn trong bộ quy định.")},
        ),
        "own_bases": line_field(__("Căn cứ khác, mỗi dòng một văn bản"), 2000, rows=2),
    }


def _aims(_desk: Desk, _rows: int) -> dict[str, forms.Field]:
    return {
        "purposes": line_field(__("Mục đích, mỗi dòng một ý"), 4000, rows=6),
        "requirements": line_field(__("Yêu cầu, mỗi dòng một ý"), 4000, rows=6),
    }


def _manner(_desk: Desk, _rows: int) -> dict[str, forms.Field]:
    return {
        "mode": forms.ChoiceField(label=__("Hình thức"), choices=MODES, widget=forms.RadioSelect, required=False),
        "platform": line_field(__("Phần mềm họp, nếu trực tuyến"), 80),
        "how_to_attend": line_field(__("Cách thức tham dự"), 1000, rows=4),
        "change": line_field(__("Khi thay đổi thời gian thì thông báo thế nào"), 600, rows=3),
    }


def _venues(_desk: Desk, rows: int) -> dict[str, forms.Field]:
    centres = [(str(at), str(at)) for at in range(rows)]
    made: dict[str, forms.Field] = {"central": choice_field(__("Điểm cầu trung tâm"), centres)}
    for at in range(rows):
        made[f"venue-{at}"] = line_field(__("Tên điểm cầu"), 200)
        made[f"venue-{at}-address"] = line_field(__("Địa chỉ"), 200)
    return made


def _sittings(desk: Desk, rows: int) -> dict[str, forms.Field]:
    sectors = [(row.name, row.name) for row in desk.choices.sectors]
    offices = [(row.name, row.name) for row in desk.choices.offices]
    made: dict[str, forms.Field] = {}
    for at in range(rows):
        made |= {
            f"sitting-{at}-sector": choice_field(__("Lĩnh vực"), sectors),
            f"sitting-{at}-lead": choice_field(__("Đơn vị chủ trì nội dung"), offices),
            f"sitting-{at}-date": day_field(),
            f"sitting-{at}-start": time_field(__("Từ giờ")),
            f"sitting-{at}-end": time_field(__("Đến giờ")),
            f"sitting-{at}-expected": count_field(__("Số lượt dự kiến")),
            f"sitting-{at}-invite": count_field(__("Số công dân mời")),
            f"sitting-{at}-tentative": line_field(__("Ngày chưa ấn định: dự kiến khi nào"), 120),
        }
    return made


def _people(desk: Desk, _rows: int) -> dict[str, forms.Field]:
    leaders = [(row.code, f"{row.name}, {row.title}") for row in desk.choices.leaders]
    return {
        "chair": choice_field(__("Người chủ trì đối thoại, ký kế hoạch"), leaders),
        "co_chair": co_chair_field(),
        "central": line_field(__("Đại biểu tại điểm cầu trung tâm, mỗi dòng một nơi"), 3000, rows=6),
        "local": line_field(__("Thành phần tại các điểm cầu thành phần, mỗi dòng một nơi"), 3000, rows=5),
    }


def _duties(desk: Desk, rows: int) -> dict[str, forms.Field]:
    offices = [(row.name, row.name) for row in desk.choices.offices]
    terms = [(row.slug, row.words) for row in desk.profile.terms if row.anchor in ("dialogue", "conference_end")]
    made: dict[str, forms.Field] = {}
    for at in range(rows):
        made |= {
            f"task-{at}-office": choice_field(__("Đơn vị"), offices),
            f"task-{at}-supporting": choice_field(__("Phối hợp"), offices),
            f"task-{at}-what": line_field(__("Việc được giao"), 600, rows=2),
            f"task-{at}-term": choice_field(__("Thời hạn theo quy định"), terms),
        }
    return made


def _addressed(_desk: Desk, _rows: int) -> dict[str, forms.Field]:
    return {"recipients": line_field(__("Nơi nhận, mỗi dòng một nơi, dòng cuối là “Lưu: VT, …”"), 6000, rows=12)}


_FIELDS: Final = {
    "chung": _general, "can-cu": _grounds, "muc-dich": _aims, "hinh-thuc": _manner, "diem-cau": _venues,
    "buoi": _sittings, "thanh-phan": _people, "nhiem-vu": _duties, "noi-nhan": _addressed,
}  # fmt: skip


# ---- reading


def answers_of(desk: Desk, said: Said) -> dict[str, bool]:
    """The agency's answers to the questions of its profile."""
    typed = said.get("chung", {})
    return {row.slug: typed.get(f"question-{row.slug}") != "khong" for row in desk.profile.questions}


def read_writing(desk: Desk, said: Said) -> Written:
    """Everything that can be read of what was typed."""
    of = {step: _values(step, desk, said.get(step, {})) for step in STEPS}
    chair = next((row for row in desk.choices.leaders if row.code == of["thanh-phan"].get("chair")), None)
    sittings = tuple(_sitting(row) for row in _rows("sitting", of["buoi"]))
    days = [row.date for row in sittings if row.date]
    offices = desk.choices.offices
    return Written(
        subject=squeeze(of["chung"].get("subject") or ""),
        year=min(days).year if days else desk.year,
        territory=squeeze(of["chung"].get("territory") or ""),
        parent=_parent(of["can-cu"]),
        bases=tuple(_bases(of["can-cu"])),
        purposes=_lines(of["muc-dich"].get("purposes")),
        requirements=_lines(of["muc-dich"].get("requirements")),
        mode=of["hinh-thuc"].get("mode") or "",
        platform=squeeze(of["hinh-thuc"].get("platform") or ""),
        how_to_attend=squeeze(of["hinh-thuc"].get("how_to_attend") or ""),
        change=squeeze(of["hinh-thuc"].get("change") or ""),
        venues=tuple(_read_venues(desk, of["diem-cau"])),
        sittings=sittings,
        central=_lines(of["thanh-phan"].get("central")),
        local=_lines(of["thanh-phan"].get("local")),
        tasks=tuple(_read_tasks(desk, of["nhiem-vu"])),
        recipients=_filed(_lines(of["noi-nhan"].get("recipients"))),
        chair=f"{chair.name}, {chair.title}" if chair else "",
        co_chair=co_chair_words(of["thanh-phan"].get("co_chair") or ""),
        signer=SignerDraft(None, chair.title if chair else None, chair.name if chair else None),
        desk=next((row.name for row in offices if row.kind == Office.Kind.ONE_STOP), None),
        secretariat=next((row.name for row in offices if row.kind == Office.Kind.SECRETARIAT), ""),
        beyond=_beyond(of["diem-cau"], of["buoi"]),
    )


def _values(step: str, desk: Desk, said: Mapping[str, Any]) -> dict[str, Any]:
    form = StepForm(step, desk, said)
    form.full_clean()
    return form.cleaned_data


def _rows(prefix: str, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows that hold anything, in their order."""
    found: dict[int, dict[str, Any]] = {}
    for name, value in values.items():
        parts = name.split("-")
        if parts[0] == prefix and len(parts) == 3 and value not in (None, ""):
            found.setdefault(int(parts[1]), {})[parts[2]] = value
    yield from (found[at] for at in sorted(found))


def _sitting(row: Mapping[str, Any]) -> SittingDraft:
    return SittingDraft(
        sector=row.get("sector"),
        date=row.get("date"),
        start=row.get("start"),
        end=row.get("end"),
        expected=row.get("expected"),
        invite=row.get("invite"),
        lead_office=row.get("lead"),
        half_day=half_day(row.get("start")),  # type: ignore[arg-type]  # morning or afternoon
        clause="II.2",
    )


def _read_venues(desk: Desk, values: Mapping[str, Any]) -> Iterator[VenueDraft]:
    central = values.get("central") or ""
    for name, value in values.items():
        if _is_venue(name) and squeeze(value or ""):
            at = name.removeprefix("venue-")
            yield VenueDraft(
                squeeze(value), at == central, None if at == central else ward_of(value, desk.places), "II.1"
            )


def _is_venue(name: str) -> bool:
    return name.startswith("venue-") and name.count("-") == 1


def _beyond(venues: Mapping[str, Any], sittings: Mapping[str, Any]) -> Beyond:
    """What the wording does not hold, of the venues and the sittings that are there."""
    named = [name for name, value in venues.items() if _is_venue(name) and squeeze(value or "")]
    addresses = tuple(squeeze(venues.get(f"{name}-address") or "") for name in named)
    return Beyond(addresses, tuple(squeeze(row.get("tentative") or "") for row in _rows("sitting", sittings)))


def _read_tasks(desk: Desk, values: Mapping[str, Any]) -> Iterator[Task]:
    terms = {row.slug: row for row in desk.profile.terms}
    for row in _rows("task", values):
        if row.get("office") and squeeze(row.get("what", "")):
            term = terms.get(row.get("term", ""))
            yield Task(row["office"], squeeze(row["what"]), term, row.get("supporting", ""))


def _parent(values: Mapping[str, Any]) -> ParentPlan | None:
    number = squeeze(values.get("parent_number") or "")
    if not number:
        return None
    issuer, subject = (squeeze(values.get(name) or "") or None for name in ("parent_issuer", "parent_subject"))
    return ParentPlan(number, values.get("parent_date"), issuer, subject, "mở đầu")


def _bases(values: Mapping[str, Any]) -> Iterator[str]:
    for law in [*(values.get("bases") or []), *_lines(values.get("own_bases"))]:
        yield law if law.startswith("Căn cứ") else f"Căn cứ {law}"


def _lines(text: object) -> tuple[str, ...]:
    return tuple(line for raw in str(text or "").splitlines() if (line := squeeze(raw).lstrip("-+• ").rstrip(";")))


def _filed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The file copy last, wherever it was typed."""
    filed = [line for line in lines if line.startswith("Lưu:")]
    return (*(line for line in lines if not line.startswith("Lưu:")), *filed[:1]) if filed else lines


# ---- what is missing


@dataclass(frozen=True, slots=True)
class Lack:
    """A part that a plan needs and this one has not, in words, with the step where it is typed."""

    step: str
    words: str
    law: str = ""


def lacks(desk: Desk, said: Written) -> list[Lack]:
    """What is missing before the plan can become a dialogue, in the order of the steps."""
    found = [*_unreadable(said), *_missing_parts(desk, said)]
    order = list(STEPS)
    return sorted(found, key=lambda lack: order.index(lack.step))


def _missing_parts(desk: Desk, said: Written) -> Iterator[Lack]:
    present = {
        "parent": said.parent is not None,
        "purpose": bool(said.purposes),
        "requirements": bool(said.requirements),
        "mode": bool(said.mode),
        "how_to_attend": bool(said.how_to_attend),
        "change": bool(said.change),
        "venues": sum(row.central for row in said.venues) == 1,
        "time": bool(said.sittings),
        "turns": all(row.expected for row in said.sittings),
        "quota": all(row.invite for row in said.sittings),
        "attendance": bool(said.central),
        "signer": bool(said.chair),
        "assignments": bool(said.tasks),
        "submission": any(task.term and task.term.duty == "submission" for task in said.tasks),
        "result": any(task.term and task.term.duty == "result_notice" for task in said.tasks),
        "recipients": bool(said.recipients) and said.recipients[-1].startswith("Lưu:"),
    }
    for part in desk.profile.plan_parts:
        if part.required and not present.get(part.slug, True):
            yield Lack(PART_STEP[part.slug], part.words, part.law)


def _unreadable(said: Written) -> Iterator[Lack]:
    if not said.subject:
        yield Lack("chung", _("Trích yếu"))
    if problem := co_chair_problem(said.co_chair, said.signer.name or "", said.signer.title or ""):
        yield Lack("thanh-phan", problem)
    for at, row in enumerate(said.sittings, start=1):
        parts = {
            _("lĩnh vực"): row.sector,
            _("đơn vị chủ trì nội dung"): row.lead_office,
            _("ngày"): row.date,
            _("giờ bắt đầu"): row.start,
            _("giờ kết thúc"): row.end,
        }
        if when := said.beyond.when(at - 1):
            parts = {
                **dict(list(parts.items())[:2]),
                _("ngày, hoặc tháng có năm ở ô dự kiến"): row.date or forecast(when),
            }
        missing = [name for name, value in parts.items() if value is None]
        if missing:
            yield Lack("buoi", _("Buổi %(at)s: %(what)s") % {"at": at, "what": ", ".join(missing)})
        elif row.start and row.end and row.start >= row.end:
            yield Lack("buoi", _("Giờ kết thúc của buổi %(at)s phải sau giờ bắt đầu") % {"at": at})
