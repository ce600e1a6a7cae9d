"""From the code on a paper to its entry, and what is said of a code that never was."""

import pytest
from django.db import connection

from doithoai.journal.actions import head_of
from doithoai.journal.models import Entry
from doithoai.kernel import verbs
from doithoai.portal import actions as portal
from doithoai.portal.queries import find_head, signs_of
from doithoai.portal.queries.heads import act_words
from tests.answers import scene as answering
from tests.cast import Stage
from tests.portal.scene import MONDAY, seen, unchanged, visitor
from tests.results import scene as ending
from tests.results.scene import LAST_DAY


def issued_head(stage: Stage) -> str:
    """The head printed on the notice."""
    answering.approved(stage)
    return ending.paper_of(ending.issued(stage)).head


def test_a_printed_head_is_found_with_number_day_act_and_paper(stage: Stage) -> None:
    head = issued_head(stage)
    found = find_head(head)
    assert found is not None
    entry = Entry.objects.get(digest=head)
    assert (found.number, found.on, found.words) == (entry.number, LAST_DAY.date(), "ký một văn bản")
    assert found.places == ("văn bản số 97/TB-UBND",)
    assert found.is_whole
    assert found.dialogue == stage.dialogue
    assert found.length == Entry.objects.filter(chain=entry.chain).count()


@pytest.mark.parametrize("length", [16, 17, 40, 64])
def test_the_first_sixteen_signs_are_enough(stage: Stage, length: int) -> None:
    head = issued_head(stage)
    found = find_head(head[:length])
    assert found is not None
    assert found.number == Entry.objects.get(digest=head).number


@pytest.mark.parametrize("signs", ["", "a" * 15, "a" * 65, "g" * 64, "0" * 64, "%" * 20, "_" * 16])
def test_what_no_record_ever_had_is_not_found(stage: Stage, signs: str) -> None:
    issued_head(stage)
    assert find_head(signs) is None


def test_groups_blanks_and_capitals_do_not_matter() -> None:
    assert signs_of("  D40B7E19 2ac86f53\n-0011.22 ") == "d40b7e192ac86f53001122"


def test_a_head_on_the_public_page_says_so(stage: Stage) -> None:
    head = portal.announce_head(stage.dialogue, actor=stage.cast.editor.as_actor(), now=LAST_DAY)
    found = find_head(head)
    assert found is not None
    assert found.places == ("trang công khai, ngày 31/12/2021",)


def test_an_entry_whose_text_was_changed_does_not_pass(stage: Stage) -> None:
    head = issued_head(stage)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(
            "UPDATE journal_entry SET body = replace(body, 'document.sign', 'document.sigm') WHERE digest = %s", [head]
        )
    found = find_head(head)
    assert found is not None
    assert not found.is_whole
    assert "không còn cho ra mã ấy" in seen(f"/kiem-tra/?ma={head}")


def test_what_nobody_may_see_yet_is_not_named(drafted: Stage) -> None:
    head = head_of(drafted.dialogue.chain)
    found = find_head(head)
    assert found is not None
    assert found.dialogue is None
    assert drafted.dialogue.subject not in seen(f"/kiem-tra/?ma={head}")


def test_an_agencys_own_record_is_found_too(stage: Stage) -> None:
    found = find_head(head_of(stage.cast.agency.chain))
    assert found is not None
    assert found.dialogue is None


def test_every_act_has_words_that_name_nobody() -> None:
    told = {name: act_words(name) for name in verbs.REGISTRY}
    assert all(told.values())
    assert {told[name] for name in told if name.startswith("opinion.")} == {"một việc về ý kiến của người dân"}
    assert told["pool.draw"] == "bốc thăm"


def test_the_page_finds_a_head_typed_from_paper(stage: Stage) -> None:
    head = issued_head(stage)
    typed = "+".join(head[at : at + 8].upper() for at in range(0, 64, 8))
    page = seen(f"/kiem-tra/?ma={typed}")
    assert "Có mã này trong bản ghi." in page
    assert "Văn bản số 97/TB-UBND" in page
    assert "Thứ Sáu 31/12/2021" in page
    assert f'href="/cong-khai/{stage.dialogue.code}/"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ab", "Mới có 2 ký tự, cần ít nhất 16 ký tự đầu của mã."),
        ("zz", "có dấu “z”"),
        ("<script>", "có dấu “&lt;”"),
        ("ab" * 32, "Chưa bản ghi nào có mã này."),
    ],
)
def test_the_page_says_what_was_found_and_what_to_do(stage: Stage, typed: str, sentence: str) -> None:
    response = visitor().get("/kiem-tra/", {"ma": typed})
    assert response.status_code == 404
    page = response.content.decode()
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert "<script>" not in page


def test_looking_writes_nothing_and_the_form_alone_is_a_page(stage: Stage) -> None:
    head = issued_head(stage)
    with unchanged():
        assert "Mã nhật ký" in seen("/kiem-tra/", MONDAY)
        seen(f"/kiem-tra/?ma={head}")
    assert visitor().post("/kiem-tra/", {"ma": head}).status_code == 405
