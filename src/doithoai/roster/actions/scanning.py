"""Lists signed by hand come back as scans: the scan is the original, kept under its digest."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.imports import Scanned
from doithoai.roster.models import Scan


@verb("scan.keep", may=permissions.may_keep_scan)
def keep_scan(sitting: Sitting, scanned: Scanned, *, sha256: str, size: int, actor: Actor, now: datetime) -> Scan:
    """Keep the scan of a signed delivery list, already in the store under `sha256`. NotNow for the same file again."""
    if Scan.objects.filter(sitting=sitting, sha256=sha256).exists():
        raise NotNow(_("Tệp này đã đưa lên rồi."))
    row = Scan.objects.create(
        sitting=sitting,
        ordinal=Scan.objects.filter(sitting=sitting).count() + 1,
        kind=scanned.kind,
        sha256=sha256,
        size=size,
        pages=scanned.pages,
        by_id=actor.staff_id,
        at=now,
    )
    record(sitting.chain, sitting=sitting.code, scan=row.ordinal, file=sha256, pages=scanned.pages)
    return row
