"""Acts on people: staff and their roles, words kept with their salt, personal links."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office
from doithoai.journal.actions import record
from doithoai.kernel import chance
from doithoai.kernel.access import YES, Actor, NotNow, Role, Verdict, needs, stranger
from doithoai.kernel.verbs import verb
from doithoai.people.models import AccessLink, Attempt, Holding, Person, Staff, Text
from doithoai.rules.chain import sealed_digest
from doithoai.rules.vietnamese import fold


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
