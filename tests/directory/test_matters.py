"""Sectors, procedures, places, usual recipients, and what is printed about the agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from doithoai.directory import actions
from doithoai.directory.models import Agency, Place, Procedure, Sector
from doithoai.directory.queries import profile_of
from doithoai.journal.models import Entry
from doithoai.journal.queries import story
from doithoai.kernel.access import NotNow, NotYours
from doithoai.planning.forms import Choices
from doithoai.planning.forms.proposing import propose
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
TITLES = actions.Particulars("Chủ tịch", "Phó Chủ tịch", "UBND tỉnh Phú Yên", "Đông Hòa", "UBND", "0257 1", "Số 1")
THON = actions.PlaceSpec(name="Phước Lộc", kind="thôn")


def admin(stage: Stage) -> dict[str, Any]:
    return {"actor": stage.cast.admin.as_actor(), "now": START}


def sector(stage: Stage) -> Sector:
    return Sector.objects.filter(agency=stage.cast.agency).order_by("code")[0]


@pytest.fixture(
    params=[
        "sector.add",
        "sector.rename",
        "procedure.add",
        "procedure.name",
        "place.add",
        "agency.describe",
        "recipients.amend",
    ]
)
def act(request: pytest.FixtureRequest, stage: Stage) -> Callable[..., object]:
    """Each act without its actor."""
    agency, own = stage.cast.agency, sector(stage)
    first = own.procedures.order_by("code")[0]
    calls: dict[str, Callable[..., object]] = {
        "sector.add": lambda **by: actions.add_sector(agency, "Hộ tịch", **by),
        "sector.rename": lambda **by: actions.rename_sector(own, "Đất đai và nhà ở", **by),
        "procedure.add": lambda **by: actions.add_procedures(own, [("1.1", "Cấp số nhà")], **by),
        "procedure.name": lambda **by: actions.name_procedure(first, code="9.9", name="Tên đúng", **by),
        "place.add": lambda **by: actions.add_places(agency, [THON], **by),
        "agency.describe": lambda **by: actions.describe_agency(agency, TITLES, **by),
        "recipients.amend": lambda **by: actions.amend_recipients(agency, "Như trên", **by),
    }
    return calls[request.param]


def everything() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in (Agency, Sector, Procedure, Place)]


def test_an_administrator_of_the_agency_and_nobody_else(stage: Stage, act: Callable[..., object]) -> None:
    before = everything()
    for staff in (stage.cast.leader, stage.cast.technician, stage.other.admin):
        with pytest.raises(NotYours):
            act(actor=staff.as_actor(), now=START)
    assert everything() == before
    entries = Entry.objects.count()
    act(**admin(stage))
    assert Entry.objects.count() == entries + 1
    assert everything() != before


def test_a_sector_is_known_by_its_name_once(stage: Stage) -> None:
    made = actions.add_sector(stage.cast.agency, " Hộ  tịch ", **admin(stage))
    assert (made.name, made.code) == ("Hộ tịch", f"LV{Sector.objects.filter(agency=stage.cast.agency).count()}")
    with pytest.raises(NotNow, match="danh mục đã có “Hộ tịch”"):
        actions.add_sector(stage.cast.agency, "ho tich", **admin(stage))
    assert not Sector.objects.filter(agency=stage.other.agency, name="Hộ tịch").exists()
    with pytest.raises(NotNow, match="danh mục đã có"):
        actions.rename_sector(made, sector(stage).name, **admin(stage))


class TestProcedures:
    def test_many_at_once_those_without_a_code_get_one(self, stage: Stage) -> None:
        own = actions.add_sector(stage.cast.agency, "Hộ tịch", **admin(stage))
        rows = [("1.012756", "Cấp giấy phép xây dựng"), ("", "Cấp số nhà"), ("", "Cấp biển số nhà")]
        made = actions.add_procedures(own, rows, **admin(stage))
        assert [row.code for row in made] == ["1.012756", f"{own.code}.01", f"{own.code}.02"]
        facts = story(stage.cast.agency.chain, last=1)[0].facts
        assert (facts["procedures"], facts["sector"]) == (3, own.code)

    @pytest.mark.parametrize(
        ("rows", "why"),
        [
            ([], "cần từ 1 đến 2000"),
            ([("1", "A"), ("1", "B")], "mã 1 đã là của “A”"),
            ([("1", "Cấp số nhà"), ("2", "cap so nha")], "đã có thủ tục “cap so nha”"),
            ([("1", " ")], "thủ tục mã 1 không có tên"),
            ([("1", "x" * 301)], "quá dài"),
            ([("1" * 31, "x")], "quá dài"),
        ],
    )
    def test_all_or_none(self, stage: Stage, rows: list[tuple[str, str]], why: str) -> None:
        before, entries = Procedure.objects.count(), Entry.objects.count()
        with pytest.raises(NotNow, match=why):
            actions.add_procedures(sector(stage), rows, **admin(stage))
        assert (Procedure.objects.count(), Entry.objects.count()) == (before, entries)

    def test_a_name_is_put_right_but_not_to_that_of_another(self, stage: Stage) -> None:
        one, other = sector(stage).procedures.order_by("code")[:2]
        actions.name_procedure(one, code="", name="Tên đúng", **admin(stage))
        assert Procedure.objects.get(pk=one.pk).name == "Tên đúng"
        with pytest.raises(NotNow, match="đã là của"):
            actions.name_procedure(one, code=other.code, name="Tên khác", **admin(stage))


class TestPlaces:
    def test_from_the_table_with_the_time_of_the_code(self, stage: Stage) -> None:
        old = actions.PlaceSpec(code="22255", day=date(2021, 12, 1))
        made = actions.add_places(stage.cast.agency, [old, THON], **admin(stage))
        assert [row.code for row in made] == ["P03", "P04"]
        assert (made[0].unit_code, str(made[0].valid_to)) == ("22255", "2025-06-30")
        assert (str(made[1]), made[1].unit_code) == ("thôn Phước Lộc", "")

    @pytest.mark.parametrize(
        ("spec", "why"),
        [
            (actions.PlaceSpec(code="22258", day=date(2021, 12, 1)), "danh mục đã có “phường Hòa Vinh”"),
            (actions.PlaceSpec(code="99999"), "không có địa danh nào mang mã 99999"),
            (replace(THON, name=" "), "tên để trống"),
        ],
    )
    def test_all_or_none(self, stage: Stage, spec: actions.PlaceSpec, why: str) -> None:
        before = Place.objects.count()
        with pytest.raises(NotNow, match=why):
            actions.add_places(stage.cast.agency, [THON, spec], **admin(stage))
        assert Place.objects.count() == before

    def test_nothing_chosen(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="chưa chọn địa danh nào"):
            actions.add_places(stage.cast.agency, [], **admin(stage))


def test_what_is_printed_is_not_left_blank(stage: Stage) -> None:
    with pytest.raises(NotNow, match="chức danh người đứng đầu để trống"):
        actions.describe_agency(stage.cast.agency, replace(TITLES, head_title=" "), **admin(stage))
    actions.describe_agency(stage.cast.agency, TITLES, **admin(stage))
    assert Agency.objects.get(code="DH").address == "Số 1"
    assert Agency.objects.get(code="XK").address == ""


class TestRecipients:
    def test_a_plan_that_is_written_begins_with_them(self, stage: Stage) -> None:
        actions.amend_recipients(stage.cast.agency, "- Như trên;\n\n- Lưu: VT, VP.\n", **admin(stage))
        agency = Agency.objects.get(code="DH")
        assert agency.recipients == "Như trên\nLưu: VT, VP"
        proposed = propose(agency, profile_of(agency), Choices.of(agency), 2022)
        assert "Như trên" in str(proposed)
        assert "Cổng thông tin điện tử" not in str(proposed)

    def test_too_many_are_refused(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="nhiều nhất 60 dòng"):
            actions.amend_recipients(stage.cast.agency, "\n".join("abc" for _ in range(61)), **admin(stage))


def test_an_agency_of_the_same_code_is_not_set_up_again(stage: Stage) -> None:
    from doithoai.kernel.access import System

    again = Agency(code="DH", name="Lạ", short_name="Lạ", territory="", place="", profile_key="dong-hoa-2021")
    with pytest.raises(NotNow, match="mã DH đã là của Ủy ban nhân dân thị xã Đông Hòa"):
        actions.set_up(again, actions.AgencySpec(()), actor=System("begin"), now=START)
    assert Agency.objects.filter(code="DH").count() == 1
