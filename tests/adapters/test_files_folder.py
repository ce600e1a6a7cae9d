"""Files under their SHA-256: whole or not at all, and never under a name that a user chose."""

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
    before = path.stat().st_mtime_ns
    assert store.put(DATA) == NAME
    assert path.stat().st_mtime_ns == before
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
