"""People's words kept with their salt, people entered, and how to reach them put right."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.journal.actions import record
from doithoai.kernel import chance
from doithoai.kernel.access import Actor, NotNow, Role, Verdict, needs
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.models import Person, Text
from doithoai.rules.chain import sealed_digest
from doithoai.rules.vietnamese import fold
from doithoai.rules.vietnamese import phone as national_number

E_MAIL = re.compile(r"[^@\s<>,;:\"]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def keep_text(agency: Agency, body: str) -> Text:
    """Store somebody's words with a fresh salt. The verb that calls this records `digest` as a fact named text…"""
    salt = chance.salt()
    return Text.objects.create(agency=agency, body=body, salt=salt, digest=sealed_digest(salt, body))


def enter_person(agency: Agency, **fields: object) -> Person:
    """Add a person to the agency's people; the calling verb records the code, never the name."""
    person = Person(agency=agency, code=chance.code(7), **fields)
    person.name_folded = fold(person.name)
    person.save()
    return person


def enter_people(agency: Agency, particulars: Sequence[Mapping[str, Any]]) -> list[Person]:
    """Add many people at once, in their order, each under a code of their own; `enter_person` for one."""
    people = [Person(agency=agency, code=chance.code(7), **fields) for fields in particulars]
    for person in people:
        person.name_folded = fold(person.name)
    return Person.objects.bulk_create(people, batch_size=1_000)


CONTACT_ROLES = (Role.OFFICER, Role.HEAD, Role.CLERK, Role.SECRETARY, Role.ONE_STOP)


def may_note_contact(actor: Actor, person: Person) -> Verdict:
    """Cán bộ của cơ quan có việc với người dân: chuyên viên, người đứng đầu đơn vị, văn thư, thư ký, Bộ phận Một cửa."""
    grants = [(role, None) for role in CONTACT_ROLES]
    return needs(actor, person.agency_id, *grants, who=_("chuyên viên, văn thư hoặc thư ký"))


def contact(phone: str, email: str) -> tuple[str, str]:
    """A telephone number as its national digits and an e-mail address, each "" for none. NotNow for what cannot be one."""
    digits = national_number(phone) if phone.strip() else ""
    if digits is None:
        raise NotNow(
            _("Chưa ghi được: “%(found)s” không phải số điện thoại. Cần 10 chữ số.") % {"found": phone.strip()}
        )
    address = email.strip()
    if address and not E_MAIL.fullmatch(address):
        raise NotNow(_("Chưa ghi được: “%(found)s” không phải địa chỉ thư điện tử.") % {"found": address})
    return digits, address


@verb("person.note_contact", may=may_note_contact)
def note_contact(person: Person, *, phone: str, email: str, actor: Actor, now: datetime) -> Person:
    """Put a person's telephone number and e-mail right, as they told them; "" for none. NotNow for what cannot be one."""
    digits, address = contact(phone, email)
    write(person, phone=digits, email=address)
    record(person.chain, person=person.code, phone=int(bool(digits)), email=int(bool(address)))
    return person
