"""Who did a procedure, who may be drawn, who was drawn, invited, and came."""

from datetime import date

from django.db import models

from doithoai.directory.models import Agency, Office, Place, Procedure, Sector
from doithoai.documents.models import Document
from doithoai.kernel.words import later
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster.states import CHECK, INVITATION, REGISTRATION, TRIAL


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


class RecordCheck(models.Model):
    """One file between being chosen and being taken: read by the worker, looked at by a person, confirmed or dropped.

    `done` of `total` lines are read. The files, by their hashes: `sha256` what was uploaded, `seen_file` what the page
    shows of it as JSON, `lines_file` what becomes of every line as CSV; none is named any more once the check is over, and so
    swept. `beat_at` and `tries` tell of a worker that fell silent.
    """

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="record_checks")
    code = models.CharField(max_length=12, unique=True)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=CHECK.choices, default=CHECK.start)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=600, blank=True)
    seen_file = models.CharField(max_length=64, blank=True)
    lines_file = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="record_check_waiting")]

    def __str__(self) -> str:
        return f"{self.dialogue.code}: {self.name}"


class RecordColumns(models.Model):
    """Which column says what in exports with this header row, as somebody of the agency chose it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="record_columns")
    header = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "header"], name="record_columns_once")]

    def __str__(self) -> str:
        return f"{self.agency.code}: {self.header[:8]}"


class WardReading(models.Model):
    """What a spelling of a ward means to an agency, where the table of places knows several; null: none of its wards."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="ward_readings")
    spelling = models.CharField(max_length=150)
    ward = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "spelling"], name="ward_reading_once")]

    def __str__(self) -> str:
        return self.spelling


class Record(models.Model):
    """One finished file at the one-stop desk: the proof that a person did a procedure of a sector.

    `ward_note` says why the file counts for the person's ward where it names another: the ward of before 2025,
    whose official code is `ward_code`.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="records")
    batch = models.ForeignKey(RecordBatch, on_delete=models.PROTECT, related_name="records")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    procedure_as_written = models.CharField(max_length=300, blank=True)
    file_code = models.CharField(max_length=40)
    received_on = models.DateField(null=True)
    ward_code = models.CharField(max_length=5, blank=True)
    ward_note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.file_code


class Trial(models.Model):
    """Quotas that somebody tries for a sitting: waiting for the worker, being solved, solved, or refused with why.

    `asked` are the fields as they were sent, `quotas` what they mean; `about` is the digest of the list and the quotas for which the table
    holds, the only ones. `done` counts the panels looked for. `beat_at` and `tries` tell of a worker that fell silent.
    """

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="trial")
    asked = models.TextField()
    asked_at = models.DateTimeField()
    about = models.CharField(max_length=64, blank=True)
    quotas = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=TRIAL.choices, default=TRIAL.start)
    done = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    lottery = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.sitting.code}: {self.about[:8]}"


class Exclusion(models.Model):
    """Somebody eligible who is kept out of a sitting's draw: on which ground, and why. It does not change once the list is frozen."""

    class Ground(models.TextChoices):
        """Why somebody who could be drawn is not to be."""

        HANDLER = "handler", later("Cán bộ đang giải quyết hồ sơ")
        KIN = "kin", later("Người nhà của cán bộ đang giải quyết hồ sơ")
        STAFF = "staff", later("Cán bộ, công chức của cơ quan")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=8, choices=Ground.choices)
    reason = models.CharField(max_length=300)
    excluded_at = models.DateTimeField()

    class Meta:
        ordering = ["excluded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="exclusion_once_a_sitting")]

    def __str__(self) -> str:
        return f"{self.sitting.code}: {self.ground}"


class Pool(models.Model):
    """The frozen list of those who may be drawn for a sitting. Frozen and committed to before the seed exists.

    `salt` is secret: with it the digest of who stands behind each code, committed to with the list, is recomputed.
    """

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="pool")
    quotas = models.JSONField(default=dict)
    seats = models.PositiveSmallIntegerField()
    event_name = models.CharField(max_length=200)
    event_on = models.DateField()
    commitment = models.CharField(max_length=64)
    canonical = models.TextField()
    salt = models.CharField(max_length=32)
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
