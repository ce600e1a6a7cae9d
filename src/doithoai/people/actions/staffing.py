"""The staff of an agency: taken on, let in, given other work, their accounts closed. None is ever deleted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.directory.permissions import may_amend
from doithoai.directory.queries import open_offices
from doithoai.journal.actions import record
from doithoai.kernel import chance, clock
from doithoai.kernel.access import YES, Actor, NotNow, Role, Verdict, stranger
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.actions.links import attempt_key, give_link, void_links
from doithoai.people.models import Attempt, Holding, Staff
from doithoai.people.queries import other_administrators
from doithoai.rules.vietnamese import fold, squeeze

SIGN_IN: Final = "sign-in"
"""What a link that lets staff in is for."""
LINK_LASTS: Final = timedelta(days=3)
USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,58}[a-z0-9]")
Held = Sequence[tuple[Role, str]]


@dataclass(frozen=True, slots=True)
class StaffSpec:
    """A member of staff to take on; `held` are (role, office code) pairs. Without a username one is made of the name."""

    username: str
    name: str
    address_form: str
    title: str
    phone: str
    held: tuple[tuple[Role, str], ...]


@verb("staff.take_on", may=may_amend)
def take_on(agency: Agency, spec: StaffSpec, *, since: date, actor: Actor, now: datetime) -> Staff:
    """Add a member of staff with the roles they hold from the day `since`. Nobody can sign in before a link or password is set.

    NotNow for an account that is taken or cannot be typed, no name, and an office that is not there or closed.
    """
    ordinal = Staff.objects.filter(agency=agency).count() + 1
    staff = Staff(
        agency=agency,
        username=_username(agency, spec),
        code=f"{agency.code}-CB{ordinal:02d}",
        password=UNUSABLE_PASSWORD_PREFIX,
        **_described(spec),
    )
    staff.save()
    _hold(staff, spec.held, since)
    record(agency.chain, staff=staff.code, roles=_roles(spec.held))
    return staff


def _described(spec: StaffSpec) -> dict[str, Any]:
    said = {
        "name": squeeze(spec.name),
        "address_form": spec.address_form,
        "title": squeeze(spec.title),
        "phone": spec.phone.strip(),
    }
    if not said["name"] or not said["title"]:
        raise NotNow(_("Chưa ghi được: cần họ tên và chức danh của cán bộ."))
    return said


def _username(agency: Agency, spec: StaffSpec) -> str:
    wanted = spec.username.strip().casefold()
    if not wanted:
        return _free_username(f"{agency.code.casefold()}.{fold(spec.name).split(' ')[-1] or 'cb'}")
    if not USERNAME.fullmatch(wanted):
        raise NotNow(
            _("Chưa ghi được: tên tài khoản “%(name)s” cần 3 đến 60 chữ thường không dấu, số, dấu chấm hoặc gạch nối.")
            % {"name": spec.username}
        )
    if Staff.objects.filter(username=wanted).exists():
        raise NotNow(_("Chưa ghi được: tên tài khoản “%(name)s” đã có người dùng.") % {"name": wanted})
    return wanted


def _free_username(base: str) -> str:
    """hoa, hoa2, hoa3: the first that nobody has."""
    taken = set(Staff.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := base if n == 1 else f"{base}{n}") not in taken)


def _roles(held: Held) -> str:
    return " ".join(f"{role}@{code}" for role, code in held)


def _hold(staff: Staff, held: Held, since: date) -> None:
    offices = {office.code: office for office in open_offices(staff.agency)}
    lost = next((code for _role, code in held if code not in offices), None)
    if lost:
        raise NotNow(_("Chưa ghi được: không có đơn vị mã %(code)s, hoặc đơn vị đã đóng.") % {"code": lost})
    Holding.objects.bulk_create(
        Holding(staff=staff, role=role, office=offices[code], since=since) for role, code in held
    )


@verb("staff.describe", may=may_amend)
def describe(staff: Staff, spec: StaffSpec, *, actor: Actor, now: datetime) -> Staff:
    """Put the name, form of address, title and telephone of a member of staff right; the account keeps its username."""
    said = _described(spec)
    changed = [name for name, value in said.items() if getattr(staff, name) != value]
    write(staff, **said)
    record(staff.chain, staff=staff.code, changed=" ".join(changed))
    return staff


@verb("staff.reassign", may=may_amend)
def reassign(staff: Staff, held: Held, *, actor: Actor, now: datetime) -> Staff:
    """Give a member of staff other roles and offices from today; what they held before stays with its days.

    NotNow for nothing chosen, a closed account, and for taking the last administrator's role away.
    """
    _is_open(staff)
    wanted = list(dict.fromkeys(held))
    if not wanted:
        raise NotNow(_("Chưa ghi được: chưa chọn vai và đơn vị nào. Người đã nghỉ thì đóng tài khoản."))
    if not any(role == Role.ADMIN for role, _code in wanted):
        _keep_an_administrator(staff)
    today = clock.day_of(now, staff.agency.zone)
    kept = _end(staff, today, besides=wanted)
    _hold(staff, [pair for pair in wanted if pair not in kept], today)
    record(staff.chain, staff=staff.code, roles=_roles(wanted))
    return staff


def _end(staff: Staff, day: date, besides: Held = ()) -> set[tuple[Role, str]]:
    """End the roles held now, except these; those that go on."""
    kept = set()
    for holding in staff.holdings.filter(until=None).select_related("office"):
        pair = (Role(holding.role), holding.office.code)
        if pair in besides:
            kept.add(pair)
        else:
            write(holding, until=day)
    return kept


def _keep_an_administrator(staff: Staff) -> None:
    """NotNow where nobody else could administer the agency after this one."""
    is_one = staff.holdings.filter(role=Role.ADMIN, until=None).exists()
    if is_one and not other_administrators(staff):
        raise NotNow(
            _(
                "Chưa ghi được: %(name)s là quản trị duy nhất vào được hệ thống. Cần một quản trị khác đã đặt mật khẩu trước."
            )
            % {"name": staff.name}
        )


def _is_open(staff: Staff) -> None:
    if not staff.is_active:
        raise NotNow(_("Chưa ghi được: tài khoản này đã đóng. Mở lại trước."))


@verb("staff.link", may=may_amend)
def let_in(staff: Staff, *, actor: Actor, now: datetime) -> str:
    """Make a link that lets a member of staff in once, within three days; links made before open nothing any more.

    Returns the token, which is shown once and never stored. NotNow for a closed account.
    """
    _is_open(staff)
    void_links(staff.agency, purpose=SIGN_IN, codes=[staff.code])
    token = give_link(
        staff.agency, purpose=SIGN_IN, code=staff.code, expires_at=now + LINK_LASTS, staff=staff, single_use=True
    )
    Attempt.objects.filter(door=SIGN_IN_DOOR, key=attempt_key(account_key(staff.username))).delete()
    record(staff.chain, staff=staff.code)
    return token


@verb("staff.close", may=may_amend)
def close(staff: Staff, *, actor: Actor, now: datetime) -> Staff:
    """Close the account of somebody who has left: sessions, links and password end now, roles with today.

    NotNow for the last administrator and for one who is closed already.
    """
    _is_open(staff)
    _keep_an_administrator(staff)
    _end(staff, clock.day_of(now, staff.agency.zone))
    void_links(staff.agency, purpose=SIGN_IN, codes=[staff.code])
    write(staff, is_active=False, password=UNUSABLE_PASSWORD_PREFIX + chance.token())
    record(staff.chain, staff=staff.code)
    return staff


@verb("staff.reopen", may=may_amend)
def reopen(staff: Staff, held: Held, *, actor: Actor, now: datetime) -> Staff:
    """Open the account of somebody who has come back, with the roles they hold now; they come in by a new link."""
    if staff.is_active:
        raise NotNow(_("Tài khoản này đang mở."))
    if not held:
        raise NotNow(_("Chưa mở lại được: chưa chọn vai và đơn vị nào."))
    write(staff, is_active=True)
    _hold(staff, list(dict.fromkeys(held)), clock.day_of(now, staff.agency.zone))
    record(staff.chain, staff=staff.code, roles=_roles(held))
    return staff


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
    Attempt.objects.filter(door=SIGN_IN_DOOR, key=attempt_key(account_key(staff.username))).delete()
    record(agency.chain, staff=staff.code, by=by)
    return staff


def may_set_password(actor: Actor, staff: Staff) -> Verdict:
    """Chính người giữ tài khoản."""
    return YES if actor.staff_id == staff.pk else stranger()


@verb("staff.set_password", may=may_set_password)
def set_password(staff: Staff, encoded: str, *, actor: Actor, now: datetime) -> Staff:
    """Let a member of staff sign in by a password from now on; `encoded` was hashed before, for hashing is slow.

    A link that lets them in and was not used yet opens nothing any more.
    """
    write(staff, password=encoded)
    void_links(staff.agency, purpose=SIGN_IN, codes=[staff.code])
    record(staff.chain, staff=staff.code)
    return staff
