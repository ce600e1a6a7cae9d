"""What the desks cost a week before the day, when papers, duties and opinions wait on them."""

from benchmarks._looking import Figure, cost
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue
from tests.browser.midway import build

ROLES = {"leader": "chu-tich", "officer": "hoa", "clerk": "van-thu"}


def bench() -> dict[str, Figure]:
    """The desk of three roles, and the dialogue's page with its buttons."""
    build()
    dialogue = Dialogue.objects.order_by("pk")[0]
    prefix = dialogue.agency.code.lower()
    staff = {role: Staff.objects.get(username=f"{prefix}.{name}") for role, name in ROLES.items()}
    figures = [cost(f"desk_{role}", "/", row) for role, row in staff.items()]
    figures.append(cost("page_dialogue_open", f"/cuoc/{dialogue.code}/", staff["officer"]))
    return {name: row for one in figures for name, row in one.items()}
