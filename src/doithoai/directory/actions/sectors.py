"""Sectors and their administrative procedures: added one by one or as a pasted list, and put right."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.actions.naming import free_name, next_code
from doithoai.directory.models import Agency, Procedure, Sector
from doithoai.directory.permissions import may_amend
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.rules.vietnamese import fold, squeeze

MOST = 2_000
LONGEST_CODE, LONGEST_NAME = 30, 300


@verb("sector.add", may=may_amend)
def add_sector(agency: Agency, name: str, *, actor: Actor, now: datetime) -> Sector:
    """Add a field of administrative procedures; its code is given here. NotNow for a name that is there."""
    own = Sector.objects.filter(agency=agency)
    code = next_code("LV", own.values_list("code", flat=True), digits=1)
    sector = Sector.objects.create(agency=agency, code=code, name=free_name(name, own.values_list("name", flat=True)))
    record(agency.chain, sector=code, name=sector.name)
    return sector


@verb("sector.rename", may=may_amend)
def rename_sector(sector: Sector, name: str, *, actor: Actor, now: datetime) -> Sector:
    """Put a sector's name right. NotNow for a name that another sector bears."""
    others = Sector.objects.filter(agency=sector.agency).exclude(pk=sector.pk)
    was = sector.name
    write(sector, name=free_name(name, others.values_list("name", flat=True)))
    record(sector.chain, sector=sector.code, name=sector.name, was=was)
    return sector


@verb("procedure.add", may=may_amend)
def add_procedures(sector: Sector, rows: Sequence[tuple[str, str]], *, actor: Actor, now: datetime) -> list[Procedure]:
    """Add procedures, each as (code, name), to a sector; one without a code gets one.

    All or none: NotNow names the first that is there already, stands twice, is too long, or has no name.
    """
    if not rows or len(rows) > MOST:
        raise NotNow(_("Chưa ghi được: cần từ 1 đến %(most)s thủ tục một lần.") % {"most": MOST})
    known = Procedure.objects.filter(sector=sector)
    codes = dict(known.values_list("code", "name"))
    names = {fold(name) for name in codes.values()}
    made = []
    for code, name in rows:
        row = Procedure(sector=sector, code=squeeze(code) or next_code(f"{sector.code}.", codes), name=squeeze(name))
        _check(row, codes, names)
        codes[row.code] = row.name
        names.add(fold(row.name))
        made.append(row)
    Procedure.objects.bulk_create(made)
    record(sector.chain, sector=sector.code, procedures=len(made), first=made[0].code)
    return made


def _check(row: Procedure, codes: dict[str, str], names: set[str]) -> None:
    if not row.name:
        raise NotNow(_("Chưa ghi gì: thủ tục mã %(code)s không có tên.") % {"code": row.code})
    if len(row.code) > LONGEST_CODE or len(row.name) > LONGEST_NAME:
        raise NotNow(_("Chưa ghi gì: mã hoặc tên quá dài ở thủ tục “%(name)s”.") % {"name": row.name[:60]})
    if row.code in codes:
        raise NotNow(_("Chưa ghi gì: mã %(code)s đã là của “%(name)s”.") % {"code": row.code, "name": codes[row.code]})
    if fold(row.name) in names:
        raise NotNow(_("Chưa ghi gì: lĩnh vực đã có thủ tục “%(name)s”.") % {"name": row.name})


@verb("procedure.name", may=may_amend)
def name_procedure(procedure: Procedure, *, code: str, name: str, actor: Actor, now: datetime) -> Procedure:
    """Put a procedure's code and name right. NotNow for what another procedure of the sector bears."""
    others = Procedure.objects.filter(sector=procedure.sector).exclude(pk=procedure.pk)
    wanted = Procedure(sector=procedure.sector, code=squeeze(code) or procedure.code, name=squeeze(name))
    known = dict(others.values_list("code", "name"))
    _check(wanted, known, {fold(name) for name in known.values()})
    was = procedure.code
    write(procedure, code=wanted.code, name=wanted.name)
    record(procedure.chain, procedure=procedure.code, was=was, name=procedure.name)
    return procedure
