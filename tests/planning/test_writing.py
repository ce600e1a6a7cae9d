"""A plan written from nothing: what is proposed, what is missing, what it becomes, and that nothing typed is lost."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from doithoai.directory.models import Place
from doithoai.directory.queries import profile_of
from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours, Overtaken
from doithoai.planning.actions import writing
from doithoai.planning.forms import Choices
from doithoai.planning.forms.composing import compose
from doithoai.planning.forms.proposing import Said, propose
from doithoai.planning.forms.writing import STEPS, Desk, StepForm, answers_of, lacks, read_writing, rows_of
from doithoai.planning.imports import read_plan
from doithoai.planning.models import Dialogue, Writing
from doithoai.planning.papers import drafted_paper
from doithoai.planning.queries import bases_offered
from doithoai.rules.paper import words
from doithoai.rules.paper.printed import Line, printed
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(stage: Stage) -> Desk:
    agency = stage.cast.agency
    return Desk(agency, profile_of(agency), Choices.of(agency), list(Place.objects.filter(agency=agency)), 2021)


@pytest.fixture
def said(desk: Desk) -> Said:
    return propose(desk.agency, desk.profile, desk.choices, desk.year)


def dated(said: Said) -> Said:
    """What is proposed, with the days that nobody but the agency knows."""
    days = {"sitting-0-date": "22/12/2021", "sitting-1-date": "22/12/2021"}
    return {**said, "buoi": {**said["buoi"], **days}}


class TestProposal:
    def test_only_the_days_are_missing(self, desk: Desk, said: Said) -> None:
        found = lacks(desk, read_writing(desk, said))
        assert [(lack.step, lack.words) for lack in found] == [("buoi", "Buổi 1: ngày"), ("buoi", "Buổi 2: ngày")]
        assert lacks(desk, read_writing(desk, dated(said))) == []

    def test_it_knows_the_directory(self, desk: Desk, said: Said) -> None:
        read = read_writing(desk, dated(said))
        assert [(row.name, row.central, row.place) for row in read.venues] == [
            ("Văn phòng HĐND&UBND thị xã", True, None),
            ("UBND phường Hòa Vinh", False, "phường Hòa Vinh"),
            ("UBND phường Hòa Hiệp Trung", False, "phường Hòa Hiệp Trung"),
        ]
        assert [(row.lead_office, row.start) for row in read.sittings] == [
            ("Phòng Tài chính – Kế hoạch", time(7, 30)),
            ("Phòng Quản lý đô thị", time(13, 30)),
        ]
        assert read.parent is not None
        assert (read.parent.number, read.parent.date) == ("17/KH-UBND", date(2021, 1, 26))
        assert read.recipients[-1].startswith("Lưu: VT")

    def test_the_front_is_asked_and_never_assigned(self, desk: Desk, said: Said) -> None:
        titles = [row.text for row in compose(read_writing(desk, said), desk.agency).clauses]
        assert "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thị xã" in titles

    def test_every_step_of_it_is_readable(self, desk: Desk, said: Said) -> None:
        for step in STEPS:
            assert StepForm(step, desk, said[step]).is_valid(), step


class TestMissing:
    @pytest.mark.parametrize(
        ("step", "emptied", "words"),
        [
            ("chung", "subject", "Trích yếu"),
            ("can-cu", "parent_number", "Văn bản làm căn cứ"),
            ("muc-dich", "purposes", "Mục đích"),
            ("muc-dich", "requirements", "Yêu cầu"),
            ("hinh-thuc", "mode", "Hình thức đối thoại"),
            ("hinh-thuc", "change", "Cách thông báo khi thay đổi"),
            ("diem-cau", "central", "một điểm cầu trung tâm"),
            ("buoi", "sitting-0-expected", "Số lượt người dự kiến"),
            ("buoi", "sitting-1-invite", "Số công dân mời"),
            ("buoi", "sitting-1-lead", "Buổi 2: đơn vị chủ trì nội dung"),
            ("thanh-phan", "chair", "người ký"),
            ("thanh-phan", "central", "thành phần dự"),
            ("noi-nhan", "recipients", "Nơi nhận"),
        ],
    )
    def test_each_required_part_is_named_with_its_step(
        self, desk: Desk, said: Said, step: str, emptied: str, words: str
    ) -> None:
        whole = dated(said)
        found = lacks(desk, read_writing(desk, {**whole, step: {**whole[step], emptied: ""}}))
        assert [lack.step for lack in found] == [step]
        assert words in found[0].words

    def test_a_plan_without_the_rule_of_the_result_says_so(self, desk: Desk, said: Said) -> None:
        whole = dated(said)
        tasks = {name: "" if value == "result_notice" else value for name, value in whole["nhiem-vu"].items()}
        found = lacks(desk, read_writing(desk, {**whole, "nhiem-vu": tasks}))
        assert [lack.words for lack in found] == ["Hạn thông báo kết quả"]

    def test_hours_that_run_backwards_are_named(self, desk: Desk, said: Said) -> None:
        whole = dated(said)
        whole["buoi"]["sitting-0-end"] = "07:00"
        assert "Giờ kết thúc của buổi 1" in lacks(desk, read_writing(desk, whole))[0].words

    def test_nothing_at_all_is_all_missing_and_no_error(self, desk: Desk) -> None:
        read = read_writing(desk, {})
        assert len(lacks(desk, read)) >= 12
        assert compose(read, desk.agency).closing


class TestComposing:
    def test_the_product_reads_its_own_plan_back(self, desk: Desk, said: Said, tmp_path: Path) -> None:
        """The wording is that of a plan: another reader finds the same sittings, venues and recipients in it."""
        read = read_writing(desk, dated(said))
        draft = compose(read, desk.agency)
        chair = desk.choices.leaders[0]
        paper = drafted_paper(
            desk.agency, draft.as_json(), subject=read.subject, bases=read.bases, signer=chair, on=date(2021, 12, 1)
        )
        lines = ["ỦY BAN NHÂN DÂN THỊ XÃ ĐÔNG HÒA", "Số:     /KH-UBND", "KẾ HOẠCH", read.subject]
        lines += ["".join(run.text for run in row.runs) for row in printed(paper.blocks) if isinstance(row, Line)]
        lines += [
            "Nơi nhận:",
            *(f"- {line};" for line in draft.recipients),
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            chair.name,
        ]
        path = tmp_path / "ke-hoach.txt"
        path.write_text("\n\n".join(lines), encoding="utf-8")
        again = read_plan(path)
        assert [(row.date, row.start, row.end) for row in again.sittings] == [
            (row.date, row.start, row.end) for row in draft.sittings
        ]
        assert [row.name for row in again.venues] == [row.name for row in draft.venues]
        assert again.parent is not None
        assert again.parent.number == "17/KH-UBND"

    def test_deadlines_stand_in_words_in_the_clauses(self, desk: Desk, said: Said) -> None:
        draft = compose(read_writing(desk, dated(said)), desk.agency)
        texts = [row.text for row in draft.clauses]
        assert any("chậm nhất 05 ngày trước khi diễn ra đối thoại" in text for text in texts)
        assert any("chậm nhất 07 ngày làm việc sau khi kết thúc đối thoại" in text for text in texts)
        (due,) = {row.due for row in draft.duties if row.due and row.due.anchor == "conference_end"}
        assert (due.count, due.unit, due.before_or_after) == (7, "working_day", "after")

    def test_markup_in_what_was_typed_stays_text(self, desk: Desk, said: Said) -> None:
        whole = dated(said)
        whole["muc-dich"]["purposes"] = "<img src=x onerror=alert(1)>"
        draft = compose(read_writing(desk, whole), desk.agency)
        paper = drafted_paper(
            desk.agency, draft.as_json(), subject="x", bases=(), signer=desk.choices.leaders[0], on=date(2021, 12, 1)
        )
        assert "onerror=alert(1)>." in " ".join(words(paper))


class TestRows:
    @pytest.mark.parametrize(
        ("typed", "count"),
        [({}, 2), ({"venue-0": "A"}, 3), ({"venue-4": "A"}, 7), ({"venue-99": "A"}, 2), ({"venue-x": "A"}, 2)],
    )
    def test_there_is_always_room_for_more(self, typed: dict[str, str], count: int) -> None:
        assert rows_of("diem-cau", typed) == count


class TestGrounds:
    def test_each_law_of_the_profile_once_with_its_article_binding_first(self, desk: Desk) -> None:
        rows = bases_offered(desk.profile, {}, 2021)
        laws = [row.law for row in rows]
        assert len(laws) == len(set(laws))
        assert "Điều 125 Luật Tổ chức chính quyền địa phương 2015" in laws
        flags = [row.is_binding for row in rows]
        assert flags == sorted(flags, reverse=True)

    def test_a_law_made_later_is_not_offered(self, desk: Desk) -> None:
        assert not [row.law for row in bases_offered(desk.profile, {}, 2021) if "2025" in row.law or "2026" in row.law]
        later = [row.law for row in bases_offered(desk.profile, {}, 2026)]
        assert "khoản 1 Điều 23 Nghị định 154/2026/NĐ-CP" in later

    def test_a_custom_is_no_law(self, desk: Desk) -> None:
        assert not [row for row in bases_offered(desk.profile, {}, 2026) if "không do văn bản nào" in row.law]


class TestVerbs:
    def start(self, stage: Stage, said: Said) -> Writing:
        return writing.start(stage.cast.agency, said, step="chung", actor=stage.cast.hoa.as_actor(), now=START)

    def finish(self, stage: Stage, desk: Desk, row: Writing, said: Said, actor: Any = None) -> Dialogue:
        read = read_writing(desk, said)
        return writing.finish(
            row,
            compose(read, desk.agency),
            chair=stage.cast.leader,
            bases=read.bases,
            answers=answers_of(desk, said),
            actor=actor or stage.cast.hoa.as_actor(),
            now=START,
        )

    def test_kept_step_by_step_as_it_was_typed(self, stage: Stage, said: Said) -> None:
        row, hoa = self.start(stage, said), stage.cast.hoa.as_actor()
        typed = {"sitting-0-date": "hôm sau", "sitting-0-start": "7g30"}
        writing.save(row, "buoi", typed, revision=1, actor=hoa, now=START)
        row.refresh_from_db()
        assert (row.said["buoi"], row.step, row.revision) == (typed, "buoi", 2)
        assert row.said["chung"] == said["chung"]

    def test_who_saves_second_is_told_and_overwrites_nothing(self, stage: Stage, said: Said) -> None:
        row, hoa = self.start(stage, said), stage.cast.hoa.as_actor()
        writing.save(row, "buoi", {"sitting-0-date": "22/12/2021"}, revision=1, actor=hoa, now=START)
        with pytest.raises(Overtaken):
            writing.save(row, "buoi", {"sitting-0-date": "23/12/2021"}, revision=1, actor=hoa, now=START)
        row.refresh_from_db()
        assert row.said["buoi"]["sitting-0-date"] == "22/12/2021"

    def test_a_whole_one_becomes_a_dialogue_once(self, stage: Stage, desk: Desk, said: Said) -> None:
        row, whole = self.start(stage, said), dated(said)
        made = self.finish(stage, desk, row, whole)
        assert (made.sittings.count(), made.venues.count(), made.chair) == (2, 3, stage.cast.leader)
        assert [row.expected for row in made.sittings.all()] == [15, 15]
        assert {str(venue.ward) for venue in made.venues.filter(is_central=False)} == {
            "phường Hòa Vinh", "phường Hòa Hiệp Trung",
        }  # fmt: skip
        assert made.duties.filter(is_from_plan=True, office=None).count() == 0
        with pytest.raises(NotNow, match="đã lập thành cuộc đối thoại"):
            self.finish(stage, desk, row, whole)
        with pytest.raises(NotNow, match="đã lập thành cuộc đối thoại"):
            writing.save(row, "buoi", {}, revision=1, actor=stage.cast.hoa.as_actor(), now=START)

    def test_what_is_not_whole_makes_nothing(self, stage: Stage, desk: Desk, said: Said) -> None:
        row, before = self.start(stage, said), Dialogue.objects.count()
        with pytest.raises(NotNow, match="còn thiếu ngày, giờ"):
            self.finish(stage, desk, row, said)
        row.refresh_from_db()
        assert (row.dialogue, Dialogue.objects.count()) == (None, before)

    def test_others_do_not_write(self, stage: Stage, desk: Desk, said: Said) -> None:
        row, entries = self.start(stage, said), Entry.objects.count()
        for actor in (stage.cast.clerk.as_actor(), stage.other.hoa.as_actor()):
            with pytest.raises(NotYours):
                writing.start(stage.cast.agency, said, step="chung", actor=actor, now=START)
            with pytest.raises(NotYours):
                writing.save(row, "buoi", {}, revision=1, actor=actor, now=START)
            with pytest.raises(NotYours):
                self.finish(stage, desk, row, dated(said), actor)
        assert Entry.objects.count() == entries

    def test_the_agencys_no_is_kept_with_the_dialogue(self, stage: Stage, desk: Desk, said: Said) -> None:
        stage.cast.agency.profile_key = "cap-xa-2026"
        commune = replace(desk, profile=profile_of(stage.cast.agency, "cap-xa-2026"))
        whole = dated(said)
        whole["chung"] = {**whole["chung"], "question-article_43": "khong"}
        assert answers_of(commune, whole) == {"article_43": False}
        assert answers_of(commune, dated(said)) == {"article_43": True}
