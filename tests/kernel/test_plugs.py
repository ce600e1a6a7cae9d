"""Ports are filled by the composition and asked for by the rooms."""

from pathlib import Path

import pytest

from doithoai.adapters.files_folder import FolderFiles
from doithoai.kernel import plugs


def test_the_store_of_files_is_what_was_plugged_in(tmp_path: Path) -> None:
    store = FolderFiles(tmp_path)
    plugs.plugged.files = store
    assert plugs.files() is store


def test_an_empty_port_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugs, "plugged", plugs.Plugs())
    with pytest.raises(plugs.NotPlugged, match="files"):
        plugs.files()


def test_a_link_is_a_full_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugs, "plugged", plugs.Plugs(address="https://doithoai.example"))
    assert plugs.link("/tham-du/abc") == "https://doithoai.example/tham-du/abc"
