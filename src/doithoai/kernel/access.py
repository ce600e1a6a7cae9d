"""Who acts, and whether they may: every refusal carries its reason in one sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from doithoai.kernel.words import later


class Refused(Exception):
    """The answer is no; `reason` is the sentence for the person who asked. Nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotYours(Refused):
    """The actor has not the right."""


class NotNow(Refused):
    """The act is not possible in this state."""


class Overtaken(NotNow):
    """Somebody else was faster."""


def require_reason(reason: str, act: str = "") -> None:
    """NotNow without at least one sentence; `act` opens the refusal: “Chưa đề nghị được”."""
    if not reason.strip():
        raise NotNow(_("%(act)s: cần một câu nêu lý do.") % {"act": act or _("Chưa ghi được")})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with its reason. True when yes."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Verdict()


class Role(models.TextChoices):
    """What a member of staff does; a role is held at an office."""

    LEADER = "leader", later("Lãnh đạo cơ quan")
    HEAD = "head", later("Người đứng đầu đơn vị")
    OFFICER = "officer", later("Chuyên viên")
    SECRETARY = "secretary", later("Thư ký")
    CLERK = "clerk", later("Văn thư")
    TECHNICIAN = "technician", later("Kỹ thuật")
    VENUE = "venue", later("Phụ trách điểm cầu")
    OBSERVER = "observer", later("Giám sát của Mặt trận")
    ONE_STOP = "one_stop", later("Bộ phận Một cửa")
    EDITOR = "editor", later("Biên tập cổng thông tin")
    ADMIN = "admin", later("Quản trị")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: staff, the holder of a personal link, anyone, or the system itself.

    `ref` is the pseudonymous name written to the journal. `held` are (role, office id) pairs.
    `link` names what a personal link opens, as (purpose, code).
    """

    ref: str
    agency_id: int | None = None
    held: frozenset[tuple[str, int]] = frozenset()
    name: str = ""
    staff_id: int | None = None
    link: tuple[str, str] | None = None
    is_system: bool = False

    def holds(self, role: Role, office_id: int | None = None) -> bool:
        """Whether the actor holds the role, at that office or (None) at any."""
        return any(held == role and office_id in (None, office) for held, office in self.held)

    @property
    def is_staff(self) -> bool:
        """Whether the actor is a signed-in member of staff."""
        return self.staff_id is not None


ANYONE = Actor(ref="public")
Rule = Callable[[Actor, Any], Verdict]
Grant = tuple[Role, int | None]


def System(cause: str) -> Actor:  # noqa: N802  (reads as the kind of actor it makes)
    """The system acting by itself; `cause` names the entry or the clock that made it act."""
    return Actor(ref=f"system:{cause}", is_system=True, name="hệ thống")


def stranger() -> Verdict:
    """The refusal that tells nothing: a wrong id and a forbidden one look the same."""
    return Verdict(_("Không tìm thấy trang, hoặc trang không dành cho tài khoản này."))


def needs(actor: Actor, agency_id: int, *grants: Grant, who: str) -> Verdict:
    """Yes to the system and to staff of the agency who hold one of the grants; `who` names whose right it is."""
    if actor.is_system:
        return YES
    if actor.agency_id != agency_id:
        return stranger()
    if any(actor.holds(role, office_id) for role, office_id in grants):
        return YES
    return Verdict(_("Không có quyền: việc này của %(who)s.") % {"who": who})


def holder(actor: Actor, purpose: str, code: str) -> bool:
    """Whether the actor came by the personal link that opens exactly this."""
    return actor.link == (purpose, code)
