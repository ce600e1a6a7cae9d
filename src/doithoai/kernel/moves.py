"""Changes of state by compare and swap: whoever comes second is told so, and nothing is overwritten."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from doithoai.kernel.access import NotNow, Overtaken
from doithoai.rules.machine import Machine


def overtaken() -> Overtaken:
    """The refusal for whoever came second."""
    return Overtaken(_("Có người vừa làm việc này. Trang đã được làm mới; chưa ghi gì thêm."))


def expect_step(row: Any, machine: Machine, to: str) -> None:
    """Raise NotNow when the table does not allow the step: for an act with work to do before its move."""
    if not machine.allows(row.state, to):
        raise NotNow(machine.refusal(row.state, to))


def move(row: Any, machine: Machine, to: str, **fields: object) -> None:
    """Bring `row` to the state `to` and set `fields` with it.

    Raises NotNow when the table does not allow the step, Overtaken when the stored state has
    changed since the row was read.
    """
    expect_step(row, machine, to)
    _swap(row, {"state": row.state}, {"state": to, **fields})


def revise(row: Any, **fields: object) -> None:
    """Write `fields` and count the row's revision up; Overtaken when somebody wrote a newer revision."""
    _swap(row, {"revision": row.revision}, {"revision": row.revision + 1, **fields})


def write(row: models.Model, **fields: object) -> None:
    """Set columns that no state depends on."""
    _swap(row, {}, fields)


def _swap(row: Any, expected: dict[str, object], fields: dict[str, object]) -> None:
    changed = type(row)._default_manager.filter(pk=row.pk, **expected).update(**fields)
    if changed == 0:
        raise overtaken()
    for name, value in fields.items():
        setattr(row, name, value)
