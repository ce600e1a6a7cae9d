"""The states of an opinion."""

from doithoai.rules.machine import Machine

OPINION = Machine(
    name="opinion",
    start="received",
    steps={
        "received": ("accepted", "merged", "guided", "transferred", "not_taken", "withdrawn"),
        "merged": ("accepted",),
        "accepted": ("closed", "merged", "guided", "transferred", "withdrawn"),
        "transferred": ("closed", "accepted"),
        "closed": ("accepted",),
        "guided": (),
        "not_taken": (),
        "withdrawn": (),
    },
    words={
        "received": "Mới nhận",
        "accepted": "Đang xử lý",
        "merged": "Đã gộp",
        "guided": "Đã hướng dẫn",
        "transferred": "Đã chuyển cơ quan khác",
        "not_taken": "Không tiếp nhận, đã nêu lý do",
        "withdrawn": "Đã rút",
        "closed": "Đã có kết quả",
    },
)
