"""The English catalogue: sentences gathered from source and templates, compiled at set-up. No system gettext.

`python -m doithoai.ops.catalogue gather` brings the catalogue up to date, `compile` makes what the site
reads, `check` exits 1 naming what is missing: a sentence not gathered, not translated, or with a broken
placeholder.
"""

import ast
import importlib
import io
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from doithoai.config import env
from doithoai.kernel.words import LETTERS, RULES, STATE
from doithoai.rules.machine import Machine

PACKAGE = Path(__file__).resolve().parent.parent
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
# gettext_noop and gettext_lazy go by these short names where a table waits for the language of the request.
ALIASES = ("_", "__", "later", "gettext", "gettext_lazy", "gettext_noop")
KEYWORDS = {**dict.fromkeys(ALIASES), "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def gathered() -> Catalog:
    """Every sentence for people in source and templates, with where it stands."""
    found = Catalog(locale="en", project="doithoai", charset="utf-8")
    for path, text in _sources():
        lines = extract("python", io.BytesIO(text.encode()), KEYWORDS)
        for line, message, _comments, context in lines:
            found.add(message, locations=[(str(path.relative_to(PACKAGE)), line)], context=context)
    for words, where in (*_states(), *_sentences_of_rules(), *_terms(), *_holidays()):
        found.add(words, locations=[(where[1], 0)], context=where[0])
    return found


Found = tuple[str, tuple[str | None, str]]  # the words, their context and their file


def _states() -> Iterator[Found]:
    """The words of every transition table."""
    for path in sorted(PACKAGE.glob("*/states.py")):
        module = importlib.import_module(f"doithoai.{path.parent.name}.states")
        for machine in vars(module).values():
            if isinstance(machine, Machine):
                yield from ((word, (STATE, str(path.relative_to(PACKAGE)))) for word in machine.words.values())


def _holidays() -> Iterator[Found]:
    """The names of days off and make-up days in the calendar."""
    path = PACKAGE / "directory" / "reference" / "calendar-vn.toml"
    years = tomllib.loads(path.read_text(encoding="utf-8"))["year"]
    for name in sorted({day["name"] for year in years for day in year["days"]}):
        yield name, (None, str(path.relative_to(PACKAGE)))


# Pure code whose findings and refusals people read on pages, and of it the texts of papers and what is no sentence.
PURE: Final = ("rules/**/*.py", "planning/imports/*.py", "adapters/records_*.py")
NOT_SAID: Final = (
    "rules/paper/", "rules/officenames.py", "rules/vietnamese.py", "rules/masking.py", "rules/spoken.py",
    "rules/draw_verifier.py", "rules/chain.py",
)  # fmt: skip
REGULAR: Final = re.compile(r"[\\|^\[]|\(\?")  # signs of a pattern to search by, not of a sentence
LEAST_WORDS, FEWEST_AROUND_A_PLACE = 3, 2


def _sentences_of_rules() -> Iterator[Found]:
    """Sentences that pure code makes, a named place for each value; `doithoai.web.retold` recognises them."""
    for path in sorted(path for pattern in PURE for path in PACKAGE.glob(pattern)):
        where = str(path.relative_to(PACKAGE))
        if where.startswith(NOT_SAID):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        passed = _no_sentences(tree)
        for node in ast.walk(tree):
            words = "" if id(node) in passed else _with_places(node)
            own = PLACEHOLDER.sub(" ", words)
            if (
                LETTERS.search(own)
                and not REGULAR.search(own)
                and len(own.split()) >= (FEWEST_AROUND_A_PLACE if own != words else LEAST_WORDS)
            ):
                yield words, (RULES, where)


# Short words that rules and lists keep with their data.
TERMS: Final = {
    "rules/masking.py": ("LABELS",),
    "roster/actions/gathering.py": ("FEATURES", "AGES", "UNKNOWN"),
    "roster/actions/records.py": ("SEXES",),
}


def _terms() -> Iterator[Found]:
    """The words in those tables."""
    for where, names in TERMS.items():
        for node in ast.parse((PACKAGE / where).read_text(encoding="utf-8")).body:
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            if any(isinstance(target, ast.Name) and target.id in names for target in targets):
                yield from ((words, (RULES, where)) for words in _shown(node))


def _shown(node: ast.AST) -> Iterator[str]:
    """Every text in a table but its keys."""
    keys = {id(key) for one in ast.walk(node) if isinstance(one, ast.Dict) for key in one.keys}
    for one in ast.walk(node):
        text = one.value if isinstance(one, ast.Constant) and id(one) not in keys else None
        if isinstance(text, str) and any(letter.isalpha() for letter in text):
            yield text


def _no_sentences(tree: ast.AST) -> set[int]:
    """Docstrings, and the pieces of which a text with values is made."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            found.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            found.update(id(part) for part in node.values if isinstance(part, ast.Constant))
            found.update(id(part.format_spec) for part in node.values if isinstance(part, ast.FormattedValue))
    return found


def _with_places(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    text, names = "", list[str]()
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            names.append(_name_of(part.value, names))
            text += f"%({names[-1]})s"
        elif isinstance(part, ast.Constant):
            text += str(part.value).replace("%", "%%")
    return text


def _name_of(value: ast.expr, taken: Sequence[str]) -> str:
    """What a value is called where it stands: its last name; a number behind a name that is taken."""
    names = [
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(value)
        if isinstance(node, ast.Attribute | ast.Name)
    ]
    name = (
        (names[0] if isinstance(value, ast.Attribute | ast.Name) else names[-1] if names else "value")
        .strip("_")
        .lower()
    )
    return name if name not in taken else f"{name}_{len(taken) + 1}"


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path))


def stored() -> Catalog:
    """The catalogue as it is kept; an empty one before the first gathering."""
    if not PO.exists():
        return Catalog(locale="en", project="doithoai", charset="utf-8")
    with PO.open("rb") as stream:
        return read_po(stream, locale="en")


def gather() -> int:
    """Bring the kept catalogue up to date with the sources; what was translated stays."""
    catalogue = stored()
    catalogue.update(gathered(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        write_po(stream, catalogue, width=110, omit_header=False, sort_output=True, include_lineno=False)
    return 0


def compile_all() -> int:
    """Write the compiled catalogue beside the kept one."""
    with PO.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, stored())
    return 0


def problems() -> list[str]:
    """What keeps the catalogue from being complete, a line each."""
    kept = stored()
    wrong: list[str] = []
    for message in gathered():
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        words = message.id if isinstance(message.id, str) else message.id[0]
        if (
            known is None
            or known.fuzzy
            or not known.string
            or (not isinstance(known.string, str) and not all(known.string))
        ):
            wrong.append(f"chưa dịch: {words[:90]}")
        elif _places(message.id) != _places(known.string):
            wrong.append(f"chỗ điền không khớp: {words[:90]}")
    return wrong


# Vietnamese names the person who is spoken to; English says “you” without naming anybody.
ADDRESSED: Final = {"%(you)s"}


def _places(text: str | Sequence[str]) -> set[str]:
    return set(PLACEHOLDER.findall(text if isinstance(text, str) else text[-1])) - ADDRESSED


def check() -> int:
    """Print what is wrong; 0 when nothing is."""
    wrong = problems()
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def main(argv: Sequence[str]) -> int:
    """One of gather, compile, check."""
    env.use_settings()
    return {"gather": gather, "compile": compile_all, "check": check}[argv[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
