"""Backup and restore: one archive, nothing more and nothing less, proved before it is trusted."""

import io
import json
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from doithoai.config import env
from doithoai.ops.backup import backup
from doithoai.ops.command import No
from doithoai.ops.restore import restore
from tests.ops.conftest import Installation, only_line

Members = list[tuple[str, bytes]]


@pytest.fixture
def archive(office: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of the installation."""
    for name in ("DOITHOAI_FILES", "DOITHOAI_SECRET_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DOITHOAI_DATABASE", office.url)
    backup(tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def members(archive: Path) -> Members:
    """Names and contents, in order."""
    with tarfile.open(archive) as opened:
        return [(member.name, (opened.extractfile(member) or io.BytesIO()).read()) for member in opened]


def packed(path: Path, content: Members, kind: bytes = tarfile.REGTYPE) -> Path:
    """An archive of these members."""
    with tarfile.open(path, "w") as opened:
        for name, data in content:
            entry = tarfile.TarInfo(name)
            entry.size, entry.type = len(data), kind if name == "link" else tarfile.REGTYPE
            opened.addfile(entry, io.BytesIO(data))
    return path


def test_database_files_and_key_go_into_one_private_archive(office: Installation, archive: Path) -> None:
    inside = dict(members(archive))
    files = {f"doithoai.sqlite3.files/{path.parent.name}/{path.name}" for path in office.files.glob("??/*")}
    assert set(inside) == {"doithoai.sqlite3", "doithoai.sqlite3.key", "manifest.json", *files}
    assert len(files) == 6
    assert inside["doithoai.sqlite3.key"] == office.key.read_bytes()
    told = json.loads(inside.pop("manifest.json"))["files"]
    assert told == {name: sha256(data).hexdigest() for name, data in inside.items()}
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_the_same_installation_gives_the_same_archive(archive: Path, tmp_path: Path) -> None:
    backup(tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == archive.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name or path.name.startswith("tmp")] == []


def test_what_is_committed_is_in_it_and_what_is_not_is_left_out(
    office: Installation, archive: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(office.path, isolation_level=None)) as writer:
        writer.execute("UPDATE people_staff SET title = 'đã ghi'")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE people_staff SET title = 'chưa xong'")
        backup(tmp_path / "busy.tar")
        writer.execute("ROLLBACK")
    (tmp_path / "seen.sqlite3").write_bytes(dict(members(tmp_path / "busy.tar"))["doithoai.sqlite3"])
    with closing(sqlite3.connect(tmp_path / "seen.sqlite3")) as seen:
        assert seen.execute("SELECT DISTINCT title FROM people_staff").fetchall() == [("đã ghi",)]


def test_an_existing_file_is_not_written_over(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(No, match="chưa ghi gì"):
        backup(archive)
    assert archive.read_bytes() == before


def test_postgresql_is_pointed_to_pg_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOITHOAI_DATABASE", "postgres://a:b@db/doithoai")
    monkeypatch.setenv("DOITHOAI_FILES", str(tmp_path / "files"))
    with pytest.raises(No, match=r"pg_dump --format=custom --file=.*thư mục") as refused:
        backup(tmp_path / "x.tar")
    assert str(tmp_path / "files") in str(refused.value)
    assert not (tmp_path / "x.tar").exists()


def test_a_backup_is_restored_into_an_empty_folder_and_verified(office: Installation, tmp_path: Path) -> None:
    made = office.run("backup", "--out", str(tmp_path / "b.tar"))
    assert made.returncode == 0, made.stderr
    before = office.run("verify").stdout
    shutil.rmtree(office.path.parent)
    office.path.parent.mkdir()
    run = office.run("restore", str(tmp_path / "b.tar"), "--out", str(tmp_path / "new"))
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(before)
    there = Installation(tmp_path / "new" / "doithoai.sqlite3")
    assert f"DOITHOAI_DATABASE={there.url} doithoai run" in run.stdout
    assert stat.S_IMODE(there.key.stat().st_mode) == 0o600
    assert len(list(there.files.glob("??/*"))) == 6
    assert there.run("verify").stdout == before


def test_a_restored_copy_is_verified_with_its_own_files(office: Installation, tmp_path: Path) -> None:
    """The environment of the machine points elsewhere."""
    office.run("backup", "--out", str(tmp_path / "b.tar"))
    next(office.files.glob("??/*")).write_bytes(b"changed")
    run = office.run(
        "restore", str(tmp_path / "b.tar"), "--out", str(tmp_path / "new"), DOITHOAI_FILES=str(office.files)
    )
    assert run.returncode == 0, run.stderr


def test_a_backup_of_a_tampered_installation_restores_but_does_not_pass(office: Installation, tmp_path: Path) -> None:
    office.sql("UPDATE people_text SET body = 'khác' WHERE id = 1")
    assert office.run("backup", "--out", str(tmp_path / "b.tar")).returncode == 0
    run = office.run("restore", str(tmp_path / "b.tar"), "--out", str(tmp_path / "new"))
    assert run.returncode == 1
    assert only_line(run.stderr).startswith("Đã phục hồi, nhưng kiểm tra không đạt: Không khớp. people_text 1")


@pytest.mark.parametrize("occupied", ["file", "folder"])
def test_only_an_empty_folder_is_restored_into(archive: Path, tmp_path: Path, occupied: str) -> None:
    out = tmp_path / "out"
    if occupied == "file":
        out.write_text("x")
    else:
        out.mkdir()
        (out / "x").write_text("x")
    with pytest.raises(No, match="không trống; chưa ghi gì"):
        restore(archive, out)
    assert (out if occupied == "file" else out / "x").read_text() == "x"


def test_an_empty_folder_that_is_there_is_used(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert restore(archive, tmp_path / "out") == f"sqlite:///{tmp_path}/out/doithoai.sqlite3"
    assert (tmp_path / "out" / "doithoai.sqlite3").stat().st_size > 0


def _changed(content: Members) -> Members:
    name, data = content[1]
    return [content[0], (name, data[:-1] + bytes([data[-1] ^ 1])), *content[2:]]


def _without_a_file(content: Members) -> Members:
    return [content[0], *content[2:]]


def _without_manifest(content: Members) -> Members:
    return [row for row in content if row[0] != "manifest.json"]


def _told(content: Members, name: str, data: bytes) -> Members:
    manifest = json.loads(dict(content)["manifest.json"])
    manifest["files"][name] = sha256(data).hexdigest()
    rest = _without_manifest(content)
    return [*rest, (name, data), ("manifest.json", json.dumps(manifest).encode())]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_changed, "đã bị thay đổi"),
        (_without_a_file, "thiếu tệp"),
        (_without_manifest, "không phải bản sao lưu"),
        (lambda content: [*content, ("extra", b"x")], "tệp lạ “extra”"),
        (lambda content: _told(content, "../outside", b"x"), "tệp lạ “../outside”"),
        (lambda content: _told(content, "/tmp/doithoai-outside", b"x"), "tệp lạ"),
        (lambda content: _told(content, "doithoai.sqlite3.files/../../outside", b"x"), "tệp lạ"),
        (lambda content: [("manifest.json", b"{}")], "không phải bản sao lưu"),
        (lambda content: [("manifest.json", b"[")], "không phải bản sao lưu"),
        (lambda content: [("manifest.json", b'{"files": {}}')], "thiếu tệp “doithoai.sqlite3”"),
        (lambda content: [], "không phải bản sao lưu"),
        (lambda content: [("manifest.json", b"[]")], "không phải bản sao lưu"),
        (lambda content: [content[0], *content], "không phải bản sao lưu"),
    ],
)
def test_a_spoilt_archive_is_refused_and_nothing_is_left(
    archive: Path, tmp_path: Path, spoil: Callable[[Members], Members], sentence: str
) -> None:
    spoilt = packed(tmp_path / "spoilt.tar", spoil(members(archive)))
    before = set(tmp_path.iterdir())
    with pytest.raises(No, match=sentence):
        restore(spoilt, tmp_path / "out")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("part", [0, 100, 5000, 600_000])
def test_half_an_archive_is_refused(archive: Path, tmp_path: Path, part: int) -> None:
    (tmp_path / "half.tar").write_bytes(archive.read_bytes()[:part])
    with pytest.raises(No, match="chưa phục hồi gì"):
        restore(tmp_path / "half.tar", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_key_lies_where_the_restored_database_looks_for_it(archive: Path, tmp_path: Path) -> None:
    url = restore(archive, tmp_path / "out")
    assert env.beside(url)["DOITHOAI_DATABASE"] == url
    assert not {"DOITHOAI_FILES", "DOITHOAI_SECRET_FILE"} & set(env.beside(url))
    assert (tmp_path / "out" / "doithoai.sqlite3.key").exists()


ZALO = """app_id = "1"
app_secret = "s"
refresh_token = "dau"
[[template]]
kind = "invitation"
id = "7"
[template.fields]
ten = "name"
"""


def test_zalos_token_goes_along_and_stays_private(
    office: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refresh token of today works once; the one in the settings is spent."""
    (tmp_path / "zalo.toml").write_text(ZALO)
    (tmp_path / "zalo.toml").chmod(0o600)
    state = tmp_path / "zalo.toml.state"
    state.write_text('{"access_token": "a", "refresh_token": "b"}')
    told = {"DOITHOAI_DELIVERY": f"calls: zalo:{tmp_path}/zalo.toml"}
    made = office.run("backup", "--out", str(tmp_path / "b.tar"), **told)
    assert made.returncode == 0, made.stderr
    assert dict(members(tmp_path / "b.tar"))["doithoai.sqlite3.zalo1"] == state.read_bytes()
    run = office.run("restore", str(tmp_path / "b.tar"), "--out", str(tmp_path / "new"))
    assert (run.returncode, run.stderr) == (0, "")
    kept = tmp_path / "new" / "doithoai.sqlite3.zalo1"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_bytes() == state.read_bytes()
    assert f"Quyền gửi Zalo nằm ở {kept}: chép về tệp state" in run.stdout


def test_without_a_token_yet_there_is_nothing_to_keep(office: Installation, tmp_path: Path) -> None:
    (tmp_path / "zalo.toml").write_text(ZALO)
    (tmp_path / "zalo.toml").chmod(0o600)
    made = office.run("backup", "--out", str(tmp_path / "b.tar"), DOITHOAI_DELIVERY=f"zalo:{tmp_path}/zalo.toml")
    assert made.returncode == 0, made.stderr
    assert "doithoai.sqlite3.zalo1" not in dict(members(tmp_path / "b.tar"))
