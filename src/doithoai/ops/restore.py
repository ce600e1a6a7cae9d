"""`doithoai restore`: an archive into an empty folder, every file compared with the manifest, then verified."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from doithoai.config import env
from doithoai.ops.backup import DATABASE, FILES, KEY, MANIFEST, ZALO
from doithoai.ops.command import No

BLOCK = 1024 * 1024


def restore(file: Path, out: Path) -> str:
    """Restore into `out`, which must be empty or not there; returns the address of the restored database.

    Raises No when the archive cannot be read, or when a file is missing, strange or changed; `out` is then left
    as it was.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise No(f"Thư mục {out} không trống; chưa ghi gì. Cần một thư mục trống.")
    part = out.with_name(f"{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        _unpack(file, part)
        part.replace(out)
    except (tarfile.TarError, FileExistsError, EOFError, ValueError, KeyError, TypeError) as broken:
        raise No(f"{file} không phải bản sao lưu đọc được; chưa phục hồi gì.") from broken
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return f"sqlite:///{out / DATABASE}"


def _unpack(file: Path, folder: Path) -> None:
    with tarfile.open(file, mode="r:") as archive:
        manifest = archive.extractfile(MANIFEST)
        if manifest is None:
            raise KeyError(MANIFEST)
        digests = json.load(manifest)["files"]
        for member in archive:
            if member.name != MANIFEST:
                _place(archive, member, folder, digests)
    _complete(folder, digests)


def _place(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, digests: Mapping[str, str]) -> None:
    if member.name not in digests or not _is_ours(member.name):
        raise No(f"Bản sao lưu có tệp lạ “{member.name}”; chưa phục hồi gì.")
    content = archive.extractfile(member)
    if content is None:
        raise KeyError(member.name)
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        while block := content.read(BLOCK):
            digest.update(block)
            stream.write(block)
    if digest.hexdigest() != digests[member.name]:
        raise No(f"Tệp “{member.name}” trong bản sao lưu đã bị thay đổi; chưa phục hồi gì.")


def _is_ours(name: str) -> bool:
    if name in (DATABASE, KEY) or name.removeprefix(ZALO) in set("123456789"):
        return True
    folder, _stroke, rest = name.partition("/")
    return (
        folder == FILES and len(rest) == 67 and rest[2] == "/" and set(rest[:2] + rest[3:]) <= set("0123456789abcdef")
    )


def _complete(folder: Path, digests: Mapping[str, str]) -> None:
    for name in (DATABASE, *digests):
        if not (folder / name).is_file():
            raise No(f"Bản sao lưu thiếu tệp “{name}”; chưa phục hồi gì.")


def verified(address: str) -> str:
    """Verify the restored database in a process of its own; returns what that said. Raises No when it does not fit."""
    command = [sys.executable, "-m", "doithoai.ops", "verify"]
    run = subprocess.run(command, env=env.beside(address), capture_output=True, text=True, check=False)  # noqa: S603  (our own command)
    if run.returncode:
        raise No(f"Đã phục hồi, nhưng kiểm tra không đạt: {run.stderr.strip()}")
    return run.stdout.strip()


def main(args: argparse.Namespace) -> int:
    """Restore, verify, and say how to start from there."""
    address = restore(args.file, args.out.absolute())
    print(verified(address))
    for token in sorted(args.out.glob(f"{ZALO}?")):
        print(f"Quyền gửi Zalo nằm ở {token}: chép về tệp state của zalo.toml, quyền 600, trước khi chạy.")
    print(f"Đã phục hồi vào {args.out}. Để chạy: DOITHOAI_DATABASE={address} doithoai run")
    return 0
