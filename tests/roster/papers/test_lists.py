"""Lists to sign: nobody missing, sorted as people look for names, grouped as letters are carried."""

from datetime import UTC, datetime

import pypdfium2

from doithoai.documents.rendering import render_pdf
from doithoai.roster import actions
from doithoai.roster.papers import attendance_list, delivery_list
from doithoai.roster.queries import places_of
from doithoai.rules.paper import Heading, PageBreak, Paper, Table, words
from doithoai.rules.vietnamese import show_phone, sort_key
from tests.roster.scene import Scene

CREATED = datetime(2021, 12, 10, 3, tzinfo=UTC)


def tables(paper: Paper) -> list[Table]:
    """The tables of a paper in order."""
    return [block for block in paper.blocks if isinstance(block, Table)]


def test_the_attendance_list_of_a_venue(scene: Scene) -> None:
    """R37: the ward's citizens at the ward's venue; delegates before them, room for others after them."""
    scene.invite()
    actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    (table,) = tables(attendance_list(scene.morning, scene.ward_venue))
    groups = [row.cells[0] for row in table.rows if len(row.cells) == 1]
    assert groups == ["Chủ trì, đại biểu", "Công dân được mời: 08 người", "Người dự khác"]
    names = [row.cells[1] for row in table.rows if len(row.cells) > 1]
    here = [row.name for row in places_of(scene.morning) if row.venue == scene.ward_venue]
    assert [name for name in names if name] == sorted(here, key=sort_key)
    offices = [row.cells[2] for row in table.rows if len(row.cells) > 1]
    assert "Chủ tịch UBND phường Hòa Vinh" in offices
    assert table.row_height >= 10


def test_the_chair_stands_first_at_the_centre(scene: Scene) -> None:
    central = scene.stage.dialogue.venues.get(is_central=True)
    (table,) = tables(attendance_list(scene.morning, central))
    assert table.rows[1].cells[1:3] == (scene.stage.cast.leader.name, "Lãnh đạo UBND thị xã (chủ trì)")
    assert not [row for row in table.rows if row.cells[0].startswith("Công dân được mời")]


def test_who_declined_is_not_on_the_sheet_and_the_reserve_is(scene: Scene) -> None:
    drawn = scene.invite()
    actions.decline_invitation(drawn[0], channel="phone", actor=scene.lead, now=scene.now)
    text = " ".join(words(attendance_list(scene.morning, scene.ward_venue)))
    assert drawn[0].name not in text
    assert scene.reserves("Hòa Vinh")[0].name in text


def test_the_delivery_list_goes_by_ward_and_residential_group(scene: Scene) -> None:
    """The head of each group carries the letters of the group, so it has a line of its own."""
    scene.invite()
    paper = delivery_list(scene.morning)
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert headings == ["phường Hòa Hiệp Trung: 07 giấy mời", "phường Hòa Vinh: 08 giấy mời"]
    assert sum(isinstance(block, PageBreak) for block in paper.blocks) == 1
    listed = []
    for ward, table in zip(("Hòa Hiệp Trung", "Hòa Vinh"), tables(paper), strict=True):
        own = [
            row for row in places_of(scene.morning) if row.person and row.person.ward and row.person.ward.name == ward
        ]
        people = [row for row in table.rows if len(row.cells) > 1]
        groups = [row.cells[0].split(" (người giao")[0] for row in table.rows if len(row.cells) == 1]
        assert [row.cells[0] for row in people] == [str(at) for at in range(1, len(own) + 1)]
        assert groups == sorted({row.person.group for row in own if row.person})
        listed += [row.cells[1] for row in people]
        phones = {row.name: show_phone(row.person.phone) for row in own if row.person and row.person.phone}
        assert {row.cells[1]: row.cells[2] for row in people if row.cells[2]} == phones
    assert sorted(listed) == sorted(row.name for row in places_of(scene.morning))


def test_groups_are_ordered_by_their_numbers(scene: Scene) -> None:
    """“Tổ 10” comes after “Tổ 9”, and who has no group comes first under a line that says so."""
    rows = scene.invite()
    for row, group in zip(rows, ("Tổ 10", "Tổ 9", "", "Tổ 2"), strict=False):
        assert row.person
        row.person.group = group
        row.person.save()
    table = tables(delivery_list(scene.morning))[1]
    groups = [row.cells[0].split(" (người giao")[0] for row in table.rows if len(row.cells) == 1]
    assert groups[:4] == ["Chưa rõ tổ dân phố, thôn", "Tổ 2", "Tổ 9", "Tổ 10"]


def test_the_lists_fit_their_pages(scene: Scene) -> None:
    """A page for a venue, a page for each ward."""
    scene.invite()
    actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    for paper, pages in ((attendance_list(scene.morning, scene.ward_venue), 1), (delivery_list(scene.morning), 2)):
        with pypdfium2.PdfDocument(render_pdf(paper, created_at=CREATED)) as pdf:
            assert len(pdf) == pages
