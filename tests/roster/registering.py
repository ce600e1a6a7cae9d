"""The morning as a plan without conditions would have it: anybody registers, two places."""

from datetime import datetime, timedelta

from doithoai.kernel.access import ANYONE
from doithoai.people.actions import Newcomer
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster import actions
from doithoai.roster.models import Registration
from tests.roster.scene import Scene

SEATS = 2


def without_conditions(scene: Scene) -> None:
    """Take the conditions out of the plan of the scene; the morning has two places."""
    dialogue = Dialogue.objects.get(pk=scene.stage.dialogue.pk)
    dialogue.plan_text = {**dialogue.plan_text, "quotas": []}
    dialogue.save()
    Sitting.objects.filter(dialogue=dialogue).update(quota=0, expected=SEATS)
    scene.morning = Sitting.objects.select_related("dialogue__agency", "sector", "lead").get(pk=scene.morning.pk)


def until(scene: Scene) -> datetime:
    """A day later."""
    return scene.now + timedelta(days=1)


def opened(scene: Scene) -> None:
    """Registering is open for a day."""
    actions.open_registration(scene.morning, until=until(scene), actor=scene.lead, now=scene.now)


def comer(name: str = "Lê Thị Đăng Ký", topic: str = "Cấp phép xây dựng chậm", phone: str = "") -> actions.Comer:
    """Somebody who wants to come."""
    return actions.Comer(Newcomer(name, phone), topic)


def registered(scene: Scene, count: int) -> list[Registration]:
    """So many who registered on the public page."""
    return [
        actions.register(scene.morning, comer(f"Người Thứ {number}"), actor=ANYONE, now=scene.now)
        for number in range(1, count + 1)
    ]


def accept(scene: Scene, row: Registration) -> Registration:
    """The inviting office takes one of them."""
    actions.accept_registration(row, actor=scene.lead, now=scene.now)
    row.refresh_from_db()
    return row
