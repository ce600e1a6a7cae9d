"""From a file to a dialogue: read, looked at beside its clauses, stored by a person and by nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.kernel import clock
from doithoai.people.models import Staff
from doithoai.planning import worker
from doithoai.planning.models import Dialogue, Sitting, Venue, Writing
from doithoai.roster.queries import wards_of
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

PLANS = Path(__file__).parent / "imports" / "plans"
OWN = PLANS / "dong-hoa.md"
PATH = "/ke-hoach/moi/"
ATTACK = "<img src=x onerror=alert(1)>"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def upload(staff: Staff, name: str, content: bytes) -> Any:
    return shown(staff, browser(staff).post(PATH, {"file": SimpleUploadedFile(name, content)}))


def paste(staff: Staff, text: str) -> Any:
    return shown(staff, browser(staff).post(PATH, {"text": text}))


def shown(staff: Staff, response: Any) -> Any:
    """The page that a browser comes to."""
    return browser(staff).get(response["Location"]) if response.status_code == 302 else response


def filled(response: Any) -> dict[str, Any]:
    """What a browser would send back from the draft page as it stands."""
    form, row = response.context["form"], response.context["row"]
    found = {name: bound_text(form[name].value()) for name in form.fields}
    return {**found, "ban": str(row.revision)} if row else found


def bound_text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return value
    if hasattr(value, "day"):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)


def send(staff: Staff, page: Any, step: str = "lap", **said: Any) -> Any:
    """Send the page back with some fields typed over (a field of several words has "_" for "-")."""
    row = page.context["row"]
    path = f"/ke-hoach/doc/{row.code}/" if row else page.request["PATH_INFO"]
    typed = {name.replace("__", "-"): value for name, value in said.items()}
    return browser(staff).post(path, {**filled(page), **typed, "buoc": step})


@contextmanager
def no_dialogue_made() -> Iterator[None]:
    """Work may be kept meanwhile, but nothing comes of it yet."""
    before = Dialogue.objects.count()
    yield
    assert Dialogue.objects.count() == before


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

    def test_reading_makes_no_dialogue(self, stage: Stage) -> None:
        with no_dialogue_made():
            assert upload(stage.cast.hoa, "ke-hoach.md", OWN.read_bytes()).status_code == 200
        with unchanged(Dialogue, Sitting, Venue, Writing):
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
        assert queries_of(browser(stage.cast.hoa), f"/cuoc/{stage.dialogue.code}/nhan-ban/") <= 12


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
        response = send(stage.cast.hoa, own)
        made = Dialogue.objects.get(code="DH-2021-02")
        assert response["Location"] == "/cuoc/DH-2021-02/?da=dialogue.create"
        assert (made.sittings.count(), made.venues.count(), made.chair) == (2, 3, stage.cast.leader)
        before, after = own.context["draft"].as_json(), made.plan_text
        assert {**after, "doubts": []} == {**before, "doubts": []}

    def test_what_was_typed_wins_over_what_was_read(self, stage: Stage, own: Any) -> None:
        typed = {"subject": "Đối thoại về đất đai", "venue__2": "", "recipients": "Sở Nội vụ\n\nLưu: VT"}
        asked = send(stage.cast.hoa, own, **typed)
        send(stage.cast.hoa, asked)
        made = Dialogue.objects.get(code="DH-2021-02")
        assert made.subject == "Đối thoại về đất đai"
        assert [venue.name for venue in made.venues.all()] == ["Văn phòng HĐND&UBND thị xã", "UBND phường Hòa Vinh"]
        assert [row.text for row in made.recipients.all()] == ["Sở Nội vụ", "Lưu: VT"]

    def test_a_changed_day_shows_its_sentence_first(self, stage: Stage, own: Any) -> None:
        with no_dialogue_made():
            asked = send(stage.cast.hoa, own, sitting__0__date="23/12/2021")
        assert "Xin đọc lại rồi bấm lần nữa" in text_of(asked)
        (key,) = [name for name in filled(asked) if name.startswith("line-")]
        again = {key.replace("-", "__"): "Thời gian: ngày 22/12/2021 và 23/12/2021, 7h30-11h30 và 13h30-17h."}
        send(stage.cast.hoa, asked, **again)
        made = Dialogue.objects.get(code="DH-2021-02")
        assert [f"{row.day:%d}" for row in made.sittings.order_by("ordinal")] == ["23", "22"]
        assert again[key.replace("-", "__")] in [row["text"] for row in made.plan_text["clauses"]]

    def test_looking_again_counts_the_contradictions_anew(self, stage: Stage, own: Any) -> None:
        hoa = stage.cast.hoa
        with no_dialogue_made():
            looked = shown(hoa, send(hoa, own, "xem", sitting__1__start="10:00", sitting__0__invite="25"))
        text = text_of(looked)
        assert "trùng giờ" in text
        assert "Mời 25 công dân nhưng dự kiến 15 lượt" in text
        mended = text_of(shown(hoa, send(hoa, looked, "xem", sitting__1__start="13:30", sitting__0__invite="15")))
        assert "trùng giờ" not in mended
        assert "Mời 25 công dân" not in mended

    def test_what_is_missing_is_named_and_the_work_is_kept(self, stage: Stage, own: Any) -> None:
        with no_dialogue_made():
            response = send(stage.cast.hoa, own, subject="", platform="Zoom họp")
            response = send(stage.cast.hoa, response)
        assert response.status_code == 422
        assert "kế hoạch còn thiếu trích yếu." in text_of(response)
        assert 'value="Zoom họp"' in text_of(response)

    def test_no_chair_no_dialogue(self, stage: Stage, own: Any) -> None:
        with no_dialogue_made():
            assert "chưa chọn người chủ trì" in text_of(send(stage.cast.hoa, own, chair=""))

    def test_a_day_that_is_none_is_named_at_its_field(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue, Writing):
            text = text_of(send(stage.cast.hoa, own, sitting__0__date="31/02/2021"))
        assert "Cần một ngày, ví dụ 22/12/2021." in text


class TestWhoMayBeInvited:
    """R46: places of residence and the desk, read by machine and corrected by hand."""

    def test_they_stand_beside_their_clause(self, own: Any) -> None:
        form = own.context["form"]
        assert form["sitting-0-wards"].value() == ["phường Hòa Vinh", "phường Hòa Hiệp Trung"]
        assert form["sitting-0-desk"].value() == "Bộ phận Một cửa UBND thị xã"
        block = next(block for block in own.context["blocks"] if block.slug == "buoi-1")
        assert {"II.1-3", "III.1"} <= {source.where for source in block.sources}

    def test_a_corrected_place_is_the_one_that_a_draw_uses(self, stage: Stage, own: Any) -> None:
        asked = send(
            stage.cast.hoa, own, sitting__0__wards=["phường Hòa Vinh"], sitting__0__desk="Bộ phận Một cửa phường"
        )
        send(stage.cast.hoa, asked)
        made = Dialogue.objects.get(code="DH-2021-02")
        morning, afternoon = made.sittings.order_by("ordinal")
        assert [str(ward) for ward in wards_of(morning)] == ["phường Hòa Vinh"]
        assert len(wards_of(afternoon)) == 2
        assert made.plan_text["quotas"][0]["desk"] == "Bộ phận Một cửa phường"


class TestTheRest:
    def test_what_the_reader_read_is_there_to_correct(self, own: Any) -> None:
        form, draft = own.context["form"], own.context["draft"]
        assert form["purposes"].value().splitlines() == list(draft.purposes)
        assert form["duty-0-count"].value() == 5
        assert form["duty-0-supporting"].value() == "các cơ quan, đơn vị có liên quan"
        assert "Chủ tịch UBND phường" in form["attendees-1"].value()

    def test_corrected_duties_people_and_purposes_are_stored_and_printed(self, stage: Stage, own: Any) -> None:
        at = len(own.context["draft"].duties)
        asked = send(
            stage.cast.hoa,
            own,
            purposes="Nghe dân nói",
            attendees__1="Chủ tịch UBND phường\nBí thư chi bộ khu phố",
            **{
                f"duty__{at - 1}__count": "3",
                f"duty__{at - 1}__unit": "working_day",
                f"duty__{at - 1}__event": "truoc",
            },
            **{f"duty__{at}__office": "Phòng Quản lý đô thị", f"duty__{at}__what": "Chuẩn bị bản đồ quy hoạch"},
        )
        assert send(stage.cast.hoa, asked).status_code == 302
        made = Dialogue.objects.get(code="DH-2021-02")
        new = made.duties.get(what="Chuẩn bị bản đồ quy hoạch")
        assert (new.office.name if new.office else "") == "Phòng Quản lý đô thị"
        told = made.duties.filter(is_from_plan=True).order_by("pk")[at - 1]
        assert told.term == {"count": 3, "unit": "working_day", "before_or_after": "before", "anchor": "dialogue"}
        venue = made.venues.get(name="UBND phường Hòa Vinh")
        assert [row.who for row in venue.attendance.all()] == ["Chủ tịch UBND phường", "Bí thư chi bộ khu phố"]
        texts = [row["text"] for row in made.plan_text["clauses"]]
        assert "Nghe dân nói" in texts
        assert any("Bí thư chi bộ khu phố" in text for text in texts)
        assert any("Chuẩn bị bản đồ quy hoạch" in text for text in texts)

    def test_half_a_term_is_named_at_its_field(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            text = text_of(send(stage.cast.hoa, own, duty__2__count="5"))
        assert "cần đủ số ngày, loại ngày và tính từ đâu" in text

    def test_an_office_that_the_agency_lacks_can_be_chosen(self, stage: Stage) -> None:
        page = upload(stage.cast.hoa, "song-cau.md", (PLANS / "song-cau.md").read_bytes())
        strange = next(row for block in page.context["blocks"] for row in block.duties if row.is_missing)
        typed = {f"duty__{strange.index}__office": "Phòng Quản lý đô thị"}
        looked = shown(stage.cast.hoa, send(stage.cast.hoa, page, "xem", **typed))
        row = next(block for block in looked.context["blocks"] if block.slug == "nhiem-vu").duties[strange.index]
        assert (row.office, row.is_missing) == ("Phòng Quản lý đô thị", False)


class TestKept:
    def test_a_read_plan_is_found_again_with_its_corrections(self, stage: Stage, own: Any) -> None:
        send(stage.cast.hoa, own, "xem", platform="Zoom họp", venue__1__address="12 Trần Hưng Đạo")
        row = own.context["row"]
        listed = text_of(browser(stage.cast.hoa).get(PATH))
        assert f"/ke-hoach/doc/{row.code}/" in listed
        page = text_of(browser(stage.cast.hoa).get(f"/ke-hoach/doc/{row.code}/"))
        assert 'value="Zoom họp"' in page
        assert 'value="12 Trần Hưng Đạo"' in page

    def test_whoever_saves_second_keeps_their_words(self, stage: Stage, own: Any) -> None:
        head = stage.cast.heads[stage.dialogue.secretariat.code]
        send(head, own, "xem", platform="Zoom của Chánh Văn phòng")
        response = send(stage.cast.hoa, own, "xem", platform="Zoom của chị Hoa")
        assert response.status_code == 422
        assert "Zoom của chị Hoa" in text_of(response)
        assert Writing.objects.get().read["draft"]["platform"] == "Zoom của Chánh Văn phòng"

    def test_it_is_given_up_and_emptied(self, stage: Stage, own: Any) -> None:
        code = own.context["row"].code
        assert send(stage.cast.hoa, own, "bo")["Location"] == f"{PATH}?da=writing.drop"
        assert browser(stage.cast.hoa).get(f"/ke-hoach/doc/{code}/").status_code == 404
        assert code not in text_of(browser(stage.cast.hoa).get(PATH))
        assert Writing.objects.get(code=code).read == {}

    def test_what_lies_for_half_a_year_is_swept(self, stage: Stage, own: Any) -> None:
        row = Writing.objects.get()
        night = row.saved_at.replace(hour=19, minute=0)  # two in the morning in the agency's zone
        clock.stand_at(night + timedelta(days=worker.KEPT_DAYS - 2))
        assert worker.sweep_by_night() == 0
        clock.stand_at(night + timedelta(days=worker.KEPT_DAYS + 2))
        assert worker.sweep_by_night() == 1
        row.refresh_from_db()
        assert (row.read, row.is_open) == ({}, False)

    def test_the_second_agency_finds_nothing(self, stage: Stage, own: Any) -> None:
        with unchanged(Writing, Dialogue):
            assert send(stage.other.hoa, own).status_code == 404
            assert browser(stage.other.hoa).get(f"/ke-hoach/doc/{own.context['row'].code}/").status_code == 404


class TestNotFixed:
    RANGE = "Thời gian: trong tháng 11/2022."

    @pytest.fixture
    def waiting(self, stage: Stage) -> Any:
        words = OWN.read_text(encoding="utf-8")
        text = re.sub(r"Thời gian: Ngày 22/12/2021.*", self.RANGE, words)
        assert self.RANGE in text
        return paste(stage.cast.hoa, text)

    def test_a_range_becomes_expected_sittings(self, stage: Stage, waiting: Any) -> None:
        form = waiting.context["form"]
        assert form["sitting-0-tentative"].value() == "trong tháng 11/2022"
        sectors = [row.name for row in stage.cast.agency.sectors.order_by("code")]
        leads = {f"sitting__{i}__lead": "Phòng Quản lý đô thị" for i in range(len(waiting.context["draft"].sittings))}
        chosen = {f"sitting__{i}__sector": sectors[i] for i in range(len(leads))}
        asked = send(stage.cast.hoa, waiting, **leads, **chosen)
        response = asked if asked.status_code == 302 else send(stage.cast.hoa, asked)
        assert response.status_code == 302
        made = Dialogue.objects.latest("pk")
        assert {row.tentative for row in made.sittings.all()} == {"trong tháng 11/2022"}
        assert {f"{row.day:%d/%m/%Y}" for row in made.sittings.all()} == {"30/11/2022"}


class TestSeveral:
    def test_each_group_of_sittings_becomes_a_dialogue_of_one_plan(self, stage: Stage, own: Any) -> None:
        response = send(stage.cast.hoa, own, cuoc__0="1", cuoc__1="2")
        first, second = Dialogue.objects.filter(code__in=("DH-2021-02", "DH-2021-03")).order_by("code")
        assert response["Location"] == "/cuoc/DH-2021-02/?da=dialogue.create"
        assert (first.common, second.common) == (None, first)
        assert [first.sittings.get().sector.name, second.sittings.get().sector.name] == [
            "Thành lập và hoạt động hộ kinh doanh",
            "Xây dựng",
        ]
        assert [row["sector"] for row in second.plan_text["quotas"]] == ["Xây dựng"]

    def test_a_sitting_may_be_left_for_later(self, stage: Stage, own: Any) -> None:
        hoa = stage.cast.hoa
        send(hoa, own, cuoc__0="1", cuoc__1="")
        first = Dialogue.objects.get(code="DH-2021-02")
        assert [row.sector.name for row in first.sittings.all()] == ["Thành lập và hoạt động hộ kinh doanh"]
        page = browser(hoa).get(f"/ke-hoach/doc/{own.context['row'].code}/")
        assert "đã lập thành cuộc DH-2021-02" in text_of(page)
        assert [row.sector for row in page.context["draft"].sittings] == ["Xây dựng"]
        assert send(hoa, page).status_code == 302
        second = Dialogue.objects.get(code="DH-2021-03")
        assert (second.common, second.sittings.get().sector.name) == (first, "Xây dựng")
        assert not Writing.objects.get().is_open


class TestRights:
    def test_those_who_draft_no_plans_are_told_whose_work_it_is(self, stage: Stage) -> None:
        for staff in (stage.cast.technician, stage.cast.observer, stage.cast.clerk):
            response = browser(staff).get(PATH)
            assert response.status_code == 403
            assert "chuyên viên tham mưu kế hoạch" in text_of(response)

    def test_nobody_posts_without_the_right(self, stage: Stage, own: Any) -> None:
        with unchanged(Dialogue):
            assert send(stage.cast.technician, own).status_code == 403

    def test_a_stranger_signs_in_first(self, stage: Stage) -> None:
        assert browser().get(PATH)["Location"].startswith("/vao/")


class TestAgain:
    def test_last_years_comes_back_with_blank_days(self, stage: Stage) -> None:
        with unchanged(Dialogue, Writing):
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
        hoa = stage.cast.hoa
        page = browser(hoa).get(f"/cuoc/{stage.dialogue.code}/nhan-ban/")
        asked = send(hoa, page, sitting__0__date="21/12/2022", sitting__1__date="21/12/2022")
        response = asked if asked.status_code == 302 else send(hoa, asked)
        assert response.status_code == 302
        made = Dialogue.objects.get(code="DH-2022-01")
        assert [f"{row.day:%d/%m/%Y}" for row in made.sittings.all()] == ["21/12/2022"] * 2

    def test_the_second_agency_finds_nothing(self, stage: Stage) -> None:
        assert browser(stage.other.hoa).get(f"/cuoc/{stage.dialogue.code}/nhan-ban/").status_code == 404


class TestCoChair:
    WORDS = "Bà Trần Thị An, Phó Chủ tịch HĐND thị xã; Bí thư Thị ủy"

    def test_L3_typed_over_their_sentence_is_shown_first_and_they_have_their_seat(self, stage: Stage, own: Any) -> None:
        with no_dialogue_made():
            asked = send(stage.cast.hoa, own, co_chair=self.WORDS)
        (key,) = [name for name in filled(asked) if name.startswith("line-")]
        assert filled(asked)[key].startswith("Chủ trì đối thoại: Lãnh đạo UBND thị xã")
        line = "Chủ trì: Lãnh đạo UBND thị xã; đồng chủ trì: Thường trực HĐND thị xã;"
        send(stage.cast.hoa, asked, **{key.replace("-", "__"): line})
        made = Dialogue.objects.get(code="DH-2021-02")
        assert {row.co_chair for row in made.sittings.all()} == {self.WORDS}
        central = made.venues.get(is_central=True)
        assert [row.who for row in central.attendance.all()][1:3] == self.WORDS.split("; ")

    def test_L3_one_who_may_not_lead_makes_no_dialogue(self, stage: Stage, own: Any) -> None:
        with no_dialogue_made():
            asked = send(stage.cast.hoa, own, co_chair="Trưởng phòng Kinh tế")
            response = send(stage.cast.hoa, asked)
        assert "“Trưởng phòng Kinh tế” không phải lãnh đạo" in text_of(response)
