"""Rules and calendar amended: what moves is shown before, counted anew after, and nobody else's is touched."""

from datetime import date
from typing import Any

import pytest

from doithoai.directory.actions import amend_rules
from doithoai.directory.models import Agency, RuleText
from doithoai.directory.queries import calendar_of, latest_rules, profile_of
from doithoai.journal.models import Entry
from doithoai.journal.queries import story
from doithoai.kernel.access import NotNow, Overtaken
from doithoai.people.models import Staff
from doithoai.planning.actions.recounting import moved_by
from doithoai.planning.models import Deadline
from doithoai.planning.queries import binding_deadline
from doithoai.rules.profiles import parse_profile
from doithoai.rules.rule_texts import with_day, with_rule
from tests.cast import START, Stage
from tests.web.visitors import browser, unchanged

pytestmark = pytest.mark.django_db
RULES, DAYS = "/danh-muc/quy-dinh/", "/danh-muc/ngay-nghi/"
NOTICE = f"{RULES}term/result_notice/"
BASIS = "Ý kiến chỉ đạo ngày 01/12/2021"
DAY_OFF = {"viec": "them", "day": "24/12/2021", "kind": "off", "name": "Nghỉ riêng", "law": "CV 1", "source": "Bản gốc"}


def changed_notice(stage: Stage, count: int) -> dict[str, Any]:
    term = profile_of(stage.cast.agency).term("result_notice")
    said: dict[str, Any] = {"count": count, "unit": term.unit, "words": term.words, "law": term.law, "basis": BASIS}
    return said | {"binding": "on"}


def notice_day(stage: Stage) -> date:
    row = binding_deadline(stage.dialogue, "result_notice")
    assert row is not None
    return row.due_on


def press(staff: Staff, path: str, said: dict[str, Any]) -> Any:
    return browser(staff, now=START).post(path, said)


class TestWhatMoves:
    def moved(self, stage: Stage, agency: Agency, count: int) -> list[tuple[str, date | None, date | None]]:
        text = latest_rules(agency, "profile", "dong-hoa-2021").text
        parsed = parse_profile(with_rule(text, "term", "result_notice", {"count": count}), "x")
        found = moved_by(agency, "profile", "dong-hoa-2021", parsed)
        return [(row.dialogue.code, row.was, row.will) for row in found if row.is_binding]

    def test_the_deadlines_of_dialogues_in_hand(self, stage: Stage) -> None:
        assert self.moved(stage, stage.cast.agency, 5)[0] == ("DH-2021-01", date(2021, 12, 31), date(2021, 12, 29))
        assert self.moved(stage, stage.other.agency, 5) == []

    def test_nothing_where_nothing_changes(self, stage: Stage) -> None:
        row = latest_rules(stage.cast.agency, "profile", "dong-hoa-2021")
        assert list(moved_by(stage.cast.agency, "profile", row.key, row.parsed)) == []

    def test_nothing_of_a_dialogue_that_is_closed(self, stage: Stage) -> None:
        type(stage.dialogue).objects.update(state="closed")
        assert self.moved(stage, stage.cast.agency, 5) == []


class TestAmending:
    def amend(self, stage: Stage, **more: Any) -> RuleText:
        row = latest_rules(stage.cast.agency, "calendar", "vn")
        text = with_day(row.text, date(2021, 12, 24), "off", "Nghỉ riêng", "CV 1", "Bản gốc")
        said = {"kind": "calendar", "key": "vn", "text": text, "basis": BASIS} | more
        return amend_rules(stage.cast.agency, **said, actor=stage.cast.admin.as_actor(), now=START)

    def test_the_deadlines_are_counted_anew_by_the_system_and_met_ones_stay_met(self, stage: Stage) -> None:
        rows = Deadline.objects.filter(dialogue=stage.dialogue, duty="result_notice")
        rows.update(met_on=date(2021, 12, 28))
        self.amend(stage)
        assert notice_day(stage) == date(2022, 1, 4)
        assert rows.get(superseded_at=None, is_binding=True).met_on == date(2021, 12, 28)
        line = story(stage.dialogue.chain, last=1)[0]
        assert (line.verb, line.actor) == ("deadline.count", "system:rules.amend")
        assert line.facts["calendar"] == "vn-2026.11+1"

    def test_where_nothing_moves_nothing_is_counted(self, stage: Stage) -> None:
        before = Entry.objects.count()
        row = latest_rules(stage.cast.agency, "calendar", "vn")
        self.amend(stage, text=with_day(row.text, date(2025, 12, 24), "off", "x", "y", "z"))
        assert Entry.objects.count() == before + 1

    def test_not_without_a_basis_nor_over_another_version(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="Chưa lưu: cần một câu nêu lý do"):
            self.amend(stage, basis=" ")
        self.amend(stage, after=1)
        with pytest.raises(Overtaken):
            self.amend(stage, after=1)


class TestPages:
    def test_every_rule_stands_with_its_law(self, stage: Stage) -> None:
        html = browser(stage.cast.clerk, now=START).get(RULES).content.decode()
        profile = profile_of(stage.cast.agency)
        for rule in (*profile.terms, *profile.gates, *profile.separations, *profile.invitees):
            assert rule.law.split("“")[0].strip()[:40] in html
        assert f'href="{NOTICE}"' not in html, "only the administrator is shown the way to change it"
        assert stage.cast.admin.name in html

    def test_a_change_is_looked_at_before_anything_is_stored(self, stage: Stage) -> None:
        with unchanged(RuleText, Deadline):
            html = press(stage.cast.admin, NOTICE, changed_notice(stage, 5) | {"buoc": "xem"}).content.decode()
        assert "thứ Sáu 31/12/2021" in html
        assert "thứ Tư 29/12/2021" in html
        assert f'name="basis" value="{BASIS}"' in html

    def test_then_it_is_stored_with_its_basis(self, stage: Stage) -> None:
        response = press(stage.cast.admin, NOTICE, changed_notice(stage, 5) | {"buoc": "luu", "ban": "1"})
        assert response["Location"] == f"{RULES}?da=rules.amend"
        assert notice_day(stage) == date(2021, 12, 29)
        assert profile_of(stage.other.agency).term("result_notice").count == 7
        entry = next(line for line in story(stage.cast.agency.chain, last=3) if line.verb == "rules.amend")
        assert entry.facts["basis"] == BASIS

    def test_who_was_slower_is_told(self, stage: Stage) -> None:
        press(stage.cast.admin, NOTICE, changed_notice(stage, 5) | {"buoc": "luu", "ban": "1"})
        late = press(stage.cast.admin, NOTICE, changed_notice(stage, 6) | {"buoc": "luu", "ban": "1"})
        assert late.status_code == 409
        assert profile_of(stage.cast.agency).term("result_notice").count == 5

    @pytest.mark.parametrize("path", [NOTICE, DAYS])
    def test_nobody_else_changes_a_rule(self, stage: Stage, path: str) -> None:
        said = (changed_notice(stage, 5) if path == NOTICE else DAY_OFF) | {"buoc": "luu"}
        with unchanged(RuleText):
            assert press(stage.cast.leader, path, said).status_code == 403

    @pytest.mark.parametrize("path", ["term/khong-co/", "invitee/citizens/", "survey/satisfaction/"])
    def test_there_is_no_form_for_what_is_only_read(self, stage: Stage, path: str) -> None:
        assert browser(stage.cast.admin, now=START).get(f"{RULES}{path}").status_code == 404

    def test_a_form_that_cannot_be_read_comes_back(self, stage: Stage) -> None:
        response = press(stage.cast.admin, NOTICE, changed_notice(stage, 0) | {"basis": "", "buoc": "xem"})
        html = response.content.decode()
        assert response.status_code == 422
        assert "Cần số từ 1 đến 365." in html
        assert "Căn cứ của việc sửa để trống." in html

    def test_a_day_off_with_its_decision(self, stage: Stage) -> None:
        html = press(stage.cast.admin, DAYS, DAY_OFF | {"buoc": "xem"}).content.decode()
        assert "thứ Ba 04/01/2022" in html
        response = press(stage.cast.admin, DAYS, DAY_OFF | {"buoc": "luu"})
        assert response["Location"] == f"{DAYS}?nam=2021&da=rules.amend"
        assert not calendar_of(stage.cast.agency).is_working(date(2021, 12, 24))
        assert calendar_of(stage.other.agency).is_working(date(2021, 12, 24))
        page = browser(stage.cast.clerk, now=START).get(f"{DAYS}?nam=2021").content.decode()
        assert "thứ Sáu 24/12/2021" in page
        assert "CV 1" in page

    def test_it_is_taken_out_again_and_what_is_not_there_is_refused(self, stage: Stage) -> None:
        press(stage.cast.admin, DAYS, DAY_OFF | {"buoc": "luu"})
        gone = {"viec": "bo", "day": "24/12/2021", "basis": "Ghi nhầm", "buoc": "luu"}
        assert press(stage.cast.admin, DAYS, gone).status_code == 302
        assert calendar_of(stage.cast.agency).is_working(date(2021, 12, 24))
        again = press(stage.cast.admin, DAYS, gone)
        assert again.status_code == 409
        assert "Lịch không có dòng nào cho ngày 24/12/2021" in again.content.decode()

    def test_a_day_of_a_year_nobody_began_begins_it_unconfirmed(self, stage: Stage) -> None:
        press(stage.cast.admin, DAYS, DAY_OFF | {"day": "02/09/2031", "buoc": "luu"})
        assert not calendar_of(stage.cast.agency).years[2031].confirmed

    def test_a_year_is_confirmed(self, stage: Stage) -> None:
        said = {"viec": "nam", "confirmed": "on", "note": "Công văn số 3", "buoc": "luu"}
        press(stage.cast.admin, f"{DAYS}?nam=2027", said)
        assert calendar_of(stage.cast.agency).years[2027].confirmed
        empty = press(stage.cast.admin, f"{DAYS}?nam=2027", said | {"note": ""})
        assert empty.status_code == 422
