"""The states of an answer, and of a proposal to amend a rule.

An answer that was replaced is given out anew when its opinion is opened again: one row for each opinion, while
the paper it was issued in stays as it was.
"""

from doithoai.rules.machine import Machine

ANSWER = Machine(
    name="answer",
    start="assigned",
    steps={
        "assigned": ("drafted", "offered", "asked"),
        "offered": ("drafted", "assigned"),
        "asked": ("drafted", "assigned"),
        "drafted": ("in_review",),
        "in_review": ("returned", "approved"),
        "returned": ("in_review",),
        "approved": ("returned", "issued"),
        "issued": ("replaced",),
        "replaced": ("assigned",),
    },
    words={
        "assigned": "Đã giao",
        "offered": "Đề nghị đơn vị khác",
        "asked": "Đang hỏi cơ quan khác",
        "drafted": "Đang soạn",
        "in_review": "Chờ duyệt",
        "returned": "Trả lại để sửa",
        "approved": "Đã duyệt",
        "issued": "Đã trả lời",
        "replaced": "Đã thay",
    },
)

PROPOSAL = Machine(
    name="proposal",
    start="drafted",
    steps={
        "drafted": ("sent", "dropped"),
        "sent": ("taken_up", "declined", "studied"),
        "studied": ("taken_up", "declined"),
        "taken_up": (),
        "declined": (),
        "dropped": (),
    },
    words={
        "drafted": "Đang soạn",
        "sent": "Đã gửi, chờ trả lời",
        "studied": "Cơ quan nhận đang nghiên cứu",
        "taken_up": "Được tiếp thu",
        "declined": "Không được tiếp thu",
        "dropped": "Thôi không gửi",
    },
)
