"""`python -m benchmarks [names]`: run what `bench()` of each file measures, and keep it in results.json.

Every file runs in a process of its own, on an empty database of its own, so that none disturbs another.
"""

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from doithoai.ops.command import start

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
FIELDS = ("value", "unit", "floor", "ratio", "n")
Figures = dict[str, dict[str, float | int | str | None]]


def names() -> list[str]:
    """Every benchmark there is."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def alone(name: str) -> None:
    """Run one file here and print its figures as JSON, the last line of the output."""
    with tempfile.TemporaryDirectory(prefix="doithoai-bench-") as folder:
        start(f"sqlite:///{folder}/bench.sqlite3")
        figures: Figures = importlib.import_module(f"benchmarks.{name}").bench()
    print(json.dumps({key: {field: row.get(field) for field in FIELDS} for key, row in figures.items()}))


def in_own_process(name: str) -> Figures:
    """The figures of one file. Raises CalledProcessError when it fails; it says itself why."""
    command = [sys.executable, "-m", "benchmarks", "--alone", name]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=HERE.parent)
    figures: Figures = json.loads(run.stdout.splitlines()[-1])
    return figures


def shown(name: str, row: dict[str, float | int | str | None]) -> str:
    """One line of the table."""
    floor = "" if row["floor"] is None else f"{row['floor']:>12,.3f}"
    ratio = "" if row["ratio"] is None else f"{row['ratio']:>8.2f}"
    return f"{name:<36}{row['value']:>12,.3f} {row['unit']!s:<8}{floor:>12}{ratio:>8}{row['n']!s:>8}"


def collect(chosen: Sequence[str]) -> Figures:
    """Run these files one after another, printing each figure as it comes."""
    print(f"{'':<36}{'value':>12} {'unit':<8}{'floor':>12}{'ratio':>8}{'n':>8}")
    found: Figures = {}
    for name in chosen:
        figures = in_own_process(name)
        print(*(shown(key, row) for key, row in figures.items()), sep="\n", flush=True)
        found |= figures
    return found


def main() -> int:
    """Run the files named, or all; figures that were not measured again stay as they were."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*names(), []], metavar="name", help=", ".join(names()))
    parser.add_argument("--alone", choices=names(), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.alone:
        alone(args.alone)
        return 0
    before: Figures = json.loads(RESULTS.read_text(encoding="utf-8")) if args.names and RESULTS.exists() else {}
    kept = before | collect(args.names or names())
    RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
