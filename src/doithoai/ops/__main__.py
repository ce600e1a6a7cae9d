"""`python -m doithoai.ops`: the same commands as `doithoai`, for processes that are started by one another."""

import sys

from doithoai.ops.command import main

sys.exit(main())
