"""Fixtures every room's tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doithoai.adapters.files_folder import FolderFiles
from doithoai.kernel import chance, clock, plugs
from tests.cast import Stage, set_stage
from tests.laid import laid


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path) -> Iterator[None]:
    """Files in the test's own folder; clock and chance back to the machine's afterwards."""
    plugs.plugged.files = FolderFiles(tmp_path / "files")
    yield
    clock.follow_machine()
    chance.follow_machine()


@pytest.fixture
def stage(db: None) -> Stage:
    """The Đông Hòa dialogue, open for preparation, and a second agency."""
    return laid("open", set_stage)


@pytest.fixture
def drafted(db: None) -> Stage:
    """The Đông Hòa dialogue as a draft, and a second agency."""
    return laid("draft", lambda: set_stage(is_open=False))
