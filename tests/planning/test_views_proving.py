"""Duties with their progress and evidence: carried out by whoever answers for them, read by whoever may."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.journal.queries import lines_of
from doithoai.kernel import plugs
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.models import Staff
from doithoai.planning.actions import carrying_out
from doithoai.planning.models import Duty, Evidence, Progress
from doithoai.planning.queries import evidence_faults
from tests.cast import START, Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

PDF = b"%PDF-1.4 bien ban"
ATTACK = "<img src=x onerror=alert(1)>.pdf"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def duty(stage: Stage) -> Duty:
    found = stage.dialogue.duties.filter(office__isnull=False).select_related("office").order_by("pk").first()
    assert found is not None
    assert found.office is not None
    head = stage.cast.heads[found.office.code]
    carrying_out.assign(found, found.office, head, actor=stage.cast.hoa.as_actor(), now=START)
    carrying_out.accept(found, actor=head.as_actor(), now=START)
    return found


def head_of(stage: Stage, duty: Duty) -> Staff:
    assert duty.office is not None
    return stage.cast.heads[duty.office.code]


def attach(staff: Staff, duty: Duty, data: bytes = PDF, name: str = "biên bản.pdf", note: str = "") -> Any:
    said = {"buoc": "dinh-kem", "file": SimpleUploadedFile(name, data), "note": note}
    return browser(staff).post(f"/nhiem-vu/{duty.code}/", said)


class TestGiving:
    def test_the_office_gives_a_duty_to_a_head(self, stage: Stage) -> None:
        row = stage.dialogue.duties.filter(office=None).first()
        assert row is not None
        office = stage.dialogue.secretariat
        head = stage.cast.heads[office.code]
        said = {"nhiem-vu": row.code, "nguoi": f"{office.code}:{head.code}"}
        assert browser(stage.cast.hoa).post(f"/cuoc/{stage.dialogue.code}/nhiem-vu/", said).status_code == 302
        row.refresh_from_db()
        assert (row.office, row.accountable) == (office, head)

    @pytest.mark.parametrize("who", ["", ":", "DV99:x"])
    def test_to_nobody_is_refused_in_words(self, stage: Stage, who: str) -> None:
        row = stage.dialogue.duties.first()
        assert row is not None
        with unchanged(Duty):
            response = browser(stage.cast.hoa).post(
                f"/cuoc/{stage.dialogue.code}/nhiem-vu/", {"nhiem-vu": row.code, "nguoi": who}
            )
        assert response.status_code == 409
        assert "chưa chọn người chịu trách nhiệm" in text_of(response)

    def test_what_somebody_took_is_handed_back_first(self, stage: Stage, duty: Duty) -> None:
        office = stage.dialogue.secretariat
        said = {"nhiem-vu": duty.code, "nguoi": f"{office.code}:{stage.cast.heads[office.code].code}"}
        with unchanged(Duty):
            response = browser(stage.cast.hoa).post(f"/cuoc/{stage.dialogue.code}/nhiem-vu/", said)
        assert "Người nhận trả lại trước" in text_of(response)

    def test_the_deadline_of_the_plan_stands_beside_each_duty(self, stage: Stage) -> None:
        text = text_of(browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/nhiem-vu/"))
        assert "hạn thứ Sáu 17/12/2021" in text
        assert "hạn thứ Sáu 31/12/2021" in text


class TestProgress:
    def test_noted_by_the_head_and_read_by_all(self, stage: Stage, duty: Duty) -> None:
        head = head_of(stage, duty)
        browser(head).post(f"/nhiem-vu/{duty.code}/", {"buoc": "tien-do", "loi": f"Đã họp. {ATTACK}"})
        (line,) = Progress.objects.all()
        assert line.by == head
        html = browser(stage.cast.hoa).get(f"/nhiem-vu/{duty.code}/").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_before_it_was_accepted_or_empty_it_is_refused(self, stage: Stage, duty: Duty) -> None:
        actor = head_of(stage, duty).as_actor()
        with pytest.raises(NotNow, match="ít nhất một câu"):
            carrying_out.note_progress(duty, words=" ", actor=actor, now=START)
        Duty.objects.filter(pk=duty.pk).update(state="assigned")
        with pytest.raises(NotNow, match="“Đã giao”"):
            carrying_out.note_progress(duty, words="x", actor=actor, now=START)
        with pytest.raises(NotYours):
            carrying_out.note_progress(duty, words="x", actor=stage.other.leader.as_actor(), now=START)


class TestEvidence:
    def test_a_file_is_kept_under_its_content_and_shown_in_the_picture(self, stage: Stage, duty: Duty) -> None:
        back = attach(head_of(stage, duty), duty, note="Họp ngày 06/12")
        assert back["Location"] == f"/nhiem-vu/{duty.code}/?da=duty.attach"
        (row,) = Evidence.objects.all()
        assert (row.kind, row.size, row.note, row.name) == ("pdf", len(PDF), "Họp ngày 06/12", "biên bản.pdf")
        assert plugs.files().get(row.sha256) == PDF
        assert "1 tệp" in text_of(browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/nhiem-vu/"))

    @pytest.mark.parametrize(
        ("data", "name", "words"),
        [
            (b"MZ\x90", "bien-ban.pdf", "không phải PDF"),
            (b"<script>", "anh.png", "không phải PDF"),
            (b"", "rong.pdf", "không phải PDF"),
            (b"%PDF" + b"0" * 15_000_001, "lon.pdf", "lớn hơn 15 MB"),
        ],
    )
    def test_what_is_not_what_it_says_is_refused_and_not_kept(
        self, stage: Stage, duty: Duty, data: bytes, name: str, words: str
    ) -> None:
        with unchanged(Evidence):
            response = attach(head_of(stage, duty), duty, data, name)
        assert response.status_code == 422
        assert words in text_of(response)
        assert list(plugs.files().names()) == []

    def test_the_same_file_counts_once(self, stage: Stage, duty: Duty) -> None:
        attach(head_of(stage, duty), duty)
        with unchanged(Evidence):
            assert "đã đính kèm rồi" in text_of(attach(head_of(stage, duty), duty))

    def test_a_hostile_name_stays_text(self, stage: Stage, duty: Duty) -> None:
        attach(head_of(stage, duty), duty, name=ATTACK)
        html = browser(stage.cast.hoa).get(f"/nhiem-vu/{duty.code}/").content.decode()
        assert "<img" not in html

    def test_only_whoever_answers_attaches(self, stage: Stage, duty: Duty) -> None:
        other = next(row for code, row in stage.cast.heads.items() if duty.office and code != duty.office.code)
        with unchanged(Evidence):
            assert attach(other, duty).status_code == 403
            assert attach(stage.cast.hoa, duty).status_code == 403
            assert attach(stage.other.leader, duty).status_code == 404
        assert list(plugs.files().names()) == []

    def test_it_is_read_through_a_right(self, stage: Stage, duty: Duty) -> None:
        attach(head_of(stage, duty), duty)
        path = f"/minh-chung/{duty.code}/1/"
        for staff in (head_of(stage, duty), stage.cast.hoa, stage.cast.leader, stage.cast.observer):
            response = browser(staff).get(path)
            assert response.content == PDF
            assert response.headers["Content-Type"] == "application/pdf"
            assert response.headers["Content-Disposition"].startswith("attachment;")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
        ward = next(row for row in stage.cast.agency.offices.filter(kind="ward"))
        for stranger in (stage.cast.technician, stage.cast.heads[ward.code], stage.other.leader):
            assert browser(stranger).get(path).status_code == 404
        assert browser().get(path).status_code == 302
        assert browser(stage.cast.hoa).get(f"/minh-chung/{duty.code}/2/").status_code == 404

    def test_another_file_in_its_place_is_found_out(self, stage: Stage, duty: Duty) -> None:
        attach(head_of(stage, duty), duty)
        (row,) = Evidence.objects.all()
        where = f"minh chứng 1 của {duty.code}"
        assert list(evidence_faults(lines_of("duty.attach"), {row.sha256})) == []
        assert [str(fault) for fault in evidence_faults(lines_of("duty.attach"), set())] == [
            f"{where}: thiếu tệp {row.sha256[:16]}…"
        ]
        other = "0" * 64
        Evidence.objects.update(sha256=other)
        (fault,) = evidence_faults(lines_of("duty.attach"), {other})
        assert "không phải tệp đã ghi trong nhật ký" in str(fault)
        Evidence.objects.all().delete()
        (fault,) = evidence_faults(lines_of("duty.attach"), {other})
        assert "nhật ký có, cơ sở dữ liệu không còn" in str(fault)

    def test_after_it_is_confirmed_nothing_is_added(self, stage: Stage, duty: Duty) -> None:
        Duty.objects.filter(pk=duty.pk).update(state="confirmed")
        with unchanged(Evidence):
            assert attach(head_of(stage, duty), duty).status_code == 422


class TestPages:
    def test_duties_that_wait_for_nobody_here_fold(self, stage: Stage, duty: Duty) -> None:
        path = f"/cuoc/{stage.dialogue.code}/nhiem-vu/"
        head = browser(head_of(stage, duty)).get(path)
        assert duty in [one.duty for one in head.context["rows"]]
        Duty.objects.filter(dialogue=stage.dialogue).exclude(pk=duty.pk).update(
            state="confirmed", accountable=stage.cast.leader
        )
        folded = browser(head_of(stage, duty)).get(path)
        assert [one.duty for one in folded.context["rows"]] == [duty]
        others = len(folded.context["others"])
        assert others == stage.dialogue.duties.count() - 1
        assert f"Xem {others} nhiệm vụ khác" in text_of(folded)
        sought = browser(head_of(stage, duty)).get(f"{path}?tim=danh+sach")
        assert sought.context["others"] == []
        whole = browser(stage.cast.clerk).get(path)
        assert whole.context["others"] == []

    def test_few_queries_whatever_the_number_of_duties(self, stage: Stage) -> None:
        path = f"/cuoc/{stage.dialogue.code}/nhiem-vu/"
        before = queries_of(browser(stage.cast.hoa), path)
        Duty.objects.create(dialogue=stage.dialogue, code="DH-X1", what="Việc thêm")
        Duty.objects.create(dialogue=stage.dialogue, code="DH-X2", what="Việc thêm nữa")
        assert queries_of(browser(stage.cast.hoa), path) == before <= 18

    def test_the_second_agency_finds_nothing(self, stage: Stage, duty: Duty) -> None:
        for path in (f"/nhiem-vu/{duty.code}/", f"/cuoc/{stage.dialogue.code}/nhiem-vu/"):
            assert browser(stage.other.leader).get(path).status_code == 404
