"""The fields that forms of planning are made of: those of every form of staff, and its own choices."""

from django import forms
from django.utils.translation import gettext_lazy as __

from doithoai.rules.cochair import LONGEST
from doithoai.rules.vietnamese import squeeze
from doithoai.web.fields import choice_field, count_field, day_field, line_field, time_field, words_of

__all__ = [
    "MODES",
    "choice_field",
    "co_chair_field",
    "co_chair_words",
    "count_field",
    "day_field",
    "line_field",
    "time_field",
    "words_of",
]

MODES = (
    ("online", __("Trực tuyến")),
    ("in_person", __("Trực tiếp")),
    ("hybrid", __("Trực tiếp kết hợp trực tuyến")),
)


def co_chair_field() -> forms.CharField:
    made = line_field(__("Người đồng chủ trì, nếu có"), LONGEST)
    made.help_text = __(
        "Họ tên và chức vụ, ví dụ Bà Trần Thị An, Phó Chủ tịch Hội đồng nhân dân phường. Nhiều người cách nhau dấu “;”."
    )
    return made


def co_chair_words(typed: str) -> str:
    """Co-chairs as they are kept: squeezed, parted by "; "."""
    return "; ".join(part for raw in typed.split(";") if (part := squeeze(raw).strip(" .,")))
