"""The states of an answer."""

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
        "replaced": (),
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
