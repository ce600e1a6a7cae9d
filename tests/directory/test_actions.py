"""Setting an agency up, and amending the rules it follows."""

from dataclasses import replace
from datetime import date

import pytest

from doithoai.directory import actions
from doithoai.directory.models import Agency, Office, RuleText
from doithoai.directory.queries import calendar_of, is_rehearsal, one_stop, profile_of, secretariat
from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours, System
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
DECISION = "Công văn số 1/VPCP ngày 01/12/2021"


def text_of(agency: Agency) -> str:
    return RuleText.objects.filter(agency=agency, kind="calendar").latest("version").text


def amend(stage: Stage, text: str) -> RuleText:
    return actions.amend_rules(
        stage.cast.agency,
        kind="calendar",
        key="vn",
        text=text,
        basis=DECISION,
        actor=stage.cast.admin.as_actor(),
        now=START,
    )


def with_day_off(text: str) -> str:
    row = '  { on = 2021-12-24, kind = "off", name = "Nghỉ riêng", basis = "le" },\n'
    known = "  { on = 2021-09-03"
    assert known in text
    return text.replace(known, row + known)


def test_an_agency_starts_with_calendar_and_both_profiles(stage: Stage) -> None:
    agency = stage.cast.agency
    assert calendar_of(agency).is_working(date(2021, 12, 22))
    assert {profile_of(agency, key).key for key in ("dong-hoa-2021", "cap-xa-2026")} == {"dong-hoa-2021", "cap-xa-2026"}


def test_its_offices_are_found_by_what_they_are(stage: Stage) -> None:
    assert secretariat(stage.cast.agency).name.startswith("Văn phòng")
    desk = one_stop(stage.cast.agency)
    assert desk is not None
    assert "Một cửa" in desk.name


def test_an_amended_calendar_is_a_new_version_for_this_agency_only(stage: Stage) -> None:
    amended = amend(stage, with_day_off(text_of(stage.cast.agency)))
    assert amended.version == 2
    assert not calendar_of(stage.cast.agency).is_working(date(2021, 12, 24))
    assert calendar_of(stage.other.agency).is_working(date(2021, 12, 24))
    assert RuleText.objects.filter(agency=stage.cast.agency, kind="calendar").count() == 2


def test_a_text_that_cannot_be_read_is_refused_and_the_old_one_stays(stage: Stage) -> None:
    entries = Entry.objects.count()
    with pytest.raises(NotNow, match="Chưa lưu"):
        amend(stage, "không phải lịch")
    assert RuleText.objects.filter(agency=stage.cast.agency, kind="calendar").count() == 1
    assert Entry.objects.count() == entries


def test_only_an_administrator_of_the_agency_amends(stage: Stage) -> None:
    text = with_day_off(text_of(stage.cast.agency))
    for actor in (stage.cast.leader.as_actor(), stage.other.admin.as_actor()):
        with pytest.raises(NotYours):
            actions.amend_rules(
                stage.cast.agency, kind="calendar", key="vn", text=text, basis=DECISION, actor=actor, now=START
            )


def test_nobody_but_the_installer_sets_an_agency_up(stage: Stage) -> None:
    agency = Agency(code="ZZ", name="Lạ", short_name="Lạ", territory="", place="", profile_key="dong-hoa-2021")
    with pytest.raises(NotYours):
        actions.set_up(agency, actions.AgencySpec(()), actor=stage.cast.admin.as_actor(), now=START)
    assert not Agency.objects.filter(code="ZZ").exists()


def test_setting_up_is_whole_or_not_at_all(stage: Stage) -> None:
    twice = actions.OfficeSpec("A", "Phòng A", Office.Kind.DIVISION, "Trưởng phòng")
    agency = Agency(code="ZZ", name="Lạ", short_name="Lạ", territory="", place="", profile_key="dong-hoa-2021")
    spec = actions.AgencySpec((twice, replace(twice, name="Phòng B")))
    with pytest.raises(Exception, match="UNIQUE"):
        actions.set_up(agency, spec, actor=System("set-up"), now=START)
    assert not Agency.objects.filter(code="ZZ").exists()


def test_a_database_is_a_rehearsal_only_when_marked(stage: Stage) -> None:
    assert not is_rehearsal()
