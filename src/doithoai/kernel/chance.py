"""The only place where chance is read: tokens, salts and codes."""

import secrets
from collections.abc import Callable
from hashlib import sha256

# Letters and digits that cannot be mistaken for one another when read aloud.
ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY346789"


def _from_machine(count: int) -> bytes:
    return secrets.token_bytes(count)


_source: Callable[[int], bytes] = _from_machine


def token() -> str:
    """A secret of 128 bits as 32 hexadecimal digits. It is shown once and stored hashed."""
    return _source(16).hex()


def salt() -> str:
    """A salt of 128 bits that lives beside the text it protects."""
    return _source(16).hex()


def code(length: int) -> str:
    """A short code that can be read aloud; it names something and opens nothing."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in _source(length))


def digits(length: int) -> str:
    """Decimal digits that can be read aloud over a telephone; alone they open nothing."""
    return f"{int.from_bytes(_source(16)) % 10**length:0{length}d}"


def hashed(secret: str) -> str:
    """How a token is stored: its SHA-256."""
    return sha256(secret.encode()).hexdigest()


def follow_seed(seed: str, *, rehearsal: bool) -> None:
    """Make chance repeatable, which only a database marked as a rehearsal may (ValueError otherwise)."""
    global _source
    if not rehearsal:
        raise ValueError("only a rehearsal may seed chance")
    drawn = 0

    def next_bytes(count: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return sha256(f"{seed}:{drawn}".encode()).digest()[:count]

    _source = next_bytes


def follow_machine() -> None:
    """Read chance from the operating system again."""
    global _source
    _source = _from_machine
