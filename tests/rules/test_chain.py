"""The hash chain: what is hashed, and which damage is found."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.chain import GENESIS, Stored, canonical, check_chain, digest_of, entry_body, sealed_digest

TEXTS = st.text(min_size=1, max_size=20)


def chain(facts: list[str]) -> list[Stored]:
    made: list[Stored] = []
    previous = GENESIS
    for number, fact in enumerate(facts, start=1):
        body = entry_body(
            chain="C",
            number=number,
            previous=previous,
            verb="v",
            actor="a",
            at="2021-12-22T00:30:00+00:00",
            facts={"f": fact},
        )
        previous = digest_of(body)
        made.append(Stored("C", number, "v", previous, body))
    return made


def check(entries: list[Stored], of: list[Stored] | None = None) -> list[str]:
    whole = of or entries
    head = whole[-1].digest if whole else GENESIS
    return [str(fault) for fault in check_chain("C", entries, length=len(whole), head=head)]


@given(st.lists(TEXTS, max_size=8))
def test_an_untouched_chain_has_no_fault(facts: list[str]) -> None:
    assert check(chain(facts)) == []


@given(st.lists(TEXTS, min_size=2, max_size=8), st.data())
def test_a_missing_entry_is_found(facts: list[str], data: st.DataObject) -> None:
    whole = chain(facts)
    at = data.draw(st.integers(0, len(whole) - 1))
    assert len(check(whole[:at] + whole[at + 1 :], whole)) == 1


@given(st.lists(TEXTS, min_size=2, max_size=8, unique=True), st.data())
def test_swapped_entries_are_found(facts: list[str], data: st.DataObject) -> None:
    whole = chain(facts)
    at = data.draw(st.integers(0, len(whole) - 2))
    swapped = [*whole[:at], whole[at + 1], whole[at], *whole[at + 2 :]]
    assert f"chờ mục số {at + 1}" in check(swapped, whole)[0]


@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_one_changed_character_is_found(facts: list[str], data: st.DataObject) -> None:
    whole = chain(facts)
    at = data.draw(st.integers(0, len(whole) - 1))
    entry = whole[at]
    place = data.draw(st.integers(0, len(entry.body) - 1))
    body = entry.body[:place] + ("x" if entry.body[place] != "x" else "y") + entry.body[place + 1 :]
    damaged = [*whole[:at], Stored("C", entry.number, "v", entry.digest, body), *whole[at + 1 :]]
    assert check(damaged, whole) == [f"C số {at + 1}: nội dung không khớp mã băm đã ghi"]


def test_an_entry_rewritten_with_its_digest_breaks_the_next() -> None:
    whole = chain(["một", "hai", "ba"])
    body = whole[1].body.replace('"hai"', '"hay"')
    rewritten = [whole[0], Stored("C", 2, "v", digest_of(body), body), whole[2]]
    assert check(rewritten, whole) == ["C số 3: không nối tiếp mục đứng trước"]


def test_an_entry_of_another_chain_does_not_fit() -> None:
    whole = chain(["một"])
    strange = [Stored("D", 1, "v", whole[0].digest, whole[0].body)]
    assert check(strange, whole) == ["D số 1: không nối tiếp mục đứng trước"]


def test_what_cannot_be_read_is_said() -> None:
    assert check([Stored("C", 1, "v", digest_of("{"), "{")]) == ["C số 1: nội dung không đọc được"]


@pytest.mark.parametrize("value", [1.5, None, True, ["a"], {"deep": 0.1}])
def test_only_strings_and_whole_numbers_are_facts(value: object) -> None:
    with pytest.raises(TypeError, match="f"):
        canonical({"f": value})


def test_the_text_is_canonical() -> None:
    body = canonical({"b": 1, "a": "Đông Hòa"})
    assert body == '{"a":"Đông Hòa","b":1}'
    assert json.loads(body) == {"a": "Đông Hòa", "b": 1}


@given(TEXTS, TEXTS)
def test_a_sealed_digest_depends_on_salt_and_text(salt: str, text: str) -> None:
    assert sealed_digest(salt, text) != sealed_digest(salt + "x", text)
    assert sealed_digest(salt, text) != sealed_digest(salt, text + "x")
