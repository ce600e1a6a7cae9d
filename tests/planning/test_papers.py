"""The papers of planning: what they say, and what the loudspeaker may not."""

import re
from datetime import date

import pytest

from doithoai.directory.models import Agency, Sector
from doithoai.documents.rendering import render_docx, render_pdf
from doithoai.planning.models import Sitting, Venue
from doithoai.planning.papers import (
    MOST_SPOKEN,
    announcement,
    broadcast,
    opening_report,
    plan_paper,
    script,
    spoken,
    spoken_words,
)
from doithoai.planning.queries import sittings_of
from doithoai.rules.opening import Figures, Speaker
from doithoai.rules.paper import words
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db

ON = date(2021, 12, 10)
NOTHING = Figures(None, 0, (), 0, 0, 0, 0, 0, (), 0, 0, 0)
SPEAKERS = (
    Speaker("bà Lê Thị Một", "tổ 3", "UBND phường Hòa Vinh", ("Trả trễ", "Thiếu giấy hẹn"), "đã báo dự"),
    Speaker("ông Lê Văn Hai", "", "UBND phường Hòa Hiệp Trung", (), "chưa báo dự"),
)


def counted(stage: Stage) -> int:
    return sum(len(line.split()) for line in spoken_words(stage.dialogue, sittings_of(stage.dialogue)))


class TestLoudspeaker:
    def test_it_says_when_where_and_whom_to_ask(self, stage: Stage) -> None:
        text = " ".join(spoken_words(stage.dialogue, sittings_of(stage.dialogue)))
        assert "7 giờ 30 phút, thứ Tư, ngày 22 tháng 12: lĩnh vực Thành lập và hoạt động hộ kinh doanh." in text
        assert "Ủy ban nhân dân phường Hòa Vinh" in text
        assert "trưởng thôn, tổ trưởng dân phố" in text
        assert "gọi số 0257, 000, 01" in text

    def test_nothing_is_abbreviated(self, stage: Stage) -> None:
        text = " ".join(spoken_words(stage.dialogue, sittings_of(stage.dialogue)))
        assert not re.search(r"\b[A-ZĐÂ]{2,}\b", text)
        assert not set("&/–()“”+%") & set(text)

    def test_at_most_150_words(self, stage: Stage) -> None:
        assert 80 < counted(stage) <= MOST_SPOKEN == 150

    @pytest.mark.parametrize("venues", [0, 3, 12])
    def test_many_venues_and_long_sectors_are_left_out_before_the_rest(self, stage: Stage, venues: int) -> None:
        Sector.objects.filter(agency=stage.cast.agency).update(
            name="Đăng ký " + "biện pháp bảo đảm bằng quyền sử dụng đất " * 3
        )
        for at in range(venues):
            Venue.objects.create(
                dialogue=stage.dialogue, ordinal=10 + at, code=f"X{at}", name=f"UBND xã Tên Rất Dài Thứ {at}",
                office=stage.dialogue.secretariat,
            )  # fmt: skip
        assert counted(stage) <= MOST_SPOKEN
        text = " ".join(spoken_words(stage.dialogue, sittings_of(stage.dialogue)))
        assert "22 tháng 12" in text
        assert text.startswith("Kính thưa bà con.")
        assert text.endswith("Xin cảm ơn bà con.")

    def test_even_a_long_agency_name_fits(self, stage: Stage) -> None:
        Agency.objects.filter(pk=stage.cast.agency.pk).update(name="Ủy ban nhân dân " + "xã Đông " * 12)
        stage.dialogue.refresh_from_db()
        stage.dialogue.agency.refresh_from_db()
        assert counted(stage) <= MOST_SPOKEN

    def test_signs_are_said(self) -> None:
        assert spoken("UBND & MTTQ  TP. Tuy Hòa") == "Ủy ban nhân dân và Mặt trận Tổ quốc thành phố Tuy Hòa"


class TestAnnouncement:
    def test_R_L1_time_place_content_and_how_to_attend(self, stage: Stage) -> None:
        text = " ".join(words(announcement(stage.dialogue, sittings_of(stage.dialogue), on=ON)))
        assert "Từ 13 giờ 30 phút đến 17 giờ 00 phút, thứ Tư, ngày 22/12/2021: lĩnh vực Xây dựng." in text
        assert "Điểm cầu trung tâm: Văn phòng HĐND&UBND thị xã" in text
        assert "4. Cách thức tham dự và gửi khó khăn, vướng mắc" in text
        assert "khiếu nại, tố cáo" in text
        assert "/TB-UBND" in text
        assert text.count("./.") == 1


class TestOpening:
    def report(self, stage: Stage, figures: Figures) -> str:
        sitting = sittings_of(stage.dialogue)[0]
        return " ".join(words(opening_report(sitting, figures, signer=stage.cast.heads[sitting.lead.code], on=ON)))

    def test_the_report_says_which_figures_nobody_has(self, stage: Stage) -> None:
        text = self.report(stage, NOTHING)
        assert "/BC-TCKH" in text
        assert "Số hồ sơ đã giải quyết xong: chưa có số liệu." in text
        assert "Công dân được mời: chưa có số liệu." in text
        assert "chưa nhận được ý kiến nào" in text
        assert "05 thủ tục hành chính" in text
        assert "……" not in text

    def test_the_report_tells_the_figures_there_are(self, stage: Stage) -> None:
        many = [(f"Thủ tục {at}", 9 - at) for at in range(5)]
        known = Figures(136, 113, many, 16, 13, 1, 2, 10, [("Cấp lại", 5), ("Cấp đổi", 1)], 8, 1, 1)
        text = self.report(stage, known)
        assert "Bộ phận Một cửa đã giải quyết xong 136 hồ sơ của 113 người, nhiều nhất là Thủ tục 0: 09 hồ sơ;" in text
        assert "Thủ tục 3" not in text
        assert "Đã mời 16 công dân: 13 người báo dự, 01 người báo không dự được, 02 người chưa trả lời." in text
        assert (
            "10 khó khăn, vướng mắc về lĩnh vực Thành lập và hoạt động hộ kinh doanh, gồm Cấp lại: 05 ý kiến; Cấp đổi: 01 ý "
            "kiến; trong đó đã có dự thảo trả lời 08 ý kiến; đã trả lời 01 ý kiến; đã chuyển cơ quan có thẩm quyền 01 ý kiến."
        ) in text

    def test_the_script_lists_the_turns_in_their_order(self, stage: Stage) -> None:
        text = " ".join(words(script(sittings_of(stage.dialogue)[0], SPEAKERS)))
        assert "Mời 02 người lần lượt theo bảng sau" in text
        first, second = text.index("Bà Lê Thị Một, tổ 3 (đã báo dự)"), text.index("Ông Lê Văn Hai (chưa báo dự)")
        assert first < text.index("Trả trễ; Thiếu giấy hẹn") < second < text.index("chưa gửi trước")

    def test_L3_the_script_names_the_co_chair(self, stage: Stage) -> None:
        sitting = sittings_of(stage.dialogue)[0]
        assert "Đồng chủ trì" not in " ".join(words(script(sitting, ())))
        sitting.co_chair = "Bà Trần Thị An, Phó Chủ tịch HĐND thị xã"
        assert "Đồng chủ trì: Bà Trần Thị An, Phó Chủ tịch HĐND thị xã." in " ".join(words(script(sitting, ())))

    def test_the_script_runs_through_every_minute_of_the_sitting(self, stage: Stage) -> None:
        text = " ".join(words(script(sittings_of(stage.dialogue)[0], ())))
        assert "Chưa có ai được mời phát biểu" in text
        assert re.findall(r"\d\d:\d\d – \d\d:\d\d", text) == [
            "07:30 – 07:35", "07:35 – 07:40", "07:40 – 07:50", "07:50 – 11:20", "11:20 – 11:30",
        ]  # fmt: skip
        assert "mỗi lượt khoảng 14 phút" in text
        assert f"ông {stage.cast.leader.name}, Chủ tịch" in text
        assert "Lãnh đạo Phòng Quản lý đô thị;" in text


def test_the_grounds_stand_first_in_the_plan(stage: Stage) -> None:
    stage.dialogue.bases = [
        "Căn cứ Điều 125 Luật Tổ chức chính quyền địa phương 2015",
        "Căn cứ Nghị định 63/2010/NĐ-CP",
    ]
    text = " ".join(words(plan_paper(stage.dialogue, on=ON)))
    first = text.index("Căn cứ Điều 125 Luật Tổ chức chính quyền địa phương 2015;")
    assert first < text.index("Căn cứ Nghị định 63/2010/NĐ-CP.") < text.index("Thực hiện Kế hoạch số 17/KH-UBND")


def test_both_renderings_take_every_paper(stage: Stage) -> None:
    sittings: list[Sitting] = sittings_of(stage.dialogue)
    made = [
        announcement(stage.dialogue, sittings, on=ON),
        broadcast(stage.dialogue, sittings),
        opening_report(sittings[0], NOTHING, signer=stage.cast.leader, on=ON),
        script(sittings[0], SPEAKERS),
    ]
    for paper in made:
        assert render_pdf(paper, created_at=START).startswith(b"%PDF")
        assert render_docx(paper, created_at=START).startswith(b"PK")
