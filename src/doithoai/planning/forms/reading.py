"""What people type about a plan that was read: its file, its draft, beside its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from doithoai.directory.models import Agency, Office, Sector
from doithoai.kernel.access import Role
from doithoai.people.models import Staff
from doithoai.planning.forms.fields import MODES, choice_field, count_field, day_field, line_field, time_field
from doithoai.planning.imports import PlanDraft, SittingDraft
from doithoai.planning.imports.draft import VenueDraft
from doithoai.planning.queries import agency_offices, office_named
from doithoai.rules.vietnamese import fold, squeeze

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


@dataclass(frozen=True, slots=True)
class Choices:
    """What an agency knows, to choose from: offices, sectors, and the leaders who may chair."""

    offices: Sequence[Office]
    sectors: Sequence[Sector]
    leaders: Sequence[Staff]

    @classmethod
    def of(cls, agency: Agency) -> "Choices":
        """Those of an agency."""
        leaders = Staff.objects.filter(agency=agency, is_active=True, holdings__role=Role.LEADER, holdings__until=None)
        return cls(
            agency_offices(agency),
            list(Sector.objects.filter(agency=agency).order_by("code")),
            list(leaders.distinct().order_by("pk")),
        )

    def office(self, text: str | None) -> str:
        """The name of the office that a plan means; empty where the agency knows none."""
        found = office_named(self.offices, text) if text else None
        return found.name if found else ""

    def sector(self, text: str | None) -> str:
        """The name of the sector that a plan means; empty where the agency knows none."""
        return next((row.name for row in self.sectors if text and fold(row.name) == fold(text)), "")

    def chair(self, name: str | None) -> str:
        """The code of the leader who signs, or of the only one; empty where a person must choose."""
        same = [row for row in self.leaders if name and fold(row.name) == fold(name)]
        found = same or (self.leaders if len(self.leaders) == 1 else [])
        return found[0].code if len(found) == 1 else ""


@dataclass(slots=True)
class VenueRow:
    """The fields of one venue, and where the plan names it."""

    index: int
    name: forms.BoundField
    clause: str
    is_central: bool


@dataclass(slots=True)
class SittingRow:
    """The fields of one sitting, and what the plan said."""

    index: int
    fields: list[forms.BoundField] = field(default_factory=list)
    clause: str = ""


TYPED = ("date", "start", "end", "expected", "invite")
SITTING_FIELDS = ("sector", "date", "start", "end", "expected", "invite", "lead")


class DraftForm(forms.Form):
    """A plan as read, to be corrected: one spare venue and one spare sitting at the end; an emptied one is left out."""

    def __init__(self, draft: PlanDraft, choices: Choices, data: Any = None, *, lines: Mapping[str, str]) -> None:
        super().__init__(data, initial=_initial(draft, choices, lines))
        self.draft = draft
        self.choices = choices
        self.lines = lines
        self.fields["subject"] = line_field(__("Trích yếu"), 300, rows=2)
        self.fields["mode"] = choice_field(__("Hình thức"), MODES)
        self.fields["platform"] = line_field(__("Phần mềm họp trực tuyến"), 80)
        self.fields["chair"] = choice_field(
            __("Người chủ trì"), [(s.code, f"{s.name}, {s.title}") for s in choices.leaders]
        )
        self.fields["recipients"] = line_field(__("Nơi nhận, mỗi dòng một nơi"), 6000, rows=8)
        self.fields["central"] = choice_field(__("Điểm cầu trung tâm"), [(str(i), str(i)) for i in range(self._venues)])
        for index in range(self._venues):
            self.fields[f"venue-{index}"] = line_field(__("Tên điểm cầu"), 200)
        for index in range(len(draft.sittings) + 1):
            self._add_sitting(index, choices)
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
        }
        self.fields.update({f"sitting-{index}-{name}": made[name] for name in SITTING_FIELDS})

    def venue_rows(self) -> list[VenueRow]:
        """The venues as they are shown, the spare one last."""
        central = str(self["central"].value() or "")
        clauses = [venue.clause for venue in self.draft.venues] + [""]
        return [VenueRow(i, self[f"venue-{i}"], clause, str(i) == central) for i, clause in enumerate(clauses)]

    def sitting_rows(self) -> list[SittingRow]:
        """The sittings as they are shown, the spare one last."""
        clauses = [sitting.clause for sitting in self.draft.sittings] + [""]
        return [
            SittingRow(i, [self[f"sitting-{i}-{name}"] for name in SITTING_FIELDS], clause)
            for i, clause in enumerate(clauses)
        ]

    def edited(self) -> PlanDraft:
        """The draft with what was typed in place of what was read. Only for a form that is valid."""
        said = self.cleaned_data
        venues, renamed = self._edited_venues()
        kept = [row for row in self.draft.attendance if row.venue is None or renamed.get(row.venue, "")]
        sittings = self._edited_sittings()
        return replace(
            self._with_lines(),
            subject=squeeze(said["subject"]) or None,
            mode=said["mode"] or None,
            platform=squeeze(said["platform"]) or None,
            venues=venues,
            sittings=sittings,
            sectors=tuple(dict.fromkeys(row.sector for row in sittings if row.sector)),
            attendance=tuple(replace(row, venue=renamed[row.venue] if row.venue else None) for row in kept),
            recipients=tuple(line for raw in said["recipients"].splitlines() if (line := squeeze(raw))),
            year=self.draft.year or next((row.date.year for row in sittings if row.date), None),
        )

    def _edited_venues(self) -> tuple[tuple[VenueDraft, ...], dict[str, str]]:
        found: list[VenueDraft] = []
        renamed: dict[str, str] = {}
        for index in range(self._venues):
            name = squeeze(self.cleaned_data[f"venue-{index}"])
            was = self.draft.venues[index] if index < len(self.draft.venues) else None
            if was:
                renamed[was.name] = name
            if name:
                central = self.cleaned_data["central"] == str(index)
                place = was.place if was and was.name == name else None
                found.append(VenueDraft(name, central, place, was.clause if was else ""))
        return tuple(found), renamed

    def _edited_sittings(self) -> tuple[SittingDraft, ...]:
        blank = SittingDraft(None, None, None, None, None, None, None, None, "")
        rows = []
        for index in range(len(self.draft.sittings) + 1):
            was = self.draft.sittings[index] if index < len(self.draft.sittings) else blank
            said = {name: self.cleaned_data[f"sitting-{index}-{name}"] for name in SITTING_FIELDS}
            if any(value not in (None, "") for value in said.values()):
                rows.append(_edited_sitting(was, said, self.choices))
        return tuple(rows)

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


def _initial(draft: PlanDraft, choices: Choices, lines: Mapping[str, str]) -> dict[str, Any]:
    filled: dict[str, Any] = {
        "subject": draft.subject,
        "mode": draft.mode,
        "platform": draft.platform,
        "chair": choices.chair(draft.signer.name),
        "recipients": "\n".join(draft.recipients),
        "central": next((str(i) for i, venue in enumerate(draft.venues) if venue.central), ""),
    }
    filled |= {f"venue-{i}": venue.name for i, venue in enumerate(draft.venues)}
    for i, sitting in enumerate(draft.sittings):
        filled |= {f"sitting-{i}-{name}": getattr(sitting, name) for name in TYPED}
        filled[f"sitting-{i}-sector"] = choices.sector(sitting.sector)
        filled[f"sitting-{i}-lead"] = choices.office(sitting.lead_office)
    return filled | {f"line-{key}": text for key, text in lines.items()}
