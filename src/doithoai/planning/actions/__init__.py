"""Acts of planning: drafting the dialogue, its life and deadlines, carrying it out."""

from doithoai.planning.actions import carrying_out, drafting, scheduling, subscribing

__all__ = ["carrying_out", "drafting", "scheduling", "subscribing"]
