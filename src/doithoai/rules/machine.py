"""State machines as tables: which state may follow which, and the word each state is shown by."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """A named transition table.

    `steps` maps every state to the states that may follow it; `words` maps every state to its
    Vietnamese word; `start` is the state of a new row.
    """

    name: str
    start: str
    steps: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]

    def __post_init__(self) -> None:
        """Raise ValueError where the table names a state it does not define."""
        known = set(self.steps)
        named = {self.start, *(to for following in self.steps.values() for to in following)}
        if named - known or set(self.words) != known:
            raise ValueError(f"{self.name}: {sorted(named ^ known | set(self.words) ^ known)}")

    def allows(self, state: str, to: str) -> bool:
        """Whether `to` may follow `state`."""
        return to in self.steps[state]

    @property
    def final(self) -> frozenset[str]:
        """States that nothing follows."""
        return frozenset(state for state, following in self.steps.items() if not following)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(state, word) pairs, for a model field."""
        return list(self.words.items())

    def refusal(self, state: str, to: str) -> str:
        """Why `to` cannot follow `state`, in one Vietnamese sentence."""
        here, there = self.words[state], self.words[to]
        return f"Chưa làm được: đang ở trạng thái “{here}”, không chuyển thẳng sang “{there}” được."
