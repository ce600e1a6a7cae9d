"""Table 3: what runs by itself. The worker does each in turn, over and over; every task says how much it did."""

from collections.abc import Callable, Mapping

from doithoai.documents import worker

BY_ITSELF: Mapping[str, Callable[[], int]] = {"bản in": worker.work_off}
