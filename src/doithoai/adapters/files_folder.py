"""Files in a folder, each named by the SHA-256 of its content."""

import os
from collections.abc import Iterator, Set
from datetime import datetime
from hashlib import sha256
from pathlib import Path


class FolderFiles:
    """Writes to a temporary name, syncs, renames: a file is there whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Store bytes and return their SHA-256."""
        name = sha256(data).hexdigest()
        path = self._path(name)
        if path.exists():
            path.touch()  # stored again: not one that a sweep may take
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        return name

    def get(self, sha256: str) -> bytes:
        """The bytes under this SHA-256. Raises KeyError when there are none."""
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(sha256) from error

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file that is kept, in order."""
        for path in sorted(self.root.glob("??/*")):
            if len(path.name) == 64:
                yield path.name

    def sweep(self, keep: Set[str], *, before: datetime) -> list[str]:
        """Delete what nothing names any more and what a crash left half written; the SHA-256 of each whole file."""
        gone = []
        for path in sorted(self.root.glob("??/*")):
            if path.name in keep or path.stat().st_mtime >= before.timestamp():
                continue
            path.unlink(missing_ok=True)
            if len(path.name) == 64:
                gone.append(path.name)
        return gone

    def _path(self, name: str) -> Path:
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise KeyError(name)
        return self.root / name[:2] / name
