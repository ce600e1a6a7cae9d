"""What is left of Vietnamese on a page in English: everything but the words that its database holds.

Names, titles of papers and people's own words stay as they are; each of them stands in the database. A word with
Vietnamese letters that stands there nowhere is a word of the product that nobody translated.
"""

import gzip
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from tests.browser.sites import DATABASE, ROOT, Site
from tests.browser.watching import DESK, Size, Visits

LETTERS = re.compile("[À-ÖØ-öø-ỹ]")
SIGNS = re.compile(r"""[.,;:()\[\]{}<>“”"'’…/|!?\n\t=–—]+|\s-\s""")
# Counted by rules and stored in Vietnamese, but shown in the reader's language.
RETOLD = {("planning_deadline", "arithmetic"), ("planning_deadline", "warnings"), ("planning_deadline", "cells")}
NOBODYS_WORDS = ("django_", "sqlite_", "auth_", "directory_ruletext", "journal_")
LONG = 4  # so many words in a row may be the middle of a longer text, cut short on the page
OWN_NAMES = ("Đối Thoại", "Tiếng Việt")
TEXTS = """() => {
  document.querySelectorAll('bdi').forEach(one => one.replaceWith(...one.childNodes))
  document.body.normalize()
  const said = []
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName)) continue
    const marked = parent.closest('[lang]:not(option):not(title):not(textarea)')
    if (!marked || !marked.lang.startsWith('vi')) said.push(node.data)
  }
  for (const one of document.querySelectorAll('*')) {
    const marked = one.closest('[lang]')
    if (marked && marked.lang.startsWith('vi') && marked !== one) continue
    for (const { name, value } of one.attributes) if (!['value', 'href'].includes(name)) said.push(value)
    if (one.matches('input[type=submit], input[type=button]')) said.push(one.value)
  }
  return said
}"""


@dataclass(slots=True)
class EnglishVisits(Visits):
    """Visits of people who read English."""

    def anyone(self, size: Size = DESK, **more: Any) -> Page:
        """A page of a visitor who is not signed in."""
        page = Visits.anyone(self, size, **more)
        page.context.add_cookies([{"name": "ngon-ngu", "value": "en", "url": self.site.url}])
        return page

    def staff(self, who: str, size: Size = DESK, **more: Any) -> Page:
        """A page of a member of staff; the door is opened in Vietnamese, which the tests' own hands expect."""
        if who not in self.site.states:
            first = Visits.anyone(self)
            first.goto(self.site.door(who))
            first.get_by_role("button", name="Đăng nhập").click()
            self.site.states[who] = first.context.storage_state()
        return self.anyone(size, storage_state=self.site.states[who], **more)


@dataclass
class Stored:
    """The words that a database holds."""

    site: Site
    longest: int = field(default=1, init=False)

    @cached_property
    def values(self) -> list[str]:
        """Every text of every row, its JSON taken apart."""
        with closing(sqlite3.connect(self.site.folder / DATABASE)) as base:
            return [*(text for value in _values(base) for text in _texts(value)), *_quoted(), *_data()]

    @cached_property
    def phrases(self) -> set[tuple[str, ...]]:
        """The texts cut at their signs, as words."""
        found = {tuple(piece.split()) for text in (*self.values, *OWN_NAMES) for piece in _pieces(text)}
        self.longest = max(map(len, found))
        return found

    @cached_property
    def all(self) -> str:
        """All texts in one, words parted by one space."""
        return " | ".join(" ".join(piece.split()) for text in self.values for piece in _pieces(text))

    def unknown(self, said: Iterable[str]) -> list[str]:
        """The stretches with Vietnamese letters that are no words of the database."""
        return list(dict.fromkeys(piece for text in said for piece in self._unknown_in(text)))

    def _unknown_in(self, text: str) -> Iterator[str]:
        """In a text that was cut short, the last words are the beginning of something longer."""
        least = 1 if "…" in text else LONG
        return (piece for one in _pieces(text) for piece in self._unknown(one, least))

    def _unknown(self, piece: str, least: int) -> Iterator[str]:
        words = piece.split()
        at = 0
        while at < len(words):
            if not LETTERS.search(words[at]):
                at += 1
                continue
            known = self._known_from(words, at, least)
            if not known:
                yield " ".join(words[max(0, at - 3) : at + 6])
                return
            at += known

    def _known_from(self, words: list[str], at: int, least: int) -> int:
        """How many words from there on the database knows; words before may belong to the same name."""
        for start in range(at, max(-1, at - LONG), -1):
            for end in range(min(len(words), start + max(self.longest, LONG)), at, -1):
                if self._is_known(words[start:end], least):
                    return end - at
        return 0

    def _is_known(self, words: list[str], least: int) -> bool:
        return tuple(words) in self.phrases or (len(words) >= least and " ".join(words) in self.all)


def _values(base: sqlite3.Connection) -> Iterator[str]:
    tables = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table.startswith(NOBODYS_WORDS):
            continue
        columns = [row[1] for row in base.execute(f'PRAGMA table_info("{table}")')]
        for column in columns:
            if (table, column) not in RETOLD:
                asked = f'''SELECT DISTINCT "{column}" FROM "{table}" WHERE typeof("{column}") = 'text' '''
                rows = base.execute(asked)
                yield from (row[0] for row in rows)


def _quoted() -> Iterator[str]:
    """What the English sentences themselves quote in Vietnamese: “KẾ HOẠCH”, an example to fill in."""
    with (ROOT / "src/doithoai/locale/en/LC_MESSAGES/django.po").open("rb") as stream:
        for message in read_po(stream, locale="en"):
            said = message.string if isinstance(message.string, str) else " | ".join(message.string)
            if LETTERS.search(said):
                yield said


def _data() -> Iterator[str]:
    """Laws, places, plans and sample speech, from the product's data files; not the calendar, whose days have names."""
    for path in (ROOT / "src/doithoai").rglob("*.toml"):
        if "calendar" not in path.name:
            yield path.read_text(encoding="utf-8")
    with gzip.open(ROOT / "src/doithoai/directory/reference/places.tsv.gz", "rt", encoding="utf-8") as places:
        yield places.read()


def _texts(value: str) -> Iterator[str]:
    if value[:1] not in ("{", "["):
        yield value
        return
    try:
        waiting: list[Any] = [json.loads(value)]
    except ValueError:
        yield value
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _pieces(text: str) -> Iterator[str]:
    """The text in lower case, cut where its signs are."""
    return (piece for piece in SIGNS.split(text.casefold()) if piece.strip())


def left_in_vietnamese(page: Page, stored: Stored) -> list[str]:
    """The words of the product that are still Vietnamese on an English page."""
    return stored.unknown(text for text in page.evaluate(TEXTS) if LETTERS.search(text))
