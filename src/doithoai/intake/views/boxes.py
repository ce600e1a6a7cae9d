"""An act that asks for more than one thing: a labelled box on a page, or grey with its reason."""

from dataclasses import dataclass
from typing import Literal

from doithoai.kernel.access import YES, Verdict
from doithoai.web.acts import Act, Look


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, with a line on what is behind it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a box asks for. `select` and `radio` offer `options`."""

    name: str
    label: str
    hint: str = ""
    kind: Literal["line", "text", "date", "select", "radio"] = "line"
    value: str = ""
    options: tuple[Option, ...] = ()
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """An act with what it asks for. `slug` is unique on the page."""

    slug: str
    label: str
    url: str
    verdict: Verdict = YES
    asks: tuple[Ask, ...] = ()
    look: Look = ""
    note: str = ""

    @property
    def act(self) -> Act:
        """The same as a plain button: for one that asks for nothing, and grey for one that may not be pressed."""
        return Act(self.slug, self.label, self.url, self.verdict, look=self.look)

    @property
    def is_plain(self) -> bool:
        """Whether a button is enough."""
        return not self.asks or not self.verdict
