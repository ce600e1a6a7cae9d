"""A day that a plan expects and has not fixed: “trong tháng 11/2021”, “từ ngày 15/11 đến ngày 20/11/2021”."""

import calendar
import re
from datetime import date, time
from typing import Final

from . import terms

HOURS: Final = (time(7, 30), time(11, 30))
"""What stands for the hours of such a sitting until they are said."""

MONTH: Final = re.compile(r"tháng\s*(?P<m>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<y>\d{4})", re.IGNORECASE)
QUARTER: Final = re.compile(r"quý\s*(?P<q>IV|III|II|I|[1-4])\s*(?:[/.-]|năm)\s*(?P<y>\d{4})", re.IGNORECASE)
RANGE: Final = re.compile(
    r"(?:từ\s+)?ngày\s+\d{1,2}[/.-][\d/.-]*\d\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?\d{1,2}[/.-][\d/.-]*\d"
    r"|(?:trong|từ)?\s*(?:tháng|quý)\s+[\dIVX/]+(?:\s+năm\s+\d{4}|/\d{4})?"
    r"(?:\s*(?:đến|-|–)\s*(?:tháng|quý)\s+[\dIVX/]+(?:\s+năm\s+\d{4}|/\d{4})?)?",
    re.IGNORECASE,
)
ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}


def forecast(words: str) -> date | None:
    """The last day that words like these allow; None where they name no day, month or quarter with its year."""
    found = [day.date for day in terms.days(words) if day.date]
    found += [_end(int(match["y"]), int(match["m"])) for match in MONTH.finditer(words) if 1 <= int(match["m"]) <= 12]
    for match in QUARTER.finditer(words):
        quarter = ROMAN.get(match["q"].upper()) or int(match["q"])
        found.append(_end(int(match["y"]), quarter * 3))
    return max(found, default=None)


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def expected_when(text: str) -> str:
    """The words of a sentence that bound a sitting without fixing its day; empty where it has none."""
    match = RANGE.search(text)
    return match[0].strip() if match else ""
