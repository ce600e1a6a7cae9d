"""Writing to the journal: one chain per dialogue and agency, only added to, and nothing personal in it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, connection, transaction

from doithoai.journal.actions import head_of, lock, record, witness
from doithoai.journal.models import Chain, Entry, Witness
from doithoai.journal.queries import faults, story
from doithoai.kernel.access import YES
from doithoai.kernel.verbs import REGISTRY, Defect, verb
from doithoai.rules.chain import GENESIS, digest_of
from tests.journal.conftest import NOW, SYSTEM, World, say

pytestmark = pytest.mark.django_db


def test_entries_are_numbered_and_linked_and_the_chains_row_keeps_up(world: World) -> None:
    for chain in Chain.objects.all():
        rows = list(Entry.objects.filter(chain=chain).order_by("number"))
        assert [row.number for row in rows] == list(range(1, chain.length + 1))
        assert all(digest_of(row.body) == row.digest for row in rows)
        before = [GENESIS, *(row.digest for row in rows)]
        assert all(f'"previous":"{previous}"' in row.body for previous, row in zip(before, rows, strict=False))
        assert chain.head == rows[-1].digest


def test_agency_and_dialogue_have_chains_of_their_own(world: World) -> None:
    assert set(Chain.objects.values_list("key", flat=True)) == {"DH", "DH-2021-01"}
    assert {line.verb for line in story("DH")} == {"agency.set_up", "staff.take_on"}
    assert "staff.take_on" not in {line.verb for line in story("DH-2021-01")}


def test_an_instant_is_written_in_utc(world: World) -> None:
    here = timezone(timedelta(hours=7))
    say(world.dialogue, "muộn", actor=SYSTEM, now=datetime(2021, 12, 2, 0, 30, tzinfo=here))
    assert story("DH-2021-01", last=1)[0].at == "2021-12-01T17:30:00+00:00"


def test_neither_names_nor_words_stand_in_the_journal(world: World) -> None:
    everything = " ".join(Entry.objects.values_list("body", flat=True))
    for personal in ("Hoa", "Sáu", "Hồ sơ của tôi", "Kính mời", "Nguyễn"):
        assert personal not in everything


@pytest.mark.parametrize("table", ["journal_entry", "journal_witness"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(world: World, table: str, change: str) -> None:
    with (
        connection.cursor() as cursor,
        transaction.atomic(),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(change.format(table))
    assert not list(faults())


def test_django_cannot_change_or_delete_either(world: World) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(number=1).update(verb="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Witness.objects.all().delete()
    assert Witness.objects.count() == 1


@pytest.mark.parametrize("fact", [1.5, True, None, ["a"]])
def test_facts_are_strings_and_whole_numbers_only(world: World, fact: object) -> None:
    before = Entry.objects.count()

    def act(dialogue: object, *, actor: object, now: object) -> None:
        record("DH-2021-01", length=fact)  # type: ignore[arg-type]

    known = dict(REGISTRY)
    try:
        call = verb("try.wrong_fact", may=lambda actor, subject: YES)(act)
        with pytest.raises(TypeError, match="length"):
            call(world.dialogue, actor=SYSTEM, now=NOW)
    finally:
        REGISTRY.clear()
        REGISTRY.update(known)
    assert Entry.objects.count() == before


def test_outside_of_a_verb_nothing_is_written(world: World) -> None:
    before = Entry.objects.count()
    with pytest.raises(Defect):
        record("DH", x=1)
    assert Entry.objects.count() == before


def test_a_chain_is_made_when_it_is_first_locked(db: None) -> None:
    assert head_of("MỚI") == GENESIS
    with transaction.atomic():
        chain = lock("MỚI")
    assert (chain.length, chain.head, Chain.objects.count()) == (0, GENESIS, 1)
    with transaction.atomic():
        assert lock("MỚI") == chain


def test_a_witness_keeps_the_head_as_it_was(world: World) -> None:
    chain = Chain.objects.get(key="DH-2021-01")
    with transaction.atomic():
        head = witness("DH-2021-01", "trang công khai 1/12")
    kept = Witness.objects.order_by("-pk")[0]
    assert (head, kept.head, kept.number, kept.where) == (chain.head, chain.head, chain.length, "trang công khai 1/12")
    say(world.dialogue, "sau đó", actor=SYSTEM, now=NOW)
    assert head_of("DH-2021-01") != head
    assert not list(faults())


def test_the_paper_carries_the_head_that_stood_before_its_number_was_given(world: World) -> None:
    issue = next(line for line in story("DH-2021-01") if line.verb == "document.issue")
    before = Entry.objects.get(chain__key="DH-2021-01", number=issue.number - 1)
    assert issue.facts["head"] == world.paper.head == world.paper.model.head == before.digest
    assert issue.instant == datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
