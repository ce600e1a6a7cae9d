"""The table of requirements: every clause has its row, and the tests it names exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TABLE = ROOT / "docs" / "requirements.md"
ROW = re.compile(
    r"^\| (?P<id>R\d\d[a]?|L\d+) \| (?P<what>[^|]+) \| (?P<where>[^|]+) \| (?P<proof>[^|]+) \|$", re.MULTILINE
)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
PLACE = re.compile(r"`([\w/]+(?:\.py)?)`")
OWED = [f"R{number:02d}" for number in range(1, 66)] + ["R01a"] + [f"L{number}" for number in range(1, 11)]


def rows() -> dict[str, re.Match[str]]:
    return {row["id"]: row for row in ROW.finditer(TABLE.read_text(encoding="utf-8"))}


def test_no_clause_is_lost() -> None:
    assert sorted(set(OWED) - set(rows())) == []


@pytest.mark.parametrize("requirement", OWED)
def test_the_places_and_tests_named_exist(requirement: str) -> None:
    row = rows()[requirement]
    proofs = TEST.findall(row["proof"])
    assert proofs or row["proof"].startswith("later: "), f"{requirement}: neither a test nor a reason"
    for path, name in proofs:
        source = ROOT / path
        assert source.exists(), f"{requirement}: {path}"
        assert f"def {name}(" in source.read_text(encoding="utf-8") if name else True, f"{requirement}: {name}"
    for place in PLACE.findall(row["where"]):
        assert (ROOT / "src/doithoai" / place).exists(), f"{requirement}: {place}"
