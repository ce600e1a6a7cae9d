"""Whose right each act is, and that a second agency finds nothing and changes nothing."""

from collections.abc import Callable

import pytest

from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake import permissions
from doithoai.intake.imports import Kept
from doithoai.intake.models import Guidance, Opinion, Transfer
from doithoai.kernel.access import ANYONE, Actor, NotYours
from doithoai.outbox.models import Message
from doithoai.people.models import Text
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW

Act = Callable[[Stage, Opinion, Actor], object]


def undo(stage: Stage, row: Opinion, actor: Actor) -> object:
    """Undo a classification that somebody made before."""
    row.sortings.create(kind="difficulty", topic="on", at=NOW)
    return intake.undo_classify(row, actor=actor, now=NOW)


SORTING: dict[str, Act] = {
    "classify": lambda s, o, a: intake.classify(o, kind="report", actor=a, now=NOW),
    "accept": lambda s, o, a: intake.accept(o, actor=a, now=NOW),
    "not_take": lambda s, o, a: intake.not_take(o, reason="Vì thế", actor=a, now=NOW),
    "split": lambda s, o, a: intake.split(o, ["Một", "Hai"], actor=a, now=NOW),
    "summarise": lambda s, o, a: intake.summarise(o, summary="Gọn", actor=a, now=NOW),
    "prepare_public": lambda s, o, a: intake.prepare_public(o, [], of=o.words_id, actor=a, now=NOW),
    "attach": lambda s, o, a: intake.attach(o, [Kept("a" * 64, "jpg", 9)], actor=a, now=NOW),
    "hand_receipt": lambda s, o, a: intake.hand_receipt(o, actor=a, now=NOW),
    "undo_classify": lambda s, o, a: undo(s, o, a),
    "withdraw": lambda s, o, a: intake.withdraw(o, reason="Vì thế", actor=a, now=NOW),
    "merge": lambda s, o, a: intake.merge(o, scene.opinion(s), reason="Trùng", actor=a, now=NOW),
    "transfer": lambda s, o, a: intake.transfer(o, body="Thuế", signer=s.cast.leader, actor=a, now=NOW),
}
LATER: dict[str, tuple[str, Act]] = {
    "unmerge": ("merged", lambda s, o, a: intake.unmerge(o, reason="Vì thế", actor=a, now=NOW)),
    "take_back": ("transferred", lambda s, o, a: intake.take_back(o, reason="Trả lại", actor=a, now=NOW)),
    "transfer_result": ("transferred", lambda s, o, a: intake.record_transfer_result(o, result="X", actor=a, now=NOW)),
    "show": ("accepted", lambda s, o, a: intake.show(o, actor=a, now=NOW)),
    "hide": ("accepted", lambda s, o, a: intake.hide(o, actor=a, now=NOW)),
    "reopen": ("closed", lambda s, o, a: intake.reopen(o, reason="Chưa đúng", actor=a, now=NOW)),
}
TABLES = (Opinion, Text, Transfer, Guidance, Message, Document)


def twin_of(stage: Stage, actor: str) -> Actor:
    """The same post in the second agency."""
    people = {"officer": stage.other.hoa, "leader": stage.other.leader, "secretary": stage.other.secretary}
    return people[actor].as_actor()


@pytest.mark.parametrize("name", SORTING)
def test_the_lead_office_and_the_office_sort_and_nobody_else(stage: Stage, name: str) -> None:
    act = SORTING[name]
    for actor in (scene.officer(stage, 2), stage.cast.one_stop.as_actor(), stage.cast.clerk.as_actor(),
                  stage.cast.observer.as_actor(), stage.cast.editor.as_actor()):  # fmt: skip
        row = scene.opinion(stage)
        with pytest.raises(NotYours, match=r"Không có quyền: việc này của Phòng Tài chính .* hoặc Văn phòng"):
            act(stage, row, actor)
    for actor in (scene.officer(stage), scene.lead_head(stage), stage.cast.hoa.as_actor(), scene.reception(stage)):
        row = scene.opinion(stage)
        act(stage, row, actor)


@pytest.mark.parametrize("name", [*SORTING, *LATER])
def test_a_second_agency_finds_nothing_and_changes_nothing(stage: Stage, name: str) -> None:
    row = scene.opinion(stage)
    scene.opinion(stage)
    state, act = ("received", SORTING[name]) if name in SORTING else LATER[name]
    Opinion.objects.filter(pk=row.pk).update(state=state)
    if name == "merge":
        other = Opinion.objects.exclude(pk=row.pk).get()
        act = lambda s, o, a: intake.merge(o, other, reason="Trùng", actor=a, now=NOW)  # noqa: E731  (one value of a table)
    before = scene.snapshot(*TABLES)
    for actor in (twin_of(stage, "officer"), twin_of(stage, "leader"), stage.other.heads["DV01"].as_actor(), ANYONE):
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            act(stage, row, actor)
    assert scene.snapshot(*TABLES) == before


def test_a_second_agency_receives_nothing_into_this_dialogue(stage: Stage) -> None:
    who = scene.person(stage)
    before = scene.snapshot(*TABLES)
    for actor in (twin_of(stage, "officer"), twin_of(stage, "secretary"), ANYONE):
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            intake.receive(stage.dialogue, words="Hỏi", person=who, door="paper", actor=actor, now=NOW)
    assert scene.snapshot(*TABLES) == before


def test_every_desk_that_meets_people_may_take_an_opinion_down(stage: Stage) -> None:
    ward = stage.dialogue.venues.filter(is_central=False).order_by("ordinal")[0].office
    for actor in (stage.cast.one_stop.as_actor(), stage.cast.secretary.as_actor(), stage.cast.head(ward)):
        assert permissions.may_receive(actor, stage.dialogue)
    for actor in (stage.cast.editor.as_actor(), stage.cast.observer.as_actor(), stage.cast.technician.as_actor()):
        assert permissions.may_receive(actor, stage.dialogue).reason == (
            "Không có quyền: việc này của cán bộ tiếp nhận ý kiến."
        )


def test_a_link_of_another_dialogue_or_purpose_opens_nothing(stage: Stage) -> None:
    row = scene.invitation(stage, scene.person(stage))
    agency = stage.cast.agency.pk
    for link in (("survey", row.code), ("invitation", "DH-2020-01-B1-GM01")):
        actor = Actor(ref="link:y", agency_id=agency, link=link)
        assert not permissions.may_receive(actor, stage.dialogue)
    assert permissions.may_receive(scene.holder_of(row), stage.dialogue)


@pytest.mark.parametrize("name", ["classify", "summarise", "withdraw", "split"])
def test_a_denunciation_is_touched_by_its_receiver_and_citizen_reception_only(stage: Stage, name: str) -> None:
    act = SORTING[name]
    receiver = stage.cast.one_stop.as_actor()
    others = (scene.officer(stage), scene.lead_head(stage), stage.cast.leader.as_actor(), stage.cast.hoa.as_actor(),
              stage.cast.secretary.as_actor(), stage.cast.observer.as_actor())  # fmt: skip
    row = scene.opinion(stage, kind="denunciation", actor=receiver)
    before = scene.snapshot(*TABLES)
    for actor in others:
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            act(stage, row, actor)
    assert scene.snapshot(*TABLES) == before
    for actor in (receiver, scene.reception(stage)):
        act(stage, scene.opinion(stage, kind="denunciation", actor=receiver), actor)


def test_only_the_leader_and_the_head_of_the_office_open_again(stage: Stage) -> None:
    row = scene.opinion(stage)
    for actor in (stage.cast.leader.as_actor(), scene.reception(stage)):
        assert permissions.may_reopen(actor, row)
    for actor in (scene.officer(stage), scene.lead_head(stage), stage.cast.hoa.as_actor()):
        assert "lãnh đạo cơ quan hoặc Chánh Văn phòng" in permissions.may_reopen(actor, row).reason


def test_an_opinion_without_a_sitting_is_the_office_s_to_sort(stage: Stage) -> None:
    row = scene.opinion(stage, sitting=None, actor=stage.cast.one_stop.as_actor())
    assert permissions.may_sort(stage.cast.hoa.as_actor(), row)
    assert permissions.may_sort(scene.officer(stage), row).reason == "Không có quyền: việc này của Văn phòng."
