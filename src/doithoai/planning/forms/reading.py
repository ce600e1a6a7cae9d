"""What people type about a plan that was read: its file, its draft, beside its own words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from doithoai.planning.forms.choices import Choices
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
from doithoai.planning.forms.parts import (
    DUTY_FIELDS,
    as_before,
    attendees_initial,
    attendees_said,
    duty_fields,
    duty_initial,
    duty_problem,
    duty_said,
    led_by,
    quotas_for,
    quotas_said,
    ticked,
    wards_field,
)
from doithoai.planning.forms.rewording import respoken
from doithoai.planning.imports import AttendeeDraft, DutyDraft, PlanDraft, SittingDraft
from doithoai.planning.imports.correction import Beyond, Kept
from doithoai.planning.imports.draft import VenueDraft
from doithoai.rules.vietnamese import squeeze

MOST_BYTES = 10_000_000


class PlanFileForm(forms.Form):
    """A file of a plan, or its words pasted."""

    file = forms.FileField(required=False, allow_empty_file=True)
    text = forms.CharField(required=False, max_length=300_000)

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, and a file of a bearable size."""
        said = super().clean() or {}
        file = said.get("file")
        if file is None and not str(said.get("text", "")).strip():
            raise forms.ValidationError(_("Chưa có gì để đọc. Cần một tệp kế hoạch, hoặc chữ của kế hoạch dán vào ô."))
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Tệp lớn hơn 10 MB nên không đọc. Cần tệp kế hoạch, thường chỉ vài trang; tệp trên máy giữ nguyên.")
            )
        return said


@dataclass(slots=True)
class VenueRow:
    """The fields of one venue, and where the plan names it."""

    index: int
    name: forms.BoundField
    address: forms.BoundField
    clause: str
    is_central: bool


@dataclass(slots=True)
class SittingRow:
    """The fields of one sitting, and what the plan said."""

    index: int
    fields: list[forms.BoundField] = field(default_factory=list)
    clause: str = ""


@dataclass(slots=True)
class DutyRow:
    """The fields of one duty, the duty as the plan has it (None: the spare one), and the agency's office it means."""

    index: int
    fields: list[forms.BoundField]
    duty: DutyDraft | None
    office: str

    @property
    def is_missing(self) -> bool:
        """Whether it names one office that the agency does not know; "các phòng" names many."""
        return self.duty is not None and not self.office and not SEVERAL.match(self.duty.office)

    @property
    def has_problem(self) -> bool:
        """Whether something in it could not be read."""
        return any(field.errors for field in self.fields)


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft as a person corrected it: its rows beside those of before, what its wording lacks, sentences to read."""

    draft: PlanDraft
    kept: Kept
    beyond: Beyond
    opened: list[str]


SEVERAL = re.compile(r"(?:các|những|thủ trưởng|thành viên|công chức)\b", re.IGNORECASE)
"""How a plan begins when it means many at once, and so no office of the list."""

TYPED = ("date", "start", "end", "expected", "invite")
SITTING_FIELDS = ("sector", "lead", "date", "start", "end", "expected", "invite", "desk", "tentative", "wards")
BLANK = SittingDraft(None, None, None, None, None, None, None, None, "")


class DraftForm(forms.Form):
    """A plan as read, to be corrected: one spare venue, sitting and duty at the end; an emptied one is left out."""

    def __init__(
        self,
        draft: PlanDraft,
        choices: Choices,
        data: Any = None,
        *,
        lines: Mapping[str, str],
        beyond: Beyond = Beyond(),  # noqa: B008  frozen and empty
    ) -> None:
        super().__init__(data, initial=_initial(draft, choices, lines, beyond))
        self.draft = draft
        self.choices = choices
        self.lines = lines
        self.fields["subject"] = line_field(__("Trích yếu"), 300, rows=2)
        self.fields["mode"] = choice_field(__("Hình thức"), MODES)
        self.fields["platform"] = line_field(__("Phần mềm họp trực tuyến"), 80)
        self.fields["chair"] = choice_field(
            __("Người chủ trì"), [(s.code, f"{s.name}, {s.title}") for s in choices.leaders]
        )
        self.fields["co_chair"] = co_chair_field()
        self.fields["recipients"] = line_field(__("Nơi nhận, mỗi dòng một nơi"), 6000, rows=8)
        self.fields["central"] = choice_field(__("Điểm cầu trung tâm"), [(str(i), str(i)) for i in range(self._venues)])
        for index in range(self._venues):
            self.fields[f"venue-{index}"] = line_field(__("Tên điểm cầu"), 200)
            self.fields[f"venue-{index}-address"] = line_field(__("Địa chỉ"), 200)
        for index in range(len(draft.sittings) + 1):
            self._add_sitting(index, choices)
        self._add_people()
        for index in range(len(draft.duties) + 1):
            made = duty_fields([(row.name, row.name) for row in choices.offices])
            self.fields.update({f"duty-{index}-{name}": one for name, one in made.items()})
        for key, text in lines.items():
            self.fields[f"line-{key}"] = line_field(
                __("Câu này trong kế hoạch"), 6000, rows=max(2, len(text) // 90 + 1)
            )

    @property
    def _venues(self) -> int:
        return len(self.draft.venues) + 1

    def _add_sitting(self, index: int, choices: Choices) -> None:
        made: dict[str, forms.Field] = {
            "sector": choice_field(__("Lĩnh vực"), [(row.name, row.name) for row in choices.sectors]),
            "date": day_field(),
            "start": time_field(__("Từ giờ")),
            "end": time_field(__("Đến giờ")),
            "expected": count_field(__("Số lượt dự kiến")),
            "invite": count_field(__("Số công dân mời")),
            "lead": choice_field(__("Đơn vị chủ trì nội dung"), [(row.name, row.name) for row in choices.offices]),
            "tentative": line_field(__("Ngày chưa ấn định: dự kiến khi nào"), 120),
            "desk": line_field(__("Nơi đã làm thủ tục"), 200),
            "wards": wards_field(choices.places, self._wards(index)),
        }
        made["tentative"].help_text = __("Ví dụ trong tháng 11/2021. Để trống khi đã có ngày")
        self.fields.update({f"sitting-{index}-{name}": made[name] for name in SITTING_FIELDS})

    def _wards(self, index: int) -> list[str]:
        """The places of residence that the plan names for a sitting."""
        own = quotas_for(self.draft, self.draft.sittings[index]) if index < len(self.draft.sittings) else []
        return list(dict.fromkeys(ward for row in own for ward in row.wards))

    def _add_people(self) -> None:
        self.fields["purposes"] = line_field(__("Mục đích, mỗi dòng một ý"), 6000, rows=4)
        self.fields["requirements"] = line_field(__("Yêu cầu, mỗi dòng một ý"), 6000, rows=4)
        for index, venue in enumerate(self.draft.venues):
            label = _("Tại %(venue)s, mỗi dòng một nơi") % {"venue": venue.name}
            self.fields[f"attendees-{index}"] = line_field(label, 4000, rows=4)
        if any(row.venue is None for row in self.draft.attendance):
            self.fields["attendees-all"] = line_field(__("Tại các điểm cầu thành phần, mỗi dòng một nơi"), 4000, rows=4)

    def clean(self) -> dict[str, Any]:
        """A term needs its number, its unit and its event."""
        said = super().clean() or {}
        for index in range(len(self.draft.duties) + 1):
            values = {name: said.get(f"duty-{index}-{name}") for name in ("count", "unit", "event")}
            if duty_problem(values):
                self.add_error(
                    f"duty-{index}-count", _("cần đủ số ngày, loại ngày và tính từ đâu; hoặc để trống cả ba.")
                )
        return said

    def duty_rows(self) -> list[DutyRow]:
        """The duties as they are shown, the spare one last."""
        rows: list[DutyDraft | None] = [*self.draft.duties, None]
        return [
            DutyRow(i, [self[f"duty-{i}-{name}"] for name in DUTY_FIELDS], row, self._office(row))
            for i, row in enumerate(rows)
        ]

    def _office(self, row: DutyDraft | None) -> str:
        return self.choices.office(row.office) if row else ""

    def people_fields(self) -> list[forms.BoundField]:
        """Who attends, venue by venue."""
        return [self[name] for name in self.fields if name.startswith("attendees-")]

    def venue_rows(self) -> list[VenueRow]:
        """The venues as they are shown, the spare one last."""
        central = str(self["central"].value() or "")
        clauses = [venue.clause for venue in self.draft.venues] + [""]
        return [
            VenueRow(i, self[f"venue-{i}"], self[f"venue-{i}-address"], clause, str(i) == central)
            for i, clause in enumerate(clauses)
        ]

    def sitting_rows(self) -> list[SittingRow]:
        """The sittings as they are shown, the spare one last."""
        clauses = [sitting.clause for sitting in self.draft.sittings] + [""]
        return [
            SittingRow(i, [self[f"sitting-{i}-{name}"] for name in SITTING_FIELDS], clause)
            for i, clause in enumerate(clauses)
        ]

    def edited(self) -> Edited:
        """The draft with what was typed in place of what was read. Only for a form that is valid."""
        before, said = self._with_lines(), self.cleaned_data
        venues, renamed, kept_venues, addresses = self._edited_venues()
        sittings, kept_sittings, typed = self._edited_sittings()
        duties, kept_duties = self._edited_duties()
        after = replace(
            before,
            subject=squeeze(said["subject"]) or None,
            mode=said["mode"] or None,
            platform=squeeze(said["platform"]) or None,
            venues=venues,
            sittings=sittings,
            sectors=tuple(dict.fromkeys(row.sector for row in sittings if row.sector)),
            quotas=quotas_said(before, sittings, typed),
            attendance=led_by(self._edited_people(renamed), co_chair_words(said["co_chair"])),
            co_chair=co_chair_words(said["co_chair"]) or None,
            duties=duties,
            purposes=as_before(before.purposes, said["purposes"]),
            requirements=as_before(before.requirements, said["requirements"]),
            recipients=tuple(line for raw in said["recipients"].splitlines() if (line := squeeze(raw))),
            year=self.draft.year or next((row.date.year for row in sittings if row.date), None),
        )
        kept = Kept(kept_venues, kept_sittings, kept_duties)
        made = respoken(before, after, kept)
        beyond = Beyond(addresses, tuple(squeeze(values["tentative"]) for values in typed))
        return Edited(made.draft, kept, beyond, made.opened)

    def _edited_venues(
        self,
    ) -> tuple[tuple[VenueDraft, ...], dict[str | None, str | None], tuple[int | None, ...], tuple[str, ...]]:
        found: list[VenueDraft] = []
        renamed: dict[str | None, str | None] = {None: None}
        kept: list[int | None] = []
        addresses: list[str] = []
        for index in range(self._venues):
            name = squeeze(self.cleaned_data[f"venue-{index}"])
            was = self.draft.venues[index] if index < len(self.draft.venues) else None
            if was:
                renamed[was.name] = name
            if name:
                central = self.cleaned_data["central"] == str(index)
                place = was.place if was and was.name == name else None
                found.append(VenueDraft(name, central, place, was.clause if was else ""))
                kept.append(index if was else None)
                addresses.append(squeeze(self.cleaned_data[f"venue-{index}-address"]))
        return tuple(found), renamed, tuple(kept), tuple(addresses)

    def _edited_sittings(self) -> tuple[tuple[SittingDraft, ...], tuple[int | None, ...], list[dict[str, Any]]]:
        """The sittings, which of the plan's each is, and what was typed of each."""
        rows: list[SittingDraft] = []
        kept: list[int | None] = []
        typed: list[dict[str, Any]] = []
        for index in range(len(self.draft.sittings) + 1):
            is_new = index == len(self.draft.sittings)
            said = {name: self.cleaned_data[f"sitting-{index}-{name}"] for name in SITTING_FIELDS}
            if any(said[name] not in (None, "") for name in SITTING_FIELDS if name not in ("wards", "desk")):
                rows.append(_edited_sitting(BLANK if is_new else self.draft.sittings[index], said, self.choices))
                kept.append(None if is_new else index)
                typed.append({**said, "wards": self._wards_said(index, said["wards"])})
        return tuple(rows), tuple(kept), typed

    def _wards_said(self, index: int, chosen: Sequence[str]) -> list[str]:
        """The places chosen, in the order and the spelling of the plan where it names them."""
        own = self._wards(index)
        named = dict(zip(ticked(self.choices.places, own), own, strict=True))
        kept = [spelled for shown, spelled in named.items() if shown in chosen]
        return [*kept, *(place for place in chosen if place not in named)]

    def _edited_duties(self) -> tuple[tuple[DutyDraft, ...], tuple[int | None, ...]]:
        rows: list[DutyDraft] = []
        kept: list[int | None] = []
        for index in range(len(self.draft.duties) + 1):
            was = self.draft.duties[index] if index < len(self.draft.duties) else None
            said = {name: self.cleaned_data[f"duty-{index}-{name}"] for name in DUTY_FIELDS}
            if squeeze(said["what"]):
                rows.append(duty_said(was, said, self._office(was)))
                kept.append(index if was else None)
        return tuple(rows), tuple(kept)

    def _edited_people(self, renamed: Mapping[str | None, str | None]) -> list[AttendeeDraft]:
        typed: list[tuple[str | None, str, str | None]] = [
            (venue.name, self.cleaned_data[f"attendees-{i}"], renamed[venue.name])
            for i, venue in enumerate(self.draft.venues)
        ]
        typed.append((None, self.cleaned_data.get("attendees-all", ""), None))
        return list(attendees_said(self.draft, typed))

    def _with_lines(self) -> PlanDraft:
        """The draft with the sentences that were rewritten."""
        said = {key: squeeze(self.cleaned_data[f"line-{key}"]) or text for key, text in self.lines.items()}
        draft = self.draft
        return replace(
            draft,
            preamble=tuple(said.get(f"p{i}", text) for i, text in enumerate(draft.preamble)),
            clauses=tuple(replace(row, text=said.get(f"c{i}", row.text)) for i, row in enumerate(draft.clauses)),
            closing=tuple(said.get(f"k{i}", text) for i, text in enumerate(draft.closing)),
        )


def _edited_sitting(was: SittingDraft, said: Mapping[str, Any], choices: Choices) -> SittingDraft:
    """What was typed; a name that the agency does not know stays as the plan writes it until another is chosen."""
    day: date | None = said["date"]
    start: time | None = said["start"]
    same_half = was.half_day if start == was.start else None
    return replace(
        was,
        sector=said["sector"] or (None if choices.sector(was.sector) else was.sector),
        date=day,
        start=start,
        end=said["end"],
        expected=said["expected"],
        invite=said["invite"],
        lead_office=said["lead"] or (None if choices.office(was.lead_office) else was.lead_office),
        half_day=same_half,
    )


def _initial(draft: PlanDraft, choices: Choices, lines: Mapping[str, str], beyond: Beyond) -> dict[str, Any]:
    filled: dict[str, Any] = {
        "subject": draft.subject,
        "mode": draft.mode,
        "platform": draft.platform,
        "chair": choices.chair(draft.signer.name),
        "co_chair": draft.co_chair,
        "recipients": "\n".join(draft.recipients),
        "central": next((str(i) for i, venue in enumerate(draft.venues) if venue.central), ""),
    }
    filled |= {f"venue-{i}": venue.name for i, venue in enumerate(draft.venues)}
    for i, sitting in enumerate(draft.sittings):
        filled |= {f"sitting-{i}-{name}": getattr(sitting, name) for name in TYPED}
        filled[f"sitting-{i}-sector"] = choices.sector(sitting.sector)
        filled[f"sitting-{i}-lead"] = choices.office(sitting.lead_office)
        own = quotas_for(draft, sitting)
        wards = list(dict.fromkeys(ward for row in own for ward in row.wards))
        filled[f"sitting-{i}-wards"] = ticked(choices.places, wards)
        filled[f"sitting-{i}-desk"] = next((row.desk for row in own if row.desk), "")
        filled[f"sitting-{i}-tentative"] = beyond.when(i)
    filled |= _more_initial(draft, choices, beyond)
    return filled | {f"line-{key}": text for key, text in lines.items()}


def _more_initial(draft: PlanDraft, choices: Choices, beyond: Beyond) -> dict[str, Any]:
    filled: dict[str, Any] = {name: "\n".join(getattr(draft, name)) for name in ("purposes", "requirements")}
    filled["attendees-all"] = attendees_initial(draft, None)
    filled[f"sitting-{len(draft.sittings)}-wards"] = []
    for i, venue in enumerate(draft.venues):
        filled[f"attendees-{i}"] = attendees_initial(draft, venue.name)
        filled[f"venue-{i}-address"] = beyond.address(i)
    for i, duty in enumerate(draft.duties):
        values = duty_initial(duty, choices.office(duty.office))
        filled |= {f"duty-{i}-{name}": value for name, value in values.items()}
    return filled
