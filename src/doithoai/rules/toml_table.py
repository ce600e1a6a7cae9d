"""Reading a data file of rules strictly: every mistake names the file, the place and what was expected.

The reference files are edited by people who are not programmers, so a wrong key is refused, not ignored.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file. `where` names the file, `path` the place in it; `error` is what is raised."""

    where: str
    path: str
    values: Mapping[str, Any]
    error: type[ValueError]

    def refuse(self, key: str, reason: str) -> ValueError:
        """The error, ready to be raised: "tệp: mục x.y: lý do."."""
        place = ".".join(part for part in (self.path, key) if part) or "toàn tệp"
        return self.error(f"{self.where}: mục {place}: {reason}.")

    def only(self, keys: Iterable[str]) -> None:
        """Refuse a key that nobody reads: most often it is a spelling mistake."""
        unknown = sorted(set(self.values) - set(keys))
        if unknown:
            raise self.refuse(unknown[0], "không có khóa này")

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty text; with a default the key may be missing."""
        value = self.values.get(key, default)
        if value is None:
            raise self.refuse(key, "thiếu khóa này, cần một chuỗi chữ")
        if not isinstance(value, str):
            raise self.refuse(key, f"cần một chuỗi chữ, đang là {value!r}")
        if not value.strip() and default is None:
            raise self.refuse(key, "đang để trống, cần một chuỗi chữ")
        return value.strip()

    def whole(self, key: str, *, least: int) -> int:
        """A whole number not below `least`."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.refuse(key, f"cần một số nguyên từ {least} trở lên, đang là {value!r}")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """true or false; with a default the key may be missing."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, f"cần true hoặc false, đang là {value!r}")
        return value

    def day(self, key: str) -> date:
        """A bare date such as 2021-12-22, without time."""
        value = self.values.get(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.refuse(key, f"cần một ngày dạng 2021-12-22, đang là {value!r}")
        return value

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """One of the allowed words."""
        value, words = self.text(key), tuple(allowed)
        if value not in words:
            raise self.refuse(key, f"cần một trong {', '.join(words)}; đang là {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A non-empty list of texts."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.refuse(key, "cần một danh sách chuỗi chữ, ít nhất một chuỗi")
        return tuple(value)

    def table(self, key: str) -> "Table":
        """The table of that name."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.refuse(key, "thiếu bảng này")
        return Table(self.where, f"{self.path}.{key}" if self.path else key, value, self.error)

    def tables(self, key: str) -> tuple["Table", ...]:
        """The list of tables of that name, empty when the key is missing. Counted from 1 in messages."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.refuse(key, "cần một danh sách bảng")
        start = f"{self.path}.{key}" if self.path else key
        return tuple(Table(self.where, f"{start}[{i}]", item, self.error) for i, item in enumerate(value, 1))


def read_table(text: str, where: str, error: type[ValueError]) -> Table:
    """The whole file as a table. Raises `error` when the text is not TOML."""
    try:
        return Table(where, "", tomllib.loads(text), error)
    except tomllib.TOMLDecodeError as mistake:
        raise error(f"{where}: không đọc được tệp TOML ({mistake}).") from mistake
