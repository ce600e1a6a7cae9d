"""Offices: added, renamed from a day on, put right, closed; whose right it is, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from doithoai.answers.models import Answer
from doithoai.directory import actions
from doithoai.directory.models import Office
from doithoai.directory.queries import open_offices
from doithoai.journal.models import Entry
from doithoai.journal.queries import story
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.models import Holding, Staff
from doithoai.planning.models import Duty, Sitting
from doithoai.planning.queries import agency_offices, office_named
from tests.answers import scene as made
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
BASIS = "Nghị quyết số 12/NQ-HĐND ngày 20/11/2021"
ETHNIC = actions.OfficeSpec("", "Phòng Dân tộc", Office.Kind.DIVISION, "", "DT")


def admin(stage: Stage) -> dict[str, Any]:
    return {"actor": stage.cast.admin.as_actor(), "now": START}


def division(stage: Stage) -> Office:
    return Office.objects.filter(agency=stage.cast.agency, kind=Office.Kind.DIVISION).order_by("code")[0]


def left_by_all(office: Office) -> Office:
    """Nobody works there any more, what it owed is done, and others lead its sittings."""
    Duty.objects.filter(office=office).update(state="confirmed")
    for sitting in Sitting.objects.filter(lead=office).select_related("dialogue"):
        Sitting.objects.filter(pk=sitting.pk).update(lead=sitting.dialogue.secretariat)
    Holding.objects.filter(office=office).update(until=date(2021, 11, 30))
    return office


@pytest.fixture(params=["add", "rename", "describe", "close"])
def act(request: pytest.FixtureRequest, stage: Stage) -> Callable[..., object]:
    """Each act, possible for an administrator of the first agency, without its actor."""
    agency, office = stage.cast.agency, left_by_all(division(stage))
    calls: dict[str, Callable[..., object]] = {
        "add": lambda **by: actions.add_office(agency, ETHNIC, **by),
        "rename": lambda **by: actions.rename_office(office, "Phòng Mới", since=date(2021, 12, 1), basis=BASIS, **by),
        "describe": lambda **by: actions.describe_office(office, replace(ETHNIC, name=""), **by),
        "close": lambda **by: actions.close_office(office, last_day=date(2021, 11, 30), basis=BASIS, **by),
    }
    return calls[request.param]


def test_an_administrator_of_the_agency_and_nobody_else(stage: Stage, act: Callable[..., object]) -> None:
    rows = list(Office.objects.order_by("pk").values())
    for staff in (stage.cast.leader, stage.cast.technician, stage.cast.clerk, stage.other.admin):
        with pytest.raises(NotYours):
            act(actor=staff.as_actor(), now=START)
    assert list(Office.objects.order_by("pk").values()) == rows
    entries = Entry.objects.count()
    act(**admin(stage))
    assert Entry.objects.count() == entries + 1


class TestAdding:
    def test_it_gets_the_next_code_and_is_offered_at_once(self, stage: Stage) -> None:
        last = agency_offices(stage.cast.agency)[-1].code
        made = actions.add_office(stage.cast.agency, ETHNIC, **admin(stage))
        assert int(made.code[2:]) == int(last[2:]) + 1
        assert (made.head_title, made.valid_from, made.valid_to) == ("Trưởng phòng", date(2021, 12, 1), None)
        assert made in agency_offices(stage.cast.agency)
        assert made not in agency_offices(stage.other.agency)
        line = story(stage.cast.agency.chain, last=1)[0]
        assert (line.verb, line.facts) == (
            "office.add",
            {"office": made.code, "name": "Phòng Dân tộc", "kind": "division"},
        )

    @pytest.mark.parametrize("name", ["", "  ", "x" * 201])
    def test_a_name_is_asked(self, stage: Stage, name: str) -> None:
        with pytest.raises(NotNow, match="Chưa ghi được: tên"):
            actions.add_office(stage.cast.agency, replace(ETHNIC, name=name), **admin(stage))

    def test_the_same_name_is_there_already_however_it_is_written(self, stage: Stage) -> None:
        actions.add_office(stage.cast.agency, ETHNIC, **admin(stage))
        with pytest.raises(NotNow, match="danh mục đã có “Phòng Dân tộc”"):
            actions.add_office(stage.cast.agency, replace(ETHNIC, name="phong  DAN TOC"), **admin(stage))

    @pytest.mark.parametrize("kind", [Office.Kind.SECRETARIAT, Office.Kind.ONE_STOP, Office.Kind.FRONT])
    def test_there_is_one_of_what_others_find_by_its_kind(self, stage: Stage, kind: str) -> None:
        with pytest.raises(NotNow, match="thuộc loại này, chỉ một"):
            actions.add_office(stage.cast.agency, replace(ETHNIC, kind=kind), **admin(stage))

    def test_a_ward_gets_its_official_code(self, stage: Stage) -> None:
        spec = replace(ETHNIC, name="UBND phường Hòa Xuân Tây", kind=Office.Kind.WARD)
        assert actions.add_office(stage.cast.agency, spec, **admin(stage)).unit_code
        elsewhere = replace(spec, name="UBND phường Bến Thành")
        assert actions.add_office(stage.cast.agency, elsewhere, **admin(stage)).unit_code == ""


class TestRenaming:
    def rename(self, stage: Stage, office: Office, name: str, since: date, basis: str = BASIS) -> Office:
        return actions.rename_office(office, name, since=since, basis=basis, **admin(stage))

    def test_the_former_name_stays_with_its_last_day_and_is_still_understood(self, stage: Stage) -> None:
        office = division(stage)
        was = office.name
        self.rename(stage, office, "Phòng Nông nghiệp và Môi trường", date(2021, 12, 1))
        kept = [(row.name, row.valid_to) for row in office.former_names.all()]
        assert kept == [(was, date(2021, 11, 30))]
        offices = agency_offices(stage.cast.agency)
        for name in (was, "Phòng Nông nghiệp và Môi trường"):
            assert office_named(offices, name) == office
        facts = story(stage.cast.agency.chain, last=1)[0].facts
        assert (facts["was"], facts["since"], facts["basis"]) == (was, "2021-12-01", BASIS)

    def test_not_ahead_of_its_day(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="ngày 02/12/2021 chưa đến"):
            self.rename(stage, division(stage), "Phòng Mới", date(2021, 12, 2))

    def test_not_before_the_last_renaming(self, stage: Stage) -> None:
        office = division(stage)
        self.rename(stage, office, "Phòng Một", date(2021, 11, 15))
        with pytest.raises(NotNow, match="chỉ có từ sau ngày 14/11/2021"):
            self.rename(stage, office, "Phòng Hai", date(2021, 11, 14))
        assert self.rename(stage, office, "Phòng Hai", date(2021, 11, 15)).name == "Phòng Hai"

    def test_not_without_a_decision_nor_to_the_name_of_another(self, stage: Stage) -> None:
        office, other = division(stage), Office.objects.filter(agency=stage.cast.agency).order_by("-code")[0]
        with pytest.raises(NotNow, match="Chưa đổi tên được: cần một câu nêu lý do"):
            self.rename(stage, office, "Phòng Mới", date(2021, 12, 1), basis=" ")
        with pytest.raises(NotNow, match="danh mục đã có"):
            self.rename(stage, office, other.name.upper(), date(2021, 12, 1))


class TestDescribing:
    def test_telephone_and_symbol_are_put_right(self, stage: Stage) -> None:
        spec = actions.OfficeSpec("", "", Office.Kind.DIVISION, "Trưởng phòng", "NN&MT", True, "0257 111 2222")
        row = actions.describe_office(division(stage), spec, **admin(stage))
        assert (row.symbol, row.phone, row.has_seal) == ("NN&MT", "0257 111 2222", True)

    def test_the_secretariat_stays_one(self, stage: Stage) -> None:
        spec = actions.OfficeSpec("", "", Office.Kind.DIVISION, "Trưởng phòng")
        with pytest.raises(NotNow, match="luôn cần một đơn vị loại “Văn phòng”"):
            actions.describe_office(stage.dialogue.secretariat, spec, **admin(stage))
        with pytest.raises(NotNow, match="chỉ một"):
            actions.describe_office(division(stage), replace(spec, kind=Office.Kind.SECRETARIAT), **admin(stage))


class TestClosing:
    def close(self, stage: Stage, office: Office, last_day: date = date(2021, 11, 30)) -> Office:
        return actions.close_office(office, last_day=last_day, basis=BASIS, **admin(stage))

    def test_it_is_offered_for_nothing_new_and_keeps_its_past(self, stage: Stage) -> None:
        office = left_by_all(division(stage))
        self.close(stage, office)
        assert office not in open_offices(stage.cast.agency)
        assert Office.objects.get(pk=office.pk).valid_to == date(2021, 11, 30)
        with pytest.raises(NotNow, match="đã đóng từ sau ngày 30/11/2021"):
            self.close(stage, office)

    def test_not_while_somebody_works_there(self, stage: Stage) -> None:
        office = division(stage)
        with pytest.raises(NotNow, match="còn 2 người giữ việc ở đơn vị này"):
            self.close(stage, office)
        Staff.objects.filter(holdings__office=office).update(is_active=False)
        with pytest.raises(NotNow, match=r"còn \d+ nhiệm vụ chưa xong"):
            self.close(stage, office)
        left_by_all(office)
        assert self.close(stage, office).valid_to

    def test_not_while_it_leads_a_sitting_of_a_dialogue_that_goes_on(self, stage: Stage) -> None:
        sitting = stage.dialogue.sittings.get(ordinal=1)
        office = left_by_all(sitting.lead)
        Sitting.objects.filter(pk=sitting.pk).update(lead=office)
        with pytest.raises(NotNow, match=rf"còn chủ trì 1 buổi của cuộc đối thoại .*\({sitting.code}\)"):
            self.close(stage, office)
        type(stage.dialogue).objects.filter(pk=stage.dialogue.pk).update(state="closed")
        assert self.close(stage, office).valid_to

    def test_not_while_it_holds_an_answer_that_is_owed(self, stage: Stage) -> None:
        answer = made.assigned(stage)
        office = left_by_all(answer.lead)
        Sitting.objects.filter(lead=office).update(lead=stage.dialogue.secretariat)
        with pytest.raises(NotNow, match="đơn vị này còn 1 trả lời chưa ban hành"):
            self.close(stage, office)
        Answer.objects.update(lead=stage.dialogue.secretariat, offered_to=office)
        with pytest.raises(NotNow, match="đơn vị này còn 1 trả lời chưa ban hành"):
            self.close(stage, office)
        Answer.objects.update(lead=office, offered_to=None, state="issued")
        assert self.close(stage, office).valid_to

    def test_not_what_an_agency_needs(self, stage: Stage) -> None:
        front = Office.objects.get(agency=stage.cast.agency, kind=Office.Kind.FRONT)
        with pytest.raises(NotNow, match="luôn cần một đơn vị loại “Mặt trận Tổ quốc”"):
            self.close(stage, left_by_all(front))

    def test_its_name_is_free_again(self, stage: Stage) -> None:
        office = left_by_all(division(stage))
        self.close(stage, office)
        spec = replace(ETHNIC, name=office.name)
        assert actions.add_office(stage.cast.agency, spec, **admin(stage)).code != office.code
