"""The English catalogue: sentences gathered from source and templates, compiled at set-up. No system gettext.

`python -m doithoai.ops.catalogue gather` brings the catalogue up to date, `compile` makes what the site
reads, `check` exits 1 naming what is missing: a sentence not gathered, not translated, or with a broken
placeholder.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from doithoai.config import env

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
    return found


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
        if known is None or not known.string or (not isinstance(known.string, str) and not all(known.string)):
            wrong.append(f"chưa dịch: {words[:90]}")
        elif _places(message.id) != _places(known.string):
            wrong.append(f"chỗ điền không khớp: {words[:90]}")
    return wrong


def _places(text: str | Sequence[str]) -> set[str]:
    return set(PLACEHOLDER.findall(text if isinstance(text, str) else text[-1]))


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
