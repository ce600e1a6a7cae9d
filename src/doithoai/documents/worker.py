"""Rendering that was asked for: from the frozen model to two files, then the seal."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from doithoai.documents.actions import Print, seal
from doithoai.documents.models import Document, Job
from doithoai.documents.rendering import render_docx_copies, render_pdf_copies
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import System
from doithoai.rules.paper import Paper

MOST_TRIES = 5


def waiting() -> list[Job]:
    """Jobs not done and not given up, oldest first."""
    jobs = Job.objects.filter(done_at=None, tries__lt=MOST_TRIES).order_by("asked_at", "pk")
    return list(jobs.select_related("document__agency"))


def work_off() -> int:
    """Render every waiting paper; returns how many. A paper that fails keeps its problem and is tried again."""
    done = 0
    for job in waiting():
        open_job = Job.objects.filter(pk=job.pk, done_at=None)
        if open_job.filter(tries=job.tries).update(tries=job.tries + 1) == 0:
            continue  # another worker took it
        try:
            _render(job.document, job.asked_at)
            done += 1
        except Exception as problem:
            open_job.update(problem=f"{type(problem).__name__}: {problem}"[:300])
    return done


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
