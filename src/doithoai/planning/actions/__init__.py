"""Acts of planning: drafting the dialogue, its life and deadlines, carrying it out."""

from doithoai.planning.actions import (
    carrying_out,
    changing,
    consulting,
    correcting,
    drafting,
    informing,
    placing,
    preparing,
    scheduling,
    subscribing,
    writing,
)

__all__ = [
    "carrying_out",
    "changing",
    "consulting",
    "correcting",
    "drafting",
    "informing",
    "placing",
    "preparing",
    "scheduling",
    "subscribing",
    "writing",
]
