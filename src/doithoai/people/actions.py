"""Acts on people: staff and their roles, words kept with their salt, personal links."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office
from doithoai.journal.actions import record
from doithoai.kernel import chance
from doithoai.kernel.access import YES, Actor, NotNow, Role, Verdict, needs, stranger
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.models import AccessLink, Attempt, Holding, Person, Staff, Text
from doithoai.rules.chain import sealed_digest
from doithoai.rules.vietnamese import fold
from doithoai.rules.vietnamese import phone as national_number

E_MAIL = re.compile(r"[^@\s<>,;:\"]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def may_administer(actor: Actor, agency: Agency) -> Verdict:
    """Quản trị của cơ quan."""
    return needs(actor, agency.pk, (Role.ADMIN, None), who=_("quản trị của cơ quan"))


@dataclass(frozen=True, slots=True)
class StaffSpec:
    """A member of staff to take on; `held` are (role, office code) pairs."""

    username: str
    name: str
    address_form: str
    title: str
    phone: str
    held: tuple[tuple[Role, str], ...]


@verb("staff.take_on", may=may_administer)
def take_on(agency: Agency, spec: StaffSpec, *, since: date, actor: Actor, now: datetime) -> Staff:
    """Add a member of staff with the roles they hold from the day `since`. Nobody can sign in before a link or password is set."""
    ordinal = Staff.objects.filter(agency=agency).count() + 1
    staff = Staff(
        agency=agency,
        username=spec.username,
        code=f"{agency.code}-CB{ordinal:02d}",
        name=spec.name,
        address_form=spec.address_form,
        title=spec.title,
        phone=spec.phone,
        password="!",  # noqa: S106  (unusable: sign-in is by link until a password is set)
    )
    staff.save()
    for role, office_code in spec.held:
        office = Office.objects.get(agency=agency, code=office_code)
        Holding.objects.create(staff=staff, role=role, office=office, since=since)
    record(agency.chain, staff=staff.code, roles=" ".join(f"{role}@{code}" for role, code in spec.held))
    return staff


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


def give_link(
    agency: Agency,
    *,
    purpose: str,
    code: str,
    expires_at: datetime,
    staff: Staff | None = None,
    single_use: bool = False,
) -> str:
    """Make a personal link and return its token, which is never stored."""
    token = chance.token()
    AccessLink.objects.create(
        agency=agency,
        purpose=purpose,
        code=code,
        token_hash=chance.hashed(token),
        staff=staff,
        expires_at=expires_at,
        is_single_use=single_use,
    )
    return token


def extend_links(agency: Agency, *, purpose: str, codes: Collection[str], expires_at: datetime) -> None:
    """Let the links to these things live until another instant."""
    AccessLink.objects.filter(agency=agency, purpose=purpose, code__in=codes).update(expires_at=expires_at)


def void_links(agency: Agency, *, purpose: str, codes: Collection[str]) -> None:
    """Take the links to these things away: their addresses open nothing any more."""
    AccessLink.objects.filter(agency=agency, purpose=purpose, code__in=codes).delete()


def void_token(token: str) -> None:
    """Take one link away that was never handed over."""
    AccessLink.objects.filter(token_hash=chance.hashed(token)).delete()


def open_link(token: str, purpose: str, *, now: datetime) -> AccessLink:
    """The link that this token opens. Raises NotNow when it is unknown, expired or used up."""
    link = (
        AccessLink.objects.select_related("agency", "staff")
        .filter(token_hash=chance.hashed(token), purpose=purpose)
        .first()
    )
    if link is None or link.expires_at <= now or (link.is_single_use and link.used_at):
        raise NotNow(_("Đường dẫn không còn dùng được. Xin gọi số điện thoại ghi trên giấy mời."))
    return link


def use_link(link: AccessLink, *, now: datetime) -> None:
    """Spend a single-use link; NotNow when somebody spent it a moment ago."""
    fresh = AccessLink.objects.filter(pk=link.pk)
    if link.is_single_use:
        fresh = fresh.filter(used_at=None)
    if fresh.update(used_at=now) == 0:
        raise NotNow(_("Đường dẫn này đã dùng rồi. Xin lấy đường dẫn mới."))


def knock(door: str, key: str, *, limit: int, within: timedelta, now: datetime) -> None:
    """Count one attempt at a limited door; NotNow once more than `limit` came `within` that span."""
    hashed = chance.hashed(key)
    since = now - within
    Attempt.objects.filter(door=door, at__lt=since).delete()
    if Attempt.objects.filter(door=door, key=hashed, at__gte=since).count() >= limit:
        minutes = max(1, int(within.total_seconds() // 60))
        raise NotNow(_("Đã thử quá nhiều lần. Xin chờ %(minutes)s phút rồi thử lại.") % {"minutes": minutes})
    Attempt.objects.create(door=door, key=hashed, at=now)


CONTACT_ROLES = (Role.OFFICER, Role.HEAD, Role.CLERK, Role.SECRETARY, Role.ONE_STOP)


def may_note_contact(actor: Actor, person: Person) -> Verdict:
    """Cán bộ của cơ quan có việc với người dân: chuyên viên, người đứng đầu đơn vị, văn thư, thư ký, Bộ phận Một cửa."""
    grants = [(role, None) for role in CONTACT_ROLES]
    return needs(actor, person.agency_id, *grants, who=_("chuyên viên, văn thư hoặc thư ký"))


@verb("person.note_contact", may=may_note_contact)
def note_contact(person: Person, *, phone: str, email: str, actor: Actor, now: datetime) -> Person:
    """Put a person's telephone number and e-mail right, as they told them; "" for none. NotNow for what cannot be one."""
    digits = national_number(phone) if phone.strip() else ""
    if digits is None:
        raise NotNow(
            _("Chưa ghi được: “%(found)s” không phải số điện thoại. Cần 10 chữ số.") % {"found": phone.strip()}
        )
    address = email.strip()
    if address and not E_MAIL.fullmatch(address):
        raise NotNow(_("Chưa ghi được: “%(found)s” không phải địa chỉ thư điện tử.") % {"found": address})
    write(person, phone=digits, email=address)
    record(person.chain, person=person.code, phone=int(bool(digits)), email=int(bool(address)))
    return person


SIGN_IN_DOOR = "sign-in"


def account_key(username: str) -> str:
    """What attempts on one account are counted under, however it was typed."""
    return fold(username)


def may_sign_in(actor: Actor, agency: Agency) -> Verdict:
    """Cán bộ của cơ quan, sau khi chứng minh bằng mật khẩu hoặc đường dẫn riêng."""
    return YES if actor.is_staff and actor.agency_id == agency.pk else stranger()


@verb("staff.sign_in", may=may_sign_in)
def sign_in(agency: Agency, staff: Staff, *, by: str, actor: Actor, now: datetime) -> Staff:
    """Note that a member of staff came in, by password or by link; their earlier failures no longer count."""
    Attempt.objects.filter(door=SIGN_IN_DOOR, key=chance.hashed(account_key(staff.username))).delete()
    record(agency.chain, staff=staff.code, by=by)
    return staff
