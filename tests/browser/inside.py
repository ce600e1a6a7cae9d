"""`python -m tests.browser.inside NAME`: run `build()` of a neighbouring file with the product set up in this process.

The browser's tests keep Django out of their own process: the pages they look at come from a database elsewhere.
"""

import importlib
import json
import sys

from doithoai.ops.command import start

if __name__ == "__main__":
    start()
    made = importlib.import_module(f"tests.browser.{sys.argv[1]}").build()
    sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")
