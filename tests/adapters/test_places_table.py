"""The table of places as it is cut at set-up: the same bytes each time, and nothing where the package is another."""

import gzip
import sys
from pathlib import Path

import pytest

from doithoai.adapters import places_table
from doithoai.adapters.places_table import TARGET, WrongTable, set_up
from doithoai.rules.places import parse


def test_it_is_written_once_and_always_alike(tmp_path: Path) -> None:
    target = tmp_path / "reference" / "places.tsv.gz"
    assert set_up(target) is True
    assert target.read_bytes() == TARGET.read_bytes()
    assert set_up(target) is False
    assert target.stat().st_size < 200_000


def test_a_table_out_of_date_is_written_anew(tmp_path: Path) -> None:
    target = tmp_path / "places.tsv.gz"
    target.write_bytes(gzip.compress(b"# old\n"))
    assert set_up(target) is True
    assert len(parse(gzip.decompress(target.read_bytes()).decode().splitlines()).units) == 10_040 + 3_321


def test_the_packages_own_code_is_never_loaded() -> None:
    assert "vietnamadminunits" not in sys.modules
    assert "shapely" not in sys.modules


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("COMMUNES", 3_320, "34 provinces and 3321 communes, expected 34, 3320"),
        ("PACKAGE", "segno", "0 files dataset.db"),
    ],
)
def test_another_table_is_refused(
    name: str, value: object, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places_table, name, value)
    with pytest.raises(WrongTable, match=says):
        set_up(tmp_path / "places.tsv.gz")
    assert not (tmp_path / "places.tsv.gz").exists()
