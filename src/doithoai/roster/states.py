"""The states of an invitation."""

from doithoai.rules.machine import Machine

INVITATION = Machine(
    name="invitation",
    start="drawn",
    steps={
        "drawn": ("invited", "struck"),
        "invited": ("accepted", "declined", "lapsed", "withdrawn", "attended", "absent"),
        "accepted": ("invited", "attended", "absent", "declined", "withdrawn"),
        "declined": ("accepted", "attended"),
        "lapsed": ("accepted", "attended"),
        "absent": ("attended",),
        "attended": (),
        "withdrawn": (),
        "struck": (),
    },
    words={
        "drawn": "Đã bốc thăm",
        "invited": "Đã mời",
        "accepted": "Xác nhận tham dự",
        "declined": "Không đến được",
        "lapsed": "Chưa trả lời",
        "absent": "Vắng",
        "attended": "Đã đến",
        "withdrawn": "Thu lại",
        "struck": "Đưa ra khỏi danh sách",
    },
)
