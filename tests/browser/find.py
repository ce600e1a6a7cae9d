"""`python -m tests.browser.find`: where a Chrome or Chromium is; on Debian, as root, one is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "chrome", "microsoft-edge-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
NAMED = "DOITHOAI_BROWSER"
APT = (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"))


class NoBrowser(Exception):
    """There is none; the sentence says what to do."""


def browser_path() -> Path:
    """The browser that the tests drive. Raises NoBrowser with one sentence where none can be had."""
    named = os.environ.get(NAMED)
    if named:
        return _named(named)
    found = installed()
    if found is None and may_install():
        _install()
        found = installed()
    if found is None:
        raise NoBrowser(
            f"Không thấy Chrome hoặc Chromium. Cài một trong hai (Debian, Ubuntu: sudo apt-get install chromium), "
            f"hoặc ghi đường dẫn của nó vào {NAMED}."
        )
    return found


def _named(path: str) -> Path:
    if not os.access(path, os.X_OK) or Path(path).is_dir():
        raise NoBrowser(f"{NAMED}: không chạy được {path}. Cần đường dẫn của Chrome hoặc Chromium.")
    return Path(path)


def installed() -> Path | None:
    """A browser that this machine has already: by its name on the path, or where macOS keeps applications."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    return next((path for path in map(Path, APPLICATIONS) if os.access(path, os.X_OK)), None)


def may_install() -> bool:
    """Whether this is a Debian whose packages we may change."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None and Path("/etc/debian_version").exists()


def _install() -> None:
    """Install quietly; what apt-get had to say is shown only when it failed."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in APT:
        run = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.stderr.write(run.stderr)


def main() -> int:
    """Print the path; 1 with one sentence where there is no browser."""
    try:
        sys.stdout.write(f"{browser_path()}\n")
    except NoBrowser as none:
        sys.stderr.write(f"{none}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
