"""What the environment says; the only file that reads it. Every value has a safe default."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(Exception):
    """A setting cannot be used; the sentence names it and what was expected."""


@dataclass(frozen=True, slots=True)
class Database:
    """A database address taken apart."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        """Whether rows live in a SQLite file."""
        return urlsplit(self.url).scheme == "sqlite"

    @property
    def path(self) -> Path:
        """The SQLite file (BadSetting for another kind of database)."""
        path = unquote(urlsplit(self.url).path)
        if not self.is_sqlite or not path.startswith("//"):
            raise BadSetting(f"DOITHOAI_DATABASE: “{self.url}”; cần sqlite:////đường/dẫn/tuyệt/đối hoặc postgres://…")
        return Path(path[1:])

    def settings(self) -> dict[str, object]:
        """The entry of Django's DATABASES."""
        if self.is_sqlite:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(self.path),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON",
                },
            }
        parts = urlsplit(self.url)
        if parts.scheme not in ("postgres", "postgresql"):
            raise BadSetting(f"DOITHOAI_DATABASE: không biết kiểu “{parts.scheme}”; cần sqlite hoặc postgres.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
        }


def database() -> Database:
    """`DOITHOAI_DATABASE`: `sqlite:////absolute/path` or `postgres://user:password@host/name`."""
    return Database(os.environ.get("DOITHOAI_DATABASE") or f"sqlite:///{Path.cwd() / 'var' / 'doithoai.sqlite3'}")


def use_database(url: str) -> None:
    """Work on another database in this process and its children; BadSetting for an address that cannot be used."""
    Database(url).settings()
    os.environ["DOITHOAI_DATABASE"] = url


def use_settings() -> None:
    """Let Django find the product's settings, unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doithoai.config.settings")


def use(**values: str) -> None:
    """Set variables of this kind for this process and its children, before Django is set up."""
    os.environ.update(values)


def surroundings(**values: str) -> dict[str, str]:
    """The environment of a child process: this one's, with `values` changed."""
    return {**os.environ, **values}


def beside(url: str) -> dict[str, str]:
    """The environment of a child that works on this database with the files and the key that lie beside it."""
    elsewhere = {"DOITHOAI_FILES", "DOITHOAI_SECRET_FILE", "DOITHOAI_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return kept | {"DOITHOAI_DATABASE": url}


def listen() -> tuple[str, int]:
    """`DOITHOAI_LISTEN`: where `run` answers, as host:port; 127.0.0.1:8000 by default."""
    named = os.environ.get("DOITHOAI_LISTEN") or "127.0.0.1:8000"
    host, _colon, port = named.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise BadSetting(f"DOITHOAI_LISTEN: “{named}”; cần máy:cổng, thí dụ 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def web_processes() -> int:
    """`WEB_CONCURRENCY`: how many web processes a server started by hand would make; one by default."""
    named = os.environ.get("WEB_CONCURRENCY") or "1"
    if not named.isdecimal():
        raise BadSetting(f"WEB_CONCURRENCY: “{named}”; cần một số.")
    return int(named)


def files() -> Path:
    """`DOITHOAI_FILES`: where files are kept; by default a folder beside the SQLite file."""
    named = os.environ.get("DOITHOAI_FILES")
    if named:
        return Path(named)
    base = database()
    if not base.is_sqlite:
        raise BadSetting("DOITHOAI_FILES: để trống. Cần tên thư mục chứa tệp khi dùng PostgreSQL.")
    return base.path.with_name(base.path.name + ".files")


def hosts() -> list[str]:
    """`DOITHOAI_HOSTS`: names this site answers to, separated by commas; loopback only by default."""
    named = os.environ.get("DOITHOAI_HOSTS", "127.0.0.1,localhost")
    return [name.strip() for name in named.split(",") if name.strip()]


def is_public() -> bool:
    """Whether the site is reached by a name of its own, hence through HTTPS."""
    return not set(hosts()) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}


def address() -> str:
    """`DOITHOAI_ADDRESS`: how people reach the site, for links and QR codes on papers."""
    return os.environ.get("DOITHOAI_ADDRESS", "http://127.0.0.1:8000").rstrip("/")


def secret_key_file() -> Path:
    """`DOITHOAI_SECRET_FILE`: where the secret key is kept; by default beside the files."""
    named = os.environ.get("DOITHOAI_SECRET_FILE")
    return Path(named) if named else files().with_suffix(".key")


def secret_key() -> str:
    """`DOITHOAI_SECRET_KEY`: the secret key itself, for an installation that keeps it elsewhere; empty by default."""
    return os.environ.get("DOITHOAI_SECRET_KEY", "")


def font_folder() -> Path | None:
    """`DOITHOAI_FONTS`: a folder with Times New Roman, for an office that owns it."""
    named = os.environ.get("DOITHOAI_FONTS")
    return Path(named) if named else None


def delivery() -> list[str]:
    """`DOITHOAI_DELIVERY`: how messages reach citizens, in order of trial, separated by spaces; only by telephone by default.

    `calls:` writes the call list and sends nothing. `smtp://user@host:587?from=address` (or `smtps://`) is e-mail, its
    password in `DOITHOAI_SMTP_PASSWORD`. `sms:/path/sms.toml` is a provider of text messages, `zalo:/path/zalo.toml` a Zalo
    Official Account: the files hold secrets, hence only their owner may read them.
    """
    return os.environ.get("DOITHOAI_DELIVERY", "calls:").split()


def smtp_password() -> str:
    """`DOITHOAI_SMTP_PASSWORD`: the password of the mail account; empty by default, for a server that asks none."""
    return os.environ.get("DOITHOAI_SMTP_PASSWORD", "")
