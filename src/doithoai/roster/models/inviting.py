"""Who is invited, who registered, how they are called, and the lists they sign."""

from datetime import date

from django.db import models

from doithoai.directory.models import Agency, Office
from doithoai.documents.models import Document
from doithoai.kernel.words import later
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Sitting, Venue
from doithoai.roster.models.drawing import PoolMember
from doithoai.roster.states import INVITATION, REGISTRATION


class Invitation(models.Model):
    """One person's place at a sitting: chosen by lot, reserve, or by hand with a reason; or a delegate's.

    Presence has its own words: in person, a substitute with name, relation and what proved it, or absent
    with or without a reason. `is_device_time`: the hour is that of a device which had no line then.
    `before_arrival` is the state, and its reason, to which an arrival noted by mistake goes back.
    `quota_note` says which quota a called reserve leaves unmet, where nobody would have kept them all.
    `instead` is whom an answer named to come in the person's place; whether they did is said by `substitute`. `spoken`
    are the six digits of the letter that are read out over the telephone.
    """

    class Route(models.TextChoices):
        """How the person came onto the list."""

        DRAWN = "drawn", later("Bốc thăm")
        RESERVE = "reserve", later("Dự bị")
        CHOSEN = "chosen", later("Chọn mời, có lý do")
        REGISTERED = "registered", later("Đăng ký tham dự")
        WALK_IN = "walk_in", later("Đến không có giấy mời")
        DELEGATE = "delegate", later("Đại biểu")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="invitations")
    code = models.CharField(max_length=32, unique=True)
    ordinal = models.PositiveSmallIntegerField()
    route = models.CharField(max_length=10, choices=Route.choices)
    state = models.CharField(max_length=10, choices=INVITATION.choices, default=INVITATION.start)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="invitations")
    member = models.ForeignKey(PoolMember, on_delete=models.PROTECT, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)
    guest = models.CharField(max_length=300, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="invitations")
    selection_reason = models.CharField(max_length=300)
    quota_note = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="invitations")
    invited_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=120, blank=True)
    replied_at = models.DateTimeField(null=True)
    reply_channel = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    needs = models.CharField(max_length=300, blank=True)
    instead = models.CharField(max_length=120, blank=True)
    instead_relation = models.CharField(max_length=60, blank=True)
    instead_phone = models.CharField(max_length=20, blank=True)
    spoken = models.CharField(max_length=6, blank=True)
    substitute = models.CharField(max_length=120, blank=True)
    substitute_relation = models.CharField(max_length=60, blank=True)
    substitute_proof = models.CharField(max_length=120, blank=True)
    arrived_at = models.DateTimeField(null=True)
    is_device_time = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)
    before_arrival = models.JSONField(default=dict)
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


class Opening(models.Model):
    """Registering for a sitting is open to anybody until this time, for the plan chooses nobody."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="opening")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sitting.code}: {self.until:%Y-%m-%d %H:%M}"


class Registration(models.Model):
    """Somebody who asks to come, in the order of asking: waiting to be looked at, in line for a place, placed, or refused.

    `topic` is what they want to raise, `reason` why they were refused, `invitation` the place they got.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="registrations")
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=REGISTRATION.choices, default=REGISTRATION.start)
    reason = models.CharField(max_length=300, blank=True)
    registered_at = models.DateTimeField()
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True, related_name="registration")

    class Meta:
        ordering = ["sitting_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["sitting", "ordinal"], name="registration_ordinal")]

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


class Call(models.Model):
    """One telephone call to an invited person, or theirs to us: what came of it, by whom, when, and a note."""

    class Outcome(models.TextChoices):
        """What came of it."""

        ACCEPTED = "accepted", later("Nhận lời")
        DECLINED = "declined", later("Không đến được")
        INSTEAD = "instead", later("Xin cho người khác đi thay")
        TOLD = "told", later("Đã báo qua trưởng thôn, tổ trưởng")
        MISSED = "missed", later("Chưa nghe máy")
        WRONG = "wrong", later("Sai số")

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.invitation.code}: {self.outcome}"


class Reminder(models.Model):
    """The day chosen for reminding those who have not answered, where it is not the usual one."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="reminder")
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.sitting.code}: {self.on}"


class Scan(models.Model):
    """A list that was signed by hand and scanned: the scan is the original."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="scans")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["sitting_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["sitting", "ordinal"], name="scan_ordinal")]

    def __str__(self) -> str:
        return f"{self.sitting.code} bản ký {self.ordinal}"
