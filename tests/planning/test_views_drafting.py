"""From a file to a dialogue: read, looked at beside its clauses, stored by a person and by nothing else."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting, Venue
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

PLANS = Path(__file__).parent / "imports" / "plans"
OWN = PLANS / "dong-hoa.md"
PATH = "/ke-hoach/moi/"
ATTACK = "<img src=x onerror=alert(1)>"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def upload(staff: Staff, name: str, content: bytes) -> Any:
    return browser(staff).post(PATH, {"buoc": "doc", "file": SimpleUploadedFile(name, content)})


def paste(staff: Staff, text: str) -> Any:
    return browser(staff).post(PATH, {"buoc": "doc", "text": text})


def filled(response: Any) -> dict[str, str]:
    """What a browser would send back from the draft page as it stands."""
    form, html = response.context["form"], response.content.decode()
    found = {name: form[name].value() for name in form.fields}
    found = {name: bound_text(value) for name, value in found.items()}
    signed = re.search(r'name="ban" value="([^"]+)"', html)
    assert signed
    return {**found, "ban": unescape(signed[1])}


def bound_text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "day"):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)


def send(staff: Staff, said: dict[str, str], step: str = "lap") -> Any:
    return browser(staff).post(PATH, {**said, "buoc": step})


@pytest.fixture
def own(stage: Stage) -> Any:
    """The draft page of the agency's own plan."""
    return upload(stage.cast.hoa, "kế hoạch.md", OWN.read_bytes())


class TestReading:
    def test_values_stand_beside_their_clauses_with_the_doubts_in_words(self, own: Any) -> None:
        text = text_of(own)
        assert own.status_code == 200
        assert 'value="22/12/2021"' in text
        assert "Trong kế hoạch, II.1-3" in text
        assert "được hiểu là Microsoft Teams; chữ trong kế hoạch giữ nguyên." in text
        assert 'href="#buoi-1"' in text or 'href="#nhiem-vu"' in text

    def test_every_doubt_is_shown_once(self, own: Any) -> None:
        shown = [doubt for block in own.context["blocks"] for doubt in block.doubts]
        assert sorted(map(repr, shown)) == sorted(map(repr, own.context["draft"].doubts))

    def test_reading_stores_nothing(self, stage: Stage) -> None:
        with unchanged(Dialogue, Sitting, Venue):
            assert upload(stage.cast.hoa, "ke-hoach.md", OWN.read_bytes()).status_code == 200
            assert browser(stage.cast.hoa).get(PATH).status_code == 200

    def test_pasted_words_are_read_alike(self, stage: Stage, own: Any) -> None:
        pasted = paste(stage.cast.hoa, OWN.read_text(encoding="utf-8"))
        assert pasted.context["draft"].sittings == own.context["draft"].sittings

    def test_the_plan_of_another_agency_is_named_as_such(self, stage: Stage) -> None:
        text = text_of(upload(stage.cast.hoa, "song-cau.md", (PLANS / "song-cau.md").read_bytes()))
        assert "Kế hoạch này do UBND thị xã Sông Cầu ban hành, không phải UBND thị xã Đông Hòa." in text
        assert "Danh mục cơ quan chưa có đơn vị: Phòng Tài nguyên và Môi trường" in text
        assert "nhờ quản trị thêm vào danh mục" in text

    def test_a_contradiction_is_named(self, stage: Stage) -> None:
        changed = OWN.read_text(encoding="utf-8").replace("30 lượt", "40 lượt")
        assert "40 lượt" in changed
        assert "15 + 15 = 30" in text_of(paste(stage.cast.hoa, changed))

    def test_markup_in_a_plan_stays_text(self, stage: Stage) -> None:
        text = OWN.read_text(encoding="utf-8").replace("dân chủ", "&lt;img src=x onerror=alert(1)&gt;")
        response = paste(stage.cast.hoa, text.replace("UBND phường Hòa Vinh", f"UBND phường {ATTACK}"))
        assert "<img" not in response.content.decode()

    def test_the_page_costs_few_queries(self, stage: Stage) -> None:
        assert queries_of(browser(stage.cast.hoa), PATH) <= 6
        assert queries_of(browser(stage.cast.hoa), f"/cuoc/{stage.dialogue.code}/nhan-ban/") <= 10


class TestBadFiles:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("trong.docx", b"", "trống"),
            ("anh.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "không phải tài liệu Word"),
            ("anh.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "không phải tệp PDF"),
            ("hong.pdf", b"%PDF-1.4 hong", "hong.pdf"),
            ("bang.xlsx", b"PK\x03\x04", "không thuộc loại đọc được"),
            ("thu.txt", "Kính gửi ông bà.".encode(), "Cần"),
            ("lon.docx", b"PK" + b"0" * 11_000_000, "lớn hơn 10 MB"),
            ("đ" * 200 + ".docx", b"khong phai", "không phải tài liệu Word"),
        ],
    )
    def test_one_sentence_at_the_field_and_nothing_stored(
        self, stage: Stage, name: str, content: bytes, words: str
    ) -> None:
        with unchanged(Dialogue):
            response = upload(stage.cast.hoa, name, content)
        assert response.status_code == 422
        problem = response.context["problem"]
        assert words in problem
        assert f'<span class="error" id="e-tep" role="alert">{problem}</span>' in text_of(response)

    def test_nothing_at_all_is_asked_for_again(self, stage: Stage) -> None:
        assert "Chưa có gì để đọc." in text_of(paste(stage.cast.hoa, "  "))

    def test_pasted_words_that_are_no_plan_are_kept_and_escaped(self, stage: Stage) -> None:
        response = paste(stage.cast.hoa, ATTACK)
        assert response.status_code == 422
        assert ESCAPED_ATTACK in response.content.decode()


class TestConfirming:
    def test_a_confirmed_draft_becomes_a_dialogue(self, stage: Stage, own: Any) -> None:
        response = send(stage.cast.hoa, filled(own))
        made = Dialogue.objects.get(code="DH-2021-02")
        assert response["Location"] == "/cuoc/DH-2021-02/?da=dialogue.create"
        assert (made.sittings.count(), made.venues.count(), made.chair) == (2, 3, stage.cast.leader)
        assert made.plan_text["clauses"] == own.context["draft"].as_json()["clauses"]

    def test_what_was_typed_wins_over_what_was_read(self, stage: Stage, own: Any) -> None:
        said = {**filled(own), "subject": "Đối thoại về đất đai", "venue-2": "", "recipients": "Sở Nội vụ\n\nLưu: VT"}
        send(stage.cast.hoa, said)
        made = Dialogue.objects.get(code="DH-2021-02")
        assert made.subject == "Đối thoại về đất đai"
        assert [venue.name for venue in made.venues.all()] == ["Văn phòng HĐND&UBND thị xã", "UBND phường Hòa Vinh"]
        assert [row.text for row in made.recipients.all()] == ["Sở Nội vụ", "Lưu: VT"]

    def test_a_changed_day_asks_for_the_sentence_first(self, stage: Stage, own: Any) -> None:
        said = {**filled(own), "sitting-0-date": "23/12/2021"}
        with unchanged(Dialogue):
            asked = send(stage.cast.hoa, said)
        assert "câu trong kế hoạch còn như cũ" in text_of(asked)
        again = filled(asked)
        (key,) = [name for name in again if name.startswith("line-")]
        send(stage.cast.hoa, {**again, key: "Thời gian: ngày 22/12 và 23/12/2021."})
        made = Dialogue.objects.get(code="DH-2021-02")
        assert [f"{row.day:%d}" for row in made.sittings.order_by("ordinal")] == ["23", "22"]
        texts = [row["text"] for row in made.plan_text["clauses"]]
        assert "Thời gian: ngày 22/12 và 23/12/2021." in texts

    def test_looking_again_counts_the_contradictions_anew(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            looked = send(
                stage.cast.hoa, {**filled(own), "sitting-1-start": "10:00", "sitting-0-expected": "25"}, "xem"
            )
        text = text_of(looked)
        assert "trùng giờ" in text
        assert "25 + 15 = 40" in text
        mended = text_of(send(stage.cast.hoa, {**filled(looked), "sitting-0-expected": "15"}, "xem"))
        assert "25 + 15 = 40" not in mended

    def test_what_is_missing_is_named_and_the_work_is_kept(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            response = send(stage.cast.hoa, {**filled(own), "subject": "", "platform": "Zoom họp"})
        assert response.status_code == 422
        assert "kế hoạch còn thiếu trích yếu." in text_of(response)
        assert 'value="Zoom họp"' in text_of(response)

    def test_no_chair_no_dialogue(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            assert "chưa chọn người chủ trì" in text_of(send(stage.cast.hoa, {**filled(own), "chair": ""}))

    def test_a_day_that_is_none_is_named_at_its_field(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            text = text_of(send(stage.cast.hoa, {**filled(own), "sitting-0-date": "31/02/2021"}))
        assert "Cần một ngày, ví dụ 22/12/2021." in text

    @pytest.mark.parametrize("ban", ["", "abc", "eyJ4IjoxfQ:x:y"])
    def test_a_draft_that_was_tampered_with_is_refused(self, stage: Stage, own: Any, ban: str) -> None:
        with unchanged(Dialogue):
            assert send(stage.cast.hoa, {**filled(own), "ban": ban}).status_code == 409

    def test_the_second_agency_cannot_confirm_it(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            assert send(stage.other.hoa, filled(own)).status_code == 409


class TestRights:
    def test_those_who_draft_no_plans_are_told_whose_work_it_is(self, stage: Stage) -> None:
        for staff in (stage.cast.technician, stage.cast.observer, stage.cast.clerk):
            response = browser(staff).get(PATH)
            assert response.status_code == 403
            assert "chuyên viên tham mưu kế hoạch" in text_of(response)

    def test_nobody_posts_without_the_right(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            assert send(stage.cast.technician, filled(own)).status_code == 403

    def test_a_stranger_signs_in_first(self, stage: Stage) -> None:
        assert browser().get(PATH)["Location"].startswith("/vao/")


class TestAgain:
    def test_last_years_comes_back_with_blank_days(self, stage: Stage) -> None:
        with unchanged(Dialogue):
            response = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/nhan-ban/")
        draft = response.context["draft"]
        assert [row.date for row in draft.sittings] == [None, None]
        assert [row.sector for row in draft.sittings] == [row.sector for row in stage.draft.sittings]
        assert (draft.venues, draft.duties) == (stage.draft.venues, stage.draft.duties)
        assert "Trích yếu còn ghi năm cũ." in text_of(response)

    def test_every_sentence_with_an_old_date_is_open(self, stage: Stage) -> None:
        response = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/nhan-ban/")
        opened = [field.value() for field in response.context["lines"]]
        assert any("22/12/2021" in text for text in opened)
        kept = [row.text for row in response.context["draft"].clauses if "2021" in row.text]
        assert set(kept) <= set(opened)

    def test_filled_in_it_becomes_the_next_years(self, stage: Stage) -> None:
        page = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/nhan-ban/")
        said = {**filled(page), "sitting-0-date": "21/12/2022", "sitting-1-date": "21/12/2022"}
        assert send(stage.cast.hoa, said).status_code == 302
        made = Dialogue.objects.get(code="DH-2022-01")
        assert [f"{row.day:%d/%m/%Y}" for row in made.sittings.all()] == ["21/12/2022"] * 2

    def test_the_second_agency_finds_nothing(self, stage: Stage) -> None:
        assert browser(stage.other.hoa).get(f"/cuoc/{stage.dialogue.code}/nhan-ban/").status_code == 404
