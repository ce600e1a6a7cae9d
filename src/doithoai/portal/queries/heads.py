"""Which entry of the record a code belongs to that somebody holds on paper."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from doithoai.journal.models import Entry, Witness
from doithoai.journal.queries import line_of
from doithoai.kernel import clock
from doithoai.planning.models import Dialogue
from doithoai.portal.queries.listing import visible
from doithoai.portal.queries.publishing import ANNOUNCED
from doithoai.rules.chain import digest_of

WHOLE: Final = 64
FEWEST_SIGNS: Final = 16
"""So many of the 64 signs are enough to name one entry, and too many to guess."""
ZONE: Final = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Found:
    """The entry that a head belongs to: its number and day, what kind of act it was, and where the head went.

    `is_whole` says that the stored text of the entry still gives this head. `dialogue` is None where the entry
    belongs to nothing that anyone may see.
    """

    number: int
    length: int
    on: date
    words: str
    places: tuple[str, ...]
    is_whole: bool
    dialogue: Dialogue | None


def signs_of(typed: str) -> str:
    """The signs of a head among what was typed: blanks, line breaks and dashes between the groups do not count."""
    return re.sub(r"[\s.\-–]", "", typed).lower()


def find_head(signs: str) -> Found | None:
    """The entry whose head begins so; None when no chain ever had it, or for too few signs or wrong ones."""
    if not re.fullmatch(rf"[0-9a-f]{{{FEWEST_SIGNS},{WHOLE}}}", signs):
        return None
    entry = Entry.objects.filter(digest__startswith=signs).select_related("chain").order_by("pk").first()
    return _found(entry) if entry else None


def _found(entry: Entry) -> Found:
    line = line_of(entry)
    instant = line.instant
    went = Witness.objects.filter(chain=entry.chain, number=entry.number).order_by("pk").values_list("where", flat=True)
    return Found(
        number=entry.number,
        length=entry.chain.length,
        on=clock.day_of(instant, ZONE) if instant else datetime.fromisoformat(line.at).date(),
        words=act_words(entry.verb),
        places=tuple(place_words(where) for where in went),
        is_whole=digest_of(entry.body) == entry.digest,
        dialogue=visible().filter(code=entry.chain.key).select_related("agency").first(),
    )


def place_words(where: str) -> str:
    """Where a head went, in words: onto a paper with its number, or onto the public page on a day."""
    if where.startswith(ANNOUNCED):
        on = date.fromisoformat(where.removeprefix(ANNOUNCED).strip())
        return _("trang công khai, ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}
    _code, _blank, number = where.partition(" ")
    return _("văn bản số %(number)s") % {"number": number} if number else _("văn bản của hồ sơ này")


def act_words(verb: str) -> str:
    """What kind of act it was. For everybody: no names, no codes, and of opinions not what became of them."""
    exact = {
        "document.draft": _("lập dự thảo một văn bản"),
        "document.approve": _("duyệt một văn bản"),
        "document.sign": _("ký một văn bản"),
        "document.issue": _("cấp số và ban hành một văn bản"),
        "document.dispatch": _("phát hành một văn bản"),
        "paper.publish": _("công khai một văn bản"),
        "lines.publish": _("công khai ý kiến và trả lời"),
        "line.shorten": _("che thêm một dòng đã công khai"),
        "head.announce": _("công bố mã đầu bản ghi"),
        "pool.freeze": _("chốt danh sách người đủ điều kiện"),
        "pool.draw": _("bốc thăm"),
        "dialogue.close": _("kết thúc cuộc đối thoại"),
    }
    things = {
        "document": _("một việc về văn bản"),
        "minutes": _("một việc về biên bản"),
        "opinion": _("một việc về ý kiến của người dân"),
        "answer": _("một việc về trả lời ý kiến"),
        "commitment": _("một việc về điều đã hứa"),
        "invitation": _("một việc về giấy mời"),
        "attendance": _("một việc về người đến dự"),
        "turn": _("một việc tại buổi đối thoại"),
        "sitting": _("một việc tại buổi đối thoại"),
        "duty": _("một việc về nhiệm vụ được giao"),
        "notice": _("một việc về Thông báo kết quả"),
        "survey": _("một việc về khảo sát"),
    }
    return exact.get(verb) or things.get(verb.partition(".")[0]) or _("một việc của cuộc đối thoại")
