"""Acts on the directory: an agency set up, its offices, sectors and places kept, its rules amended."""

from doithoai.directory.actions.founding import (
    AgencySpec,
    Particulars,
    amend_recipients,
    describe_agency,
    set_up,
)
from doithoai.directory.actions.offices import (
    OfficeSpec,
    add_office,
    close_office,
    describe_office,
    likely_office,
    rename_office,
    title_of_head,
)
from doithoai.directory.actions.places import PlaceSpec, add_places, locate
from doithoai.directory.actions.ruling import amend_rules
from doithoai.directory.actions.sectors import add_procedures, add_sector, name_procedure, rename_sector
from doithoai.directory.permissions import may_amend, may_set_up

__all__ = [
    "AgencySpec", "OfficeSpec", "Particulars", "PlaceSpec", "add_office", "add_places", "add_procedures", "add_sector",
    "amend_recipients", "amend_rules", "close_office", "describe_agency", "describe_office", "likely_office", "locate",
    "may_amend", "may_set_up", "name_procedure", "rename_office", "rename_sector", "set_up", "title_of_head",
]  # fmt: skip
