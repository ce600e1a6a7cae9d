"""Who may be drawn and who was: quotas tried, people kept out, the frozen list, the lots."""

from django.db import models

from doithoai.kernel.words import later
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster.states import TRIAL


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
