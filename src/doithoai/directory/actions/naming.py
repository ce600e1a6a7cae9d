"""What every list asks of a name or a code that is added to it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from doithoai.kernel.access import NotNow
from doithoai.rules.vietnamese import fold, squeeze


def free_name(text: str, taken: Iterable[str], most: int = 200) -> str:
    """The name as it will stand. NotNow for none, a long one, or one that a list has already, however it is written."""
    name = squeeze(text)
    if not name:
        raise NotNow(_("Chưa ghi được: tên để trống. Cần tên đầy đủ, như ghi trên văn bản."))
    if len(name) > most:
        raise NotNow(
            _("Chưa ghi được: tên dài %(count)s chữ. Nhiều nhất %(most)s chữ.") % {"count": len(name), "most": most}
        )
    same = next((other for other in taken if fold(other) == fold(name)), None)
    if same:
        raise NotNow(_("Chưa ghi được: danh mục đã có “%(name)s”.") % {"name": same})
    return name


def next_code(prefix: str, taken: Iterable[str], digits: int = 2) -> str:
    """The first code after the highest that bears this prefix: DV09 after DV08."""
    numbers = [int(code.removeprefix(prefix)) for code in taken if code.removeprefix(prefix).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1:0{digits}d}"
