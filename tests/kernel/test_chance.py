"""Tokens and salts that cannot be guessed; repeatable in a rehearsal and nowhere else."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from doithoai.kernel import chance

DRAWS: list[Callable[[], str]] = [chance.token, chance.salt, lambda: chance.code(7)]


@pytest.mark.parametrize("draw", DRAWS)
def test_no_two_are_alike(draw: Callable[[], str]) -> None:
    drawn = {draw() for _ in range(500)}
    assert len(drawn) == 500


def test_a_token_has_128_bits() -> None:
    assert len(bytes.fromhex(chance.token())) == 16
    assert len(bytes.fromhex(chance.salt())) == 16


def test_a_code_can_be_read_aloud() -> None:
    letters = set("".join(chance.code(40) for _ in range(200)))
    assert letters == set(chance.ALPHABET)
    assert not letters & set("0O1IlS5Z2")


def test_a_token_is_stored_as_its_digest() -> None:
    assert chance.hashed("abc") == sha256(b"abc").hexdigest()


def test_a_rehearsal_draws_the_same_twice_and_other_seeds_differ() -> None:
    def some(seed: str) -> list[str]:
        chance.follow_seed(seed, rehearsal=True)
        return [chance.token(), chance.salt(), chance.code(9), chance.token()]

    assert some("một") == some("một")
    assert not set(some("một")) & set(some("hai"))
    assert len(set(some("một"))) == 4


def test_only_a_rehearsal_may_seed_chance() -> None:
    with pytest.raises(ValueError, match="only a rehearsal"):
        chance.follow_seed("một", rehearsal=False)
    assert chance.token() != chance.token()


def test_the_machine_is_followed_again() -> None:
    chance.follow_seed("một", rehearsal=True)
    seeded = chance.token()
    chance.follow_machine()
    chance_again = chance.token()
    chance.follow_seed("một", rehearsal=True)
    assert chance.token() == seeded != chance_again
