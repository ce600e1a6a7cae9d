"""Parts of every page, loaded into every template."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.kernel import clock
from doithoai.rules import vietnamese
from doithoai.web import arithmetic, marks, presses, tongue
from doithoai.web.acts import Act, Figure, JournalLine, Step, split_reason
from doithoai.web.duelines import DueLine
from doithoai.web.retold import retold
from doithoai.web.seeking import asked_for
from doithoai.web.wordings import segments

register = template.Library()
ZONE = "Asia/Ho_Chi_Minh"


@register.inclusion_tag("web/parts/mark.html")
def mark(look: str, word: str) -> dict[str, object]:
    """A state mark: one of "", now, done, due, late, stop, and its word."""
    return {"look": look, "word": word}


@register.inclusion_tag("web/parts/mark.html")
def state(row: Any, word: str = "") -> dict[str, object]:
    """The mark of a row's state with its word, or with another word."""
    return {"look": marks.shape(row._meta.model_name, row.state), "word": word or row.get_state_display()}


@register.inclusion_tag("web/parts/due.html")
def deadline(line: DueLine, *, is_open: bool = False) -> dict[str, object]:
    """One line with the arithmetic behind it."""
    return {"line": line, "is_open": is_open}


@register.inclusion_tag("web/parts/path.html")
def path(steps: Sequence[Step]) -> dict[str, object]:
    """The state path of a case."""
    return {"steps": steps}


@register.inclusion_tag("web/parts/act.html", takes_context=True)
def act(context: Context, act: Act) -> dict[str, object]:
    """A button that posts, or grey with its reason."""
    opening, rest = split_reason(retold(act.verdict.reason))
    return {"act": act, "opening": opening, "rest": rest, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def press() -> str:
    """The key that makes a form do its work once, however often its button is pressed."""
    return format_html('<input type="hidden" name="{}" value="{}">', presses.FIELD, presses.press())


@register.inclusion_tag("web/parts/paper.html")
def paper_card(document: Any, *, linked: bool = True) -> dict[str, object]:
    """A paper with number, day, state and files; `linked` leads to its page (staff)."""
    return {"document": document, "linked": linked}


@register.inclusion_tag("web/parts/figures.html")
def figures(rows: Sequence[Figure]) -> dict[str, object]:
    """Counts with their denominators."""
    return {"rows": rows}


@register.inclusion_tag("web/parts/journal.html")
def journal(lines: Sequence[JournalLine]) -> dict[str, object]:
    """Lines of the journal, newest first."""
    return {"lines": lines}


@register.inclusion_tag("web/parts/empty.html")
def nothing_here(head: str, rest: str = "", url: str = "", label: str = "") -> dict[str, object]:
    """What is not there, and the one thing to do."""
    return {"head": head, "rest": rest, "url": url, "label": label}


@register.inclusion_tag("web/parts/seek.html", takes_context=True)
def seek(context: Context, label: str, found: int = 0, hint: str = "") -> dict[str, object]:
    """The search of a list, by words with or without diacritics: a form that asks the same page with `tim`.

    What else the address asks for is kept. `found` is how many rows fit, told when something was asked.
    """
    asked = context["request"].GET
    kept = [(name, value) for name in asked for value in asked.getlist(name) if name not in ("tim", "da", "trang")]
    path = context["request"].path
    return {
        "label": label,
        "hint": hint,
        "asked": asked_for(context["request"]),
        "found": found,
        "kept": kept,
        "all": f"{path}?{urlencode(kept)}" if kept else path,
    }


@register.inclusion_tag("web/parts/person.html")
def person(row: Any, where: str = "") -> dict[str, object]:
    """What to call a person, an organisation by its name alone, and where they sit; never used on a public page."""
    form = getattr(row, "honorific", "") or getattr(row, "address_form", "")
    if getattr(row, "kind", "") == "organisation":
        form = ""
    return {"called": tongue.called(form), "name": row.name, "where": where}


@register.inclusion_tag("web/parts/words.html")
def words(text: str, query: str = "") -> dict[str, object]:
    """A text whose masked places and search hits are shown as such."""
    return {"segments": segments(text, query)}


LIKEWISE = re.compile(r"Như ý kiến số ([0-9]+)\.")


@register.filter
def likewise(paragraph: str) -> str:
    """“Như ý kiến số 2.” leads to that opinion on the same page; any other paragraph is as it is, escaped."""
    found = LIKEWISE.fullmatch(paragraph)
    return format_html('<a href="#y-{}">{}</a>', found[1], paragraph) if found else paragraph


@register.filter
def called(form: str, where: str = "") -> str:
    """“Bà”, the form of address before a name; “bà” with the argument "within"."""
    return tongue.called(form, starts=where != "within")


@register.filter
def said(value: object) -> str:
    """A word or sentence of the rules, in the reader's language: “nam”, “dưới 36”, why a line was refused."""
    return retold(str(value))


@register.filter
def explained(deadline: Any) -> str:
    """How a deadline was counted, in one sentence."""
    return arithmetic.explained(deadline)


@register.filter
def day(value: date | None) -> str:
    """“thứ Tư 22/12/2021”."""
    return tongue.page_date(value) if value else ""


@register.filter
def day_month(value: date | None) -> str:
    """“thứ Tư 22/12”."""
    return tongue.page_date(value, year=False) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """“T4 22/12”, for tables."""
    return f"{tongue.weekday_short(value)} {value:%d/%m}" if value else ""


@register.filter
def figures_date(value: date | None) -> str:
    """“22/12/2021”."""
    return vietnamese.short_date(value) if value else ""


@register.filter
def hour(value: datetime | None, zone: str = ZONE) -> str:
    """“07:30” on the agency's wall clock."""
    return vietnamese.page_time(clock.local(value, zone).time()) if value else ""


@register.filter
def local_day(value: datetime | None, zone: str = ZONE) -> date | None:
    """The day of an instant in the agency's zone; to be followed by a day filter."""
    return clock.day_of(value, zone) if value else None


@register.filter
def moment(value: datetime | None, zone: str = ZONE) -> str:
    """“22/12/2021 09:12”."""
    if value is None:
        return ""
    shown = clock.local(value, zone)
    return f"{vietnamese.short_date(shown.date())} {vietnamese.page_time(shown.time())}"


@register.filter
def whole(value: int | None) -> str:
    """“12.400”."""
    return tongue.number(value) if value is not None else ""


@register.filter
def size(value: int) -> str:
    """“180 KB”, “1,2 MB”."""
    if value < 1_000_000:
        return _("%(count)s KB") % {"count": max(1, round(value / 1000))}
    return _("%(count)s MB") % {"count": tongue.decimal(Fraction(value, 1_000_000))}


@register.filter
def phone(value: str) -> str:
    """A number in groups that are easy to read aloud; left as it is when it is no national number."""
    digits = vietnamese.phone(value)
    return vietnamese.show_phone(digits) if digits else value


@register.filter
def groups(value: str, most: int = 8) -> list[str]:
    """A digest in groups of eight, at most so many of them."""
    return [value[start : start + 8] for start in range(0, len(value), 8)][:most]


@register.simple_tag
def keys() -> str:
    """The dialog of the keys, the same for everybody who reads the same language, so made once."""
    return _keys(get_language() or "")


@cache
def _keys(_language: str) -> str:
    return render_to_string("web/parts/keys.html")
