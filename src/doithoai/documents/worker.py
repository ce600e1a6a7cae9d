"""What papers need by themselves: rendering that was asked for, and the nightly sweep of files that nothing names."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.db.models import CharField, Q

from doithoai.directory.models import Agency
from doithoai.documents.actions import Print, seal
from doithoai.documents.models import Document, Job
from doithoai.documents.rendering import render_docx_copies, render_pdf_copies
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import System
from doithoai.kernel.nights import Nights
from doithoai.rules.paper import Paper

MOST_TRIES = 5
WAITS = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
"""How long a paper that could not be rendered waits before each further try: a full disk is not empty in a second."""
GRACE = timedelta(days=2)
"""A file younger than this may still wait for somebody's confirmation."""
DIGEST = 64


def waiting(now: datetime) -> list[Job]:
    """Jobs not done, not given up and not waiting for their next try, oldest first."""
    due = Q(next_at=None) | Q(next_at__lte=now)
    jobs = Job.objects.filter(due, done_at=None, tries__lt=MOST_TRIES).order_by("asked_at", "pk")
    return list(jobs.select_related("document__agency"))


def work_off() -> int:
    """Render every waiting paper; returns how many. A paper that fails keeps its problem and is tried again later."""
    done = 0
    for job in waiting(clock.now()):
        open_job = Job.objects.filter(pk=job.pk, done_at=None)
        if open_job.filter(tries=job.tries).update(tries=job.tries + 1) == 0:
            continue  # another worker took it
        try:
            _render(job.document, job.asked_at)
            done += 1
        except Exception as problem:
            words = f"{type(problem).__name__}: {problem}"[:300]
            open_job.update(problem=words, next_at=clock.now() + WAITS[min(job.tries, len(WAITS) - 1)])
    return done


_nights = Nights()


def sweep_by_night() -> int:
    """Once a night delete the files that no row names any more (uploads nobody confirmed); returns how many.

    Every column of 64 characters in any room counts as the name of a file, so a file lives as long as a row names it.
    """
    agency = Agency.objects.order_by("pk").first()
    now = clock.now()
    if agency is None or not _nights.falls(now, agency.zone):
        return 0
    return len(plugs.files().sweep(_named(), before=now - GRACE))


def _named() -> set[str]:
    names: set[str] = set()
    for model in apps.get_models():
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, CharField) and field.max_length == DIGEST
        ]
        for column in columns:
            rows = model._default_manager.exclude(**{column: ""}).exclude(**{column: None})
            names.update(rows.values_list(column, flat=True).iterator())
    return names


def _render(document: Document, asked_at: datetime) -> None:
    papers = [document.model, *(copy.model for copy in document.copy_rows.order_by("ordinal"))]
    prints = [_stored(pdf, docx) for pdf, docx in rendered(papers, asked_at, plugs.plugged.fonts)]
    seal(document, prints, actor=System("worker"), now=clock.now())


def rendered(papers: Sequence[Paper], created_at: datetime, fonts: Path | None) -> list[tuple[bytes, bytes]]:
    """PDF and DOCX of each paper, in order."""
    pdfs = render_pdf_copies(papers, created_at=created_at, font_dir=fonts)
    docxs = render_docx_copies(papers, created_at=created_at)
    return list(zip(pdfs, docxs, strict=True))


def _stored(pdf: bytes, docx: bytes) -> Print:
    store = plugs.files()
    return Print(pdf=store.put(pdf), docx=store.put(docx), pdf_size=len(pdf), docx_size=len(docx))
