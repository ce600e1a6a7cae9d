"""The page on which a paper is looked at as anybody will see it, and made public (R12, R62)."""

from html import unescape
from typing import Any

import pytest

from doithoai.directory.queries import calendar_of, profile_of
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.people.models import Staff
from doithoai.portal.models import Publication
from doithoai.portal.queries import publication_due
from tests.answers import scene as answering
from tests.cast import Stage
from tests.portal.scene import home, sealed, seen
from tests.results import scene as ending
from tests.results.scene import LAST_DAY
from tests.web.visitors import browser, queries_of, rename_to_attack, unchanged


@pytest.fixture
def notice(stage: Stage) -> Document:
    answering.approved(stage)
    return sealed(ending.paper_of(ending.issued(stage)))


def page(staff: Staff, document: Document, end: str = "cong-khai/") -> str:
    response = browser(staff, now=LAST_DAY).get(f"/van-ban/{document.code}/{end}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def publish(staff: Staff, document: Document, title: str = "Thông báo kết quả đối thoại") -> Any:
    return browser(staff, now=LAST_DAY).post(f"/van-ban/{document.code}/cong-khai/", {"ten": title})


def test_the_editor_sees_what_anybody_will_see_and_publishes_it_once(stage: Stage, notice: Document) -> None:
    text = page(stage.cast.editor, notice)
    assert "Người dân sẽ thấy" in text
    assert f"/tep/{notice.code}.pdf" in text
    back = publish(stage.cast.editor, notice)
    assert back["Location"] == f"/van-ban/{notice.code}/cong-khai/?da=paper.publish"
    row = Publication.objects.get()
    assert (row.document, row.title, row.on) == (notice, "Thông báo kết quả đối thoại", LAST_DAY.date())
    assert "Người dân đang thấy" in page(stage.cast.editor, notice)
    assert "Thông báo kết quả đối thoại" in seen(home(stage))
    with unchanged(Publication, Document):
        assert publish(stage.cast.editor, notice).status_code == 409


def test_the_paper_page_leads_there_for_those_who_may(stage: Stage, notice: Document) -> None:
    way = f'href="/van-ban/{notice.code}/cong-khai/"'
    documents.dispatch(notice, actor=stage.cast.clerk.as_actor(), now=LAST_DAY)
    for staff in (stage.cast.editor, stage.cast.hoa):
        assert way in page(staff, notice, "")
    for staff in (stage.cast.clerk, stage.cast.leader):
        assert way not in page(staff, notice, "")
    publish(stage.cast.hoa, notice)
    assert way not in page(stage.cast.editor, notice, "")
    assert "Đã công khai" in page(stage.cast.editor, notice, "")


def test_who_may_not_publish_is_told_whose_right_it_is(stage: Stage, notice: Document) -> None:
    assert "biên tập cổng thông tin hoặc Văn phòng" in page(stage.cast.clerk, notice)
    with unchanged(Publication, Document):
        assert publish(stage.cast.clerk, notice).status_code == 403
        assert publish(stage.other.editor, notice).status_code == 404
    assert browser(stage.other.editor, now=LAST_DAY).get(f"/van-ban/{notice.code}/cong-khai/").status_code == 404


@pytest.mark.parametrize("title", ["", "   "])
def test_a_name_is_needed(stage: Stage, notice: Document, title: str) -> None:
    with unchanged(Publication, Document):
        assert publish(stage.cast.editor, notice, title).status_code == 409


def test_what_was_taken_back_is_not_published(stage: Stage, notice: Document) -> None:
    clerk = stage.cast.clerk.as_actor()
    documents.dispatch(notice, actor=clerk, now=LAST_DAY)
    documents.recall(notice, reason="Sai số liệu.", by="98/TB-UBND", actor=clerk, now=LAST_DAY)
    assert "đã thu hồi theo Văn bản số 98/TB-UBND" in page(stage.cast.hoa, notice)
    with unchanged(Publication, Document):
        assert publish(stage.cast.hoa, notice).status_code == 409


def test_the_law_sets_a_day_where_the_profile_binds(stage: Stage, notice: Document) -> None:
    calendar = calendar_of(stage.cast.agency)
    assert publication_due(notice, profile_of(stage.cast.agency), calendar) is None
    stage.dialogue.profile_key = "cap-xa-2026"
    stage.dialogue.save()
    due = publication_due(notice, profile_of(stage.cast.agency, "cap-xa-2026"), calendar)
    assert due is not None
    assert (
        due.due_on.isoformat() == "2022-01-10"
    )  # five working days after 31/12/2021, Monday 3/1 a day off in its place
    assert "Chậm nhất thứ Hai 10/01/2022." in page(stage.cast.editor, notice)


def test_markup_in_a_name_stays_text(stage: Stage, notice: Document) -> None:
    rename_to_attack(stage.dialogue.secretariat)
    publish(stage.cast.editor, notice, "<img src=x onerror=alert(1)>")
    html = browser(stage.cast.editor, now=LAST_DAY).get(f"/van-ban/{notice.code}/cong-khai/").content.decode()
    assert "<img" not in html


def test_looking_changes_nothing_for_few_queries(stage: Stage, notice: Document) -> None:
    with unchanged(Publication, Document):
        assert queries_of(browser(stage.cast.editor, now=LAST_DAY), f"/van-ban/{notice.code}/cong-khai/") <= 10
    assert browser().get(f"/van-ban/{notice.code}/cong-khai/").status_code == 302
