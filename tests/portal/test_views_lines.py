"""The page from the confirmed wordings to the public page, and the page on which more of a line is hidden."""

import pytest

from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.people.models import Staff, Text
from doithoai.portal.models import PublicLine, Shortening
from doithoai.results.models import ResultNotice
from doithoai.rules.masking import Find
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW
from tests.portal.scene import MONDAY, home, more_lines, one_line, published, seen
from tests.results import scene as ending
from tests.web.visitors import browser, queries_of, unchanged


def place(stage: Stage) -> str:
    return f"/cuoc/{stage.dialogue.code}/cong-khai/"


def page(staff: Staff, path: str) -> str:
    response = browser(staff, now=MONDAY).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def press(staff: Staff, path: str, **fields: str) -> int:
    return (
        browser(staff, now=MONDAY)
        .post(path, {name.replace("_", "-"): value for name, value in fields.items()})
        .status_code
    )


def test_before_the_notice_it_says_what_comes_first(stage: Stage) -> None:
    scene.accepted(stage)
    html = page(stage.cast.hoa, place(stage))
    assert "Việc trước hết: xem và xác nhận từng lời công khai." in html
    assert 'aria-disabled="true"' in html
    assert "chưa có trả lời hay người giữ" in html
    with unchanged(ResultNotice, Document):
        assert press(stage.cast.hoa, f"{place(stage)}lap/") == 409
        assert press(stage.cast.editor, f"{place(stage)}dang/") == 409
        assert press(stage.cast.hoa, f"{place(stage)}khac/") == 404


def test_the_notice_is_drafted_marked_as_old_and_drafted_again(stage: Stage) -> None:
    row = answering.approved(stage, scene.accepted(stage, "Xin hỏi về chợ Cũ")).opinion
    assert press(stage.cast.hoa, f"{place(stage)}lap/") == 302
    assert "Dự thảo đã cũ" not in page(stage.cast.hoa, place(stage))
    row.refresh_from_db()
    finds = [Find(11, 17, "address")]
    intake.prepare_public(row, finds, of=row.words_id, actor=scene.officer(stage), now=AFTER)
    html = page(stage.cast.hoa, place(stage))
    assert "Dự thảo đã cũ" in html
    assert f"sau khi lập: {row.code}." in html
    assert "Lập lại dự thảo Thông báo" in html
    assert press(stage.cast.hoa, f"{place(stage)}lap/") == 302
    assert "Dự thảo đã cũ" not in page(stage.cast.hoa, place(stage))


def test_lines_are_published_by_whoever_may(stage: Stage) -> None:
    answering.approved(stage)
    ending.issued(stage)
    html = page(stage.cast.editor, place(stage))
    assert "Công khai 1 ý kiến và trả lời" in html
    with unchanged(PublicLine):
        assert press(stage.cast.technician, f"{place(stage)}dang/") == 403
    assert press(stage.cast.editor, f"{place(stage)}dang/") == 302
    html = page(stage.cast.editor, place(stage))
    assert "1/1 dòng của Thông báo đã công khai." in html
    assert f'href="{place(stage)}1/"' in html


def test_a_line_is_found_with_and_without_diacritics_by_number_and_code(stage: Stage) -> None:
    rows = published(stage)
    for asked, found in (("tường+nứt", True), ("tuong+nut", True), ("YK02", True), ("2", True), ("khong+co", False)):
        html = page(stage.cast.editor, f"{place(stage)}?tim={asked}")
        assert (f'href="{place(stage)}2/"' in html) == found, asked
        assert ("Không có dòng nào như vậy." in html) != found
    assert rows.denunciation.code not in page(stage.cast.editor, place(stage))


def test_looking_costs_as_many_queries_for_many_lines_as_for_few(stage: Stage) -> None:
    first = one_line(stage)
    few = queries_of(browser(stage.cast.editor, now=MONDAY), place(stage))
    more_lines(first, 20)
    assert queries_of(browser(stage.cast.editor, now=MONDAY), place(stage)) == few


def test_hiding_more_is_looked_at_first_and_then_done(stage: Stage) -> None:
    published(stage)
    path = f"{place(stage)}2/"
    with unchanged(PublicLine, Shortening, Text):
        html = page(stage.cast.editor, path)
        assert "Tường nứt, xin đo giúp" in html
        before = browser(stage.cast.editor, now=MONDAY).post(
            path, {"viec": "xem", "them": "tường nứt", "loai-che": "land"}
        )
        assert "đã che thửa đất</span>, xin đo giúp" in before.content.decode()
    assert (
        press(stage.cast.editor, path, viec="che", them="tường nứt", loai_che="land", ly_do="Theo yêu cầu.", ban="1")
        == 302
    )
    assert "Tường nứt" not in seen(home(stage))
    html = page(stage.cast.editor, path)
    assert "Theo yêu cầu." in html
    assert "Đã che thêm" in page(stage.cast.editor, place(stage))


@pytest.mark.parametrize("number", ["9" * 4_500, "x", "", "1.0"])
def test_a_number_that_is_none_is_refused_in_a_sentence(stage: Stage, number: str) -> None:
    published(stage)
    with unchanged(PublicLine, Shortening, Text):
        response = browser(stage.cast.editor, now=MONDAY).post(
            f"{place(stage)}2/", {"viec": "che", "them": "tường nứt", "ly-do": "Theo yêu cầu.", "ban": number}
        )
    assert response.status_code == 409
    assert "có người vừa che thêm dòng này" in response.content.decode()


def test_what_is_not_there_or_anothers_is_not_found(stage: Stage) -> None:
    published(stage)
    assert browser(stage.other.editor, now=MONDAY).get(place(stage)).status_code == 404
    assert browser(stage.other.editor, now=MONDAY).get(f"{place(stage)}1/").status_code == 404
    assert browser(stage.cast.editor, now=MONDAY).get(f"{place(stage)}99/").status_code == 404
    assert browser(stage.cast.editor, now=MONDAY).get(f"{place(stage)}{'9' * 30}/").status_code == 404
    assert browser(now=NOW).get(place(stage)).status_code == 302
    html = page(stage.cast.technician, f"{place(stage)}1/")
    assert "Không có quyền: việc này của biên tập cổng thông tin hoặc Văn phòng." in html
    assert "<textarea" not in html


def test_the_public_page_leads_its_own_staff_there_and_nobody_else(stage: Stage) -> None:
    published(stage)
    link = f'href="{place(stage)}"'
    assert link in page(stage.cast.editor, home(stage))
    assert link not in page(stage.other.editor, home(stage))
    assert link not in seen(home(stage))
