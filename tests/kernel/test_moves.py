"""Compare and swap: whoever comes second is told so and overwrites nothing."""

import pytest

from doithoai.directory.models import Agency, Office
from doithoai.documents.models import Document
from doithoai.documents.states import DOCUMENT
from doithoai.kernel.access import NotNow, Overtaken
from doithoai.kernel.moves import move, revise, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(agency: Agency) -> Document:
    """A draft."""
    office = Office.objects.create(agency=agency, code="VP", name="Văn phòng", kind="secretariat", head_title="Chánh")
    return Document.objects.create(
        agency=agency, chain="DH", code="DH-VB01", kind="plan", drafting=office, subject="Kế hoạch", paper="{}", salt=""
    )


def twin(document: Document) -> Document:
    """The same row as a second console read it."""
    return Document.objects.get(pk=document.pk)


def test_a_move_sets_state_and_fields_in_the_database_and_on_the_row(document: Document) -> None:
    move(document, DOCUMENT, "in_review", return_reason="không")
    assert (document.state, document.return_reason) == ("in_review", "không")
    assert (twin(document).state, twin(document).return_reason) == ("in_review", "không")


def test_a_step_that_the_table_lacks_is_refused_in_words(document: Document) -> None:
    with pytest.raises(NotNow, match="“Dự thảo”, không chuyển thẳng sang “Đã ký”"):
        move(document, DOCUMENT, "signed")
    assert (document.state, twin(document).state) == ("draft", "draft")


def test_who_moves_second_is_overtaken(document: Document) -> None:
    second = twin(document)
    move(document, DOCUMENT, "in_review", return_reason="của người trước")
    with pytest.raises(Overtaken, match="Có người vừa làm việc này"):
        move(second, DOCUMENT, "in_review", return_reason="của người sau")
    assert (second.state, twin(document).return_reason) == ("draft", "của người trước")


def test_who_revises_second_overwrites_nothing(document: Document) -> None:
    second = twin(document)
    revise(document, subject="bản của Lan")
    with pytest.raises(Overtaken):
        revise(second, subject="bản của Nam")
    assert (document.revision, twin(document).revision) == (2, 2)
    assert (twin(document).subject, second.subject, second.revision) == ("bản của Lan", "Kế hoạch", 1)


def test_revisions_count_up_one_by_one(document: Document) -> None:
    for subject in ("hai", "ba", "bốn"):
        revise(document, subject=subject)
    assert (twin(document).revision, twin(document).subject) == (4, "bốn")


def test_columns_without_state_are_written_whoever_was_faster(document: Document) -> None:
    second = twin(document)
    move(document, DOCUMENT, "in_review")
    write(second, published_at=None, about="x")
    assert (twin(document).state, twin(document).about) == ("in_review", "x")


def test_a_row_that_is_gone_is_overtaken(document: Document) -> None:
    Document.objects.all().delete()
    with pytest.raises(Overtaken):
        write(document, about="x")
