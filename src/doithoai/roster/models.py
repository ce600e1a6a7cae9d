"""Who did a procedure, who may be drawn, who was drawn, invited, and came."""

from datetime import date

from django.db import models

from doithoai.directory.models import Agency, Office, Procedure, Sector
from doithoai.documents.models import Document
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster.states import INVITATION


class RecordBatch(models.Model):
    """One upload of one-stop records: for which dialogue, from which file, what was taken and refused.

    `refused`, `merged` and `doubts` are sentences about lines of the file. `left_out` counts, by reason, the
    people of the file whom the plan cannot invite; nothing else of them is stored.
    """

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    taken = models.PositiveIntegerField()
    refused = models.JSONField(default=list)
    merged = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    left_out = models.JSONField(default=dict)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Record(models.Model):
    """One finished file at the one-stop desk: the proof that a person did a procedure of a sector."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="records")
    batch = models.ForeignKey(RecordBatch, on_delete=models.PROTECT, related_name="records")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    procedure_as_written = models.CharField(max_length=300, blank=True)
    file_code = models.CharField(max_length=40)
    received_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.file_code


class Pool(models.Model):
    """The frozen list of those who may be drawn for a sitting. Frozen and committed to before the seed exists."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="pool")
    quotas = models.JSONField(default=dict)
    seats = models.PositiveSmallIntegerField()
    event_name = models.CharField(max_length=200)
    event_on = models.DateField()
    commitment = models.CharField(max_length=64)
    canonical = models.TextField()
    frozen_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.sitting.code}: {self.commitment[:8]}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.sitting.chain


class PoolMember(models.Model):
    """One eligible person under a code drawn anew for this pool, with the file that proves it."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    code = models.CharField(max_length=12)
    stratum = models.CharField(max_length=120)
    file_code = models.CharField(max_length=40)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "code"], name="pool_member_code")]

    def __str__(self) -> str:
        return self.code


class Draw(models.Model):
    """The drawing of lots from a pool: the public value, who witnessed it, and the published result."""

    pool = models.OneToOneField(Pool, on_delete=models.PROTECT, related_name="drawing")
    event_value = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    witnesses = models.CharField(max_length=300)
    seed = models.CharField(max_length=64)
    published = models.JSONField()
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pool.sitting.code}: {self.event_value}"


class Invitation(models.Model):
    """One person's place at a sitting: chosen by lot, reserve, or by hand with a reason; or a delegate's.

    Presence has its own words: `present` in person, a substitute with name and relation, or absent
    with or without a reason.
    """

    class Route(models.TextChoices):
        """How the person came onto the list."""

        DRAWN = "drawn", "Bốc thăm"
        RESERVE = "reserve", "Dự bị"
        CHOSEN = "chosen", "Chọn mời, có lý do"
        WALK_IN = "walk_in", "Đến không có giấy mời"
        DELEGATE = "delegate", "Đại biểu"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="invitations")
    code = models.CharField(max_length=32, unique=True)
    ordinal = models.PositiveSmallIntegerField()
    route = models.CharField(max_length=8, choices=Route.choices)
    state = models.CharField(max_length=10, choices=INVITATION.choices, default=INVITATION.start)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="invitations")
    member = models.ForeignKey(PoolMember, on_delete=models.PROTECT, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)
    guest = models.CharField(max_length=300, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="invitations")
    selection_reason = models.CharField(max_length=300)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="invitations")
    invited_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=120, blank=True)
    replied_at = models.DateTimeField(null=True)
    reply_channel = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    needs = models.CharField(max_length=300, blank=True)
    substitute = models.CharField(max_length=120, blank=True)
    substitute_relation = models.CharField(max_length=60, blank=True)
    arrived_at = models.DateTimeField(null=True)
    in_place_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["sitting_id", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person"],
                condition=~models.Q(state="struck"),
                name="invitation_once_a_sitting",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.sitting.dialogue.code

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.sitting.dialogue.agency

    @property
    def name(self) -> str:
        """The person's name, or who is invited by office."""
        return self.person.name if self.person else self.guest

    @property
    def is_citizen(self) -> bool:
        """Whether a citizen or organisation holds it, not a delegate."""
        return self.route != self.Route.DELEGATE

    @property
    def invited_on(self) -> date | None:
        """The day its paper was issued."""
        return self.document.issued_on if self.document else None
