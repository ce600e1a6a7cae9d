"""How long the main job takes: one whole dialogue from its plan to the closed case, every paper printed.

Run as anybody runs it, in a process of its own. The floor is a process that makes the same tables in an empty
database and finds nothing to do.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

Figure = dict[str, float | int | str | None]
RUNS = 1


def bench() -> dict[str, Figure]:
    """Wall seconds of a rehearsal of the sample plan without serving."""
    with tempfile.TemporaryDirectory(prefix="doithoai-bench-") as where:
        floor = _seconds(Path(where), "work", "--once", "--database", f"sqlite:///{where}/empty.sqlite3")
        value = _seconds(Path(where), "rehearse", "--no-serve", "--out", f"{where}/rehearsal")
    row: Figure = {"value": round(value, 2), "unit": "s", "floor": round(floor, 2), "n": RUNS}
    return {"rehearsal": {**row, "ratio": round(value / floor, 1)}}


def _seconds(where: Path, *words: str) -> float:
    """Run a command of the product on nothing that is there already. Raises CalledProcessError when it fails."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DOITHOAI_", "DJANGO_"))}
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "doithoai.ops", *words], env=own, cwd=where, check=True, stdout=subprocess.DEVNULL
    )
    return perf_counter() - began
