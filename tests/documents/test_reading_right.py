"""Who reads a paper: drafts and letters about one person are not for everybody in the house."""

from datetime import timedelta

import pytest

from doithoai.documents.models import Document
from doithoai.documents.permissions import may_read
from doithoai.kernel.access import ANYONE, Actor
from doithoai.planning.actions import scheduling
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(stage: Stage) -> Document:
    """A draft of the Office."""
    return scheduling.draft_plan(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=START)


def ward(stage: Stage) -> Actor:
    return stage.cast.head(stage.dialogue.venues.filter(is_central=False).select_related("office")[0].office)


def dispatched(paper: Document, **fields: object) -> Document:
    Document.objects.filter(pk=paper.pk).update(dispatched_at=START + timedelta(days=1), **fields)
    paper.refresh_from_db()
    return paper


def test_a_draft_is_for_those_who_work_on_it(stage: Stage, paper: Document) -> None:
    cast = stage.cast
    readers = (cast.hoa, cast.leader, cast.clerk, cast.secretary)
    assert all(may_read(staff.as_actor(), paper) for staff in readers)
    assert not may_read(ward(stage), paper)
    assert not may_read(cast.observer.as_actor(), paper)


def test_a_dispatched_paper_is_for_the_house(stage: Stage, paper: Document) -> None:
    assert may_read(ward(stage), dispatched(paper))


@pytest.mark.parametrize("kind", ["answer", "transfer_slip"])
def test_a_letter_about_one_person_stays_with_its_offices(stage: Stage, paper: Document, kind: str) -> None:
    dispatched(paper, kind=kind)
    assert not may_read(ward(stage), paper)
    assert may_read(stage.cast.hoa.as_actor(), paper)


def test_a_list_to_sign_is_needed_at_the_venues(stage: Stage, paper: Document) -> None:
    Document.objects.filter(pk=paper.pk).update(is_official=False)
    paper.refresh_from_db()
    assert may_read(ward(stage), paper)


def test_the_public_reads_what_was_made_public_and_nothing_else(stage: Stage, paper: Document) -> None:
    assert not may_read(ANYONE, dispatched(paper))
    assert may_read(ANYONE, dispatched(paper, published_at=START))


def test_the_second_agency_reads_nothing_that_is_not_public(stage: Stage, paper: Document) -> None:
    for staff in (stage.other.leader, stage.other.clerk, stage.other.hoa):
        assert not may_read(staff.as_actor(), dispatched(paper))
