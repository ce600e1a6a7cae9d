"""The dialogue as planned: sittings, venues, duties, deadlines, recipients, and who attends."""

from datetime import date

from django.db import models

from doithoai.directory.models import Agency, Office, Place, Sector
from doithoai.documents.models import Document
from doithoai.kernel import clock
from doithoai.kernel.words import later
from doithoai.people.models import Staff
from doithoai.planning.states import DIALOGUE, DUTY, OBSTACLE, REMARK, SITTING
from doithoai.rules.floor import minutes_per_turn


class Dialogue(models.Model):
    """The whole case, from the plan to its closing.

    `answers` are the agency's answers to the questions of its profile ({slug: yes}), `bases` the lines of
    căn cứ that the plan prints. `common` is the dialogue whose plan this one shares, where one plan holds several.
    `readiness` holds what this dialogue decided of the lines of readiness: {slug: {"on": yes, "why": its reason}}.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dialogues")
    code = models.CharField(max_length=20, unique=True)
    year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=300)
    territory = models.CharField(max_length=120)
    profile_key = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=DIALOGUE.choices, default=DIALOGUE.start)
    mode = models.CharField(max_length=20)
    platform = models.CharField(max_length=80, blank=True)
    platform_as_written = models.CharField(max_length=80, blank=True)
    join_link = models.URLField(blank=True)
    parent = models.JSONField(default=dict)
    plan_text = models.JSONField(default=dict)
    bases = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    chair = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="chaired")
    secretariat = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    plan = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="planned")
    is_yearly_conference = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    written_until = models.DateField(null=True)
    common = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    readiness = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.subject

    @property
    def plan_in_force(self) -> Document | None:
        """The paper of its plan, its own or that of the dialogue whose plan it shares; None before it is drafted."""
        return self.common.plan if self.common else self.plan

    @property
    def is_written(self) -> bool:
        """Whether it is held in writing: no sittings, opinions are taken until `written_until`."""
        return self.written_until is not None

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue."""
        return self.code


class Sitting(models.Model):
    """One sitting: a sector, its hours, its lead office, how many turns are expected.

    `announced_at` is the beginning that papers already sent still name, while a notice of the change is owed;
    `reason` says why it was postponed or called off. `co_chair` names whoever leads it beside the dialogue's chair, in
    the words of `rules.cochair`. `tentative` is when the plan expects it, in words (“trong tháng 11/2021”), while its
    day is not fixed: `starts_at` is a forecast then, and nothing is counted or sent from it.
    """

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="sittings")
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, unique=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="led_sittings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    expected = models.PositiveSmallIntegerField()
    quota = models.PositiveSmallIntegerField(default=0)
    overhead_minutes = models.PositiveSmallIntegerField(default=30)
    co_chair = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=SITTING.choices, default=SITTING.start)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    tentative = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.sector.name}, {clock.local(self.starts_at, self.dialogue.agency.zone):%H:%M %d/%m/%Y}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.dialogue.agency

    @property
    def day(self) -> date:
        """The day of the sitting in the agency's zone."""
        return clock.day_of(self.starts_at, self.agency.zone)

    @property
    def length(self) -> int:
        """Length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def turn_minutes(self) -> int:
        """Whole minutes for each expected turn (R29); 0 where nobody is expected or no time is left beside the opening."""
        return minutes_per_turn(self.length, self.expected, self.overhead_minutes)


class Venue(models.Model):
    """A linked venue; exactly one is central. Citizens of a ward sit at the venue of their ward."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="venues")
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="venues")
    ward = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    is_central = models.BooleanField(default=False)
    chair = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code


class Check(models.Model):
    """One confirmed line of a venue's readiness: room, equipment, account, the line to the centre, health."""

    class Kind(models.TextChoices):
        """What was checked."""

        ROOM = "room", later("Phòng họp")
        EQUIPMENT = "equipment", later("Thiết bị, loa, micro")
        ACCOUNT = "account", later("Tài khoản vào phòng họp trực tuyến")
        LINE = "line", later("Đường truyền tới điểm cầu trung tâm")
        HEALTH = "health", later("Phòng, chống dịch bệnh")
        CONNECTED = "connected", later("Đã kết nối, nghe và thấy nhau")

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=40, choices=Kind.choices)
    is_ready = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.venue}: {self.get_kind_display()}"


class VenueTold(models.Model):
    """What a venue was told of a sitting that changed; `known_at` is empty until somebody there says that they know."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="told")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="told")
    words = models.TextField()
    at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "venues told"

    def __str__(self) -> str:
        return self.words

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.sitting.chain


class Attendance(models.Model):
    """Who takes part at which venue by virtue of the plan; an office is invited at leadership level."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="attendance")
    ordinal = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=300)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    is_chair = models.BooleanField(default=False)
    is_citizens = models.BooleanField(default=False)

    class Meta:
        ordering = ["venue_id", "ordinal"]

    def __str__(self) -> str:
        return self.who


class Duty(models.Model):
    """Something an office was given to do, with an accountable head and a deadline.

    `term` is the plan's own term ({"count", "unit", "before_or_after", "anchor"}, or empty), `due_on` the day that it
    prints. `rule` names the duty of the profile that is meant, if any; `binds_by` which of the two terms then binds.
    """

    class Binds(models.TextChoices):
        """Which term binds where the plan's and the rules' differ."""

        STRICTER = "stricter", later("Hạn sớm hơn")
        PLAN = "plan", later("Hạn của kế hoạch")
        RULES = "rules", later("Hạn của quy định")

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="duties")
    code = models.CharField(max_length=28, unique=True)
    slug = models.CharField(max_length=40, blank=True)
    what = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="duties")
    supporting = models.ManyToManyField(Office, related_name="supported_duties")
    accountable = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="duties")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="duties")
    state = models.CharField(max_length=12, choices=DUTY.choices, default=DUTY.start)
    report = models.TextField(blank=True)
    is_from_plan = models.BooleanField(default=True)
    term = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    rule = models.CharField(max_length=40, blank=True)
    binds_by = models.CharField(max_length=8, choices=Binds.choices, default=Binds.STRICTER)
    binds_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return self.what

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code


class Progress(models.Model):
    """A line that the accountable office wrote on how far a duty is."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="progress")
    words = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words


class Evidence(models.Model):
    """A file that shows a duty was done; the bytes stand in the store under `sha256`. Nobody removes one."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="evidence")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["duty", "ordinal"], name="evidence_ordinal")]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.name


class Deadline(models.Model):
    """One counted deadline: the rule in its own words, the bare result of counting, and how it was counted.

    Overdue is never stored: it is `due_on` before today while `met_on` is empty. Counting again
    leaves the old row with `superseded_at`. `task` is the duty of the plan whose own term it is; `why` says, where the
    plan and the rules differ, which one binds and for what reason.
    """

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="deadlines")
    duty = models.CharField(max_length=40)
    rule_slug = models.CharField(max_length=60)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="deadlines")
    rule = models.TextField()
    law = models.CharField(max_length=300)
    anchor = models.CharField(max_length=20)
    anchor_on = models.DateField()
    count = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12)
    side = models.CharField(max_length=6)
    due_on = models.DateField()
    plan_for = models.DateField()
    is_binding = models.BooleanField()
    why = models.CharField(max_length=500, blank=True)
    task = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, related_name="deadlines")
    arithmetic = models.TextField()
    cells = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    calendar_version = models.CharField(max_length=40)
    met_on = models.DateField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.duty}: {self.due_on:%d/%m/%Y}"


class Recipient(models.Model):
    """A line of Nơi nhận; an office where the line names one. Delivery is recorded line by line."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="recipients")
    ordinal = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return self.text


class Obstacle(models.Model):
    """A difficulty that a unit raises to the Office, which directs and closes it."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="obstacles")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    direction = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=OBSTACLE.choices, default=OBSTACLE.start)

    def __str__(self) -> str:
        return self.text

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code


class Consultation(models.Model):
    """Offices asked to comment on the draft of the plan, until a day."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="consultations")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.document.code}: {self.until:%d/%m/%Y}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code


class Consulted(models.Model):
    """One office that was asked: `answered_at` is empty until it agreed or remarked."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="asked")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(default=False)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "office"], name="consulted_once")]
        verbose_name_plural = "consulted"

    def __str__(self) -> str:
        return str(self.office)

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.consultation.chain


class Remark(models.Model):
    """What an office asks to change in one clause of the draft, and what the drafter made of it."""

    consulted = models.ForeignKey(Consulted, on_delete=models.PROTECT, related_name="remarks")
    ordinal = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=40)
    quoted = models.TextField(blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=REMARK.choices, default=REMARK.start)
    reply = models.TextField(blank=True)

    class Meta:
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return self.text

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.consulted.chain


class Writing(models.Model):
    """A plan being written from nothing, kept at every step until it becomes a dialogue.

    `said` holds what was typed, step by step, as it was typed. `read` holds a plan that was read from a file, with the
    corrections made so far, instead: {"draft", "lines", "daily", "chair", …}.
    """

    DROPPED = "bo"
    APPLIED = "xong"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="writings")
    code = models.CharField(max_length=24, unique=True)
    said = models.JSONField(default=dict)
    read = models.JSONField(default=dict)
    step = models.CharField(max_length=16)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()
    dialogue = models.OneToOneField(Dialogue, on_delete=models.PROTECT, null=True, related_name="writing")

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether it can be gone on with: no dialogue was made of it, and nobody gave it up."""
        return self.dialogue_id is None and self.step not in (self.DROPPED, self.APPLIED)

    @property
    def chain(self) -> str:
        """The journal chain of the agency: there is no dialogue yet."""
        return self.agency.code


class Material(models.Model):
    """Something for the people to read before a sitting, or before all of them: open to anyone until it is withdrawn.

    The bytes stand in the store under `sha256`.
    """

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="materials")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="materials")
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "ordinal"], name="material_ordinal")]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """The code within the dialogue: “TL02”."""
        return f"TL{self.ordinal:02d}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code
