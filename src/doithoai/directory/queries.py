"""What rules hold for an agency, and where things are."""

import gzip
from datetime import datetime
from functools import lru_cache
from importlib import resources

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Installation, Office, Place, RuleText
from doithoai.kernel.access import NotNow
from doithoai.rules import places
from doithoai.rules.places import Gazetteer, Unit
from doithoai.rules.profiles import Profile
from doithoai.rules.workdays import WorkCalendar

CALENDAR_KEY = "vn"


def is_rehearsal() -> bool:
    """Whether this database is a rehearsal's."""
    return Installation.objects.filter(is_rehearsal=True).exists()


def rehearsed_until() -> datetime | None:
    """The instant at which this database's rehearsal ended, in UTC; None for a database in real use."""
    return Installation.objects.filter(is_rehearsal=True).values_list("clock_at", flat=True).first()


def latest_rules(agency: Agency, kind: str, key: str) -> RuleText:
    """The version in force of a calendar or profile, as the text that is amended."""
    return RuleText.objects.filter(agency=agency, kind=kind, key=key).latest("version")


def calendar_of(agency: Agency) -> WorkCalendar:
    """The working-day calendar in force for an agency."""
    calendar = latest_rules(agency, RuleText.Kind.CALENDAR, CALENDAR_KEY).parsed
    assert isinstance(calendar, WorkCalendar)
    return calendar


def profile_of(agency: Agency, key: str | None = None) -> Profile:
    """The rules an agency follows: its own choice, or the profile `key`."""
    profile = latest_rules(agency, RuleText.Kind.PROFILE, key or agency.profile_key).parsed
    assert isinstance(profile, Profile)
    return profile


def shipped_rule_texts() -> list[tuple[str, str, str]]:
    """The calendar and profiles that come with the product, as (kind, key, text)."""
    folder = resources.files("doithoai.directory") / "reference"
    calendar = (folder / "calendar-vn.toml").read_text(encoding="utf-8")
    found = [(RuleText.Kind.CALENDAR.value, CALENDAR_KEY, calendar)]
    for entry in sorted((folder / "profiles").iterdir(), key=lambda path: path.name):
        if entry.name.endswith(".toml"):
            found.append(
                (
                    RuleText.Kind.PROFILE.value,
                    entry.name.removesuffix(".toml"),
                    entry.read_text(encoding="utf-8"),
                )
            )
    return found


def open_offices(agency: Agency) -> QuerySet[Office]:
    """The offices that something new may be given to, by code; closed ones keep only their past."""
    return Office.objects.filter(agency=agency, valid_to=None).order_by("code")


def secretariat(agency: Agency) -> Office:
    """The office through which reports go to the head."""
    return Office.objects.get(agency=agency, kind=Office.Kind.SECRETARIAT)


def one_stop(agency: Agency) -> Office | None:
    """The one-stop desk, the only holder of the list of people who did a procedure."""
    return Office.objects.filter(agency=agency, kind=Office.Kind.ONE_STOP).first()


class PlacesMissing(NotNow):
    """The table of official places was not made when the product was set up."""


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """All official places, read once in a process. Raises PlacesMissing where the table was not set up."""
    table = resources.files("doithoai.directory") / "reference" / "places.tsv.gz"
    try:
        text = gzip.decompress(table.read_bytes()).decode()
    except FileNotFoundError:
        raise PlacesMissing(_("Chưa có bảng mã địa danh. Cần chạy “make setup” trên máy chủ.")) from None
    return places.parse(text.splitlines())


def unit_of(place: Place) -> Unit | None:
    """The official unit that a place is, at the time it speaks of; None where it has no code, or no table is there."""
    if not place.unit_code:
        return None
    try:
        return gazetteer().unit(place.unit_code, place.valid_to or places.REFORM)
    except PlacesMissing:
        return None
