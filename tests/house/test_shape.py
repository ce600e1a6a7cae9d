"""How the house is furnished: small files and functions, few kinds of files, and what is banned everywhere."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doithoai.config import settings
from tests.house.source import PACKAGE, ROOMS, ROOT, configuration, functions, modules, name_of, tree

MOST_LINES = 500
BANNED_NAMES = {"utils", "util", "common", "helpers", "helper", "services", "service", "managers", "signals", "misc"}
# Words that would tie the product to the place where it was made.
BANNED_WORDS = re.compile(
    r"/work/|\.\./shared|shared/(?:domain|design)|\bhelper session|\bissue #?\d|\bissues? show\b", re.I
)
ENVIRONMENT = {"src/doithoai/config/env.py"}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_file_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{lines} lines, at most {MOST_LINES}: make it a package of the same name"


def test_the_order_of_rooms_is_complete() -> None:
    assert set(ROOMS) == set(settings.ROOMS) - {"web"}
    (layers,) = [row["layers"] for row in configuration()["tool"]["importlinter"]["contracts"] if row["id"] == "phases"]  # type: ignore[index, call-overload]
    assert [room for room in reversed(layers) if room in ROOMS] == list(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_holds_furniture_of_known_kinds_only(room: str) -> None:
    kinds = set(configuration()["tool"]["doithoai"]["furniture"])
    inside = [path for path in (PACKAGE / room).iterdir() if path.suffix == ".py" or any(path.glob("*.py"))]
    found = {path.stem for path in inside if path.name not in ("__init__.py", "__pycache__")}
    assert found - kinds == set(), "another kind is a line in pyproject.toml, [tool.doithoai] furniture"
    for extra, rooms in {
        "worker": ("documents", "intake", "journal", "outbox", "people", "planning"),
        "rendering": ("documents",),
    }.items():
        assert extra not in found or room in rooms


def test_no_kind_of_furniture_is_listed_in_vain() -> None:
    found = {path.stem for room in ROOMS for path in (PACKAGE / room).iterdir()}
    planned = {"citizen", "public", "feed", "forms", "templatetags"}
    assert set(configuration()["tool"]["doithoai"]["furniture"]) - found <= planned


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    names = {path: {path.stem, *path.relative_to(PACKAGE).parent.parts} for path in modules()}
    assert [name_of(path) for path, parts in names.items() if parts & BANNED_NAMES] == []


def test_functions_are_short() -> None:
    """Median at most 8 lines, nine in ten at most 25, over the whole product."""
    found = sorted((made for path in modules() for made in functions(path)), key=lambda made: -made.lines)
    lengths = sorted(made.lines for made in found)
    median, p90 = statistics.median(lengths), lengths[len(lengths) * 9 // 10]
    worst = "\n".join(f"{made.lines:4} {made.where}" for made in found[:15])
    measured = f"{len(found)} functions, median {median}, 90th percentile {p90}, the longest:\n{worst}"
    sys.stdout.write(measured)
    assert median <= 8, measured
    assert p90 <= 25, measured


def calls_and_names(path: Path) -> Iterator[tuple[str, int]]:
    """Every dotted name that a file uses, with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute | ast.Name):
            yield ast.unparse(node), node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize(
    ("banned", "allowed"),
    [
        (r"os\.(environ|getenv|putenv)\b", ENVIRONMENT),
        (r"(django\.utils\.safestring|safestring)\.(mark_safe|SafeString)|mark_safe\b|SafeString\b", {"src/doithoai/web/marks.py"}),
        (r"(datetime|date)\.(now|today|utcnow)$|timezone\.now$|^time\.time$", {"src/doithoai/kernel/clock.py"}),
        (r"(random|secrets)\.\w+|uuid\.uuid[14]|os\.urandom", {"src/doithoai/kernel/chance.py", "src/doithoai/config/settings.py"}),
        (r"django\.dispatch\.|django\.db\.models\.signals|post_save|pre_save", set()),
        (r"^print$", {name_of(path) for path in modules() if "ops" in path.parts or path.name == "draw_verifier.py"}),
    ],
)  # fmt: skip
def test_what_is_read_in_one_place_is_read_nowhere_else(banned: str, allowed: set[str]) -> None:
    pattern = re.compile(banned)
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in modules()
        if name_of(path) not in allowed
        for name, line in calls_and_names(path)
        if pattern.search(name)
    ]
    assert found == []


TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_escape_and_run_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|javascript:|\sstyle\s*=|<style", text, re.I)
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", text), "nothing is fetched from others"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_form_that_changes_something_posts_with_a_token(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.S | re.I):
        if re.search(r"""method\s*=\s*["']?post""", form, re.I):
            assert "csrf_token" in form


def tracked() -> list[Path]:
    """What the repository keeps, and what is new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name]


def test_nothing_ties_the_product_to_the_place_where_it_was_made() -> None:
    found = []
    for path in tracked():
        if path.name in ("uv.lock", Path(__file__).name) or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {hit.group()}" for hit in BANNED_WORDS.finditer(text)]
    assert found == []


def test_no_work_is_left_for_later_in_a_comment() -> None:
    marks = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    found = [name_of(path) for path in modules() if marks.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_exception_from_a_rule_says_why() -> None:
    """`# noqa: S101  (reason)`, `# type: ignore[x]  # reason` where the rule is switched off."""
    bare = re.compile(r"#\s*noqa\s*$|#\s*noqa(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)*)|#\s*type:\s*ignore(?!\[)")
    found = [
        f"{name_of(path)}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_file_says_what_it_is(path: Path) -> None:
    if path.read_text(encoding="utf-8").strip():
        assert ast.get_docstring(tree(path)), "the first line of a file says what it is for"
