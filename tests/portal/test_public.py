"""The pages for anyone: what is shown, to whom, how often it is asked for, and that looking changes nothing."""

import csv
import io
from datetime import UTC, datetime

import pytest

from doithoai.directory.models import Agency, Installation, Sector
from doithoai.documents.models import Document
from doithoai.kernel import plugs
from doithoai.people.models import Person
from doithoai.planning.actions import drafting
from doithoai.planning.models import Dialogue
from doithoai.portal import actions as portal
from doithoai.portal.models import PublicLine
from doithoai.portal.public import GIST, gist
from doithoai.sample.people import ATTACK_NAME
from tests.answers import scene as answering
from tests.cast import START, Stage
from tests.intake import scene
from tests.portal.scene import (
    MONDAY,
    cost_of,
    home,
    more_lines,
    one_line,
    publish_lines,
    publish_paper,
    published,
    sealed,
    seen,
    unchanged,
    visitor,
)
from tests.results import scene as ending
from tests.results.scene import LAST_DAY

BEFORE = datetime(2021, 12, 15, 2, 0, tzinfo=UTC)


def second_dialogue(stage: Stage) -> Dialogue:
    """A dialogue of the other agency, its plan issued."""
    made = drafting.create(
        stage.other.agency, stage.draft, chair=stage.other.leader, actor=stage.other.hoa.as_actor(), now=START
    )
    Dialogue.objects.filter(pk=made.pk).update(state="planned")
    return made


# who may see which dialogue


def test_a_draft_is_invisible_and_its_address_does_not_exist(drafted: Stage) -> None:
    for path in (home(drafted), f"{home(drafted)}so-lieu.csv", f"{home(drafted)}boc-tham/", "/cong-khai/KHONG-CO/"):
        assert visitor().get(path).status_code == 404
    page = seen("/cong-khai/")
    assert drafted.dialogue.subject not in page
    assert "Chưa có cuộc đối thoại nào." in page


def test_what_was_called_off_before_its_plan_never_was_there(drafted: Stage) -> None:
    Dialogue.objects.filter(pk=drafted.dialogue.pk).update(state="cancelled")
    assert visitor().get(home(drafted)).status_code == 404


def test_what_was_called_off_later_says_so_with_its_reason(stage: Stage) -> None:
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(state="cancelled", reason="Mưa lũ.")
    page = seen(home(stage))
    assert "Không tổ chức, lý do: Mưa lũ" in page
    assert "Cách tham gia" not in page


def test_every_agency_has_its_own_part_of_the_list(stage: Stage) -> None:
    other = second_dialogue(stage)
    Agency.objects.filter(pk=stage.other.agency.pk).update(name="Ủy ban nhân dân thị xã Khác", short_name="UBND Khác")
    page = seen("/cong-khai/")
    ours, theirs = page.index(stage.cast.agency.name), page.index("Ủy ban nhân dân thị xã Khác")
    assert page.index(home(stage)) > ours
    assert page.index(f"/cong-khai/{other.code}/") > theirs
    assert "UBND Khác" not in seen(home(stage))


def test_staff_of_another_agency_see_just_what_anyone_sees(stage: Stage) -> None:
    published(stage)
    client = visitor()
    client.force_login(stage.other.leader)
    page = client.get(home(stage)).content.decode()
    assert page.count("<article") == seen(home(stage)).count("<article") == 8


# before the notice


def test_before_the_day_it_says_when_where_and_how_to_take_part(stage: Stage) -> None:
    page = seen(home(stage), BEFORE)
    for words in (
        "Đang chuẩn bị", "Các buổi đối thoại", "T4 22/12", "07:30 – 11:30", "UBND phường Hòa Vinh", "Cách tham gia",
        "Người không được mời", 'href="tel:0257 000 0101"', "Chưa có ý kiến nào.", "Chưa đăng văn bản nào.",
        "Hạn thứ Sáu 31/12, còn 12 ngày làm việc", "Khiếu nại, tố cáo",
    ):  # fmt: skip
        assert words in page, words
    assert "<article" not in page
    assert "ý kiến đã có trả lời" not in page


def test_a_day_that_is_only_expected_is_shown_as_such(stage: Stage) -> None:
    stage.dialogue.sittings.update(tentative="trong tháng 12/2021")
    said = "dự kiến trong tháng 12/2021, ngày chưa ấn định"
    for path in ("/cong-khai/", home(stage)):
        page = seen(path, BEFORE)
        assert said in page
        assert not any(day in page for day in ("T4 22/12", "hứ Tư 22/12", ">22/12<"))
    assert "gặp tổ chức, công dân" in seen(home(stage), BEFORE)


def test_opinions_that_came_in_are_counted_and_not_shown(stage: Stage) -> None:
    scene.opinion(stage, "Chữ của dân chưa ai che")
    page = seen(home(stage), BEFORE)
    assert "Đã nhận 1 ý kiến." in page
    assert "Chữ của dân" not in page


def test_between_notice_and_publication_it_says_what_will_come(stage: Stage) -> None:
    answering.approved(stage)
    ending.issued(stage)
    page = seen(home(stage))
    assert "Thông báo kết quả số 97/TB-UBND đã ban hành ngày 31/12/2021." in page
    assert answering.TEXT not in page


def test_a_rehearsal_says_so_on_every_page(stage: Stage) -> None:
    paths = ("/cong-khai/", home(stage), f"{home(stage)}boc-tham/")
    assert all("DIỄN TẬP" not in seen(path) for path in paths)
    Installation.objects.create(is_rehearsal=True)
    assert all("DIỄN TẬP" in seen(f"{path}?tim=x") for path in paths)
    assert "DIỄN TẬP" in seen("/kiem-tra/")


# after it


def test_every_line_is_an_article_with_its_answer_and_where_it_stands(stage: Stage) -> None:
    rows = published(stage)
    page = seen(home(stage))
    assert page.count("<article") == 8
    for words in (
        answering.TEXT, "Phòng Tài chính – Kế hoạch trả lời", "Thông báo số 97/TB-UBND, 31/12/2021, đúng hạn.",
        "Văn bản số 402/UBND-TCKH, 10/12/2021, đúng hạn.", "Đang giải quyết", "Quá hạn trả lời", "Đã chuyển nơi khác",
        "Không tiếp nhận", "Như ý kiến số 3.", "9 ý kiến đã nhận = 4 đã trả lời + 1 đang giải quyết",
        "8 ý kiến đăng dưới đây",
    ):  # fmt: skip
        assert words in page, words
    assert 'id="y-3"' in page
    assert rows.denunciation.code.rsplit("-", 1)[-1] not in page


def test_nothing_of_a_denunciation_or_complaint_is_anywhere(stage: Stage) -> None:
    published(stage)
    paths = (home(stage), f"{home(stage)}?tim=to+cao", f"{home(stage)}so-lieu.csv", "/cong-khai/")
    for page in map(seen, paths):
        assert "Kín Như Bưng" not in page
        assert "nhận tiền của người làm hồ sơ" not in page
        assert "quyết định xử phạt" not in page


def test_no_citizen_is_named_and_what_was_masked_is_shown_as_masked(stage: Stage) -> None:
    who = scene.person(stage, "Trần Thị Mẫu", phone="0905123456")
    answering.approved(stage, scene.accepted(stage, "Tôi là Trần Thị Mẫu, số 0905 123 456, hồ sơ trễ", who=who))
    ending.issued(stage)
    publish_lines(stage)
    page = seen(home(stage))
    assert '<span class="masked" lang="vi">đã che tên</span>' in page
    assert '<span class="masked" lang="vi">đã che số điện thoại</span>' in page
    assert not any(name in page for name in Person.objects.values_list("name", flat=True))
    assert "0905" not in page


def test_a_found_word_is_marked_as_it_was_written(stage: Stage) -> None:
    one_line(stage)
    page = seen(f"{home(stage)}?tim=mai+hien")
    assert "<mark>mái hiên</mark>" in page
    assert "1/1 ý kiến có “mai hien”." in page
    nothing = seen(f"{home(stage)}?tim=khong+co+gi")
    assert "Không có ý kiến nào như vậy." in nothing
    assert "0/1 ý kiến" in nothing


def test_a_search_is_shown_as_text_whatever_was_typed(stage: Stage) -> None:
    one_line(stage)
    page = visitor().get(home(stage), {"tim": '"><img src=x onerror=alert(1)>'}).content.decode()
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_names_that_would_run_are_shown_as_text(stage: Stage) -> None:
    one_line(stage)
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(subject=ATTACK_NAME)
    Sector.objects.filter(agency=stage.cast.agency).update(name=ATTACK_NAME)
    Agency.objects.filter(pk=stage.cast.agency.pk).update(name=ATTACK_NAME, short_name=ATTACK_NAME)
    PublicLine.objects.update(words=ATTACK_NAME, answer=f"{ATTACK_NAME}\n{ATTACK_NAME}")
    for path in ("/cong-khai/", home(stage), f"{home(stage)}?tim=ba", f"{home(stage)}boc-tham/"):
        page = seen(path)
        assert "<img" not in page, path
        assert "&lt;img src=x onerror=alert(1)&gt;" in page, path


def test_the_head_of_the_record_is_shown_in_groups(stage: Stage) -> None:
    head = portal.announce_head(stage.dialogue, actor=stage.cast.editor.as_actor(), now=LAST_DAY)
    page = seen(home(stage))
    assert "".join(f"<span>{head[at : at + 8]}</span>" for at in range(0, 64, 8)) in page
    assert "công bố ngày 31/12/2021" in page
    assert 'href="/kiem-tra/"' in page


# papers


def test_a_published_paper_can_be_taken_and_says_what_it_is(stage: Stage) -> None:
    answering.approved(stage)
    document = sealed(ending.paper_of(ending.issued(stage)))
    publish_paper(stage, document)
    page = seen(home(stage))
    assert f'href="/tep/{document.code}.pdf"' in page
    assert "<b>Thông báo kết quả giải quyết ý kiến, kiến nghị tại hội nghị" in page
    assert "Số 97/TB-UBND, 31/12/2021, PDF 180 KB" in page
    taken = visitor().get(f"/tep/{document.code}.pdf")
    assert (taken.status_code, taken.content) == (200, plugs.files().get(document.pdf))


def test_an_unpublished_paper_is_neither_named_nor_given_out(stage: Stage) -> None:
    published(stage)
    for document in (ending.paper_of(stage.dialogue.notice), *Document.objects.filter(kind="answer")):
        sealed(document)
        assert document.code not in seen(home(stage))
        refused = visitor().get(f"/tep/{document.code}.pdf")
        assert refused.status_code == 302
        assert refused.headers["Location"].startswith("/vao/")


# the table to take away


def test_the_figures_can_be_taken_away_as_a_table(stage: Stage) -> None:
    published(stage)
    response = visitor().get(f"{home(stage)}so-lieu.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="{stage.dialogue.code}-so-lieu.csv"' in response.headers["Content-Disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["nhom", "chi_tieu", "so", "tren"]
    assert ["Chung", "Ý kiến đã trả lời", "4", "9"] in rows
    assert all(len(row) == 4 and row[2].isdigit() and row[3].isdigit() for row in rows[1:])


@pytest.mark.parametrize("name", ["=1+1", "+84", "-1", "@x"])
def test_a_spreadsheet_runs_nothing_of_it(stage: Stage, name: str) -> None:
    one_line(stage)
    Sector.objects.filter(agency=stage.cast.agency).update(name=name)
    rows = list(csv.reader(io.StringIO(seen(f"{home(stage)}so-lieu.csv").removeprefix("\ufeff"))))
    groups = {row[0] for row in rows[1:]}
    assert groups == {"Chung", f"'{name}"}


# how often, how much


def test_the_cost_does_not_grow_with_the_lines(stage: Stage) -> None:
    line = one_line(stage)
    path, search, table = home(stage), f"{home(stage)}?linh-vuc=LV1&tinh-trang=answered", f"{home(stage)}so-lieu.csv"
    few = [cost_of(path), cost_of(search), cost_of(table), cost_of("/cong-khai/")]
    more_lines(line, 29)
    portal.announce_head(stage.dialogue, actor=stage.cast.editor.as_actor(), now=LAST_DAY)
    assert seen(search).count("<article") == 30
    assert [cost_of(path), cost_of(search), cost_of(table), cost_of("/cong-khai/")] == few
    assert max(few) <= 12


def test_a_page_is_made_anew_only_when_the_record_grew_or_the_day_changed(stage: Stage) -> None:
    line = one_line(stage)
    first, again = cost_of(home(stage)), cost_of(home(stage))
    assert again == 1 < first
    PublicLine.objects.update(words="Chữ đổi ngoài sổ")
    assert line.words in seen(home(stage))
    portal.announce_head(stage.dialogue, actor=stage.cast.editor.as_actor(), now=LAST_DAY)
    assert "Chữ đổi ngoài sổ" in seen(home(stage))
    tomorrow = MONDAY.replace(day=4)
    assert "Tính đến 03/01/2022" in seen(home(stage))
    assert "Tính đến 04/01/2022" in seen(home(stage), tomorrow)


def test_caches_ask_after_a_minute_and_every_time_for_what_people_said(stage: Stage) -> None:
    one_line(stage)
    for path in ("/cong-khai/", home(stage), f"{home(stage)}so-lieu.csv", "/kiem-tra/"):
        client = visitor()
        first = client.get(path)
        assert first.headers["Cache-Control"] == f"public, {'no-cache' if path == home(stage) else 'max-age=60'}"
        assert first.cookies == {}
        same = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (same.status_code, same.content) == (304, b"")
    client = visitor()
    old = client.get(home(stage)).headers["ETag"]
    portal.announce_head(stage.dialogue, actor=stage.cast.editor.as_actor(), now=MONDAY)
    assert client.get(home(stage), headers={"If-None-Match": old}).status_code == 200


def test_what_staff_see_is_kept_by_no_cache(stage: Stage) -> None:
    one_line(stage)
    client = visitor()
    client.force_login(stage.cast.editor)
    response = client.get(home(stage))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Việc của tôi" in response.content.decode()
    assert "Việc của tôi" not in seen(home(stage))


def test_looking_changes_nothing_and_nothing_can_be_sent(stage: Stage) -> None:
    published(stage)
    paths = ["/cong-khai/", home(stage), f"{home(stage)}?tim=ho+so&trang=2", f"{home(stage)}so-lieu.csv"]
    paths += [f"{home(stage)}boc-tham/", "/kiem-tra/", "/cong-khai/kiem-tra-boc-tham.py"]
    with unchanged():
        for path in paths:
            assert visitor().get(path).status_code == 200, path
            assert visitor().head(path).status_code == 200, path
            assert visitor().post(path).status_code == 405, path


def test_the_policy_of_content_stands_on_every_page(stage: Stage) -> None:
    one_line(stage)
    for path in ("/cong-khai/", home(stage), "/kiem-tra/"):
        response = visitor().get(path)
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "style=" not in response.content.decode()


# folding


LONG = "Phòng đã kiểm tra hồ sơ. " * 12


def test_a_long_answer_is_folded_behind_who_answers_and_how_it_begins(stage: Stage) -> None:
    one_line(stage)
    PublicLine.objects.update(answer=f"{LONG}\nViệc cần làm: mang giấy hẹn.")
    page = seen(home(stage))
    folded = page[
        page.index('<details class="reply">') : page.index("</details>", page.index('<details class="reply">'))
    ]
    summary, answer = folded.split("</summary>")
    assert "Phòng Tài chính – Kế hoạch trả lời" in summary
    assert "Phòng đã kiểm tra hồ sơ. Phòng" in summary
    assert " …</span>" in summary
    assert "Việc cần làm: mang giấy hẹn." in answer
    assert "Thông báo số 97/TB-UBND" in answer
    assert "Đã trả lời" in page[: page.index('<details class="reply">')][-900:], "the state stands outside"


def test_a_short_answer_is_not_folded_and_what_was_sought_is_open(stage: Stage) -> None:
    one_line(stage)
    PublicLine.objects.update(answer="Được.")
    assert '<details class="reply"' not in seen(home(stage))
    PublicLine.objects.update(answer=LONG)
    assert '<details class="reply" open>' in seen(f"{home(stage)}?tim=mai+hien")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Được.", "Được."),
        ("Được.\nMang giấy hẹn.", "Được. …"),
        (f"{'chữ ' * 26}[đã che: tên] đến", f"{('chữ ' * 26).strip()} …"),
        ("[đã che: tên] " + "chữ " * 40, "[đã che: tên] " + ("chữ " * 24).strip() + " …"),
    ],
)
def test_the_gist_cuts_no_word_and_no_label(answer: str, told: str) -> None:
    assert gist(answer) == told
    assert len(gist(answer)) <= GIST + 2
