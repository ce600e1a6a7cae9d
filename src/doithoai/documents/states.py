"""The states of an official paper, and of a file of it that came back from outside."""

from doithoai.rules.machine import Machine

DOCUMENT = Machine(
    name="document",
    start="draft",
    steps={
        "draft": ("in_review",),
        "in_review": ("returned", "approved"),
        "returned": ("in_review",),
        "approved": ("signed", "returned"),
        "signed": ("numbered", "returned"),
        "numbered": ("dispatched",),
        "dispatched": ("replaced", "recalled"),
        "replaced": (),
        "recalled": (),
    },
    words={
        "draft": "Dự thảo",
        "in_review": "Chờ duyệt",
        "returned": "Trả lại để sửa",
        "approved": "Đã duyệt",
        "signed": "Đã ký",
        "numbered": "Đã có số",
        "dispatched": "Đã phát hành",
        "replaced": "Đã thay",
        "recalled": "Đã thu hồi",
    },
)

BROUGHT = Machine(
    name="brought",
    start="waiting",
    steps={"waiting": ("confirmed", "dropped"), "confirmed": (), "dropped": ()},
    words={"waiting": "Chờ xác nhận", "confirmed": "Đã nhận làm bản ban hành", "dropped": "Không dùng"},
)
