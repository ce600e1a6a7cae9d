"""The product's settings, on a database of the tests' own."""

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="doithoai-tests-")
os.environ["DOITHOAI_DATABASE"] = f"sqlite:///{_folder}/tests.sqlite3"
os.environ["DOITHOAI_SECRET_KEY"] = "only-for-tests"
os.environ.pop("DOITHOAI_FILES", None)

from doithoai.config.settings import *  # noqa: E402, F403

# An Argon2 of the least cost: tests sign in hundreds of times.
PASSWORD_HASHERS = ["tests.hashers.QuickArgon2"]
