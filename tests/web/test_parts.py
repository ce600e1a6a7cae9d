"""The parts of every page, each drawn from what it is given and never from markup in it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template

from doithoai.documents.models import Document
from doithoai.kernel.access import Verdict
from doithoai.sample.people import ATTACK_NAME
from doithoai.web.acts import Act, Field, Figure, JournalLine, Step
from doithoai.web.duelines import DueLine, StripDay
from tests.web.visitors import ESCAPED_ATTACK


def drawn(source: str, **facts: Any) -> str:
    return Template(source).render(Context(facts))


class TestMark:
    def test_a_mark_is_a_shape_and_a_word(self) -> None:
        assert drawn("{% mark 'late' 'Quá hạn' %}") == '<span class="st st-late">Quá hạn</span>'

    def test_an_empty_circle_needs_no_class(self) -> None:
        assert drawn("{% mark '' 'Chưa làm' %}") == '<span class="st">Chưa làm</span>'

    def test_a_row_shows_its_own_state_or_another_word(self) -> None:
        row = Document(state="dispatched")
        assert drawn("{% state row %}", row=row) == '<span class="st st-done">Đã phát hành</span>'
        assert "Đã công khai" in drawn("{% state row 'Đã công khai' %}", row=row)


class TestAct:
    def test_an_allowed_act_posts_with_its_token(self) -> None:
        html = drawn("{% act one %}", one=Act("duyet", "Duyệt", "/x/duyet/", look="main"), csrf_token="mã")
        assert '<form class="act" method="post" action="/x/duyet/">' in html
        assert 'value="mã"' in html
        assert '<button class="btn btn-main">Duyệt</button>' in html

    def test_a_field_has_its_label_and_hint(self) -> None:
        one = Act("cap-so", "Cấp số", "/x/", field=Field("so", "Số văn bản", "Chỉ ghi phần số.", "number"))
        html = drawn("{% act one %}", one=one)
        assert '<label for="f-cap-so">Số văn bản</label>' in html
        assert 'aria-describedby="h-cap-so"' in html
        assert 'inputmode="numeric"' in html

    def test_a_refused_act_is_grey_focusable_and_says_why(self) -> None:
        one = Act("duyet", "Duyệt", "/x/", Verdict("Chưa duyệt được: Văn phòng chưa xác nhận thể thức."))
        html = drawn("{% act one %}", one=one)
        assert "<form" not in html
        assert 'type="button" aria-disabled="true" aria-describedby="w-duyet"' in html
        assert '<span class="why" id="w-duyet"><b>Chưa duyệt được:</b> Văn phòng chưa xác nhận thể thức.</span>' in html


class TestDeadline:
    strip = (StripDay("T4", "22", "buổi", "from", 3, ""), StripDay("T5", "23", "1 hạn", "end", 4, ""))

    def test_arithmetic_stands_behind_its_line(self) -> None:
        line = DueLine(
            date(2021, 12, 23), "Hạn thứ Năm 23/12", "late", self.strip, "1 ngày.", "Kế hoạch", ("Coi chừng.",)
        )
        html = drawn("{% deadline line %}", line=line)
        assert '<details class="due due-late"><summary><span class="due-on">Hạn thứ Năm 23/12</span>' in html
        assert '<li class="from c3"><span class="wd">T4</span><span class="dt">22</span>' in html
        assert '<li class="end">' in html
        assert "Căn cứ: Kế hoạch." in html
        assert '<p class="days-key days-warn">Coi chừng.</p>' in html

    def test_it_opens_on_wish(self) -> None:
        line = DueLine(date(2021, 12, 23), "Hạn", "today", self.strip)
        assert '<details class="due due-today" open>' in drawn("{% deadline line is_open=True %}", line=line)

    def test_a_plain_day_is_a_line(self) -> None:
        html = drawn("{% deadline line %}", line=DueLine(date(2021, 12, 23), "Hạn thứ Năm 23/12", "ahead"))
        assert html == '<p class="due"><span class="due-on">Hạn thứ Năm 23/12</span></p>'


def test_a_path_marks_the_current_step() -> None:
    html = drawn(
        "{% path steps %}", steps=[Step("Dự thảo", "", "was"), Step("Đã hoãn", "bão", "stop"), Step("X", "", "tbd")]
    )
    assert html.count('aria-current="step"') == 1
    assert '<li class="stop" aria-current="step"><b>Đã hoãn</b><span>bão</span></li>' in html


def test_figures_keep_their_denominators() -> None:
    html = drawn("{% figures rows %}", rows=[Figure("24", "30", "ý kiến có trả lời"), Figure("7", "", "buổi")])
    assert "<dt>ý kiến có trả lời</dt><dd>24<small>/30</small></dd>" in html
    assert "<dd>7</dd>" in html


def test_a_journal_line_names_who_and_when() -> None:
    html = drawn(
        "{% journal lines %}",
        lines=[JournalLine(3, "Ký", "Trần Thị Hoa", "15/12"), JournalLine(2, "Nhận", "", "14/12")],
    )
    assert '<span class="no">3</span><span>Ký<span class="meta">Trần Thị Hoa, 15/12</span></span>' in html
    assert '<span class="meta">14/12</span>' in html


def test_an_empty_state_offers_one_thing_to_do() -> None:
    html = drawn("{% nothing_here 'Chưa có ý kiến.' 'Ghi giúp dân.' '/ghi/' 'Ghi' %}")
    assert html.count('<a class="btn" href="/ghi/">Ghi</a>') == 1
    assert "<a" not in drawn("{% nothing_here 'Chưa có ý kiến.' %}")


def test_a_person_is_called_as_the_record_says() -> None:
    row = SimpleNamespace(name="Võ Thị Minh", honorific="bà")
    assert drawn("{% person row 'phường Hòa Vinh' %}", row=row) == (
        '<span class="person"><b>Bà Võ Thị Minh</b> <span>phường Hòa Vinh</span></span>'
    )


class TestPaperCard:
    @pytest.fixture
    def issued(self) -> Document:
        return Document(
            code="DH-2021-01-VB01", subject="Kế hoạch", kind="plan", state="dispatched", number=214, symbol="KH-UBND",
            issued_on=date(2021, 12, 3), copies=1, pdf="a" * 64, docx="b" * 64, pdf_size=67_400, docx_size=1_250_000,
        )  # fmt: skip

    def test_staff_see_its_page_state_and_both_files(self, issued: Document) -> None:
        html = drawn("{% paper_card row %}", row=issued)
        assert 'href="/van-ban/DH-2021-01-VB01/"' in html
        assert "Số 214/KH-UBND, 03/12/2021" in html
        assert "Đã phát hành" in html
        assert '<a href="/tep/DH-2021-01-VB01.pdf">PDF 67 KB</a>' in html
        assert '<a href="/tep/DH-2021-01-VB01.docx">DOCX 1,3 MB</a>' in html

    def test_the_public_sees_the_print_alone(self, issued: Document) -> None:
        html = drawn("{% paper_card row linked=False %}", row=issued)
        assert "/van-ban/" not in html
        assert "DOCX" not in html
        assert "PDF 67 KB" in html

    def test_a_draft_has_no_number_and_a_print_may_be_under_way(self, issued: Document) -> None:
        issued.pdf = ""
        assert "Đang tạo bản in" in drawn("{% paper_card row %}", row=issued)
        assert "Chưa có số, chưa có ngày" in drawn(
            "{% paper_card row %}", row=Document(code="X", subject="Y", state="draft")
        )


@pytest.mark.parametrize(
    "source",
    [
        "{% mark 'done' bad %}",
        "{% nothing_here bad %}",
        "{% words bad %}",
        "{% words bad 'img' %}",
        "{% person row %}",
        "{% paper_card document linked=False %}",
        "{% journal lines %}",
        "{% act one %}",
    ],
)
def test_markup_in_a_name_stays_text(source: str) -> None:
    html = drawn(
        source,
        bad=ATTACK_NAME,
        row=SimpleNamespace(name=ATTACK_NAME, honorific="bà"),
        document=Document(code="X", subject=ATTACK_NAME, state="draft"),
        lines=[JournalLine(1, ATTACK_NAME, ATTACK_NAME, "")],
        one=Act("x", ATTACK_NAME, "/", Verdict(ATTACK_NAME)),
    )
    assert "<img" not in html
    assert ESCAPED_ATTACK in html or "<mark>img</mark>" in html


class TestFilters:
    noon = datetime(2021, 12, 22, 17, 30, tzinfo=UTC)  # 00:30 on the 23rd in Đông Hòa

    @pytest.mark.parametrize(
        ("source", "shown"),
        [
            ("{{ d|day }}", "thứ Tư 22/12/2021"),
            ("{{ d|day_month }}", "thứ Tư 22/12"),
            ("{{ d|day_short }}", "T4 22/12"),
            ("{{ d|figures_date }}", "22/12/2021"),
            ("{{ none|day }}{{ none|day_month }}{{ none|day_short }}{{ none|figures_date }}{{ none|moment }}", ""),
            ("{{ t|hour:'Asia/Ho_Chi_Minh' }}", "00:30"),
            ("{{ t|moment:'Asia/Ho_Chi_Minh' }}", "23/12/2021 00:30"),
            ("{{ t|local_day:'Asia/Ho_Chi_Minh'|day_short }}", "T5 23/12"),
            ("{{ 12400|whole }}", "12.400"),
            ("{{ 400|size }}", "1 KB"),
            ("{{ 180400|size }}", "180 KB"),
            ("{{ '02570000101'|phone }}", "0257 000 0101"),
            ("{{ '1900 1234'|phone }}", "1900 1234"),
            ("{{ 'abcdefgh12345678xx'|groups|join:' ' }}", "abcdefgh 12345678 xx"),
            ("{{ 'abcdefgh12345678xx'|groups:1|join:' ' }}", "abcdefgh"),
        ],
    )
    def test_filter(self, source: str, shown: str) -> None:
        assert drawn(source, d=date(2021, 12, 22), t=self.noon, none=None) == shown
