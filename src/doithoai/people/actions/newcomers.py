"""People who come by themselves: on no list, with what they tell of themselves."""

from dataclasses import dataclass

from doithoai.directory.models import Agency, Place
from doithoai.people.actions.keeping import contact, enter_person
from doithoai.people.models import Person
from doithoai.rules.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody on no list, as they tell it: "" for what they do not say."""

    name: str
    phone: str = ""
    email: str = ""
    ward: Place | None = None
    group: str = ""


def enter_newcomer(agency: Agency, told: Newcomer, *, is_seen: bool) -> Person:
    """Add somebody who came by themselves. Where staff saw or heard them (`is_seen`), whoever has the same name and
    telephone number is the same person; what somebody types on a public page leads to nobody. NotNow for a number or an
    address that cannot be one."""
    phone, email = contact(told.phone, told.email)
    name = told.name.strip()
    if is_seen and phone:
        known = Person.objects.filter(agency=agency, phone=phone, name_folded=fold(name)).order_by("pk").first()
        if known is not None:
            return known
    return enter_person(agency, name=name, phone=phone, email=email, ward=told.ward, group=told.group.strip())
