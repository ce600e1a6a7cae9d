"""What an agency knows, for forms to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from doithoai.directory.models import Agency, Office, Place, Sector
from doithoai.kernel.access import Role
from doithoai.people.models import Staff
from doithoai.planning.queries import agency_offices, office_named
from doithoai.rules.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Choices:
    """What an agency knows, to choose from: offices, sectors, the leaders who may chair, places of residence."""

    offices: Sequence[Office]
    sectors: Sequence[Sector]
    leaders: Sequence[Staff]
    places: Sequence[str] = ()

    @classmethod
    def of(cls, agency: Agency) -> "Choices":
        """Those of an agency."""
        leaders = Staff.objects.filter(agency=agency, is_active=True, holdings__role=Role.LEADER, holdings__until=None)
        return cls(
            agency_offices(agency),
            list(Sector.objects.filter(agency=agency).order_by("code")),
            list(leaders.distinct().order_by("pk")),
            [str(place) for place in Place.objects.filter(agency=agency).order_by("code")],
        )

    def office(self, text: str | None) -> str:
        """The name of the office that a plan means; empty where the agency knows none."""
        found = office_named(self.offices, text) if text else None
        return found.name if found else ""

    def sector(self, text: str | None) -> str:
        """The name of the sector that a plan means; empty where the agency knows none."""
        return next((row.name for row in self.sectors if text and fold(row.name) == fold(text)), "")

    def chair(self, name: str | None) -> str:
        """The code of the leader who signs, or of the only one; empty where a person must choose."""
        same = [row for row in self.leaders if name and fold(row.name) == fold(name)]
        found = same or (self.leaders if len(self.leaders) == 1 else [])
        return found[0].code if len(found) == 1 else ""
