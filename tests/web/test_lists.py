"""Every list of the staff and the public list can be searched, with and without diacritics."""

import pytest

from doithoai.planning.actions import carrying_out
from doithoai.planning.models import Dialogue
from tests.cast import START, Stage
from tests.web.visitors import browser

pytestmark = pytest.mark.django_db

LISTS = (
    ("/cuoc/", "đối thoại", "doi thoai"),
    ("/lich/?nam=2021", "tổng hợp", "tong hop"),
    ("/cuoc/{code}/nhat-ky/", "lập cuộc", "lap cuoc"),
    ("/cuoc/{code}/nhiem-vu/", "giấy mời", "giay moi"),
    ("/cuoc/{code}/kho-khan/", "đường truyền", "duong truyen"),
)


def html_of(stage: Stage, url: str, asked: str) -> str:
    address = url.format(code=stage.dialogue.code)
    visitor = browser(stage.cast.hoa, now=START)
    response = visitor.get(f"{address}{'&' if '?' in address else '?'}tim={asked}")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def busy(stage: Stage) -> Stage:
    ward = stage.dialogue.venues.filter(is_central=False).select_related("office")[0]
    head = stage.cast.head(ward.office)
    carrying_out.raise_obstacle(stage.dialogue, ward.office, text="Đường truyền yếu.", actor=head, now=START)
    return stage


@pytest.mark.parametrize(("url", "written", "plain"), LISTS)
def test_a_list_is_searched_with_and_without_diacritics(busy: Stage, url: str, written: str, plain: str) -> None:
    with_marks, without = html_of(busy, url, written), html_of(busy, url, plain.upper())
    assert f"kết quả cho “{written}”" in with_marks.replace("\n", " ")
    assert "Không có kết quả" not in with_marks
    assert "Không có kết quả" not in without
    assert "Không có kết quả cho “zzz”" in html_of(busy, url, "zzz")


def test_the_papers_of_a_dialogue(busy: Stage) -> None:
    assert "Không có kết quả cho “zzz”" in html_of(busy, "/cuoc/{code}/", "zzz")


def test_the_public_list(stage: Stage) -> None:
    subject = Dialogue.objects.get(pk=stage.dialogue.pk).subject
    html = html_of(stage, "/cong-khai/", "zzz")
    assert "Không có kết quả cho “zzz”" in html
    assert subject not in html


@pytest.mark.parametrize("url", [url for url, _, _ in LISTS])
def test_words_full_of_markup_stay_text(busy: Stage, url: str) -> None:
    assert "<b>x" not in html_of(busy, url, "<b>x")
