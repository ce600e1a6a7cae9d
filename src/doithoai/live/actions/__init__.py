"""Acts of a sitting: running it, giving turns, keeping the minutes."""

from doithoai.live.actions import minuting, running, turning

__all__ = ["minuting", "running", "turning"]
