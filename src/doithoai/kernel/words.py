"""Words that wait for the language of whoever reads them, and those that never do."""

import re
from typing import Final, cast

from django.utils.translation import gettext_lazy, override

STATE: Final = "state"
"""The context of words of states in the catalogue: “Tạm dừng” is a button elsewhere."""
RULES: Final = "rules"
"""The context of sentences that pure rules say."""
LETTERS: Final = re.compile("[À-ÖØ-öø-ỹ]")
"""What only Vietnamese is written with, as far as this product's words go."""


def later(text: str) -> str:
    """The text in the reader's language, once it is shown; typed as the text that it becomes.

    For labels that stand in a class or a table. A paper or a message that uses such a label is worded
    `in_vietnamese`.
    """
    return cast(str, gettext_lazy(text))


def in_vietnamese() -> override:
    """For papers and messages: a decorator, or a block, in which labels say their Vietnamese words."""
    return override("vi")
