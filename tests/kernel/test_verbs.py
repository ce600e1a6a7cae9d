"""An act is: lock, read again, right, gates, act, exactly one entry, followers; all of it or nothing."""

import subprocess
import sys
import threading
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from doithoai.directory.models import Agency
from doithoai.journal.actions import record
from doithoai.journal.models import Chain, Entry
from doithoai.journal.queries import faults, story
from doithoai.kernel import verbs
from doithoai.kernel.access import YES, Actor, NotNow, NotYours, Refused, Verdict
from doithoai.kernel.verbs import REGISTRY, Defect, FairLock, current, verb
from tests.kernel.conftest import NAM, NOW, Tables, anybody, nobody, rename

pytestmark = pytest.mark.django_db


def test_an_act_changes_its_row_and_writes_one_entry(agency: Agency, tables: Tables) -> None:
    @verb("try.rename", may=anybody)
    def act(agency: Agency, name: str, *, actor: Actor, now: datetime) -> Agency:
        rename(agency, name)
        return agency

    assert act(agency, "Tên mới", actor=NAM, now=NOW) == agency
    agency.refresh_from_db()
    assert agency.name == "Tên mới"
    (line,) = story("DH")
    assert (line.verb, line.actor, line.instant, line.facts) == ("try.rename", "staff:nam", NOW, {"name": 7})
    assert REGISTRY["try.rename"].may is anybody


def test_the_order_is_lock_read_again_right_gates_act_followers(agency: Agency, tables: Tables) -> None:
    steps: list[str] = []

    def note(step: str, subject: Agency) -> Verdict:
        steps.append(f"{step} {subject.name}")
        return YES

    def may(actor: Actor, subject: Agency) -> Verdict:
        assert Chain.objects.filter(key="DH").exists()
        return note("right", subject)

    @verb("try.follow", may=anybody)
    def follower(subject: Agency, *, actor: Actor, now: datetime) -> None:
        note("follower", subject)
        record(subject.chain)

    @verb("try.ordered", may=may)
    def act(subject: Agency, *, actor: Actor, now: datetime) -> Agency:
        note("act", subject)
        record(subject.chain)
        return subject

    tables.gates["try.ordered"] = [lambda subject: note("gate", subject)]
    tables.follows["try.ordered"] = [follower]
    Agency.objects.filter(pk=agency.pk).update(name="Đọc lại")
    act(agency, actor=NAM, now=NOW)
    assert steps == ["right Đọc lại", "gate Đọc lại", "act Đọc lại", "follower Đọc lại"]


def test_without_the_right_nothing_happens_and_gates_are_not_asked(agency: Agency, tables: Tables) -> None:
    asked: list[object] = []

    @verb("try.forbidden", may=nobody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "đã đổi")

    tables.gates["try.forbidden"] = [lambda subject: Verdict(str(asked.append(subject)))]
    with pytest.raises(NotYours, match="việc này của người khác") as refused:
        act(agency, actor=NAM, now=NOW)
    assert refused.value.reason == "Không có quyền: việc này của người khác."
    agency.refresh_from_db()
    assert (agency.name, asked, Entry.objects.count()) == ("UBND thị xã", [], 0)


def test_a_closed_gate_refuses_with_its_reason_and_changes_nothing(agency: Agency, tables: Tables) -> None:
    @verb("try.gated", may=anybody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "đã đổi")

    tables.gates["try.gated"] = [lambda subject: YES, lambda subject: Verdict("Còn 3 ý kiến chưa có kết quả.")]
    with pytest.raises(NotNow, match="Còn 3 ý kiến"):
        act(agency, actor=NAM, now=NOW)
    agency.refresh_from_db()
    assert (agency.name, Entry.objects.count()) == ("UBND thị xã", 0)


@pytest.mark.parametrize("entries", [0, 2])
def test_an_act_owes_exactly_one_entry(agency: Agency, tables: Tables, entries: int) -> None:
    @verb("try.miscounted", may=anybody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        Agency.objects.filter(pk=agency.pk).update(name="đã đổi")
        for _ in range(entries):
            record(agency.chain)

    with pytest.raises(Defect, match=f"wrote {entries}"):
        act(agency, actor=NAM, now=NOW)
    agency.refresh_from_db()
    assert (agency.name, Entry.objects.count()) == ("UBND thị xã", 0)


def test_an_act_that_fails_half_way_leaves_no_trace(agency: Agency, tables: Tables) -> None:
    @verb("try.broken", may=anybody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "đã đổi")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act(agency, actor=NAM, now=NOW)
    agency.refresh_from_db()
    assert (agency.name, Entry.objects.count()) == ("UBND thị xã", 0)
    with pytest.raises(Defect, match="only a verb"):
        current()


def test_a_verb_inside_a_verb_writes_its_own_entry(agency: Agency, tables: Tables) -> None:
    @verb("try.inner", may=anybody)
    def inner(agency: Agency, *, actor: Actor, now: datetime) -> None:
        assert current().verb == "try.inner"
        record(agency.chain, depth=2)

    @verb("try.outer", may=anybody)
    def outer(agency: Agency, *, actor: Actor, now: datetime) -> None:
        inner(agency, actor=actor, now=now)
        assert current().verb == "try.outer"
        record(agency.chain, depth=1)

    outer(agency, actor=NAM, now=NOW)
    assert [(line.verb, line.facts) for line in story("DH")] == [
        ("try.outer", {"depth": 1}),
        ("try.inner", {"depth": 2}),
    ]
    assert not list(faults())


def test_an_entry_of_the_inner_verb_does_not_pay_for_the_outer(agency: Agency, tables: Tables) -> None:
    @verb("try.inner", may=anybody)
    def inner(agency: Agency, *, actor: Actor, now: datetime) -> None:
        record(agency.chain)

    @verb("try.outer", may=anybody)
    def outer(agency: Agency, *, actor: Actor, now: datetime) -> None:
        inner(agency, actor=actor, now=now)

    with pytest.raises(Defect, match=r"try\.outer wrote 0"):
        outer(agency, actor=NAM, now=NOW)
    assert not Entry.objects.exists()


def test_a_refused_inner_verb_can_be_survived_and_leaves_nothing(agency: Agency, tables: Tables) -> None:
    @verb("try.inner", may=anybody)
    def inner(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "nửa chừng")
        raise NotNow("Chưa làm được.")

    @verb("try.outer", may=anybody)
    def outer(agency: Agency, *, actor: Actor, now: datetime) -> None:
        with pytest.raises(Refused):
            inner(agency, actor=actor, now=now)
        record(agency.chain)

    outer(agency, actor=NAM, now=NOW)
    agency.refresh_from_db()
    assert (agency.name, [line.verb for line in story("DH")]) == ("UBND thị xã", ["try.outer"])
    assert not list(faults())


def test_followers_act_as_the_system_in_order_and_name_their_cause(agency: Agency, tables: Tables) -> None:
    def follower(step: str) -> verbs.Follower:
        @verb(step, may=anybody)
        def act(subject: Agency, *, actor: Actor, now: datetime) -> None:
            record(subject.chain)

        return act

    @verb("try.leads", may=anybody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        record(agency.chain)

    tables.follows["try.leads"] = [follower("try.first"), follower("try.second")]
    act(agency, actor=NAM, now=NOW)
    lines = [(line.verb, line.actor) for line in reversed(story("DH"))]
    assert lines == [
        ("try.leads", "staff:nam"),
        ("try.first", "system:try.leads"),
        ("try.second", "system:try.leads"),
    ]


def test_a_follower_gets_what_the_act_made(agency: Agency, tables: Tables) -> None:
    seen: list[object] = []

    @verb("try.makes", may=anybody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> Chain:
        record(agency.chain)
        return Chain.objects.get(key="DH")

    tables.follows["try.makes"] = [lambda made, *, actor, now: seen.append(made)]
    act(agency, actor=NAM, now=NOW)
    assert seen == [Chain.objects.get(key="DH")]


def test_a_follower_that_is_refused_takes_the_act_back(agency: Agency, tables: Tables) -> None:
    @verb("try.unwilling", may=anybody)
    def follower(subject: Agency, *, actor: Actor, now: datetime) -> None:
        record(subject.chain)
        raise NotNow("Chưa chuẩn bị xong.")

    @verb("try.leads", may=anybody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "đã đổi")

    tables.follows["try.leads"] = [follower]
    with pytest.raises(NotNow, match="Chưa chuẩn bị xong"):
        act(agency, actor=NAM, now=NOW)
    agency.refresh_from_db()
    assert (agency.name, Entry.objects.count()) == ("UBND thị xã", 0)


def test_an_anonymous_act_leaves_neither_actor_nor_hour(agency: Agency, tables: Tables) -> None:
    @verb("try.anonymous", may=anybody, anonymous=True)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        record(agency.chain)

    late = datetime.fromisoformat("2021-12-01T23:30:00+07:00")
    act(agency, actor=NAM, now=late)
    (line,) = story("DH")
    assert (line.actor, line.at, line.instant) == ("", "2021-12-01", None)
    assert "nam" not in Entry.objects.get().body


def test_a_name_is_registered_once(tables: Tables) -> None:
    verb("try.once", may=anybody)(lambda subject, *, actor, now: None)
    with pytest.raises(Defect, match=r"try\.once is registered twice"):
        verb("try.once", may=anybody)(lambda subject, *, actor, now: None)


def test_a_verb_asks_for_actor_and_instant_with_zone(agency: Agency, tables: Tables) -> None:
    act: Any = verb("try.called", may=anybody)(lambda subject, *, actor, now: None)
    with pytest.raises(Defect, match="actor="):
        act(agency, now=NOW)
    with pytest.raises(Defect, match="with its zone"):
        act(agency, actor=NAM, now=datetime(2021, 12, 1, 8, 0))  # noqa: DTZ001
    assert not Entry.objects.exists()


def test_the_journal_is_written_by_verbs_only(agency: Agency) -> None:
    with pytest.raises(Defect, match="only a verb"):
        record(agency.chain)
    assert not Entry.objects.exists()


def test_the_fair_lock_is_given_in_the_order_asked() -> None:
    fair, order, threads = FairLock(), [], []
    fair.acquire()

    def take(number: int) -> None:
        with fair():
            order.append(number)

    for number in range(20):
        thread = threading.Thread(target=take, args=(number,))
        thread.start()
        while len(fair._waiting) <= number:
            pass
        threads.append(thread)
    fair.release()
    for thread in threads:
        thread.join()
    assert order == list(range(20))
    assert not fair._held


def test_the_fair_lock_is_free_again_after_a_failure() -> None:
    fair = FairLock()
    with pytest.raises(ZeroDivisionError), fair():
        raise ZeroDivisionError
    with fair():
        assert fair._held
    assert not fair._held


CROWD = """
import sys, threading
import django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from django.db import connection
from doithoai.directory.models import Agency
from doithoai.journal.actions import record
from doithoai.journal.queries import faults, story
from doithoai.kernel.access import YES, Actor
from doithoai.kernel.verbs import verb
call_command("migrate", verbosity=0)
assert connection.settings_dict["NAME"].endswith("crowd.sqlite3")
Agency.objects.create(code="DH", name="0", short_name="", territory="", place="")
now = datetime(2021, 12, 1, tzinfo=UTC)

@verb("try.count", may=lambda actor, subject: YES)
def count(agency, *, actor, now):
    Agency.objects.filter(pk=agency.pk).update(name=str(int(agency.name) + 1))
    record(agency.chain)

failed = []
def work(number):
    try:
        for _ in range(10):
            count(Agency.objects.get(code="DH"), actor=Actor(ref=f"staff:{number}"), now=now)
    except Exception as problem:
        failed.append(repr(problem))
    finally:
        connection.close()

crowd = [threading.Thread(target=work, args=(number,)) for number in range(16)]
for thread in crowd: thread.start()
for thread in crowd: thread.join()
assert not failed, failed
assert Agency.objects.get().name == "160", Agency.objects.get().name
assert not list(faults())
print(*(line.actor for line in story("DH")))
"""


def test_a_crowd_of_consoles_on_one_file_loses_nothing(tmp_path: Path) -> None:
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "doithoai.config.settings",
        "DOITHOAI_DATABASE": f"sqlite:///{tmp_path}/crowd.sqlite3",
    }
    run = subprocess.run([sys.executable, "-c", CROWD], env=surroundings, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert Counter(run.stdout.split()) == {f"staff:{number}": 10 for number in range(16)}
