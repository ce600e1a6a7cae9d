"""The sums hold in every history, and where they do not the rows are named."""

from collections.abc import Callable

import pytest

from doithoai.answers.models import Answer
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.portal import actions as portal
from doithoai.portal.models import PublicLine
from doithoai.results.models import NoticeLine
from doithoai.results.queries import differences, notice_figures, opinion_figures, uncovered
from doithoai.sample.people import pick
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.results import scene as ending
from tests.results.scene import LAST_DAY

SETTLED = ("answered", "in_hand", "transferred", "guided", "not_taken")


def publish(stage: Stage) -> None:
    portal.publish_lines(stage.dialogue, actor=stage.cast.editor.as_actor(), now=LAST_DAY)


def test_one_of_each_adds_up(stage: Stage) -> None:
    ending.mixed(stage)
    ending.issued(stage)
    publish(stage)
    assert opinion_figures(stage.dialogue) == {
        "received": 10, "withdrawn": 1, "merged": 1, "answered": 4, "in_hand": 1, "transferred": 1, "guided": 2,
        "not_taken": 1, "denunciations": 1,
    }  # fmt: skip
    assert notice_figures(stage.dialogue) == {"lines": 8, "published": 8}
    assert differences(stage.dialogue) == []


Route = Callable[[Stage, int, list[Opinion]], object]


def _merged(stage: Stage, place: int, roots: list[Opinion]) -> object:
    if not roots:
        return _held(stage, place, roots)
    row = scene.accepted(stage)
    into = roots[place % len(roots)]
    return intake.merge(row, into, reason="Trùng", actor=scene.officer(stage), now=NOW)


def _held(stage: Stage, place: int, roots: list[Opinion]) -> object:
    roots.append(answering.assigned(stage).opinion)
    return roots


def _approved(stage: Stage, place: int, roots: list[Opinion]) -> object:
    roots.append(answering.approved(stage).opinion)
    return roots


def _came_back(stage: Stage, place: int, roots: list[Opinion]) -> object:
    row = ending.handed_on(stage, 100 + place)
    return intake.record_transfer_result(row, result="Đã xem", actor=scene.officer(stage), now=NOW)


ROUTES: tuple[Route, ...] = (
    _approved,
    _merged,
    _held,
    _came_back,
    lambda stage, place, roots: scene.opinion(stage),
    lambda stage, place, roots: scene.accepted(stage),
    lambda stage, place, roots: ending.lettered(stage, 400 + place),
    lambda stage, place, roots: ending.handed_on(stage, 200 + place),
    lambda stage, place, roots: ending.refused(stage),
    lambda stage, place, roots: ending.taken_back(stage),
    lambda stage, place, roots: ending.guided(stage, ending.COMPLAINED, "complaint"),
    lambda stage, place, roots: ending.guided(stage, ending.DENOUNCED, "denunciation"),
)


@pytest.mark.parametrize("seed", range(8))
def test_the_sums_hold_in_every_history(stage: Stage, seed: int) -> None:
    roots: list[Opinion] = []
    for place in range(9):
        route = ROUTES[pick(f"figures {seed}", place, of=len(ROUTES))]
        route(stage, place, roots)
        figures = opinion_figures(stage.dialogue)
        owed = figures["received"] - figures["withdrawn"]
        assert figures["received"] == place + 1
        assert owed == sum(figures[name] for name in SETTLED) + len(uncovered(stage.dialogue))
    for row in uncovered(stage.dialogue):
        intake.accept(row, actor=scene.officer(stage), now=NOW) if row.state == "received" else None
        answering.assigned(stage, row)
    before = opinion_figures(stage.dialogue)
    ending.issued(stage)
    publish(stage)
    assert differences(stage.dialogue) == []
    assert {name: opinion_figures(stage.dialogue)[name] for name in SETTLED} == {name: before[name] for name in SETTLED}
    lines = notice_figures(stage.dialogue)["lines"]
    assert lines == before["received"] - before["withdrawn"] - before["denunciations"]


def test_a_difference_names_its_rows(stage: Stage) -> None:
    rows = ending.mixed(stage)
    ending.issued(stage)
    publish(stage)
    PublicLine.objects.filter(line__opinion=rows.not_taken).delete()
    (found,) = differences(stage.dialogue)
    assert (found.left, found.right, found.rows) == (7, 8, (rows.not_taken.code,))
    assert str(found) == f"Dòng đã công khai: 7 ≠ 8 ({rows.not_taken.code})"


def test_a_line_that_went_missing_is_named(stage: Stage) -> None:
    rows = ending.mixed(stage)
    ending.issued(stage)
    NoticeLine.objects.filter(opinion=rows.answered).delete()
    found = {difference.what: difference.rows for difference in differences(stage.dialogue)}
    assert found["Dòng thông báo"] == (rows.answered.code,)


def test_what_nobody_holds_is_named_but_not_a_denunciation(stage: Stage) -> None:
    open_one = scene.accepted(stage)
    hidden = scene.opinion(stage, ending.DENOUNCED, kind="denunciation", actor=scene.reception(stage))
    found = {difference.what: difference for difference in differences(stage.dialogue)}
    assert found["Ý kiến"].rows == (open_one.code, "được bảo mật")
    assert hidden.code not in "".join(map(str, found.values()))


def test_a_draft_freezes_nothing(stage: Stage) -> None:
    answer = answering.assigned(stage)
    ending.drafted(stage)
    Answer.objects.filter(pk=answer.pk).update(state="approved")
    assert opinion_figures(stage.dialogue)["answered"] == 1


def test_the_other_agency_has_no_part_in_it(stage: Stage) -> None:
    ending.mixed(stage)
    ending.issued(stage)
    assert stage.other.agency.dialogues.count() == 0
    assert not Opinion.objects.filter(dialogue__agency=stage.other.agency).exists()
