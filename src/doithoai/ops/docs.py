"""The page `docs/acts-and-states.md`, written from the registry itself: `python -m doithoai.ops.docs [--check]`.

It says for every act whose right it is, so that a change of a right is seen as a changed line in a review.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import doithoai
from doithoai.kernel.verbs import REGISTRY
from doithoai.ops.command import start
from doithoai.rules.machine import Machine

PAGE = Path(__file__).resolve().parents[3] / "docs" / "acts-and-states.md"
HEAD = """# Acts and states

Written by `python -m doithoai.ops.docs`; `make check` refuses it when it is out of date.
Every change of the product is one of these acts. Whose right an act is, is said by the rule itself, in
Vietnamese, as the person who is refused reads it. The system may do what any rule allows.
"""


def modules(name: str) -> Iterator[ModuleType]:
    """Every module (or package with all its modules) of this name in any room, rooms in order of their name."""
    for room in pkgutil.iter_modules(doithoai.__path__, "doithoai."):
        if not room.ispkg:
            continue
        path = importlib.import_module(room.name).__path__
        if any(found.name == name for found in pkgutil.iter_modules(path)):
            module = importlib.import_module(f"{room.name}.{name}")
            yield module
            for part in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
                yield importlib.import_module(part.name)


def paragraph(thing: object) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((thing.__doc__ or "").strip().split("\n\n")[0].split())


def sentence(thing: object) -> str:
    """The first sentence of a docstring."""
    first, stop, _rest = paragraph(thing).partition(". ")
    return first + stop.strip()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def acts() -> str:
    """Every act by its room."""
    list(modules("actions"))
    rooms: dict[str, list[tuple[str, str, str]]] = {}
    ours = [verb for verb in REGISTRY.values() if verb.act.__module__.startswith("doithoai.")]
    for verb in sorted(ours, key=lambda verb: verb.name):
        room = verb.act.__module__.split(".")[1]
        rooms.setdefault(room, []).append((f"`{verb.name}`", sentence(verb.act), paragraph(verb.may)))
    parts = [f"### {room}\n\n{table(('act', 'what it does', 'whose right'), rooms[room])}" for room in sorted(rooms)]
    return "## Acts\n\n" + "\n\n".join(parts)


def consequences() -> str:
    """The tables of what follows and what must be so before."""
    composed = importlib.import_module("doithoai.config.follows")
    follows = table(("act", "is followed, in this order, by"), _named(composed.FOLLOWS))
    gates = table(("act", "is refused unless"), _named(composed.GATES))
    return f"## What follows from what\n\n{follows}\n\n## What must be so before\n\n{gates}"


def _named(tabled: Mapping[str, Sequence[Callable[..., object]]]) -> Iterator[tuple[str, str]]:
    for act, functions in sorted(tabled.items()):
        yield f"`{act}`", "; ".join(_called(function) for function in functions)


def _called(function: Callable[..., object]) -> str:
    inner = getattr(function, "__wrapped__", function)
    name = next((verb.name for verb in REGISTRY.values() if verb.act is inner), inner.__name__)
    return f"`{name}` ({sentence(inner).rstrip('.')})"


def states() -> str:
    """Every transition table."""
    found = {
        machine.name: machine
        for module in modules("states")
        for machine in vars(module).values()
        if isinstance(machine, Machine)
    }
    return "## States\n\n" + "\n\n".join(_machine(found[name]) for name in sorted(found))


def _machine(machine: Machine) -> str:
    rows = [
        (
            f"`{state}`{' (start)' if state == machine.start else ''}",
            machine.words[state],
            ", ".join(f"`{to}`" for to in machine.steps[state]) or "nothing",
        )
        for state in machine.steps
    ]
    return f"### {machine.name}\n\n{table(('state', 'shown as', 'may be followed by'), rows)}"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, acts(), "", consequences(), "", states(), ""])


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page; with `--check` only compare, exit 1 when it is out of date."""
    parser = argparse.ArgumentParser(prog="python -m doithoai.ops.docs")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args(argv)
    start(tables=False)
    now = page()
    if not args.check:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(now, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == now:
        return 0
    sys.stderr.write("docs/acts-and-states.md is out of date: run python -m doithoai.ops.docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
