"""Who administers an agency and who works where; every text that lives checked against its digest in the journal."""

from collections.abc import Iterator, Mapping, Set
from typing import Final

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office
from doithoai.kernel.access import YES, Role, Verdict
from doithoai.people.models import HamletHead, Holding, Person, Staff, Text
from doithoai.rules.chain import Fault, sealed_digest
from doithoai.rules.vietnamese import fold

BATCH: Final = 5_000


def administrators(agency: Agency) -> list[Staff]:
    """Whom to ask for what only an administrator of the agency may do."""
    rows = Staff.objects.filter(agency=agency, is_active=True, holdings__role=Role.ADMIN, holdings__until=None)
    return list(rows.distinct().order_by("code"))


def other_administrators(staff: Staff) -> list[Staff]:
    """The administrators of the agency besides this one who can come in by themselves."""
    return [row for row in administrators(staff.agency) if row.pk != staff.pk and row.has_usable_password()]


def is_left_by_all(office: Office) -> Verdict:
    """Nobody holds a role at an office that is to be closed."""
    held = Holding.objects.filter(office=office, until=None, staff__is_active=True).select_related("staff")
    names = list(dict.fromkeys(row.staff.name for row in held.order_by("staff__code")))
    if not names:
        return YES
    shown = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    return Verdict(
        _(
            "Chưa đóng được: còn %(count)s người giữ việc ở đơn vị này (%(names)s). Đổi đơn vị hoặc đóng tài khoản của họ trước."
        )
        % {"count": len(names), "names": shown}
    )


def heads_of_hamlets(agency: Agency) -> dict[tuple[int | None, str], HamletHead]:
    """Who heads each residential group, by `hamlet_of` of the people who live there."""
    return {(row.ward_id, row.group_folded): row for row in HamletHead.objects.filter(agency=agency)}


def hamlet_of(person: Person) -> tuple[int | None, str]:
    """The residential group of a person, however it was written: the ward and the folded name, "" where it is not known."""
    return person.ward_id, fold(person.group)


def faults(named: Mapping[str, str], erased: Set[str] = frozenset()) -> Iterator[Fault]:
    """Compare every text with the journal.

    `named` maps the digests of texts that the journal names to the entry that names them; `erased` are
    the digests whose erasure it records, the only ones that may stand without their words.
    """
    found: set[str] = set()
    rows = Text.objects.order_by("pk").values_list("pk", "body", "salt", "digest")
    for pk, body, salt, digest in rows.iterator(chunk_size=BATCH):
        found.add(digest)
        what = _fault(body, salt, digest, named, erased)
        if what:
            yield Fault(f"people_text {pk}", what)
    for digest, where in named.items():
        if digest not in found:
            yield Fault(where, f"thiếu lời đã ghi, mã {digest[:16]}…")


def _fault(body: str | None, salt: str, digest: str, named: Mapping[str, str], erased: Set[str]) -> str:
    if digest not in named:
        return f"nhật ký không có mã {digest[:16]}… của lời này"
    if body is None:
        return "" if digest in erased else "lời đã mất mà nhật ký không ghi việc xóa"
    return "" if sealed_digest(salt, body) == digest else "lời đã bị thay đổi, không khớp mã ghi trong nhật ký"
