"""The source as text and as syntax trees, read once for all the rules of the house."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "doithoai"
ROOMS = (
    "journal", "directory", "people", "documents", "outbox", "planning", "roster", "intake", "answers", "live",
    "results", "survey", "portal", "oversight",
)  # fmt: skip


@cache
def configuration() -> dict[str, dict[str, dict[str, list[str]]]]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the product, migrations left out."""
    return tuple(sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """A file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """A path as this page shows it."""
    return str(path.relative_to(ROOT))


@dataclass(frozen=True, slots=True)
class Function:
    """A function and how many lines of code it has, its docstring and decorators not counted."""

    where: str
    lines: int


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, a function inside a function counted with it and alone."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            words = node.body[0]
            is_docstring = ast.get_docstring(node) is not None
            docstring = (words.end_lineno or words.lineno) - words.lineno + 1 if is_docstring else 0
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
            yield Function(f"{name_of(path)}:{node.lineno} {node.name}", lines)
