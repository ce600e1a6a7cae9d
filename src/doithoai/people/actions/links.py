"""Personal links, each stored hashed, and doors that open only so often."""

from collections.abc import Collection
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_network

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.kernel import chance
from doithoai.kernel.access import NotNow
from doithoai.people.models import AccessLink, Attempt, Staff


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


def void_links(agency: Agency, *, purpose: str, codes: Collection[str]) -> int:
    """Take the links to these things away: their addresses open nothing any more. Returns how many there were."""
    voided, _by_model = AccessLink.objects.filter(agency=agency, purpose=purpose, code__in=codes).delete()
    return voided


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
    hashed = attempt_key(key)
    since = now - within
    Attempt.objects.filter(door=door, at__lt=since).delete()
    if Attempt.objects.filter(door=door, key=hashed, at__gte=since).count() >= limit:
        minutes = max(1, int(within.total_seconds() // 60))
        raise NotNow(_("Đã thử quá nhiều lần. Xin chờ %(minutes)s phút rồi thử lại.") % {"minutes": minutes})
    Attempt.objects.create(door=door, key=hashed, at=now)


def attempt_key(key: str) -> str:
    """What stands for an account, a code or an address in the count of attempts: whoever reads the tables alone cannot find
    out which it was."""
    return salted_hmac("attempt", caller(key), algorithm="sha256").hexdigest()


def caller(key: str) -> str:
    """An address as it is counted: of the new kind the half that names the connection. Anything else stays as it is."""
    try:
        address = IPv6Address(key)
    except ValueError:
        return key
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))


def clear_attempts(*, before: datetime) -> int:
    """Take away the attempts before an instant, which no door counts any more; returns how many."""
    cleared, _by_model = Attempt.objects.filter(at__lt=before).delete()
    return cleared
