"""The named cast of the tests: two agencies, so that every list and verb can show what the second one sees."""

from dataclasses import dataclass
from datetime import UTC, datetime

from doithoai.planning.actions import drafting, scheduling
from doithoai.planning.imports import PlanDraft
from doithoai.planning.models import Dialogue
from doithoai.sample.cast import Cast, found_agency
from doithoai.sample.plans import load_sample

START = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
SAMPLE = "dong-hoa-2021"


@dataclass(slots=True)
class Stage:
    """A dialogue with its agency's cast, and a second agency that must see and change nothing."""

    cast: Cast
    other: Cast
    dialogue: Dialogue
    draft: PlanDraft


def set_stage(*, is_open: bool = True) -> Stage:
    """Two agencies of the same sample plan, and the first one's dialogue, drafted or already open."""
    draft = load_sample(SAMPLE)
    cast = found_agency(draft, code="DH", profile="dong-hoa-2021", now=START)
    other = found_agency(draft, code="XK", profile="dong-hoa-2021", now=START)
    hoa = cast.hoa.as_actor()
    dialogue = drafting.create(cast.agency, draft, chair=cast.leader, actor=hoa, now=START)
    if is_open:
        leader = cast.leader.as_actor()
        Dialogue.objects.filter(pk=dialogue.pk).update(state="planned")
        scheduling.count_deadlines(dialogue, actor=leader, now=START)
        scheduling.open_dialogue(dialogue, actor=hoa, now=START)
    return Stage(cast, other, dialogue, draft)
