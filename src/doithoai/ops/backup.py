"""`doithoai backup`: the database by SQLite's online backup, the files, the secret key and Zalo's token in one archive.

The database is copied first: a file is stored before the row that names it, so every row's file is there.
"""

import argparse
import io
import json
import os
import shlex
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import file_digest, sha256
from pathlib import Path

from doithoai.adapters.delivery_http import GatewayError
from doithoai.adapters.delivery_zalo import ZaloDelivery
from doithoai.config import env
from doithoai.ops.command import No

DATABASE = "doithoai.sqlite3"
FILES = f"{DATABASE}.files"
KEY = f"{DATABASE}.key"
ZALO = f"{DATABASE}.zalo"
MANIFEST = "manifest.json"


def backup(out: Path) -> int:
    """Write the archive, readable by its owner only; returns how many files it holds.

    Raises No when `out` exists, or when the rows do not live in SQLite. The running site is not disturbed.
    """
    base = env.database()
    if not base.is_sqlite:
        raise No(_by_hand(out))
    if out.exists():
        raise No(f"Đã có {out}; chưa ghi gì. Cần tên tệp mới.")
    part = out.with_name(f"{out.name}.part")
    part.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as folder:
            copy = Path(folder) / DATABASE
            _copy(base.path, copy)
            kept = _write(part, [(DATABASE, copy), *_files(), *_key(), *_zalo()])
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return kept


def _by_hand(out: Path) -> str:
    return (
        "Chưa sao lưu: lệnh này chỉ dùng với SQLite. Với PostgreSQL, chạy "
        f"pg_dump --format=custom --file={shlex.quote(str(out))} ĐỊA_CHỈ_CƠ_SỞ_DỮ_LIỆU, "
        f"rồi sao thư mục {env.files()} và tệp khóa {env.secret_key_file()}."
    )


def _copy(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")


def _files() -> Iterator[tuple[str, Path]]:
    root = env.files()
    for path in sorted(root.glob("??/*")):
        if len(path.name) == 64:
            yield f"{FILES}/{path.parent.name}/{path.name}", path


def _key() -> list[tuple[str, Path]]:
    path = env.secret_key_file()
    return [(KEY, path)] if path.exists() else []


def _zalo() -> Iterator[tuple[str, Path]]:
    """What Zalo accounts keep: the last refresh token works once, and an older one in the settings opens nothing."""
    paths = [
        path for scheme, _colon, path in (address.partition(":") for address in env.delivery()) if scheme == "zalo"
    ]
    for ordinal, path in enumerate(paths, start=1):
        try:
            state = ZaloDelivery.at(path).state
        except GatewayError as wrong:
            raise No(f"Chưa sao lưu: {wrong}") from wrong
        if state.exists():
            yield f"{ZALO}{ordinal}", state


def _write(part: Path, members: list[tuple[str, Path]]) -> int:
    digests: dict[str, str] = {}
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(handle, "wb") as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, path in members:
            with path.open("rb") as content:
                digests[name] = file_digest(content, sha256).hexdigest()
                content.seek(0)
                archive.addfile(_entry(name, path.stat().st_size), content)
        manifest = json.dumps({"format": 1, "files": digests}, indent=1, sort_keys=True).encode()
        archive.addfile(_entry(MANIFEST, len(manifest)), io.BytesIO(manifest))
        archive.close()
        stream.flush()
        os.fsync(stream.fileno())
    return len(members)


def _entry(name: str, size: int) -> tarfile.TarInfo:
    """A header that says nothing of the machine, so that the same content gives the same archive."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def main(args: argparse.Namespace) -> int:
    """Write the archive and say how much is in it."""
    kept = backup(args.out.absolute())
    print(f"Đã sao lưu {kept} tệp vào {args.out}. Tệp này có khóa và dữ liệu cá nhân: cất ở nơi riêng.")
    return 0
