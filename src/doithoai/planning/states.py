"""The states of a dialogue, a sitting, a duty, a difficulty, and of a remark on the draft."""

from doithoai.rules.machine import Machine

DIALOGUE = Machine(
    name="dialogue",
    start="draft",
    steps={
        "draft": ("planned", "cancelled"),
        "planned": ("open", "answering", "postponed", "cancelled"),
        "postponed": ("planned", "open", "answering", "cancelled"),
        "open": ("in_session", "answering", "postponed", "cancelled"),
        "in_session": ("answering", "postponed"),
        "answering": ("closed",),
        "closed": (),
        "cancelled": (),
    },
    words={
        "draft": "Dự thảo",
        "planned": "Đã ban hành",
        "postponed": "Đã hoãn",
        "open": "Đang chuẩn bị",
        "in_session": "Đang đối thoại",
        "answering": "Đang trả lời",
        "closed": "Đã kết thúc",
        "cancelled": "Đã hủy",
    },
)

SITTING = Machine(
    name="sitting",
    start="scheduled",
    steps={
        "scheduled": ("live", "postponed", "cancelled"),
        "postponed": ("scheduled", "cancelled"),
        "live": ("paused", "ended"),
        "paused": ("live", "ended", "adjourned"),
        "adjourned": ("live", "ended"),
        "ended": (),
        "cancelled": (),
    },
    words={
        "scheduled": "Chưa bắt đầu",
        "postponed": "Đã hoãn",
        "live": "Đang diễn ra",
        "paused": "Tạm dừng",
        "adjourned": "Sẽ họp tiếp",
        "ended": "Đã kết thúc",
        "cancelled": "Đã hủy",
    },
)

DUTY = Machine(
    name="duty",
    start="assigned",
    steps={
        "assigned": ("accepted", "returned"),
        "returned": ("assigned",),
        "accepted": ("reported",),
        "reported": ("confirmed", "accepted"),
        "confirmed": (),
    },
    words={
        "assigned": "Đã giao",
        "returned": "Trả lại",
        "accepted": "Đã nhận",
        "reported": "Đã báo cáo",
        "confirmed": "Đã xong",
    },
)

OBSTACLE = Machine(
    name="obstacle",
    start="raised",
    steps={"raised": ("directed",), "directed": ("closed",), "closed": ()},
    words={"raised": "Đã báo", "directed": "Đã chỉ đạo", "closed": "Đã giải quyết"},
)

REMARK = Machine(
    name="remark",
    start="raised",
    steps={"raised": ("taken", "partly", "not_taken"), "taken": (), "partly": (), "not_taken": ()},
    words={
        "raised": "Chờ trả lời",
        "taken": "Tiếp thu",
        "partly": "Tiếp thu một phần",
        "not_taken": "Không tiếp thu",
    },
)
