"""The states of an invitation, of somebody who registers, of an uploaded file of records, and of quotas that are tried.

Silence is normal: a lapsed invitation may still be answered late, asked again after a change of time, or met by
the person simply coming. Presence noted by mistake is put right as absence while the sitting lasts.
"""

from doithoai.rules.machine import Machine

INVITATION = Machine(
    name="invitation",
    start="drawn",
    steps={
        "drawn": ("invited", "struck"),
        "invited": ("accepted", "declined", "lapsed", "withdrawn", "attended", "absent"),
        "accepted": ("invited", "attended", "absent", "declined", "withdrawn"),
        "declined": ("accepted", "attended"),
        "lapsed": ("invited", "accepted", "declined", "withdrawn", "attended", "absent"),
        "absent": ("attended",),
        "attended": ("absent", "invited", "accepted", "declined", "lapsed", "withdrawn"),
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

REGISTRATION = Machine(
    name="registration",
    start="waiting",
    steps={"waiting": ("placed", "queued", "declined"), "queued": ("placed", "declined"), "placed": (), "declined": ()},
    words={
        "waiting": "Chờ xem xét",
        "queued": "Đã nhận, chờ chỗ",
        "placed": "Được mời",
        "declined": "Không nhận",
    },
)

CHECK = Machine(
    name="record_check",
    start="waiting",
    steps={
        "waiting": ("reading", "dropped"),
        "reading": ("checked", "unreadable", "reading", "dropped"),
        "checked": ("waiting", "confirmed", "dropped"),
        "unreadable": ("waiting", "dropped"),
        "confirmed": ("storing",),
        "storing": ("taken", "checked", "storing"),
        "taken": (),
        "dropped": (),
    },
    words={
        "waiting": "Chờ đọc",
        "reading": "Đang đọc",
        "checked": "Đã đọc, chờ xem",
        "unreadable": "Không đọc được",
        "confirmed": "Đã bấm nhận, chờ ghi",
        "storing": "Đang ghi",
        "taken": "Đã nhận",
        "dropped": "Đã bỏ",
    },
)

TRIAL = Machine(
    name="trial",
    start="waiting",
    steps={
        "waiting": ("solving",),
        "solving": ("solved", "refused", "solving"),
        "solved": (),
        "refused": (),
    },
    words={
        "waiting": "Chờ tính",
        "solving": "Đang tính",
        "solved": "Bốc được",
        "refused": "Chưa bốc được",
    },
)
