"""Runs the rehearsal as an operator would: a process of its own, on files of its own."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("DOITHOAI_", "DJANGO_"))}


def command(*args: str | Path) -> "subprocess.CompletedProcess[str]":
    """One call of the command `doithoai`."""
    return subprocess.run(
        [sys.executable, "-m", "doithoai.ops", *map(str, args)],
        env=CLEAN,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def rehearse(out: Path, *plan: str | Path) -> dict[str, Any]:
    """Rehearse into `out` and read the summary; the process must end well."""
    done = command("rehearse", *plan, "--out", out, "--no-serve")
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-2000:]
    facts: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return facts


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path there."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sums(facts: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Both sides of every sum that must hold, recomputed here from the bare figures."""
    people, turns, opinions, notice = (facts[name] for name in ("people", "turns", "opinions", "notice"))
    came = ("attended", "substituted", "absent_with_reason", "absent_without", "released")
    settled = ("answered", "in_hand", "transferred", "guided", "not_taken")
    owed = opinions["received"] - opinions["withdrawn"]
    return [
        ("people", people["invited"], sum(people[name] for name in came)),
        ("turns", turns["called"], sum(turns[name] for name in ("spoke", "skipped", "withdrawn", "unheard"))),
        ("minuted", turns["minuted"], turns["spoke"]),
        ("opinions", owed, sum(opinions[name] for name in settled)),
        ("notice", notice["lines"], owed - opinions["denunciations"]),
        ("published", notice["published"], notice["lines"]),
    ]
