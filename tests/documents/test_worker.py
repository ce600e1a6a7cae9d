"""Rendering that was asked for: sealed once, repeated after a crash with the same number and the same bytes."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from doithoai.documents import actions, worker
from doithoai.documents.models import Document, Job
from doithoai.documents.queries import oldest_job
from doithoai.journal.queries import story
from doithoai.kernel import clock, plugs
from doithoai.kernel.nights import Nights
from doithoai.ops.verify import faults
from tests.documents.desk import NOW, Desk, desk, numbered

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def here(db: None) -> Desk:
    """Our agency; three minutes after its papers were issued."""
    clock.stand_at(LATER)
    return desk("DH")


def test_a_waiting_paper_is_rendered_stored_and_sealed(here: Desk) -> None:
    document = numbered(here, copies=2)
    assert worker.work_off() == 1
    document.refresh_from_db()
    pdf, docx = plugs.files().get(document.pdf), plugs.files().get(document.docx)
    assert (pdf[:5], docx[:2]) == (b"%PDF-", b"PK")
    assert (document.pdf_size, document.docx_size, document.sealed_at) == (len(pdf), len(docx), LATER)
    copies = list(document.copy_rows.order_by("ordinal"))
    assert len({copy.pdf for copy in copies} | {document.pdf}) == 3
    assert all(plugs.files().get(copy.docx)[:2] == b"PK" for copy in copies)
    assert story("DH", last=1)[0].verb == "document.seal"
    assert not list(faults())


def test_nothing_is_done_twice(here: Desk) -> None:
    numbered(here)
    assert worker.work_off() == 1
    assert worker.work_off() == 0
    assert [line.verb for line in story("DH")].count("document.seal") == 1


def test_a_crash_between_storing_and_sealing_repeats_the_job_with_the_same_bytes(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = numbered(here, copies=1)
    with monkeypatch.context() as broken:

        def power_cut(*args: object, **kwargs: object) -> None:
            raise ConnectionError("mất điện")

        broken.setattr(worker, "seal", power_cut)
        assert worker.work_off() == 0
    kept = sorted(plugs.files().names())
    document.refresh_from_db()
    assert (len(kept), document.pdf, document.sealed_at) == (4, "", None)
    job = Job.objects.get()
    assert (job.done_at, job.tries, job.problem) == (None, 1, "ConnectionError: mất điện")
    clock.stand_at(LATER + timedelta(hours=1))
    assert worker.work_off() == 1
    document.refresh_from_db()
    assert sorted(plugs.files().names()) == kept
    assert {document.pdf, document.docx} < set(kept)
    assert (document.number, Job.objects.get().problem) == (7, "")
    assert not list(faults())


def test_one_paper_that_fails_does_not_stop_the_others(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = numbered(here, 7), numbered(here, 8)
    real = worker.rendered

    def fails_for_the_first(papers: Any, *rest: Any) -> Any:
        if papers[0].number == "7":
            raise ValueError("không vẽ được")
        return real(papers, *rest)

    monkeypatch.setattr(worker, "rendered", fails_for_the_first)
    assert worker.work_off() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.pdf, bool(good.pdf)) == ("", True)
    waiting = oldest_job()
    assert waiting is not None
    assert (waiting.document, waiting.problem) == (bad, "ValueError: không vẽ được")


def test_a_paper_that_always_fails_is_given_up_and_stays_visible(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered(here)

    def always_fails(*args: object) -> None:
        raise ValueError("không vẽ được")

    monkeypatch.setattr(worker, "rendered", always_fails)
    tried = []
    for minute in range(0, 6 * 60, 5):
        clock.stand_at(LATER + timedelta(minutes=minute))
        before = Job.objects.get().tries
        assert worker.work_off() == 0
        if Job.objects.get().tries > before:
            tried.append(minute)
    assert tried == [0, 5, 10, 40, 220]  # each wait is longer than the one before
    assert Job.objects.get().tries == worker.MOST_TRIES
    assert worker.waiting(clock.now() + timedelta(days=9)) == []
    assert oldest_job() is not None


def test_a_job_that_another_worker_took_meanwhile_is_left_to_it(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered(here)
    stale = worker.waiting(LATER)
    assert worker.work_off() == 1
    monkeypatch.setattr(worker, "waiting", lambda _now: stale)
    assert worker.work_off() == 0
    assert Job.objects.get().problem == ""
    assert [line.verb for line in story("DH")].count("document.seal") == 1


def test_jobs_are_worked_off_in_the_order_asked(here: Desk) -> None:
    first, second = numbered(here, 7), numbered(here, 8)
    Job.objects.filter(document=second).update(asked_at=NOW - timedelta(hours=1))
    assert [job.document for job in worker.waiting(LATER)] == [second, first]
    assert oldest_job() == Job.objects.get(document=second)


def test_a_paper_recalled_to_its_desk_keeps_its_first_print(here: Desk) -> None:
    document = numbered(here)
    worker.work_off()
    actions.dispatch(document, actor=here["clerk"], now=LATER)
    stored = Document.objects.get(pk=document.pk)
    assert (stored.state, bool(stored.pdf), stored.dispatched_at) == ("dispatched", True, LATER)


class TestSweep:
    """By night the files that nothing names go; what a row names stays, and so does what is young."""

    NIGHT = datetime(2021, 12, 4, 19, 30, tzinfo=UTC)  # 02:30 in the agency's zone

    @pytest.fixture(autouse=True)
    def _another_night(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker, "_nights", Nights())

    def stored(self, data: bytes, *, days: int) -> str:
        """A file in the store, so many days old that night."""
        name = plugs.files().put(data)
        stamp = (self.NIGHT - timedelta(days=days)).timestamp()
        path = plugs.files()._path(name)  # type: ignore[attr-defined]  # its age is set by hand
        os.utime(path, (stamp, stamp))
        return name

    def test_an_upload_that_nobody_confirmed_goes_and_a_named_file_stays(self, here: Desk) -> None:
        document = numbered(here)
        worker.work_off()
        document.refresh_from_db()
        forgotten, young = self.stored(b"mot", days=3), self.stored(b"hai", days=1)
        self.stored(plugs.files().get(document.pdf), days=30)
        clock.stand_at(self.NIGHT)
        assert worker.sweep_by_night() == 1
        kept = set(plugs.files().names())
        assert forgotten not in kept
        assert {young, document.pdf, document.docx} <= kept
        assert not list(faults())

    def test_only_by_night_and_once_a_night(self, here: Desk) -> None:
        clock.stand_at(self.NIGHT.replace(hour=3))
        self.stored(b"mot", days=3)
        assert worker.sweep_by_night() == 0
        clock.stand_at(self.NIGHT)
        assert worker.sweep_by_night() == 1
        self.stored(b"hai", days=3)
        assert worker.sweep_by_night() == 0
        clock.stand_at(self.NIGHT + timedelta(days=1))
        assert worker.sweep_by_night() == 1

    def test_before_there_is_an_agency_nothing_is_swept(self, db: None) -> None:
        clock.stand_at(self.NIGHT)
        assert worker.sweep_by_night() == 0
