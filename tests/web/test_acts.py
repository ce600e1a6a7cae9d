"""The opening of a refusal stands apart from its reason."""

import pytest

from doithoai.web.acts import split_reason


@pytest.mark.parametrize(
    ("reason", "opening", "rest"),
    [
        ("Chưa duyệt được: Văn phòng chưa xác nhận thể thức.", "Chưa duyệt được:", "Văn phòng chưa xác nhận thể thức."),
        ("Không có quyền: người soạn không tự duyệt.", "Không có quyền:", "người soạn không tự duyệt."),
        ("Có người vừa làm việc này.", "", "Có người vừa làm việc này."),
        ("Một câu rất dài kể hết đầu đuôi sự việc rồi mới đến dấu: ở đây.", "", None),
        ("", "", ""),
    ],
)
def test_split_reason(reason: str, opening: str, rest: str | None) -> None:
    assert split_reason(reason) == (opening, reason if rest is None else rest)
