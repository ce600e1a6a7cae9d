"""What goes to the technician's log: errors with their traceback, on stderr, without the secrets of links."""

import logging
import re
from typing import Any, Final

LINK: Final = re.compile(r"/(vao|moi|lich)/[^/\s\"'?]+")
"""An address whose next part lets its holder in: sign-in, a citizen's letter, a calendar."""


class WithoutLinks(logging.Formatter):
    """One record with its traceback; the secret part of an address is left out wherever it stands."""

    def format(self, record: logging.LogRecord) -> str:
        """The text of a record, ready to be written."""
        return LINK.sub(r"/\1/…", super().format(record))


def settings() -> dict[str, Any]:
    """Only errors: a warning of 4xx tells nothing that its reader did not see, and fills the log with addresses."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": WithoutLinks, "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "ERROR"},
        "loggers": {"django": {"handlers": [], "level": "ERROR", "propagate": True}},
    }
