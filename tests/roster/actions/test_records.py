"""Taking one-stop records: what is stored, what is only counted, and nothing half done."""

import json
from dataclasses import replace

import pytest

from doithoai.kernel.access import NotNow, Refused
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue
from doithoai.roster import actions
from doithoai.roster.models import Record, RecordBatch
from doithoai.rules.vietnamese import fold
from doithoai.sample.people import ATTACK_NAME
from doithoai.sample.records import SEED_SECTORS, SEED_WARDS, shipped_records
from tests.roster.scene import Scene, facts_of, length, shipped_intake


def test_only_people_the_plan_can_invite_are_stored(scene: Scene) -> None:
    """Residence in the named wards and a finished file of a sitting's sector; of others only the number is kept."""
    batch = scene.take()
    people = Person.objects.filter(agency=scene.stage.cast.agency)
    assert {str(person.ward) for person in people} == set(SEED_WARDS)
    assert people.count() == batch.taken
    assert batch.taken + sum(batch.left_out.values()) == len(shipped_intake().taken)
    assert set(batch.left_out) == {"elsewhere", "other_sector", "unfinished"}


def test_records_are_the_finished_files_of_the_sectors(scene: Scene) -> None:
    batch = scene.take()
    finished = {
        row.file_code
        for applicant in shipped_intake().taken
        for row in applicant.rows
        if row.finished and row.ward in SEED_WARDS and row.sector in {sector.name for sector in SEED_SECTORS}
    }
    assert {record.file_code for record in batch.records.all()} <= finished
    assert {record.sector.name for record in batch.records.select_related("sector")} == {s.name for s in SEED_SECTORS}
    assert all(record.procedure and record.received_on for record in batch.records.select_related("procedure"))


def test_particulars_of_a_person(scene: Scene) -> None:
    """What inviting needs, with the residential group in full and no personal number anywhere."""
    scene.take()
    person = Person.objects.get(agency=scene.stage.cast.agency, name=ATTACK_NAME)
    assert (person.sex, person.phone, person.kind) == ("nữ", "0900999999", "citizen")
    assert person.name_folded == fold(ATTACK_NAME)
    groups = Person.objects.filter(agency=scene.stage.cast.agency).values_list("group", flat=True)
    assert not [group for group in groups if group.startswith("TDP")]
    assert [group for group in groups if group.startswith("Tổ dân phố ")]


def test_refused_lines_are_kept_as_sentences(scene: Scene) -> None:
    batch = scene.take()
    assert len(batch.refused) == len(shipped_intake().refused) > 0
    assert all(sentence.startswith("Dòng ") for sentence in batch.refused)
    assert len(batch.merged) == len(shipped_intake().merged)


def test_the_journal_knows_the_file_and_no_name(scene: Scene) -> None:
    batch = scene.take()
    (body,) = facts_of("records.take")
    facts = json.loads(body)["facts"]
    assert facts["file"] == batch.sha256
    assert facts["people"] == batch.taken
    assert batch.name not in body
    assert not [p.name for p in Person.objects.filter(agency=scene.stage.cast.agency) if p.name in body]


def test_the_same_file_again_is_refused_whole(scene: Scene) -> None:
    scene.take()
    before = (Person.objects.count(), Record.objects.count(), length())
    with pytest.raises(NotNow, match="đã nhận rồi"):
        scene.take()
    assert (Person.objects.count(), Record.objects.count(), length()) == before


def test_a_newer_export_adds_only_what_is_new(scene: Scene) -> None:
    """The same people are found again by their files, or by name and telephone; no file stands twice."""
    scene.take()
    people, records = Person.objects.count(), Record.objects.count()
    batch = actions.take_records(
        scene.stage.dialogue,
        name="mot-cua-2021-lan-2.csv",
        data=shipped_records() + b"\r\n",
        intake=shipped_intake(),
        actor=scene.lead,
        now=scene.now,
    )
    assert Person.objects.count() == people
    assert Record.objects.count() == records
    assert batch.records.count() == 0


def test_a_person_who_moved_has_the_newer_address(scene: Scene) -> None:
    scene.take()
    applicant = next(a for a in shipped_intake().taken if a.name == ATTACK_NAME)
    other = next(ward for ward in SEED_WARDS if ward != applicant.ward)
    moved = replace(shipped_intake(), taken=(replace(applicant, ward=other, group="TDP Mẫu 1"),), refused=(), merged=())
    actions.take_records(
        scene.stage.dialogue, name="mới.csv", data=b"new", intake=moved, actor=scene.lead, now=scene.now
    )
    person = Person.objects.get(agency=scene.stage.cast.agency, name=ATTACK_NAME)
    assert (str(person.ward), person.group) == (other, "Tổ dân phố Mẫu 1")


def test_before_preparations_nothing_is_taken(scene: Scene) -> None:
    Dialogue.objects.filter(pk=scene.stage.dialogue.pk).update(state="draft")
    with pytest.raises(NotNow, match="Dự thảo"):
        scene.take()
    assert not RecordBatch.objects.exists()


def test_a_clerk_may_not_take_records(scene: Scene) -> None:
    before = length()
    with pytest.raises(Refused, match="Bộ phận Một cửa"):
        actions.take_records(
            scene.stage.dialogue,
            name="x",
            data=b"x",
            intake=shipped_intake(),
            actor=scene.stage.cast.clerk.as_actor(),
            now=scene.now,
        )
    assert length() == before
    assert not Person.objects.filter(agency=scene.stage.cast.agency).exists()
