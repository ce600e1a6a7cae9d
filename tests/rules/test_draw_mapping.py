"""Who stands behind a code is bound before the event, and told to nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.draw import Behind, PoolRow, Rules, canonical, commitment, mapping_digest, sealed, thaw

SALT = "00112233445566778899aabbccddeeff"
CODES = "ABCDEFGH"
PEOPLE = [Behind(code, f"N{at}", f"HS-{at}", date(2021, 3, at + 1)) for at, code in enumerate(CODES)]


def test_it_can_be_repeated_with_sha256sum() -> None:
    """Salt and lines in the order of the codes, joined by one line feed."""
    two = [Behind("K7M2P", "QX3NB4A", "000.00.02.H45-1", None), Behind("B3K9Z", "LW8RTUV", "HS|2", date(2021, 5, 7))]
    lines = f"{SALT}\nB3K9Z|LW8RTUV|HS|2|2021-05-07\nK7M2P|QX3NB4A|000.00.02.H45-1|"
    assert mapping_digest(SALT, two) == sha256(lines.encode()).hexdigest()


@given(st.permutations(PEOPLE))
def test_the_order_of_people_never_matters(people: list[Behind]) -> None:
    assert mapping_digest(SALT, people) == mapping_digest(SALT, PEOPLE)


@pytest.mark.parametrize(
    "change",
    [
        lambda one, two: [replace(one, person=two.person), replace(two, person=one.person)],
        lambda one, two: [replace(one, file_code=two.file_code), replace(two, file_code=one.file_code)],
        lambda one, two: [replace(one, done_on=None), two],
        lambda one, two: [replace(one, code=two.code), replace(two, code=one.code)],
        lambda one, _two: [one],
    ],
)
@given(places=st.lists(st.integers(0, len(PEOPLE) - 1), min_size=2, max_size=2, unique=True))
def test_whoever_is_exchanged_changes_it(change: Callable[[Behind, Behind], list[Behind]], places: Any) -> None:
    one, two = (PEOPLE[at] for at in places)
    others = [row for row in PEOPLE if row not in (one, two)]
    assert mapping_digest(SALT, [*others, *change(one, two)]) != mapping_digest(SALT, PEOPLE)


def test_without_the_salt_nobody_is_guessed() -> None:
    assert mapping_digest(SALT, PEOPLE) != mapping_digest(SALT.replace("0", "1", 1), PEOPLE)


def test_the_commitment_that_is_printed_binds_it() -> None:
    pool = [PoolRow(code, "HV") for code in CODES]
    rules = Rules("Bốc thẻ", total=3, mapping=mapping_digest(SALT, PEOPLE))
    exchanged = replace(rules, mapping=mapping_digest(SALT, [replace(PEOPLE[0], person="N9"), *PEOPLE[1:]]))
    assert commitment(pool, rules) != commitment(pool, exchanged)
    assert thaw(canonical(pool, rules).decode()) == (pool, rules)
    published = str(sealed(pool, rules))
    assert rules.mapping in published
    assert not any(one.person in published or one.file_code in published for one in PEOPLE)


def test_rules_without_one_read_as_before() -> None:
    assert "mapping" not in canonical([PoolRow("A", "HV")], Rules("Bốc thẻ", total=1)).decode()
