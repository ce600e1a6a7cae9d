"""Files under their SHA-256: whole or not at all, and never under a name that a user chose."""

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from doithoai.adapters.files_folder import FolderFiles

DATA = "Giấy mời số 07".encode()
NAME = sha256(DATA).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FolderFiles:
    """An empty store."""
    return FolderFiles(tmp_path / "files")


def test_what_is_put_can_be_got_under_its_digest(store: FolderFiles) -> None:
    assert store.put(DATA) == NAME
    assert store.get(NAME) == DATA
    assert list(store.names()) == [NAME]


def test_the_same_bytes_again_change_nothing(store: FolderFiles) -> None:
    store.put(DATA)
    path = store.root / NAME[:2] / NAME
    before = path.stat().st_ino
    assert store.put(DATA) == NAME
    assert path.stat().st_ino == before
    assert list(store.names()) == [NAME]


def test_names_come_in_order_and_half_written_files_do_not(store: FolderFiles) -> None:
    put = {store.put(bytes([number])) for number in range(40)}
    folder = store.root / NAME[:2]
    folder.mkdir(exist_ok=True)
    (folder / f"{NAME}.123.part").write_bytes(b"half")
    assert list(store.names()) == sorted(put)


def test_no_part_is_left_beside_the_file(store: FolderFiles) -> None:
    store.put(DATA)
    assert [path.name for path in store.root.rglob("*") if path.is_file()] == [NAME]


def test_a_part_left_by_a_crash_is_written_over(store: FolderFiles) -> None:
    folder = store.root / NAME[:2]
    folder.mkdir(parents=True)
    for stale in range(3):
        (folder / f"{NAME}.{stale}.part").write_bytes(b"half")
    assert store.put(DATA) == NAME
    assert store.get(NAME) == DATA


def test_nothing_is_kept_before_the_first_file(store: FolderFiles) -> None:
    assert list(store.names()) == []
    with pytest.raises(KeyError):
        store.get(NAME)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, f"{'a' * 61}/..", "g" * 64])
def test_a_name_that_is_no_digest_opens_nothing(store: FolderFiles, name: str) -> None:
    store.put(DATA)
    with pytest.raises(KeyError):
        store.get(name)


class TestSweep:
    """What nothing names goes once it is old enough."""

    def aged(self, store: FolderFiles, data: bytes, day: int) -> str:
        name = store.put(data)
        stamp = datetime(2021, 12, day, tzinfo=UTC).timestamp()
        os.utime(store.root / name[:2] / name, (stamp, stamp))
        return name

    def test_the_named_and_the_young_stay(self, store: FolderFiles) -> None:
        old, named, young = (self.aged(store, data, day) for data, day in ((b"1", 1), (b"2", 1), (b"3", 9)))
        assert store.sweep({named}, before=datetime(2021, 12, 5, tzinfo=UTC)) == [old]
        assert set(store.names()) == {named, young}

    def test_what_a_crash_left_half_written_goes_as_well(self, store: FolderFiles) -> None:
        name = self.aged(store, b"1", 9)
        part = store.root / name[:2] / f"{name[:-1]}.77.part"
        part.write_bytes(b"nua")
        os.utime(part, (0, 0))
        assert store.sweep(set(), before=datetime(2021, 12, 5, tzinfo=UTC)) == []
        assert not part.exists()

    def test_what_is_stored_again_is_young_again(self, store: FolderFiles) -> None:
        name = self.aged(store, b"1", 1)
        store.put(b"1")
        assert store.sweep(set(), before=datetime(2021, 12, 5, tzinfo=UTC)) == []
        assert list(store.names()) == [name]
