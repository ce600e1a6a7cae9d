"""The plan of a dialogue corrected while it is a draft: rows, sentences and paper in one act."""

import json
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours, Overtaken
from doithoai.people.models import Staff
from doithoai.planning.actions import changing, correcting, drafting, placing, preparing, scheduling
from doithoai.planning.actions.correcting import Correction
from doithoai.planning.forms.rewording import respoken
from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.correction import Beyond, Kept
from doithoai.planning.models import Dialogue, Duty, Sitting, Writing
from doithoai.roster.queries import seats_of
from doithoai.rules.paper import words
from tests.cast import START, Stage
from tests.planning.test_views_drafting import send, shown, text_of
from tests.web.visitors import browser, unchanged

pytestmark = pytest.mark.django_db


def plan_of(stage: Stage) -> PlanDraft:
    return PlanDraft.from_json(Dialogue.objects.get(pk=stage.dialogue.pk).plan_text)


def correction(stage: Stage, kept: Kept | None = None, **values: Any) -> Correction:
    was = plan_of(stage)
    after = replace(was, **values)
    rows = kept or Kept.all(was)
    return Correction(was, respoken(was, after, rows).draft, rows, Beyond())


def correct(stage: Stage, made: Correction, actor: Staff | None = None, chair: Staff | None = None) -> Dialogue:
    who = (actor or stage.cast.hoa).as_actor()
    return correcting.correct(stage.dialogue, made, chair=chair or stage.cast.leader, actor=who, now=START)


def inviting(stage: Stage, number: int) -> Correction:
    """Every sitting invites another number of citizens, as a remark on the draft asked."""
    was = plan_of(stage)
    sittings = tuple(replace(row, invite=number, expected=number) for row in was.sittings)
    return correction(stage, sittings=sittings, quotas=tuple(replace(row, count=number) for row in was.quotas))


class TestCorrecting:
    def test_twenty_for_fifteen_changes_the_draw_and_the_paper(self, drafted: Stage) -> None:
        hoa = drafted.cast.hoa.as_actor()
        scheduling.draft_plan(drafted.dialogue, actor=hoa, now=START)
        correct(drafted, inviting(drafted, 20))
        assert [seats_of(row) for row in Sitting.objects.filter(dialogue=drafted.dialogue)] == [20, 20]
        paper = Document.objects.get(kind="plan")
        said = " ".join(words(paper.model))
        assert "chọn mời 20 công dân" in said
        assert "chọn mời 15 công dân" not in said
        (entry,) = Entry.objects.filter(verb="plan.correct")
        facts = json.loads(entry.body)["facts"]
        assert {"quotas", "B1.invite=15>20", "B2.expected=15>20", "sentences"} <= set(facts["changed"].split())

    def test_rows_keep_their_codes_and_what_others_wrote(self, drafted: Stage) -> None:
        duty = Duty.objects.filter(dialogue=drafted.dialogue, is_from_plan=True).order_by("pk")[0]
        other = drafted.cast.agency.offices.get(name="Phòng Quản lý đô thị")
        Duty.objects.filter(pk=duty.pk).update(office=other)
        before = list(Duty.objects.filter(dialogue=drafted.dialogue).values_list("code", "pk"))
        was = plan_of(drafted)
        moved = tuple(replace(row, start=time(8, 0)) if at == 0 else row for at, row in enumerate(was.sittings))
        duties = (replace(was.duties[0], what="tổng hợp vướng mắc"), *was.duties[1:])
        correct(drafted, correction(drafted, sittings=moved, duties=duties))
        sitting = Sitting.objects.get(code="DH-2021-01-B1")
        assert f"{clock.local(sitting.starts_at, sitting.agency.zone):%H:%M}" == "08:00"
        assert list(Duty.objects.filter(dialogue=drafted.dialogue).values_list("code", "pk")) == before
        duty.refresh_from_db()
        assert (duty.what, duty.office) == ("tổng hợp vướng mắc", other)

    def test_a_row_less_and_a_row_more(self, drafted: Stage) -> None:
        was = plan_of(drafted)
        kept = Kept((0, 1), (0, 1, None), Kept.all(was).duties)
        third = replace(was.sittings[1], start=time(17, 30), end=time(19, 0), clause="")
        made = correction(drafted, kept, venues=was.venues[:2], sittings=(*was.sittings, third))
        correct(drafted, made)
        assert list(drafted.dialogue.venues.values_list("ordinal", flat=True)) == [1, 2]
        assert [row.code for row in Sitting.objects.filter(dialogue=drafted.dialogue).order_by("ordinal")] == [
            "DH-2021-01-B1",
            "DH-2021-01-B2",
            "DH-2021-01-B3",
        ]
        assert "Từ 17 giờ 30 phút đến 19 giờ 00 phút" in str(plan_of(drafted).clauses)

    def test_mode_chair_and_recipients(self, drafted: Stage) -> None:
        deputy = drafted.cast.heads[drafted.dialogue.secretariat.code]
        correct(drafted, correction(drafted, mode="hybrid", recipients=("Sở Nội vụ", "Lưu: VT")), chair=deputy)
        dialogue = Dialogue.objects.get(pk=drafted.dialogue.pk)
        assert (dialogue.mode, dialogue.chair) == ("hybrid", deputy)
        assert [row.text for row in dialogue.recipients.all()] == ["Sở Nội vụ", "Lưu: VT"]


class TestRefusals:
    def test_not_once_the_plan_is_planned(self, stage: Stage) -> None:
        with unchanged(Dialogue, Sitting), pytest.raises(NotNow, match="đã trình hoặc đã ban hành"):
            correct(stage, correction(stage, mode="hybrid"))

    def test_whoever_corrects_an_older_plan_comes_second(self, drafted: Stage) -> None:
        made = inviting(drafted, 20)
        hoa = drafted.cast.hoa.as_actor()
        preparing.word(drafted.dialogue, {"k0": "Câu kết khác."}, [], actor=hoa, now=START)
        with unchanged(Dialogue, Sitting), pytest.raises(Overtaken):
            correct(drafted, made)

    def test_a_plan_that_lacks_something_is_not_written(self, drafted: Stage) -> None:
        with unchanged(Dialogue, Sitting), pytest.raises(NotNow, match="Chưa sửa được: kế hoạch còn thiếu trích yếu"):
            correct(drafted, correction(drafted, subject=None))

    def test_a_row_in_use_stays(self, drafted: Stage) -> None:
        duty = Duty.objects.filter(dialogue=drafted.dialogue, is_from_plan=True).order_by("pk")[0]
        duty.progress.create(words="đã làm", at=START)
        was = plan_of(drafted)
        kept = Kept((0, 1, 2), (0, 1), tuple(range(1, len(was.duties))))
        made = correction(drafted, kept, duties=was.duties[1:])
        with unchanged(Dialogue, Duty), pytest.raises(NotNow, match="đã có việc khác gắn vào"):
            correct(drafted, made)

    def test_only_the_office_of_this_agency(self, drafted: Stage) -> None:
        made = inviting(drafted, 20)
        with unchanged(Dialogue, Sitting):
            for staff in (drafted.cast.clerk, drafted.other.hoa):
                with pytest.raises(NotYours):
                    correct(drafted, made, staff)

    def test_another_time_is_no_act_of_its_own_while_it_is_a_draft(self, drafted: Stage) -> None:
        sitting = Sitting.objects.filter(dialogue=drafted.dialogue).order_by("ordinal")[0]
        times = {"starts_at": sitting.starts_at + timedelta(days=1), "ends_at": sitting.ends_at + timedelta(days=1)}
        with unchanged(Sitting), pytest.raises(NotNow, match="trang sửa kế hoạch"):
            changing.reschedule(sitting, **times, reason="lũ", actor=drafted.cast.hoa.as_actor(), now=START)


class TestSharedPlan:
    """Dialogues of one plan have one paper and one wording, whichever of them is corrected."""

    def share(self, stage: Stage) -> Dialogue:
        """The second sitting as a dialogue of its own, which shares the plan of the stage's; its paper is drafted."""
        who: Any = {"actor": stage.cast.hoa.as_actor(), "now": START}
        draft = replace(stage.draft, sittings=stage.draft.sittings[1:])
        made = drafting.create(stage.cast.agency, draft, chair=stage.cast.leader, common=stage.dialogue, **who)
        scheduling.draft_plan(stage.dialogue, **who)
        return Dialogue.objects.get(pk=made.pk)

    def beside(self, stage: Stage) -> tuple[Stage, Dialogue]:
        second = self.share(stage)
        return replace(stage, dialogue=second), second

    @pytest.mark.parametrize("state", ["in_review", "approved", "signed", "numbered"])
    def test_nothing_of_it_is_corrected_past_a_paper_that_was_submitted(self, drafted: Stage, state: str) -> None:
        other, second = self.beside(drafted)
        Document.objects.filter(kind="plan").update(state=state)
        hoa = drafted.cast.hoa
        with unchanged(Dialogue, Sitting, Document), pytest.raises(NotNow, match="đã trình hoặc đã ban hành"):
            correct(other, correction(other, mode="hybrid"))
        with unchanged(Dialogue, Document), pytest.raises(NotNow, match="đã trình hoặc đã ban hành"):
            preparing.word(second, {"k0": "Câu kết khác."}, [], actor=hoa.as_actor(), now=START)
        assert f"/cuoc/{second.code}/ke-hoach/sua/" not in text_of(browser(hoa).get(f"/cuoc/{second.code}/ke-hoach/"))

    def test_the_paper_that_is_shared_follows_what_is_corrected_in_one_of_them(self, drafted: Stage) -> None:
        other, second = self.beside(drafted)
        later = tuple(replace(row, start=time(14, 15)) for row in plan_of(other).sittings)
        correct(other, correction(other, sittings=later))
        said = " ".join(words(Document.objects.get(kind="plan").model))
        assert "14h15" in said
        assert "14h15" in str(plan_of(drafted).clauses)
        assert [row.start for row in plan_of(drafted).sittings] == [row.start for row in drafted.draft.sittings]
        preparing.word(second, {"k0": "Câu kết chung."}, ["Căn cứ Luật"], actor=drafted.cast.hoa.as_actor(), now=START)
        first = Dialogue.objects.get(pk=drafted.dialogue.pk)
        assert (first.plan_text["closing"][0], first.bases) == ("Câu kết chung.", ["Căn cứ Luật"])
        assert "Câu kết chung." in " ".join(words(Document.objects.get(kind="plan").model))

    def test_those_told_are_the_same_in_all_of_them(self, drafted: Stage) -> None:
        second = self.share(drafted)
        correct(drafted, correction(drafted, recipients=("Sở Nội vụ", "Lưu: VT")))
        assert [row.text for row in second.recipients.order_by("ordinal")] == ["Sở Nội vụ", "Lưu: VT"]

    def test_clauses_are_neither_added_nor_taken_out(self, drafted: Stage) -> None:
        other, _second = self.beside(drafted)
        was = plan_of(other)
        made = replace(correction(other), draft=replace(was, clauses=was.clauses[:-1]))
        with unchanged(Dialogue, Document), pytest.raises(NotNow, match=f"chung với cuộc {drafted.dialogue.code}"):
            correct(other, made)

    def test_whoever_corrects_another_one_of_them_comes_second(self, drafted: Stage) -> None:
        made, second = inviting(drafted, 20), self.share(drafted)
        preparing.word(second, {"k0": "Câu kết khác."}, [], actor=drafted.cast.hoa.as_actor(), now=START)
        with unchanged(Dialogue, Sitting), pytest.raises(Overtaken):
            correct(drafted, made)


class TestPage:
    PATH = "/cuoc/DH-2021-01/ke-hoach/sua/"

    def test_the_form_is_opened_over_the_dialogue_and_written_back(self, drafted: Stage) -> None:
        hoa = drafted.cast.hoa
        page = browser(hoa).get(self.PATH)
        assert "Sửa kế hoạch của cuộc DH-2021-01" in text_of(page)
        typed = {f"sitting__{at}__{name}": "20" for at in (0, 1) for name in ("invite", "expected")}
        asked = send(hoa, page, **typed)
        assert "Xin đọc lại rồi bấm lần nữa" in text_of(asked)
        assert "chọn mời 20 công dân" in text_of(asked)
        assert send(hoa, asked)["Location"] == "/cuoc/DH-2021-01/ke-hoach/?da=plan.correct"
        assert [seats_of(row) for row in Sitting.objects.filter(dialogue=drafted.dialogue)] == [20, 20]
        assert not Writing.objects.get().is_open
        assert "dự thảo văn bản đã theo" in text_of(browser(hoa).get("/cuoc/DH-2021-01/ke-hoach/?da=plan.correct"))

    def test_a_sentence_that_says_otherwise_is_warned_of(self, drafted: Stage) -> None:
        hoa = drafted.cast.hoa
        assert 'id="lech"' not in text_of(browser(hoa).get("/cuoc/DH-2021-01/ke-hoach/"))
        key = next(f"c{i}" for i, row in enumerate(plan_of(drafted).clauses) if row.path == "III.1")
        text = next(row.text for row in plan_of(drafted).clauses if row.path == "III.1").replace("15 công", "20 công")
        preparing.word(drafted.dialogue, {key: text}, [], actor=hoa.as_actor(), now=START)
        told = text_of(browser(hoa).get("/cuoc/DH-2021-01/ke-hoach/"))
        assert "III.1: câu ghi 20, dữ liệu là 15" in told
        assert "Câu này ghi 20, dữ liệu là 15." in text_of(browser(hoa).get(self.PATH))

    def test_a_correction_left_half_way_is_taken_up_again(self, drafted: Stage) -> None:
        hoa = drafted.cast.hoa
        looked = shown(hoa, send(hoa, browser(hoa).get(self.PATH), "xem", platform="Zoom họp"))
        assert 'value="Zoom họp"' in text_of(looked)
        assert "sửa cuộc DH-2021-01" in text_of(browser(hoa).get("/ke-hoach/moi/"))

    def test_an_address_that_a_venue_was_given_meanwhile_stays(self, drafted: Stage) -> None:
        hoa = drafted.cast.hoa
        looked = shown(hoa, send(hoa, browser(hoa).get(self.PATH), "xem", platform="Zoom họp"))
        first, second = drafted.dialogue.venues.order_by("ordinal")[:2]
        placing.locate(first, "12 Trần Hưng Đạo", actor=hoa.as_actor(), now=START)
        assert send(hoa, looked, venue__1__address="Nhà văn hóa").status_code == 302
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.address, second.address) == ("12 Trần Hưng Đạo", "Nhà văn hóa")
        assert Dialogue.objects.get(pk=drafted.dialogue.pk).platform == "Zoom họp"

    def test_an_address_is_emptied_where_somebody_empties_it(self, drafted: Stage) -> None:
        hoa, venue = drafted.cast.hoa, drafted.dialogue.venues.order_by("ordinal")[0]
        placing.locate(venue, "12 Trần Hưng Đạo", actor=hoa.as_actor(), now=START)
        assert send(hoa, browser(hoa).get(self.PATH), venue__0__address="").status_code == 302
        venue.refresh_from_db()
        assert venue.address == ""

    def test_not_for_others_and_not_later(self, drafted: Stage) -> None:
        assert browser(drafted.cast.clerk).get(self.PATH).status_code == 403
        assert browser(drafted.other.hoa).get(self.PATH).status_code == 404
        Dialogue.objects.filter(pk=drafted.dialogue.pk).update(state="planned")
        assert browser(drafted.cast.hoa).get(self.PATH).status_code == 409
