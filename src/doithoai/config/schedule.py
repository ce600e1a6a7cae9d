"""Table 3: what runs by itself. The worker does each in turn, over and over; every task says how much it did."""

from collections.abc import Callable, Mapping

from doithoai.documents import worker
from doithoai.portal.actions import announce_evening_heads

BY_ITSELF: Mapping[str, Callable[[], int]] = {
    "bản in": worker.work_off,
    "mã nhật ký mỗi tối": announce_evening_heads,
}
