"""Papers, messages and the journal are Vietnamese whoever's pages are English: a whole dialogue gives the same bytes."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.flows.running import CLEAN, digests

# The rehearsal as the operator's command does it, by people who all read the language in the first argument.
COURSE = """
import sys
from pathlib import Path
import django
from doithoai.ops import rehearse
out = Path(sys.argv[2])
rehearse._prepare(out, None)
django.setup()
from django.utils import translation
translation.activate(sys.argv[1])
sys.exit(not rehearse._rehearse(out, None, None))
"""
KEPT = {
    "outbox_message": "key, body, outcome",
    "documents_document": "code, subject, paper",
    "journal_entry": "chain_id, number, body",
    "roster_invitation": "code, reason",
    "planning_deadline": "rule_slug, arithmetic, warnings",
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same rehearsal by readers of Vietnamese and by readers of English, side by side."""
    folder = tmp_path_factory.mktemp("languages")
    outs = {language: folder / language / "dien-tap" for language in ("vi", "en")}
    started = []
    for language, out in outs.items():
        out.parent.mkdir()
        command = [sys.executable, "-c", COURSE, language, str(out)]
        started.append(
            subprocess.Popen(command, env=CLEAN, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        )
    for process in started:
        _said, complaint = process.communicate()
        assert process.returncode == 0, complaint[-2000:]
    return outs


def rows(out: Path, table: str) -> list[tuple[object, ...]]:
    """What a table keeps, in order."""
    with closing(sqlite3.connect(out / "rehearsal.sqlite3")) as base:
        return sorted(base.execute(f"SELECT {KEPT[table]} FROM {table}").fetchall(), key=repr)


@pytest.mark.parametrize("table", KEPT)
def test_what_is_kept_is_the_same(runs: dict[str, Path], table: str) -> None:
    kept = rows(runs["vi"], table)
    assert kept
    assert [row for row in rows(runs["en"], table) if row not in kept] == []


def test_every_paper_is_the_same_file(runs: dict[str, Path]) -> None:
    papers = digests(runs["vi"] / "papers")
    assert papers
    assert digests(runs["en"] / "papers") == papers
