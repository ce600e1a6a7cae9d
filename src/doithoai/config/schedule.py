"""Table 3: what runs by itself. The worker does each in turn, over and over; every task says how much it did."""

from collections.abc import Callable, Mapping
from functools import partial

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.documents import worker
from doithoai.intake import worker as comparing
from doithoai.journal import worker as receipts
from doithoai.outbox import worker as outbox
from doithoai.people import worker as doors
from doithoai.planning import worker as plans
from doithoai.portal.actions import announce_evening_heads
from doithoai.roster.actions import check_waiting, remind_silent, try_waiting

BY_ITSELF: Mapping[str, Callable[[], int]] = {
    "bản in": worker.work_off,
    "nhóm ý kiến gần giống": comparing.work_off,
    "hồ sơ Một cửa": partial(check_waiting, read_table),
    "tính thử hạn ngạch": try_waiting,
    "dọn tệp không còn dùng": worker.sweep_by_night,
    "dọn trả lời đã cũ cho máy ngoài tuyến": receipts.sweep_by_night,
    "dọn lần gõ cửa đã cũ": doors.sweep_by_night,
    "bỏ kế hoạch soạn dở đã lâu": plans.sweep_by_night,
    "nhắc trả lời giấy mời": remind_silent,
    "gửi tin": outbox.work_off,
    "mã nhật ký mỗi tối": announce_evening_heads,
}
