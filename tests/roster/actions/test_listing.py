"""The lists to sign enter as working papers and can be printed at once."""

import pytest

from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.kernel.access import NotNow
from doithoai.roster import actions
from tests.roster.scene import Scene, length


def test_lists_are_working_papers_without_a_number(scene: Scene) -> None:
    scene.invite()
    attendance = actions.draft_attendance_list(scene.morning, scene.ward_venue, actor=scene.lead, now=scene.now)
    delivery = actions.draft_delivery_list(scene.morning, actor=scene.lead, now=scene.now)
    assert [(row.kind, row.is_official, row.symbol) for row in (attendance, delivery)] == [
        ("attendance_list", False, ""),
        ("delivery_list", False, ""),
    ]
    documents.print_out(delivery, actor=scene.lead, now=scene.now)
    assert delivery.jobs.count() == 1


def test_the_people_of_the_venue_may_make_their_sheet(scene: Scene) -> None:
    """And print it: the paper is their own office's."""
    scene.invite()
    for actor in (scene.local_chair, scene.stage.cast.secretary.as_actor(), scene.lead):
        document = actions.draft_attendance_list(scene.morning, scene.ward_venue, actor=actor, now=scene.now)
        documents.print_out(document, actor=actor, now=scene.now)
        assert document.jobs.count() == 1


def test_a_list_of_nobody_is_refused(scene: Scene) -> None:
    before = length()
    with pytest.raises(NotNow, match="chưa có ai"):
        actions.draft_delivery_list(scene.morning, actor=scene.lead, now=scene.now)
    assert length() == before
    assert not Document.objects.exists()


def test_the_venue_belongs_to_the_dialogue(scene: Scene) -> None:
    venue = scene.ward_venue
    venue.dialogue_id = 999
    with pytest.raises(NotNow, match="không thuộc cuộc đối thoại"):
        actions.draft_attendance_list(scene.morning, venue, actor=scene.lead, now=scene.now)
