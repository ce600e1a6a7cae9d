"""The table of official places: cut out of the package `vietnamadminunits` once, when the product is set up.

Run as `python -m doithoai.adapters.places_table`. Of the package only its two files of data are read; its code,
which asks map servers on the net, is never loaded. The same package gives the same bytes; a second run changes nothing.
"""

import gzip
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from doithoai.rules.places import COLUMNS, Unit, as_lines, split_kind

PACKAGE = "vietnamadminunits"
TARGET = Path(__file__).parents[1] / "directory" / "reference" / "places.tsv.gz"
PROVINCES, COMMUNES = 34, 3321
"""How many there are since 1 July 2025: a table with other counts is not used."""


class WrongTable(Exception):
    """The package's data is not what it was when this was written; the message says what was found."""


def set_up(target: Path = TARGET) -> bool:
    """Write the table if it is missing or out of date; returns whether it was written. Raises WrongTable."""
    data, changes = (_file(name).read_bytes() for name in ("dataset.db", "converter_2025.json"))
    recipe = sha256(data + changes + Path(__file__).read_bytes()).hexdigest()
    if target.exists() and gzip.decompress(target.read_bytes()).startswith(f"# {recipe}\n".encode()):
        return False
    with closing(_opened(data)) as table:
        units = [*_new(table), *_old(table, json.loads(changes))]
    _check(units)
    text = "\n".join([f"# {recipe}", f"# {' '.join(COLUMNS)}", *as_lines(units), ""])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), mtime=0))
    return True


def _file(name: str) -> Path:
    found = [path for path in metadata.files(PACKAGE) or [] if path.name == name]
    if len(found) != 1:
        raise WrongTable(f"{PACKAGE} has {len(found)} files {name}, expected 1")
    return Path(str(found[0].locate()))


def _opened(data: bytes) -> sqlite3.Connection:
    table = sqlite3.connect(":memory:")
    table.deserialize(data)
    return table


def _new(table: sqlite3.Connection) -> Iterator[Unit]:
    rows = table.execute("SELECT wardCode, ward, provinceCode, province FROM admin_units ORDER BY wardCode")
    for code, full, province_code, province in rows:
        yield Unit(code, *_parted(full), "", "", province_code, _lower(province), is_old=False)


def _old(table: sqlite3.Connection, changes: Mapping[str, Any]) -> Iterator[Unit]:
    codes = {
        f"{province}_{ward}": code
        for province, ward, code in table.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
    }
    heirs = _heirs(changes, codes)
    rows = table.execute(
        "SELECT provinceKey || '_' || districtKey || '_' || coalesce(wardKey, ''), wardCode, ward, districtCode,"
        " district, provinceCode, province FROM admin_units_legacy ORDER BY districtCode, wardCode"
    )
    for key, code, ward, district_code, district, province_code, province in rows:
        kind, name = _parted(ward or district)  # five islands were districts without communes
        yield Unit(
            code=code or district_code,
            kind=kind,
            name=name,
            district_code=district_code if ward else "",
            district=_lower(district) if ward else "",
            province_code=province_code,
            province=_lower(province),
            is_old=True,
            heirs=heirs[key],
        )


def _heirs(changes: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The codes of the heirs of every old unit, the one that took the most of it first."""
    whole = {
        old: (codes[f"{province}_{new}"],)
        for province, wards in changes["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for new, olds in wards.items()
        for old in olds
    }
    parted = {
        old: tuple(codes[f"{province}_{row['newWardKey']}"] for row in sorted(rows, key=_main_first))
        for province, wards in changes["DICT_PROVINCE_WARD_DIVIDED"].items()
        for old, rows in wards.items()
    }
    return whole | parted


def _main_first(row: Mapping[str, Any]) -> tuple[bool, str]:
    return not row["isDefaultNewWard"], row["newWardKey"]


def _parted(full: str) -> tuple[str, str]:
    """ "Thị trấn Yên Viên" → ("thị trấn", "Yên Viên")."""
    name, kind = split_kind(full)
    return kind, name


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _check(units: list[Unit]) -> None:
    new = [unit for unit in units if not unit.is_old]
    provinces = {unit.province_code for unit in new}
    found = (len(provinces), len(new), len({unit.code for unit in new}))
    if found != (PROVINCES, COMMUNES, COMMUNES):
        raise WrongTable(
            f"{PACKAGE} has {found[0]} provinces and {found[1]} communes, expected {PROVINCES}, {COMMUNES}"
        )
    orphans = [unit.code for unit in units if unit.is_old and not unit.heirs]
    if orphans:
        raise WrongTable(f"{PACKAGE} does not say what became of {', '.join(orphans[:5])}")


if __name__ == "__main__":
    set_up()
