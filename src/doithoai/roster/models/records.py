"""The one-stop desk's files as they come in: uploaded, looked at, taken, and how an agency's exports are read."""

from django.db import models

from doithoai.directory.models import Agency, Place, Procedure, Sector
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Dialogue
from doithoai.roster.states import CHECK


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
