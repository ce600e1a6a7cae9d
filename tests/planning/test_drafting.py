"""From the draft of a plan to a dialogue: everything it says is there, nothing is guessed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from doithoai.directory.queries import calendar_of
from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours, System
from doithoai.planning.actions import drafting, preparing, scheduling
from doithoai.planning.imports.correction import Beyond
from doithoai.planning.models import Dialogue, Duty, Sitting
from doithoai.planning.queries import duty_dates, duty_days, missing_recipients, office_named, ownerless
from doithoai.rules.paper import words
from tests.cast import START, Stage
from tests.web.visitors import browser

pytestmark = pytest.mark.django_db


def test_R26_three_venues_one_of_them_central(drafted: Stage) -> None:
    venues = list(drafted.dialogue.venues.all())
    assert [venue.name for venue in venues if venue.is_central] == ["Văn phòng HĐND&UBND thị xã"]
    assert [str(venue.ward) for venue in venues if not venue.is_central] == ["phường Hòa Vinh", "phường Hòa Hiệp Trung"]


def test_R27_R29_two_sittings_with_hours_lead_and_turns(drafted: Stage) -> None:
    zone = drafted.cast.agency.zone
    rows = [
        (
            row.sector.name,
            row.lead.name,
            f"{clock.local(row.starts_at, zone):%d/%m/%Y %H:%M}",
            f"{clock.local(row.ends_at, zone):%H:%M}",
            row.expected,
            row.quota,
        )
        for row in drafted.dialogue.sittings.all()
    ]
    assert rows == [
        ("Thành lập và hoạt động hộ kinh doanh", "Phòng Tài chính – Kế hoạch", "22/12/2021 07:30", "11:30", 15, 15),
        ("Xây dựng", "Phòng Quản lý đô thị", "22/12/2021 13:30", "17:00", 15, 15),
    ]


def test_R34_to_R37_each_local_venue_has_its_composition(drafted: Stage) -> None:
    for venue in drafted.dialogue.venues.filter(is_central=False):
        rows = list(venue.attendance.all())
        assert [row.is_citizens for row in rows] == [False, False, False, True]
        assert rows[0].who == "Chủ tịch UBND phường"


def test_R33_four_offices_are_known_at_the_central_venue(drafted: Stage) -> None:
    central = drafted.dialogue.venues.get(is_central=True)
    named = {row.office.name for row in central.attendance.all() if row.office}
    assert {"Phòng Tài chính – Kế hoạch", "Phòng Quản lý đô thị", "Văn phòng HĐND&UBND thị xã"} <= named
    assert any("Một cửa" in name for name in named)


def test_trap_8_duties_that_the_plan_gives_to_nobody_are_shown(drafted: Stage) -> None:
    slugs = {duty.slug for duty in ownerless(drafted.dialogue) if not duty.is_from_plan}
    assert slugs == {"minutes", "survey", "publication", "replies", "merge"}


def test_trap_14_who_takes_part_and_gets_no_copy_is_named(drafted: Stage) -> None:
    names = [office.name for office in missing_recipients(drafted.dialogue)]
    assert len(names) == 2
    assert any("Mặt trận" in name for name in names)
    assert any("Một cửa" in name for name in names)


def test_trap_10_a_doubled_or_shortened_name_still_finds_its_office(drafted: Stage) -> None:
    offices = list(drafted.cast.agency.offices.all())
    found = office_named(offices, "Phòng Phòng Tài chính – KH")
    assert found is not None
    assert found.name == "Phòng Tài chính – Kế hoạch"
    shortened = office_named(offices, "Phòng Văn hóa & TT")
    assert shortened is not None
    assert shortened.name == "Phòng Văn hóa và Thông tin"
    assert office_named(offices, "Thường trực Thị ủy") is None


def test_codes_count_up_and_belong_to_the_agency(drafted: Stage) -> None:
    again = drafting.create(
        drafted.cast.agency, drafted.draft, chair=drafted.cast.leader, actor=drafted.cast.hoa.as_actor(), now=START
    )
    assert (drafted.dialogue.code, again.code) == ("DH-2021-01", "DH-2021-02")


def test_a_draft_that_lacks_something_is_named_and_stores_nothing(drafted: Stage) -> None:
    sitting = replace(drafted.draft.sittings[0], date=None)
    lacking = replace(drafted.draft, sittings=(sitting, drafted.draft.sittings[1]))
    before = (Dialogue.objects.count(), Sitting.objects.count(), Entry.objects.count())
    with pytest.raises(NotNow, match="buổi 1"):
        drafting.create(
            drafted.cast.agency, lacking, chair=drafted.cast.leader, actor=drafted.cast.hoa.as_actor(), now=START
        )
    assert (Dialogue.objects.count(), Sitting.objects.count(), Entry.objects.count()) == before


def test_two_central_venues_are_a_contradiction(drafted: Stage) -> None:
    venues = tuple(replace(venue, central=True) for venue in drafted.draft.venues)
    with pytest.raises(NotNow, match="một điểm cầu trung tâm"):
        drafting.create(
            drafted.cast.agency,
            replace(drafted.draft, venues=venues),
            chair=drafted.cast.leader,
            actor=drafted.cast.hoa.as_actor(),
            now=START,
        )


def test_an_unknown_sector_is_refused_whole(drafted: Stage) -> None:
    strange = replace(drafted.draft.sittings[1], sector="Khai thác dầu khí")
    with pytest.raises(NotNow, match="Khai thác dầu khí"):
        drafting.create(
            drafted.cast.agency,
            replace(drafted.draft, sittings=(drafted.draft.sittings[0], strange)),
            chair=drafted.cast.leader,
            actor=drafted.cast.hoa.as_actor(),
            now=START,
        )
    assert Dialogue.objects.filter(agency=drafted.cast.agency).count() == 1


def test_the_other_agency_cannot_make_one_here(drafted: Stage) -> None:
    with pytest.raises(NotYours, match="không dành cho tài khoản này"):
        drafting.create(
            drafted.cast.agency, drafted.draft, chair=drafted.cast.leader, actor=drafted.other.hoa.as_actor(), now=START
        )


class TestCoChair:
    def create(self, stage: Stage, co_chair: str) -> Dialogue:
        draft = replace(stage.draft, co_chair=co_chair)
        actor = stage.cast.hoa.as_actor()
        return drafting.create(stage.cast.agency, draft, chair=stage.cast.leader, actor=actor, now=START)

    def test_L3_the_plans_co_chair_leads_every_sitting(self, drafted: Stage) -> None:
        made = self.create(drafted, "Thường trực HĐND thị xã")
        assert {row.co_chair for row in made.sittings.all()} == {"Thường trực HĐND thị xã"}
        assert {row.co_chair for row in drafted.dialogue.sittings.all()} == {""}

    @pytest.mark.parametrize("words", ["Ông Đỗ Văn Mẫu, Chủ tịch HĐND thị xã", "Trưởng phòng Kinh tế"])
    def test_the_chair_again_or_one_who_may_not_lead_makes_no_dialogue(self, drafted: Stage, words: str) -> None:
        with pytest.raises(NotNow, match=r"Chưa lập được cuộc đối thoại: .*(đồng chủ trì|lãnh đạo)"):
            self.create(drafted, words)
        assert Dialogue.objects.filter(agency=drafted.cast.agency).count() == 1


class TestOnePlanForSeveral:
    """Dialogues of one plan: one paper, issued for all of them."""

    def parts(self, stage: Stage) -> tuple[Dialogue, Dialogue]:
        who: Any = {"chair": stage.cast.leader, "actor": stage.cast.hoa.as_actor(), "now": START}
        first = drafting.create(stage.cast.agency, replace(stage.draft, sittings=stage.draft.sittings[:1]), **who)
        second = replace(stage.draft, sittings=stage.draft.sittings[1:])
        return first, drafting.create(stage.cast.agency, second, common=first, **who)

    def test_the_paper_is_drafted_where_the_plan_is(self, drafted: Stage) -> None:
        first, second = self.parts(drafted)
        with pytest.raises(NotNow, match=f"chung kế hoạch với cuộc {first.code}"):
            scheduling.draft_plan(second, actor=drafted.cast.hoa.as_actor(), now=START)
        page = browser(drafted.cast.hoa).get(f"/cuoc/{second.code}/ke-hoach/").content.decode()
        assert f"/cuoc/{first.code}/ke-hoach/" in page

    def test_issued_it_puts_all_of_them_in_force(self, drafted: Stage) -> None:
        first, second = self.parts(drafted)
        paper = scheduling.draft_plan(first, actor=drafted.cast.hoa.as_actor(), now=START)
        Document.objects.filter(pk=paper.pk).update(number=7, issued_on=START.date())
        paper.refresh_from_db()
        scheduling.plan_issued(paper, actor=System("document.issue"), now=START)
        for dialogue in (first, second):
            dialogue.refresh_from_db()
            assert dialogue.state == "planned"
            assert dialogue.deadlines.filter(superseded_at=None).exists()

    def issued(self, stage: Stage) -> Dialogue:
        """The second one, once the plan that it shares has its number."""
        first, second = self.parts(stage)
        paper = scheduling.draft_plan(first, actor=stage.cast.hoa.as_actor(), now=START)
        Document.objects.filter(pk=paper.pk).update(number=7, issued_on=START.date(), state="numbered")
        paper.refresh_from_db()
        scheduling.plan_issued(paper, actor=System("document.issue"), now=START)
        return Dialogue.objects.get(pk=second.pk)

    def test_duties_from_the_day_of_the_plan_have_their_day_in_all_of_them(self, drafted: Stage) -> None:
        second = self.issued(drafted)
        term = {"count": 5, "unit": "day", "before_or_after": "after", "anchor": "issue"}
        Duty.objects.update(term={}, due_on=None)
        duty = second.duties.all()[0]
        Duty.objects.filter(pk=duty.pk).update(term=term)
        assert duty_days(second)[duty.code].due_on == date(2021, 12, 6)
        told = duty_dates(drafted.cast.agency, calendar_of(drafted.cast.agency))
        assert [(row.code, due_on) for row, due_on in told] == [(duty.code, date(2021, 12, 6))]

    def test_its_number_stands_on_the_papers_and_pages_of_all_of_them(self, drafted: Stage) -> None:
        second = self.issued(drafted)
        made = preparing.draft_announcement(second, actor=drafted.cast.hoa.as_actor(), now=START)
        assert "Kế hoạch số 07/KH-UBND ngày 01 tháng 12 năm 2021" in " ".join(words(made.model))
        client = browser(drafted.cast.hoa)
        listed = client.get("/cuoc/").content.decode()
        assert listed.count("Kế hoạch số 07/KH-UBND.") == 2
        page = client.get(f"/cuoc/{second.code}/ke-hoach/").content.decode()
        assert "Bắt đầu chuẩn bị" in page
        assert "Chưa có dự thảo văn bản" not in page
        assert "07/KH-UBND" in client.get(f"/cuoc/{second.code}/").content.decode()
        assert "Kế hoạch số 07/KH-UBND" in browser().get(f"/cong-khai/{second.code}/").content.decode()

    def test_called_off_before_it_was_opened_it_stays_on_the_public_list(self, drafted: Stage) -> None:
        second = self.issued(drafted)
        Dialogue.objects.filter(pk=second.pk).update(state="cancelled")
        assert f"/cong-khai/{second.code}/" in browser().get("/cong-khai/").content.decode()
        Document.objects.filter(kind="plan").update(number=None)
        assert f"/cong-khai/{second.code}/" not in browser().get("/cong-khai/").content.decode()


def test_an_address_given_with_the_plan_stands_at_its_venue(drafted: Stage) -> None:
    made = drafting.create(
        drafted.cast.agency,
        drafted.draft,
        chair=drafted.cast.leader,
        beyond=Beyond(addresses=("", "12 Trần Hưng Đạo", "")),
        actor=drafted.cast.hoa.as_actor(),
        now=START,
    )
    assert [row.address for row in made.venues.all()] == ["", "12 Trần Hưng Đạo", ""]


def test_a_forecast_day_needs_a_month_with_its_year(drafted: Stage) -> None:
    sitting = replace(drafted.draft.sittings[0], date=None, start=None, end=None)
    who: Any = {"chair": drafted.cast.leader, "actor": drafted.cast.hoa.as_actor(), "now": START}
    draft = replace(drafted.draft, sittings=(sitting,))
    with pytest.raises(NotNow, match="ngày dự báo, lĩnh vực và đơn vị chủ trì của buổi 1"):
        drafting.create(drafted.cast.agency, draft, beyond=Beyond(tentative=("khi có lịch",)), **who)
    made = drafting.create(drafted.cast.agency, draft, beyond=Beyond(tentative=("trong quý I/2022",)), **who)
    row = made.sittings.get()
    assert (f"{row.day:%d/%m/%Y}", row.tentative) == ("31/03/2022", "trong quý I/2022")
