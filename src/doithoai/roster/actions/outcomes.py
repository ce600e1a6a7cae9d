"""What becomes of every line of an uploaded export, as one table to take away: who is taken, and why each other is not."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from doithoai.roster.models import RecordBatch
from doithoai.rules.csv_table import csv_table
from doithoai.rules.onestop import Applicant, Expected, Intake, Row

Line = tuple[int, str, str, str, str]
"""The line of the sheet, what becomes of it, the name, the file code, and the reason."""


def outcomes_csv(intake: Intake, wanted: Expected) -> bytes:
    """Every line of the sheet in its order; one of which a cell stays empty stands once more for each such cell."""
    head = (_("Dòng"), _("Kết quả"), _("Họ tên"), _("Mã hồ sơ"), _("Lý do"))
    return csv_table([head, *sorted(_outcomes(intake, wanted), key=lambda line: line[0])])


def kept_csv(batch: RecordBatch) -> bytes:
    """What is kept of a file that was taken: each line refused or merged and each cell left empty, by its sentence."""
    words = ((_("Không nhận"), batch.refused), (_("Gộp cùng người"), batch.merged), (_("Để trống một ô"), batch.doubts))
    return csv_table([(_("Kết quả"), _("Lý do")), *((word, told) for word, rows in words for told in rows)])


def _outcomes(intake: Intake, wanted: Expected) -> Iterator[Line]:
    merged = {one.line: one.sentence for one in intake.merged}
    for one in intake.taken:
        yield from _of_person(one, wanted, merged)
    for doubt in intake.doubts:
        yield doubt.line, _("Nhận, để trống một ô"), "", "", doubt.sentence
    for refused in intake.refused:
        yield refused.line, _("Không nhận"), "", "", refused.sentence
    for skipped in intake.skipped:
        yield skipped.line, _("Không phải hồ sơ"), "", "", skipped.sentence


def _of_person(one: Applicant, wanted: Expected, merged: Mapping[int, str]) -> Iterator[Line]:
    fits = one.ward in wanted.wards and any(_counts(row, wanted) for row in one.rows)
    for row in one.rows:
        joined = merged.get(row.line, "")
        if fits and _counts(row, wanted):
            word, why = (_("Nhận, gộp cùng người") if joined else _("Nhận")), row.ward_note
        else:
            word, why = _("Không lưu"), _why_left_out(row, one.ward, wanted)
        yield row.line, word, row.name, row.file_code, " ".join(filter(None, (joined, why)))


def _counts(row: Row, wanted: Expected) -> bool:
    return row.finished and row.sector in wanted.sectors


def _why_left_out(row: Row, ward: str, wanted: Expected) -> str:
    """Why nothing of this line is kept: the first reason that holds."""
    if ward not in wanted.wards:
        return _("Cư trú tại “%(ward)s”, không thuộc các phường của kế hoạch.") % {"ward": ward}
    if row.sector not in wanted.sectors:
        return _("Hồ sơ lĩnh vực “%(sector)s”, không phải lĩnh vực của kế hoạch.") % {"sector": row.sector}
    return _("Hồ sơ chưa giải quyết xong.")
