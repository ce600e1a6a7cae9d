"""The only room with personal data: staff, the roles they hold, citizens, their words, and access links."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from doithoai.directory.models import Agency, Office, Place
from doithoai.kernel.access import Actor, Role
from doithoai.kernel.words import in_vietnamese, later


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by what they sign in with."""


class Staff(AbstractBaseUser):
    """A member of staff who signs in."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="staff")
    username = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    address_form = models.CharField(max_length=10, default="ông/bà")
    title = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = StaffManager()

    class Meta:
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The pseudonymous name in the journal."""
        return f"staff:{self.code}"

    @property
    def held_now(self) -> list["Holding"]:
        """The roles held now, in the order in which they were given; with their offices where those were read along."""
        return [holding for holding in self.holdings.all() if holding.until is None]

    @property
    def chain(self) -> str:
        """Acts on an account stand in the agency's chain."""
        return self.agency.chain

    def as_actor(self) -> Actor:
        """The actor with every role held now."""
        held = frozenset((holding.role, holding.office_id) for holding in self.held_now)
        return Actor(ref=self.ref, agency_id=self.agency_id, held=held, name=self.name, staff_id=self.pk)


class Holding(models.Model):
    """A role held at an office, with its dates."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=12, choices=Role.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.office.name}"


class Person(models.Model):
    """A citizen or an organisation that takes part."""

    class Kind(models.TextChoices):
        """Person or organisation."""

        CITIZEN = "citizen", later("Công dân")
        ORGANISATION = "organisation", later("Tổ chức")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CITIZEN)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200, db_index=True)
    sex = models.CharField(max_length=3, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=120, blank=True)
    ward = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="people")
    group = models.CharField(max_length=80, blank=True)
    household = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="person_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        """Acts on a person's data stand in the agency's chain."""
        return self.agency.chain

    @property
    def honorific(self) -> str:
        """Ông, Bà, or both where the record does not say."""
        return {"nam": "ông", "nữ": "bà"}.get(self.sex, "ông/bà")

    @property
    def address(self) -> str:
        """Residential group and ward, as far as known."""
        return ", ".join(part for part in (self.group, str(self.ward) if self.ward else "") if part)


class HamletHead(models.Model):
    """Who heads a hamlet or residential group of a ward, and where they are reached: one call tells every household.

    `group` is written as in the addresses of its people; `group_folded` is what finds it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="hamlet_heads")
    ward = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="hamlet_heads")
    group = models.CharField(max_length=80)
    group_folded = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "group_folded"], name="hamlet_head_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"

    @property
    def title(self) -> str:
        """What the head of such a group is called: “trưởng thôn”, “tổ trưởng”."""
        return head_title(self.group)


def head_title(group: str) -> str:
    """How the head of a residential group is called, by the group's own name; always Vietnamese, papers say it too."""
    words = group.casefold()
    with in_vietnamese():
        return str(next(title for kind, title in HEADS.items() if words.startswith(kind)))


HEADS = {
    "khu phố": later("trưởng khu phố"), "khu vực": later("trưởng khu vực"), "thôn": later("trưởng thôn"),
    "buôn": later("trưởng buôn"), "bản": later("trưởng bản"), "ấp": later("trưởng ấp"), "xóm": later("trưởng xóm"),
    "làng": later("trưởng làng"), "": later("tổ trưởng"),
}  # fmt: skip


class Text(models.Model):
    """Somebody's words, with the salt whose digest stands in the journal. Erasing takes body and salt, not the row."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="texts")
    body = models.TextField(null=True)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.body if self.body is not None else "Đã xóa theo yêu cầu"


class AccessLink(models.Model):
    """A personal link: 128 bits, stored hashed, for one purpose and one thing."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, related_name="links")
    expires_at = models.DateTimeField()
    is_single_use = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.code}"


class Attempt(models.Model):
    """One knock at a limited door; counted, then swept."""

    door = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["door", "key", "at"], name="attempt_door_key_at")]

    def __str__(self) -> str:
        return f"{self.door} {self.at:%H:%M}"
