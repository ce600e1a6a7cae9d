"""The guided form: back and forth, saved as typed, with the paper, the deadlines and what is missing beside it."""

import re
from html import unescape
from typing import Any

import pytest

from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Writing
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

START = "/ke-hoach/soan/"
ATTACK = "<img src=x onerror=alert(1)>"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def path(row: Writing, step: str) -> str:
    return f"{START}{row.code}/{step}/"


def filled(staff: Staff, row: Writing, step: str, **said: str) -> dict[str, Any]:
    """What a browser would send back from a step as it stands, with some fields typed over."""
    form = browser(staff).get(path(row, step)).context["form"]
    found = {name: form[name].value() or "" for name in form.fields}
    row.refresh_from_db()
    return {**found, "ban": str(row.revision), **{name.replace("_", "-"): value for name, value in said.items()}}


def send(staff: Staff, row: Writing, step: str, to: str = "tiep", **said: str) -> Any:
    return browser(staff).post(path(row, step), {**filled(staff, row, step, **said), "buoc": to})


@pytest.fixture
def row(stage: Stage) -> Writing:
    assert browser(stage.cast.hoa).post(START)["Location"] == f"{START}DH-2021-S01/chung/?da=writing.start"
    return Writing.objects.get()


def whole(staff: Staff, row: Writing) -> None:
    send(staff, row, "buoi", sitting_0_date="22/12/2021", sitting_1_date="22/12/2021")


class TestSteps:
    @pytest.mark.parametrize(("to", "where"), [("tiep", "hinh-thuc"), ("lui", "can-cu"), ("luu", "muc-dich")])
    def test_forward_back_and_staying_all_keep_what_was_typed(
        self, stage: Stage, row: Writing, to: str, where: str
    ) -> None:
        back = send(stage.cast.hoa, row, "muc-dich", to, purposes="Nghe dân nói")
        assert back["Location"] == f"{path(row, where)}?da=writing.save"
        row.refresh_from_db()
        assert row.said["muc-dich"]["purposes"] == "Nghe dân nói"
        assert "Đã giữ lúc" in text_of(browser(stage.cast.hoa).get(back["Location"]))

    def test_what_cannot_be_read_is_kept_and_said_at_its_field(self, stage: Stage, row: Writing) -> None:
        response = send(stage.cast.hoa, row, "buoi", sitting_0_date="hôm sau")
        assert response.status_code == 422
        text = text_of(response)
        assert "Cần một ngày, ví dụ 22/12/2021." in text
        assert 'value="hôm sau"' in text
        row.refresh_from_db()
        assert row.said["buoi"]["sitting-0-date"] == "hôm sau"

    def test_a_colleague_goes_on_and_whoever_saves_second_keeps_their_words(self, stage: Stage, row: Writing) -> None:
        old = filled(stage.cast.hoa, row, "muc-dich", purposes="Bản của chị Hoa")
        head = stage.cast.heads[stage.dialogue.secretariat.code]
        send(head, row, "muc-dich", purposes="Bản của Chánh Văn phòng")
        response = browser(stage.cast.hoa).post(path(row, "muc-dich"), {**old, "buoc": "tiep"})
        assert response.status_code == 422
        assert "Có người vừa lưu kế hoạch này" in text_of(response)
        assert "Bản của chị Hoa" in text_of(response)
        row.refresh_from_db()
        assert row.said["muc-dich"]["purposes"] == "Bản của Chánh Văn phòng"

    def test_deadlines_are_counted_at_once_and_the_paper_shows_the_day(self, stage: Stage, row: Writing) -> None:
        assert "Có ngày của một buổi" in text_of(browser(stage.cast.hoa).get(path(row, "buoi")))
        whole(stage.cast.hoa, row)
        text = text_of(browser(stage.cast.hoa).get(path(row, "buoi")))
        assert "Thứ Sáu 31/12/2021" in text
        assert "Từ 07 giờ 30 phút đến 11 giờ 30 phút, thứ Tư, ngày 22/12/2021" in text
        assert "Mỗi lượt khoảng 14 phút" in text
        assert "Đã đủ các phần bắt buộc" in text

    def test_the_grounds_show_their_article_and_what_rests_on_them(self, stage: Stage, row: Writing) -> None:
        text = text_of(browser(stage.cast.hoa).get(path(row, "can-cu")))
        assert "Điều 125 Luật Tổ chức chính quyền địa phương 2015" in text
        assert "Thông báo thời gian, địa điểm, nội dung trước ít nhất 07 ngày" in text

    def test_markup_stays_text(self, stage: Stage, row: Writing) -> None:
        send(stage.cast.hoa, row, "muc-dich", purposes=ATTACK)
        html = browser(stage.cast.hoa).get(path(row, "muc-dich")).content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html


class TestPreview:
    def ask(self, staff: Staff, row: Writing, **said: str) -> Any:
        return browser(staff).post(f"{path(row, 'buoi')}xem/", filled(staff, row, "buoi", **said))

    def test_it_shows_what_is_typed_and_stores_nothing(self, stage: Stage, row: Writing) -> None:
        with unchanged(Writing, Dialogue):
            response = self.ask(stage.cast.hoa, row, sitting_0_date="23/12/2021")
        text = text_of(response)
        assert "thứ Năm, ngày 23/12/2021" in text
        assert "Buổi 2: ngày" in text
        assert "<html" not in text

    def test_it_is_asked_for_by_post_alone(self, stage: Stage, row: Writing) -> None:
        assert browser(stage.cast.hoa).get(f"{path(row, 'buoi')}xem/").status_code == 405

    def test_a_preview_of_nothing_readable_is_still_a_paper(self, stage: Stage, row: Writing) -> None:
        response = browser(stage.cast.hoa).post(
            f"{path(row, 'buoi')}xem/", {"sitting-0-date": "x", "sitting-999-date": "y"}
        )
        assert response.status_code == 200
        assert "KẾ HOẠCH" in text_of(response)


class TestFinish:
    def test_what_is_missing_is_listed_and_nothing_made(self, stage: Stage, row: Writing) -> None:
        page = text_of(browser(stage.cast.hoa).get(path(row, "xem-lai")))
        assert 'aria-disabled="true"' in page
        assert "Chưa lập được: điền các chỗ còn thiếu" in page
        with unchanged(Dialogue, Writing):
            response = browser(stage.cast.hoa).post(path(row, "xem-lai"))
        assert response.status_code == 422
        assert "còn 2 chỗ thiếu" in text_of(response)

    def test_a_whole_plan_becomes_a_dialogue_and_then_a_paper(self, stage: Stage, row: Writing) -> None:
        hoa = stage.cast.hoa
        whole(hoa, row)
        back = browser(hoa).post(path(row, "xem-lai"))
        assert back["Location"] == "/cuoc/DH-2021-02/ke-hoach/?da=dialogue.create"
        made = Dialogue.objects.get(code="DH-2021-02")
        assert (made.sittings.count(), made.mode, made.profile_key) == (2, "online", "dong-hoa-2021")
        browser(hoa).post("/cuoc/DH-2021-02/ke-hoach/", {"viec": "soan"})
        made.refresh_from_db()
        assert made.plan is not None
        assert "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thị xã" in made.plan.paper
        assert "đã lập thành cuộc đối thoại" in text_of(browser(hoa).get(path(row, "chung")))


class TestDoors:
    def test_those_who_draft_no_plans_are_told_whose_it_is(self, stage: Stage, row: Writing) -> None:
        with unchanged(Writing):
            for staff in (stage.cast.clerk, stage.cast.technician):
                assert browser(staff).post(START).status_code == 403
                assert browser(staff).get(path(row, "chung")).status_code == 403
                assert browser(staff).post(f"{path(row, 'buoi')}xem/").status_code == 403

    def test_the_second_agency_finds_nothing(self, stage: Stage, row: Writing) -> None:
        with unchanged(Writing):
            assert browser(stage.other.hoa).get(path(row, "chung")).status_code == 404
            assert browser(stage.other.hoa).post(path(row, "chung"), {"ban": "1"}).status_code == 404
            assert browser(stage.other.hoa).post(f"{path(row, 'buoi')}xem/").status_code == 404

    def test_an_unknown_step_is_not_there(self, stage: Stage, row: Writing) -> None:
        assert browser(stage.cast.hoa).get(path(row, "khac")).status_code == 404

    def test_it_is_found_again_where_plans_begin(self, stage: Stage, row: Writing) -> None:
        page = text_of(browser(stage.cast.hoa).get("/ke-hoach/moi/"))
        assert "Đang soạn dở" in page
        assert path(row, "chung") in page
        assert row.code not in text_of(browser(stage.other.hoa).get("/ke-hoach/moi/"))

    def test_a_step_costs_few_queries(self, stage: Stage, row: Writing) -> None:
        for step in ("chung", "buoi", "nhiem-vu", "xem-lai"):
            assert queries_of(browser(stage.cast.hoa), path(row, step)) <= 16, step

    def test_no_script_stands_in_the_page(self, stage: Stage, row: Writing) -> None:
        html = browser(stage.cast.hoa).get(path(row, "buoi")).content.decode()
        scripts = re.findall(r"<script[^>]*>[^<]*</script>", html)
        assert '<script type="module" src="/static/planning/preview.js"></script>' in scripts
        assert all(re.fullmatch(r'<script[^>]* src="/static/[^>]*></script>', script) for script in scripts)


class TestCoChair:
    def name(self, stage: Stage, row: Writing, words: str) -> None:
        said = {**filled(stage.cast.hoa, row, "thanh-phan"), "co_chair": words, "buoc": "tiep"}
        assert browser(stage.cast.hoa).post(path(row, "thanh-phan"), said).status_code == 302

    def test_L3_typed_on_the_form_printed_on_the_plan_and_kept_by_the_sittings(
        self, stage: Stage, row: Writing
    ) -> None:
        whole(stage.cast.hoa, row)
        self.name(stage, row, "Bà Trần Thị An, Phó Chủ tịch HĐND thị xã")
        text = text_of(browser(stage.cast.hoa).get(path(row, "xem-lai")))
        assert "Đồng chủ trì: Bà Trần Thị An, Phó Chủ tịch HĐND thị xã;" in text
        browser(stage.cast.hoa).post(path(row, "xem-lai"))
        made = Dialogue.objects.get(code="DH-2021-02")
        assert {sitting.co_chair for sitting in made.sittings.all()} == {"Bà Trần Thị An, Phó Chủ tịch HĐND thị xã"}
        again = browser(stage.cast.hoa).get(f"/cuoc/{made.code}/nhan-ban/")
        assert again.context["form"]["co_chair"].value() == "Bà Trần Thị An, Phó Chủ tịch HĐND thị xã"

    def test_L3_the_chair_again_is_a_lack_at_its_step(self, stage: Stage, row: Writing) -> None:
        whole(stage.cast.hoa, row)
        self.name(stage, row, "Ông Đỗ Văn Mẫu, Chủ tịch HĐND thị xã")
        with unchanged(Dialogue):
            response = browser(stage.cast.hoa).post(path(row, "xem-lai"))
        assert "trùng với người chủ trì là Đỗ Văn Mẫu" in text_of(response)

    def test_L3_a_commune_of_today_is_proposed_its_council(self, stage: Stage) -> None:
        stage.cast.agency.profile_key = "cap-xa-2026"
        stage.cast.agency.save(update_fields=["profile_key"])
        browser(stage.cast.hoa).post(START)
        said = Writing.objects.get().said["thanh-phan"]
        assert said["co_chair"] == "Thường trực Hội đồng nhân dân thị xã Đông Hòa"
        assert "đồng chủ trì" not in said["central"]
