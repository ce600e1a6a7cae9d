"""Whatever is changed behind the product's back is found by `verify`, and nothing else is.

Each example changes one thing as somebody with the database file in hands would, looks whether it is found,
and takes it back.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doithoai.adapters.files_folder import FolderFiles
from doithoai.journal.models import Chain, Entry, Witness
from doithoai.kernel import plugs
from doithoai.ops.command import No
from doithoai.ops.verify import faults, verify
from doithoai.roster.models import Draw as Drawing
from doithoai.roster.models import Invitation, Pool, PoolMember
from doithoai.rules import draw as lots
from doithoai.rules.chain import canonical, digest_of, entry_body
from tests.journal.conftest import World

pytestmark = pytest.mark.django_db
Draw = Callable[[st.SearchStrategy[Any]], Any]
Tamper = Callable[[World, Draw], None]
TAMPERS: dict[str, Tamper] = {}


def tamper(act: Tamper) -> Tamper:
    """Add a way of tampering to the list."""
    TAMPERS[act.__name__] = act
    return act


def sql(statement: str, *values: object) -> int:
    """Run one statement behind the product's back; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def an_entry(draw: Draw) -> Entry:
    """Any entry of any chain."""
    chosen: Entry = draw(st.sampled_from(list(Entry.objects.order_by("pk"))))
    return chosen


def two_entries(draw: Draw) -> tuple[Entry, Entry]:
    """Two different entries of one chain, in order."""
    rows = list(Entry.objects.filter(chain__key="DH-2021-01").order_by("number"))
    first, second = sorted(draw(st.lists(st.integers(0, len(rows) - 1), min_size=2, max_size=2, unique=True)))
    return rows[first], rows[second]


def with_one_character_changed(text: str, draw: Draw) -> str:
    """The same text, but for one character."""
    place = draw(st.integers(0, len(text) - 1))
    other = draw(st.characters(codec="utf-8", exclude_characters=[text[place], "\0"]))
    return text[:place] + str(other) + text[place + 1 :]


def hex_changed(digest: str, draw: Draw) -> str:
    """The same digest, but for one digit."""
    place = draw(st.integers(0, 63))
    return digest[:place] + ("0" if digest[place] != "0" else "1") + digest[place + 1 :]


def rewrite_from(entry: Entry, facts: dict[str, str | int]) -> None:
    """Change an entry and compute the whole chain after it anew, head included, as a careful forger would."""
    chain, previous = entry.chain, ""
    for row in Entry.objects.filter(chain=chain, number__gte=entry.number).order_by("number"):
        body = json.loads(row.body)
        changed = facts if row.pk == entry.pk else body["facts"]
        new = entry_body(
            chain=body["chain"], number=body["number"], previous=previous or body["previous"],
            verb=body["verb"], actor=body["actor"], at=body["at"], facts=changed,
        )  # fmt: skip
        previous = digest_of(new)
        sql("UPDATE journal_entry SET body = %s, digest = %s WHERE id = %s", new, previous, row.pk)
    sql("UPDATE journal_chain SET head = %s WHERE id = %s", previous, chain.pk)


# Entries


@tamper
def one_character_of_a_body(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    sql("UPDATE journal_entry SET body = %s WHERE id = %s", with_one_character_changed(entry.body, draw), entry.pk)


@tamper
def a_body_with_a_fitting_digest(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    body = with_one_character_changed(entry.body, draw)
    sql("UPDATE journal_entry SET body = %s, digest = %s WHERE id = %s", body, digest_of(body), entry.pk)


@tamper
def a_body_as_bytes(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    sql("UPDATE journal_entry SET body = %s WHERE id = %s", entry.body.encode(), entry.pk)


@tamper
def blanks_in_a_body(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    body = draw(st.sampled_from([f"{entry.body} ", f"\n{entry.body}", entry.body.replace(":", ": ", 1), ""]))
    sql("UPDATE journal_entry SET body = %s WHERE id = %s", body, entry.pk)


@tamper
def one_digit_of_a_digest(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    sql("UPDATE journal_entry SET digest = %s WHERE id = %s", hex_changed(entry.digest, draw), entry.pk)


@tamper
def the_name_of_an_act(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    other = draw(st.sampled_from(["", "opinion.withdraw", entry.verb.upper()]))
    sql("UPDATE journal_entry SET verb = %s WHERE id = %s", other, entry.pk)


@tamper
def the_number_of_an_entry(world: World, draw: Draw) -> None:
    sql("UPDATE journal_entry SET number = %s WHERE id = %s", draw(st.integers(100, 10**6)), an_entry(draw).pk)


@tamper
def the_row_number_of_an_entry(world: World, draw: Draw) -> None:
    sql("UPDATE journal_entry SET id = %s WHERE id = %s", draw(st.integers(1000, 10**6)), an_entry(draw).pk)


@tamper
def an_entry_moved_to_another_chain(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    other = Chain.objects.exclude(pk=entry.chain_id).get()
    sql("UPDATE journal_entry SET chain_id = %s, number = 999 WHERE id = %s", other.pk, entry.pk)


@tamper
def a_deleted_entry(world: World, draw: Draw) -> None:
    sql("DELETE FROM journal_entry WHERE id = %s", an_entry(draw).pk)


@tamper
def a_deleted_entry_with_the_gap_closed(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    sql("DELETE FROM journal_entry WHERE id = %s", entry.pk)
    for later in Entry.objects.filter(chain=entry.chain, number__gt=entry.number).order_by("number"):
        sql("UPDATE journal_entry SET number = number - 1 WHERE id = %s", later.pk)
    sql("UPDATE journal_chain SET length = length - 1 WHERE id = %s", entry.chain_id)


@tamper
def a_cut_tail_with_its_head_moved_back(world: World, draw: Draw) -> None:
    chain = draw(st.sampled_from(list(Chain.objects.order_by("key"))))
    kept = draw(st.integers(0, chain.length - 1))
    sql("DELETE FROM journal_entry WHERE chain_id = %s AND number > %s", chain.pk, kept)
    last = Entry.objects.filter(chain=chain, number=kept).values_list("digest", flat=True).first()
    sql("UPDATE journal_chain SET length = %s, head = %s WHERE id = %s", kept, last or "0" * 64, chain.pk)


@tamper
def an_inserted_entry(world: World, draw: Draw) -> None:
    entry = an_entry(draw)
    for later in Entry.objects.filter(chain=entry.chain, number__gte=entry.number).order_by("-number"):
        sql("UPDATE journal_entry SET number = number + 1 WHERE id = %s", later.pk)
    sql(
        "INSERT INTO journal_entry (chain_id, number, verb, digest, body) VALUES (%s, %s, %s, %s, %s)",
        entry.chain_id, entry.number, entry.verb, entry.digest, entry.body,
    )  # fmt: skip
    sql("UPDATE journal_chain SET length = length + 1 WHERE id = %s", entry.chain_id)


@tamper
def an_entry_put_at_the_end(world: World, draw: Draw) -> None:
    chain = draw(st.sampled_from(list(Chain.objects.order_by("key"))))
    body = entry_body(
        chain=chain.key, number=chain.length + 1, previous=chain.head, verb="x", actor="", at="2021-12-01", facts={}
    )
    sql(
        "INSERT INTO journal_entry (chain_id, number, verb, digest, body) VALUES (%s, %s, %s, %s, %s)",
        chain.pk, chain.length + 1, "x", digest_of(body), body,
    )  # fmt: skip


@tamper
def two_entries_swapped(world: World, draw: Draw) -> None:
    one, two = two_entries(draw)
    column = draw(st.sampled_from(["number", "id"]))
    first, second = getattr(one, column), getattr(two, column)
    sql(f"UPDATE journal_entry SET {column} = 999999 WHERE {column} = %s AND chain_id = %s", first, one.chain_id)
    sql(f"UPDATE journal_entry SET {column} = %s WHERE {column} = %s AND chain_id = %s", first, second, one.chain_id)
    sql(f"UPDATE journal_entry SET {column} = %s WHERE {column} = 999999", second)


@tamper
def the_content_of_two_entries_swapped(world: World, draw: Draw) -> None:
    one, two = two_entries(draw)
    for row, content in ((one, two), (two, one)):
        sql(
            "UPDATE journal_entry SET body = %s, digest = %s, verb = %s WHERE id = %s",
            content.body, content.digest, content.verb, row.pk,
        )  # fmt: skip


@tamper
def a_chain_written_anew_under_a_head_that_left_the_house(world: World, draw: Draw) -> None:
    witness = Witness.objects.get()
    before = Entry.objects.filter(chain=witness.chain, number__lte=witness.number)
    entry = draw(st.sampled_from(list(before.order_by("number"))))
    rewrite_from(entry, {"length": draw(st.integers(1, 99))})


# Heads


@tamper
def the_head_of_a_chain(world: World, draw: Draw) -> None:
    chain = draw(st.sampled_from(list(Chain.objects.order_by("key"))))
    sql("UPDATE journal_chain SET head = %s WHERE id = %s", hex_changed(chain.head, draw), chain.pk)


@tamper
def the_length_of_a_chain(world: World, draw: Draw) -> None:
    chain = draw(st.sampled_from(list(Chain.objects.order_by("key"))))
    length = draw(st.integers(0, 99).filter(lambda number: number != chain.length))
    sql("UPDATE journal_chain SET length = %s WHERE id = %s", length, chain.pk)


@tamper
def the_name_of_a_chain(world: World, draw: Draw) -> None:
    sql("UPDATE journal_chain SET key = %s WHERE key = %s", "XK", draw(st.sampled_from(["DH", "DH-2021-01"])))


@tamper
def a_chain_taken_away(world: World, draw: Draw) -> None:
    sql("DELETE FROM journal_chain WHERE key = %s", draw(st.sampled_from(["DH", "DH-2021-01"])))


@tamper
def a_head_that_left_the_house(world: World, draw: Draw) -> None:
    witness = Witness.objects.get()
    if draw(st.booleans()):
        sql("UPDATE journal_witness SET head = %s", hex_changed(witness.head, draw))
    else:
        sql("UPDATE journal_witness SET number = %s", draw(st.integers(1, 99).filter(lambda n: n != witness.number)))


@tamper
def a_head_that_left_the_house_forgotten(world: World, draw: Draw) -> None:
    sql("DELETE FROM journal_witness")


# Words


@tamper
def one_character_of_somebodys_words(world: World, draw: Draw) -> None:
    text = draw(st.sampled_from(world.texts))
    sql("UPDATE people_text SET body = %s WHERE id = %s", with_one_character_changed(text.body, draw), text.pk)


@tamper
def words_with_a_digest_of_their_own(world: World, draw: Draw) -> None:
    text = draw(st.sampled_from(world.texts))
    digest = sha256(f"{text.salt}\nLời khác".encode()).hexdigest()
    sql("UPDATE people_text SET body = 'Lời khác', digest = %s WHERE id = %s", digest, text.pk)


@tamper
def a_salt_or_digest_of_words(world: World, draw: Draw) -> None:
    text = draw(st.sampled_from(world.texts))
    column = draw(st.sampled_from(["salt", "digest"]))
    sql(f"UPDATE people_text SET {column} = %s WHERE id = %s", "0" * 32, text.pk)


@tamper
def words_exchanged_between_two_people(world: World, draw: Draw) -> None:
    one, two = draw(st.lists(st.sampled_from(world.texts), min_size=2, max_size=2, unique_by=lambda text: text.pk))
    sql("UPDATE people_text SET body = %s WHERE id = %s", two.body, one.pk)
    sql("UPDATE people_text SET body = %s WHERE id = %s", one.body, two.pk)


@tamper
def words_taken_away(world: World, draw: Draw) -> None:
    text = draw(st.sampled_from(world.texts))
    gone = draw(st.sampled_from(["DELETE FROM people_text", "UPDATE people_text SET body = NULL"]))
    sql(f"{gone} WHERE id = %s", text.pk)


@tamper
def words_nobody_said(world: World, draw: Draw) -> None:
    said = str(draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"))))
    digest = sha256(f"muối\n{said}".encode()).hexdigest()
    sql(
        "INSERT INTO people_text (agency_id, body, salt, digest) VALUES (%s, %s, 'muối', %s)",
        world.agency.pk, said, digest,
    )  # fmt: skip


# Papers and files


@tamper
def one_character_of_a_paper(world: World, draw: Draw) -> None:
    sql("UPDATE documents_document SET paper = %s", with_one_character_changed(world.paper.paper, draw))


@tamper
def one_character_of_a_copy(world: World, draw: Draw) -> None:
    copy = draw(st.sampled_from(list(world.paper.copy_rows.order_by("pk"))))
    sql("UPDATE documents_copy SET paper = %s WHERE id = %s", with_one_character_changed(copy.paper, draw), copy.pk)


@tamper
def the_number_or_symbol_of_a_paper(world: World, draw: Draw) -> None:
    change = draw(st.sampled_from(["number = 8", "number = NULL", "symbol = 'QĐ-UBND'"]))
    sql(f"UPDATE documents_document SET {change}")


@tamper
def the_head_printed_on_a_paper(world: World, draw: Draw) -> None:
    other = draw(st.sampled_from(["", hex_changed(world.paper.head, draw), Entry.objects.order_by("pk")[0].digest]))
    sql("UPDATE documents_document SET head = %s", other)


@tamper
def another_stored_file_under_a_paper(world: World, draw: Draw) -> None:
    other = plugs.files().put(b"another file, stored in order")
    column = draw(st.sampled_from(["pdf", "docx"]))
    table = draw(st.sampled_from(["documents_document", "documents_copy"]))
    sql(f"UPDATE {table} SET {column} = %s", draw(st.sampled_from([other, ""])))


@tamper
def two_copies_exchanged(world: World, draw: Draw) -> None:
    one, two = world.paper.copy_rows.order_by("ordinal")
    sql("UPDATE documents_copy SET pdf = %s, docx = %s WHERE id = %s", two.pdf, two.docx, one.pk)
    sql("UPDATE documents_copy SET pdf = %s, docx = %s WHERE id = %s", one.pdf, one.docx, two.pk)


@tamper
def a_paper_or_copy_taken_away(world: World, draw: Draw) -> None:
    copies = draw(st.sampled_from(["1 = 1", "ordinal = 2"]))
    sql(f"DELETE FROM documents_copy WHERE {copies}")
    if copies == "1 = 1" and draw(st.booleans()):
        sql("DELETE FROM documents_document")


# The draw


def two_members(draw: Draw) -> tuple[PoolMember, PoolMember]:
    """Somebody who was drawn and a reserve."""
    return tuple(  # type: ignore[return-value]
        draw(st.sampled_from(list(PoolMember.objects.filter(pk__in=of.values("member")).order_by("code"))))
        for of in (Invitation.objects.filter(route="drawn"), Invitation.objects.filter(route="reserve"))
    )


@tamper
def two_people_exchanged_behind_their_codes(world: World, draw: Draw) -> None:
    """The letters too go to whoever now stands behind the code."""
    one, two = two_members(draw)
    with_letters = draw(st.booleans())
    for member, person in ((one, two.person_id), (two, one.person_id)):
        sql("UPDATE roster_poolmember SET person_id = %s WHERE id = %s", person, member.pk)
    for member, person in ((one, None), (two, one.person_id), (one, two.person_id)) if with_letters else ():
        sql("UPDATE roster_invitation SET person_id = %s WHERE member_id = %s", person, member.pk)


@tamper
def what_proves_the_right_of_a_code(world: World, draw: Draw) -> None:
    change = draw(st.sampled_from(["file_code = 'HS-99'", "done_on = '2020-01-01'", "done_on = NULL"]))
    sql(f"UPDATE roster_poolmember SET {change} WHERE id = %s", two_members(draw)[0].pk)


@tamper
def two_people_given_each_others_code(world: World, draw: Draw) -> None:
    one, two = (member.person for member in two_members(draw))
    for person, code in ((one, "…"), (two, one.code), (one, two.code)):
        sql("UPDATE people_person SET code = %s WHERE id = %s", code, person.pk)


@tamper
def the_group_or_code_of_a_member(world: World, draw: Draw) -> None:
    change = draw(st.sampled_from(["stratum = 'P9'", "code = 'AAAAA'"]))
    sql(f"UPDATE roster_poolmember SET {change} WHERE id = %s", two_members(draw)[0].pk)


@tamper
def the_salt_of_a_pool(world: World, draw: Draw) -> None:
    sql("UPDATE roster_pool SET salt = %s", draw(st.sampled_from(["", "0" * 32])))


@tamper
def a_list_frozen_anew_with_a_fitting_code(world: World, draw: Draw) -> None:
    pool = Pool.objects.get()
    rows, rules = lots.thaw(pool.canonical)
    if draw(st.booleans()):
        rules = replace(rules, mapping=draw(st.sampled_from(["", "0" * 64])))
    else:
        rows = rows[1:]
    told = lots.canonical(rows, rules).decode()
    sql("UPDATE roster_pool SET canonical = %s, commitment = %s", told, lots.commitment(rows, rules))


@tamper
def the_public_event_of_a_draw(world: World, draw: Draw) -> None:
    tables = {
        "roster_pool": ["event_name = 'Khác'", "event_on = '2021-12-11'"],
        "roster_draw": ["event_value = '1'", "source = 'Khác'", "seed = 'f'"],
    }
    table = draw(st.sampled_from(sorted(tables)))
    sql(f"UPDATE {table} SET {draw(st.sampled_from(tables[table]))}")


@tamper
def another_result_of_the_draw(world: World, draw: Draw) -> None:
    """A drawn person and a reserve change places, in the published result and on the list."""
    one, two = two_members(draw)
    text = json.dumps(Drawing.objects.get().published, ensure_ascii=False)
    for old, new in ((one.code, "?"), (two.code, one.code), ("?", two.code)):
        text = text.replace(f'"{old}"', f'"{new}"')
    sql("UPDATE roster_draw SET published = %s", text)
    first, second = (Invitation.objects.get(member=member) for member in (one, two))
    if draw(st.booleans()):
        sql("UPDATE roster_invitation SET person_id = NULL WHERE id = %s", first.pk)
        for row, other in ((second, first), (first, second)):
            told = (other.member_id, other.person_id, row.pk)
            sql("UPDATE roster_invitation SET member_id = %s, person_id = %s WHERE id = %s", *told)


@tamper
def a_letter_to_somebody_who_was_not_drawn(world: World, draw: Draw) -> None:
    one, two = two_members(draw)
    changes = [
        f"person_id = {two.person_id}, state = 'struck'",
        "route = 'chosen'",
        "route = 'reserve'",
        "rank = rank + 1",
        "member_id = NULL",
        f"member_id = {two.pk}",
    ]
    sql(f"UPDATE roster_invitation SET {draw(st.sampled_from(changes))} WHERE member_id = %s", one.pk)


@tamper
def a_draw_or_its_list_taken_away(world: World, draw: Draw) -> None:
    kept = draw(st.integers(0, 3))
    sql("DELETE FROM roster_invitation WHERE rank = %s", draw(st.integers(1, 2)))
    for table in ("roster_draw", "roster_poolmember", "roster_pool")[:kept]:
        sql(f"DELETE FROM {table}")


@pytest.fixture
def unguarded(world: World) -> World:
    """The world, its triggers dropped as a forger would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    return world


@pytest.mark.parametrize("name", TAMPERS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_tampering_is_found(unguarded: World, name: str, data: st.DataObject) -> None:
    assert next(faults(), None) is None
    with transaction.atomic():
        TAMPERS[name](unguarded, data.draw)
        found = next(faults(), None)
        transaction.set_rollback(True)
    assert found is not None
    assert found.where
    assert found.what
    assert next(faults(), None) is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_or_missing_file_is_found(world: World, data: st.DataObject) -> None:
    store = plugs.files()
    assert isinstance(store, FolderFiles)
    name = data.draw(st.sampled_from(sorted(store.names())))
    path = store.root / name[:2] / name
    before = path.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    changed = [
        before[:place] + bytes([before[place] ^ data.draw(st.integers(1, 255))]) + before[place + 1 :],
        before[:place],
        before + b"\n",
        None,
    ]
    after = data.draw(st.sampled_from(changed))
    if after is None:
        path.unlink()
    else:
        path.write_bytes(after)
    found = next(faults(), None)
    path.write_bytes(before)
    assert found is not None
    assert name[:16] in str(found)
    assert next(faults(), None) is None


def test_a_head_on_a_citizens_paper_shows_what_the_database_alone_cannot(unguarded: World) -> None:
    """The forger takes the last entries, moves the head back and even corrects the count of rows given."""
    on_paper = Chain.objects.get(key="DH-2021-01").head
    assert verify(on_paper).entries == Entry.objects.count()
    last = Entry.objects.order_by("-pk")[0]
    sql("DELETE FROM people_text WHERE id = %s", unguarded.texts[-1].pk)
    sql("DELETE FROM journal_entry WHERE id = %s", last.pk)
    sql("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'journal_entry'")
    head = Entry.objects.get(chain=last.chain, number=last.number - 1).digest
    sql("UPDATE journal_chain SET length = length - 1, head = %s WHERE id = %s", head, last.chain_id)
    assert verify().entries == Entry.objects.count()
    with pytest.raises(No, match="chưa từng có mã"):
        verify(on_paper)


def test_a_head_is_known_however_it_is_typed(world: World) -> None:
    head = world.paper.head
    assert verify(f" {head[:32].upper()} {head[32:]} ")
    with pytest.raises(No, match="chưa từng có mã"):
        verify("0" * 64)


def test_canonical_text_is_what_was_hashed(world: World) -> None:
    for entry in Entry.objects.all():
        assert canonical(json.loads(entry.body)) == entry.body
