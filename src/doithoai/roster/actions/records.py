"""Taking in the one-stop desk's records: who did which procedure, and nothing more of them than inviting needs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from doithoai.directory.models import Place, Procedure, Sector
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import enter_people
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.possible import require_open
from doithoai.roster.models import Record, RecordBatch, RecordColumns, WardReading
from doithoai.roster.queries import wards_of
from doithoai.rules.onestop import Applicant, Intake, Row
from doithoai.rules.vietnamese import fold

GROUPS = {"tdp": "Tổ dân phố", "kp": "Khu phố", "kdc": "Khu dân cư"}
SEXES = {"male": "nam", "female": "nữ"}


@verb("records.take", may=permissions.may_take_records)
def take_records(
    dialogue: Dialogue, *, name: str, data: bytes, intake: Intake, actor: Actor, now: datetime
) -> RecordBatch:
    """Store the people of a one-stop export whom the plan can invite, with their finished files.

    `intake` is what was read from `data`, the file `name`. People elsewhere, of other sectors or without a
    finished file are only counted. A person known from an earlier file is not entered again. Refused lines
    are kept as sentences. Raises NotNow when this very file was taken before.
    """
    require_open(dialogue)
    digest = sha256(data).hexdigest()
    _refuse_twice(dialogue, digest)
    desk = _Desk.of(dialogue, intake.taken)
    batch = RecordBatch.objects.create(
        dialogue=dialogue,
        name=name,
        sha256=digest,
        taken=len(desk.fitting),
        refused=[str(refused) for refused in intake.refused],
        merged=[merged.sentence for merged in intake.merged],
        doubts=[str(doubt) for doubt in intake.doubts],
        left_out=desk.left_out,
        taken_at=now,
    )
    records = Record.objects.bulk_create(desk.records(batch))
    record(
        dialogue.chain,
        file=digest,
        people=batch.taken,
        records=len(records),
        refused=len(intake.refused),
        left_out=sum(desk.left_out.values()),
    )
    return batch


def _refuse_twice(dialogue: Dialogue, digest: str) -> None:
    if RecordBatch.objects.filter(dialogue=dialogue, sha256=digest).exists():
        raise NotNow(_("Tệp này đã nhận rồi, từng chữ một. Chưa ghi thêm gì."))


@verb("records.remember", may=permissions.may_take_records)
def remember_reading(
    dialogue: Dialogue,
    *,
    actor: Actor,
    now: datetime,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    wards: Mapping[str, Place | None] | None = None,
) -> Dialogue:
    """Remember for the whole agency how its exports are to be read.

    `columns` are header names by what they say, for a header row by its key; `wards` what a spelling of a ward
    means, None for a place that is none of the plan's. Raises NotNow for a ward of another agency.
    """
    agency = dialogue.agency
    for header, chosen in (columns or {}).items():
        RecordColumns.objects.update_or_create(agency=agency, header=header, defaults={"columns": dict(chosen)})
    for spelling, ward in (wards or {}).items():
        if ward is not None and ward.agency_id != agency.pk:
            raise NotNow(_("Chưa ghi được: không tìm thấy phường này trong danh mục của cơ quan."))
        WardReading.objects.update_or_create(agency=agency, spelling=spelling[:150], defaults={"ward": ward})
    record(dialogue.chain, columns=sum(map(len, (columns or {}).values())), wards=len(wards or {}))
    return dialogue


@dataclass(frozen=True, slots=True)
class _Desk:
    """An export beside what the plan asks for and what the agency already knows."""

    dialogue: Dialogue
    fitting: Sequence[tuple[Applicant, Place]]
    left_out: Counter[str]
    sectors: dict[str, Sector]
    procedures: dict[tuple[int, str], Procedure]

    @classmethod
    def of(cls, dialogue: Dialogue, applicants: Sequence[Applicant]) -> "_Desk":
        sittings = list(Sitting.objects.filter(dialogue=dialogue).select_related("sector"))
        wards = {name: ward for sitting in sittings for ward in wards_of(sitting) for name in _names(ward)}
        sectors = {fold(sitting.sector.name): sitting.sector for sitting in sittings}
        rows = Procedure.objects.filter(sector__in=sectors.values())
        procedures = {(row.sector_id, fold(row.name)): row for row in rows}
        fitting, left_out = _sort_out(applicants, wards, sectors)
        return cls(dialogue, fitting, left_out, sectors, procedures)

    def records(self, batch: RecordBatch) -> Iterator[Record]:
        """The finished files of everybody who fits, each once in a dialogue; people are entered on the way."""
        known = _Known.of(self.dialogue, [applicant for applicant, _ward in self.fitting])
        people = [known.find(applicant) for applicant, _ward in self.fitting]
        unknown = [one for one, person in zip(self.fitting, people, strict=True) if person is None]
        entered = iter(enter_people(self.dialogue.agency, [self._particulars(*one) for one in unknown]))
        for (applicant, ward), found in zip(self.fitting, people, strict=True):
            person = _renewed(found, applicant, ward) if found else next(entered)
            for row in _finished(applicant, self.sectors):
                if (person.pk, row.file_code) not in known.kept:
                    yield self._record(batch, person, row)

    def _particulars(self, applicant: Applicant, ward: Place) -> dict[str, object]:
        return {
            "kind": Person.Kind.ORGANISATION if applicant.organisation else Person.Kind.CITIZEN,
            "name": applicant.name,
            "sex": SEXES.get(applicant.sex or "", ""),
            "birth_year": applicant.birth_year,
            "phone": applicant.phone,
            "ward": ward,
            "group": _group(applicant),
        }

    def _record(self, batch: RecordBatch, person: Person, row: Row) -> Record:
        sector = self.sectors[fold(row.sector)]
        return Record(
            agency=self.dialogue.agency,
            batch=batch,
            person=person,
            sector=sector,
            procedure=self.procedures.get((sector.pk, fold(row.procedure))),
            procedure_as_written=row.procedure,
            file_code=row.file_code,
            received_on=row.received_on,
            ward_code=row.ward_code,
            ward_note=row.ward_note[:300],
        )


def _names(ward: Place) -> set[str]:
    return {fold(str(ward)), fold(ward.name)}


def _sort_out(
    applicants: Sequence[Applicant], wards: dict[str, Place], sectors: dict[str, Sector]
) -> tuple[list[tuple[Applicant, Place]], Counter[str]]:
    """Who fits, with the ward; and how many do not, by the first reason that holds."""
    fitting: list[tuple[Applicant, Place]] = []
    left_out: Counter[str] = Counter()
    for applicant in applicants:
        ward = wards.get(fold(applicant.ward))
        if ward is None:
            left_out["elsewhere"] += 1
        elif not any(fold(row.sector) in sectors for row in applicant.rows):
            left_out["other_sector"] += 1
        elif not _finished(applicant, sectors):
            left_out["unfinished"] += 1
        else:
            fitting.append((applicant, ward))
    return fitting, left_out


def _finished(applicant: Applicant, sectors: dict[str, Sector]) -> list[Row]:
    return [row for row in applicant.rows if row.finished and fold(row.sector) in sectors]


@dataclass(frozen=True, slots=True)
class _Known:
    """People the agency has from earlier files: by a file of theirs, or by name and telephone."""

    by_file: dict[tuple[str, str], Person]
    by_phone: dict[tuple[str, str], Person]
    kept: set[tuple[int, str]]

    @classmethod
    def of(cls, dialogue: Dialogue, applicants: Sequence[Applicant]) -> "_Known":
        names = {fold(applicant.name) for applicant in applicants}
        people = _named(dialogue.agency_id, names)
        records = _files_of(people)
        return cls(
            {(row.person.name_folded, fold(row.file_code)): row.person for row in records},
            {(person.name_folded, person.phone): person for person in people if person.phone},
            {(row.person_id, row.file_code) for row in records if row.batch.dialogue_id == dialogue.pk},
        )

    def find(self, applicant: Applicant) -> Person | None:
        """The person that an applicant already is."""
        name = fold(applicant.name)
        by_file = (self.by_file.get((name, fold(row.file_code))) for row in applicant.rows)
        return next((person for person in by_file if person), self.by_phone.get((name, applicant.phone)))


AT_A_TIME = 5_000
"""So many names are asked for at once; a database takes a limited number of them."""


def _named(agency_id: int, names: set[str]) -> list[Person]:
    """The agency's people with one of these folded names."""
    ordered, rows = sorted(names), Person.objects.filter(agency_id=agency_id).select_related("ward")
    parts = [ordered[start : start + AT_A_TIME] for start in range(0, len(ordered), AT_A_TIME)]
    return [person for part in parts for person in rows.filter(name_folded__in=part)]


def _files_of(people: Sequence[Person]) -> list[Record]:
    rows = Record.objects.select_related("person__ward", "batch")
    parts = [people[start : start + AT_A_TIME] for start in range(0, len(people), AT_A_TIME)]
    return [record for part in parts for record in rows.filter(person__in=part)]


def _renewed(person: Person, applicant: Applicant, ward: Place) -> Person:
    """A known person with the address and telephone of the newer file."""
    phone = applicant.phone or person.phone
    group = _group(applicant) or person.group
    if (person.ward_id, person.group, person.phone) != (ward.pk, group, phone):
        write(person, ward_id=ward.pk, group=group, phone=phone)
    return person


def _group(applicant: Applicant) -> str:
    """The residential group in full, so that one group stands under one name on letters and lists."""
    for short, full in GROUPS.items():
        if applicant.group.casefold().startswith(f"{short} "):
            return f"{full} {applicant.group[len(short) + 1 :]}"
    return applicant.group
