"""The states of a turn and of the minutes."""

from doithoai.rules.machine import Machine

TURN = Machine(
    name="turn",
    start="waiting",
    steps={
        "waiting": ("speaking", "skipped", "withdrawn", "unheard"),
        "skipped": ("waiting", "withdrawn", "unheard"),
        "speaking": ("paused", "done"),
        "paused": ("speaking", "done"),
        "done": (),
        "unheard": (),
        "withdrawn": (),
    },
    words={
        "waiting": "Đang chờ",
        "skipped": "Chưa đến",
        "speaking": "Đang nói",
        "paused": "Tạm dừng",
        "done": "Đã nói",
        "unheard": "Hết giờ, ghi bằng văn bản",
        "withdrawn": "Xin rút",
    },
)

MINUTES = Machine(
    name="minutes",
    start="open",
    steps={"open": ("read_out",), "read_out": ("open", "signed"), "signed": ("filed",), "filed": ()},
    words={"open": "Đang ghi", "read_out": "Đã đọc lại", "signed": "Đã ký", "filed": "Đã lưu hồ sơ"},
)
