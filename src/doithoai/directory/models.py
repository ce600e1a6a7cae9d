"""Agencies, their offices, places, sectors and procedures, and the rules they follow. No personal data."""

from functools import lru_cache

from django.db import models

from doithoai.kernel.words import later
from doithoai.rules import profiles, workdays


class Installation(models.Model):
    """What this database is. One row; a rehearsal stays one for good."""

    is_rehearsal = models.BooleanField(default=False)
    clock_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "diễn tập" if self.is_rehearsal else "chính thức"


class Agency(models.Model):
    """A body that holds dialogues. Every row of the product belongs to exactly one.

    `unit_code` is the official code of its territory: five digits of a ward, three of a district before 1 July
    2025, two of a province; "" while nobody has said which of several it is. `recipients` are the usual lines of
    Nơi nhận, one a line, "" where nobody has written them.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    territory = models.CharField(max_length=120)
    unit_code = models.CharField(max_length=5, blank=True)
    parent_name = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80)
    symbol = models.CharField(max_length=30, default="UBND")
    head_title = models.CharField(max_length=80, default="Chủ tịch")
    deputy_title = models.CharField(max_length=80, default="Phó Chủ tịch")
    profile_key = models.CharField(max_length=40)
    zone = models.CharField(max_length=40, default="Asia/Ho_Chi_Minh")
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    recipients = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        """The journal chain of every act that belongs to no dialogue."""
        return self.code

    @property
    def agency(self) -> "Agency":
        """Itself: an agency is the holder of papers that belong to no dialogue."""
        return self


class Office(models.Model):
    """A unit that does work for an agency: a division, the secretariat, a ward, the Front.

    `unit_code` is the official code of the ward whose committee it is, "" for every other office. `valid_to` is the
    last day of one that was closed; one without is open.
    """

    class Kind(models.TextChoices):
        """What a unit is to the agency; tone and routing follow from it."""

        SECRETARIAT = "secretariat", later("Văn phòng")
        DIVISION = "division", later("Phòng chuyên môn")
        ONE_STOP = "one_stop", later("Bộ phận Một cửa")
        WARD = "ward", later("UBND cấp dưới")
        FRONT = "front", later("Mặt trận Tổ quốc")
        OTHER = "other", later("Cơ quan khác")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offices")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    symbol = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    has_seal = models.BooleanField(default=False)
    head_title = models.CharField(max_length=80)
    phone = models.CharField(max_length=30, blank=True)
    unit_code = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="office_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        """The journal chain of its agency."""
        return self.agency.chain


class FormerName(models.Model):
    """A name that an office bore, until and with its last day."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    valid_to = models.DateField()

    class Meta:
        ordering = ["valid_to"]

    def __str__(self) -> str:
        return f"{self.name}, đến {self.valid_to:%d/%m/%Y}"


class Place(models.Model):
    """A ward or commune where people live, or a hamlet of it.

    `unit_code` is its official code, "" for a hamlet. Codes were handed on in 2025: what one means stands by
    `valid_from` and `valid_to`. `code` is the agency's own short name for it, unique within the agency.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="places")
    code = models.CharField(max_length=20)
    unit_code = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default="phường")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="place_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


class Sector(models.Model):
    """A field of administrative procedures."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sectors")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="sector_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        """The journal chain of its agency."""
        return self.agency.chain


class Procedure(models.Model):
    """One administrative procedure of a sector."""

    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="procedures")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sector", "code"], name="procedure_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def agency(self) -> Agency:
        """The agency of its sector."""
        return self.sector.agency

    @property
    def chain(self) -> str:
        """The journal chain of its agency."""
        return self.agency.chain


class RuleText(models.Model):
    """A version of a calendar or of a profile of rules, kept as the text an administrator edits."""

    class Kind(models.TextChoices):
        """Which rules."""

        CALENDAR = "calendar", later("Lịch làm việc")
        PROFILE = "profile", later("Bộ quy định")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rule_texts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "key", "version"], name="rule_text_version")]

    def __str__(self) -> str:
        return f"{self.key} bản {self.version}"

    @property
    def parsed(self) -> workdays.WorkCalendar | profiles.Profile:
        """The calendar or profile that the text says."""
        return read_rules(self.kind, self.text, str(self))


@lru_cache(maxsize=32)
def read_rules(kind: str, text: str, where: str) -> workdays.WorkCalendar | profiles.Profile:
    """A text is read once in a process, however many pages count by it."""
    read = workdays.parse_calendar if kind == RuleText.Kind.CALENDAR else profiles.parse_profile
    return read(text, where)
