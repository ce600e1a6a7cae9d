"""The shape beside a state's word: empty, half, full, triangle, diamond, two bars. Colour only repeats it."""

from typing import Literal

Shape = Literal["", "now", "done", "due", "late", "stop"]

SHAPES: dict[str, dict[str, Shape]] = {
    "dialogue": {
        "draft": "", "planned": "now", "open": "now", "in_session": "now", "answering": "now",
        "closed": "done", "postponed": "stop", "cancelled": "late",
    },
    "sitting": {
        "scheduled": "", "live": "now", "paused": "stop", "adjourned": "stop", "ended": "done",
        "postponed": "stop", "cancelled": "late",
    },
    "turn": {
        "waiting": "", "speaking": "now", "paused": "stop", "done": "done", "skipped": "stop",
        "unheard": "due", "withdrawn": "stop",
    },
    "invitation": {
        "drawn": "", "invited": "now", "accepted": "done", "declined": "stop", "lapsed": "due",
        "attended": "done", "absent": "stop", "withdrawn": "stop", "struck": "stop",
    },
    "registration": {"waiting": "", "queued": "due", "placed": "done", "declined": "stop"},
    "opinion": {
        "received": "", "accepted": "now", "merged": "done", "guided": "done", "transferred": "now",
        "not_taken": "done", "withdrawn": "stop", "closed": "done",
    },
    "answer": {
        "assigned": "", "offered": "now", "asked": "now", "drafted": "now", "in_review": "now",
        "returned": "due", "approved": "now", "issued": "done", "replaced": "stop",
    },
    "document": {
        "draft": "", "in_review": "now", "returned": "due", "approved": "now", "signed": "now",
        "numbered": "now", "dispatched": "done", "recalled": "late", "replaced": "stop",
    },
    "brought": {"waiting": "due", "confirmed": "done", "dropped": "stop"},
    "proposal": {
        "drafted": "now", "sent": "now", "studied": "now", "taken_up": "done", "declined": "done", "dropped": "stop",
    },
    "duty": {"assigned": "", "returned": "due", "accepted": "now", "reported": "now", "confirmed": "done"},
    "obstacle": {"raised": "due", "directed": "now", "closed": "done"},
    "remark": {"raised": "due", "taken": "done", "partly": "done", "not_taken": "stop"},
    "minutes": {"open": "now", "read_out": "now", "signed": "done", "filed": "done"},
    "noticeline": {
        "answered": "done", "in_hand": "now", "transferred": "now", "guided": "done", "not_taken": "done",
    },
}  # fmt: skip


def shape(machine: str, state: str) -> Shape:
    """The shape for a state of a machine (the model's name in lower case); empty for one not listed."""
    return SHAPES.get(machine, {}).get(state, "")
