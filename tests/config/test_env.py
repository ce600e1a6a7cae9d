"""What the environment says, its safe defaults, and one sentence for what cannot be used."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from doithoai.config import env
from doithoai.config.env import BadSetting, Database


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("DOITHOAI_", "WEB_CONCURRENCY"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(os, "environ", dict(os.environ))


def test_everything_has_a_safe_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert env.database().path == tmp_path / "var" / "doithoai.sqlite3"
    assert env.files() == tmp_path / "var" / "doithoai.sqlite3.files"
    assert env.secret_key_file() == tmp_path / "var" / "doithoai.sqlite3.key"
    assert (env.secret_key(), env.font_folder(), env.delivery()) == ("", None, ["calls:"])
    assert env.listen() == ("127.0.0.1", 8000)
    assert (env.hosts(), env.is_public()) == (["127.0.0.1", "localhost"], False)
    assert (env.address(), env.web_processes()) == ("http://127.0.0.1:8000", 1)


def test_four_strokes_make_a_path_and_files_lie_beside_it() -> None:
    env.use_database("sqlite:////srv/đối thoại/a.sqlite3")
    assert env.database().path == Path("/srv/đối thoại/a.sqlite3")
    assert env.files() == Path("/srv/đối thoại/a.sqlite3.files")
    assert Database("sqlite:////srv/%C4%91%E1%BB%91i.sqlite3").path == Path("/srv/đối.sqlite3")


def test_sqlite_waits_its_turn_and_syncs_every_commit() -> None:
    options = Database("sqlite:////srv/a.sqlite3").settings()["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgres_is_taken_apart() -> None:
    told = Database("postgres://hoa:m%40t@db:5433/doithoai").settings()
    assert told["ENGINE"] == "django.db.backends.postgresql"
    assert [told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "doithoai", "hoa", "m@t", "db", "5433",
    ]  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite:///relative", "sqlite://x", "mysql://x", "x.sqlite3", "http://x"])
def test_an_address_that_cannot_be_used_changes_nothing(url: str) -> None:
    env.use_database("sqlite:////srv/a.sqlite3")
    with pytest.raises(BadSetting, match=r"^DOITHOAI_DATABASE: "):
        env.use_database(url)
    assert env.database().path == Path("/srv/a.sqlite3")


def test_postgres_needs_a_folder_for_files() -> None:
    env.use_database("postgres://a@b/c")
    with pytest.raises(BadSetting, match="DOITHOAI_FILES"):
        env.files()
    env.use(DOITHOAI_FILES="/srv/files")
    assert (env.files(), env.secret_key_file()) == (Path("/srv/files"), Path("/srv/files.key"))


@pytest.mark.parametrize(
    ("named", "meant"),
    [("0.0.0.0:80", ("0.0.0.0", 80)), ("[::1]:8080", ("::1", 8080)), ("máy:1", ("máy", 1))],
)
def test_where_to_listen(named: str, meant: tuple[str, int]) -> None:
    env.use(DOITHOAI_LISTEN=named)
    assert env.listen() == meant


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("DOITHOAI_LISTEN", "8000", env.listen),
        ("DOITHOAI_LISTEN", "x:y", env.listen),
        ("DOITHOAI_LISTEN", "x:65536", env.listen),
        ("WEB_CONCURRENCY", "auto", env.web_processes),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str, read: Callable[[], object]) -> None:
    env.use(**{name: value})
    with pytest.raises(BadSetting, match=f"^{name}: “{value}”"):
        read()


@pytest.mark.parametrize(
    ("hosts", "public"), [("127.0.0.1", False), ("localhost, [::1]", False), ("doithoai.example,localhost", True)]
)
def test_a_name_of_its_own_makes_the_site_public(hosts: str, public: bool) -> None:
    env.use(DOITHOAI_HOSTS=hosts)
    assert env.is_public() is public


def test_a_child_may_work_elsewhere_with_what_lies_beside() -> None:
    env.use(DOITHOAI_DATABASE="sqlite:////a", DOITHOAI_FILES="/f", DOITHOAI_SECRET_FILE="/k", DOITHOAI_FONTS="/fonts")
    child = env.beside("sqlite:////b")
    assert (child["DOITHOAI_DATABASE"], child["DOITHOAI_FONTS"]) == ("sqlite:////b", "/fonts")
    assert not {"DOITHOAI_FILES", "DOITHOAI_SECRET_FILE"} & set(child)
    assert env.surroundings(DOITHOAI_FILES="/g")["DOITHOAI_FILES"] == "/g"
    assert env.files() == Path("/f")


def test_settings_are_the_products_unless_others_are_named() -> None:
    env.use(DJANGO_SETTINGS_MODULE="tests.settings")
    env.use_settings()
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "tests.settings"
    del os.environ["DJANGO_SETTINGS_MODULE"]
    env.use_settings()
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "doithoai.config.settings"
