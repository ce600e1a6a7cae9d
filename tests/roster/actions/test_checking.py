"""A file that is read by the worker: how far it is, dropped on the way, taken over, confirmed, and never half stored."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.directory.models import Place
from doithoai.directory.queries import gazetteer
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.models import Person
from doithoai.roster import actions
from doithoai.roster.actions import checking
from doithoai.roster.models import Record, RecordBatch, RecordCheck, RecordColumns, WardReading
from doithoai.rules.onestop import Table
from doithoai.sample.records import SHIPPED_NAME, shipped_records
from tests.roster.pages import client, text_of
from tests.roster.scene import Scene, facts_of

HEADER = "Họ và tên;Nơi cư trú;Lĩnh vực;Mã hồ sơ;Trạng thái\n"
GOOD = "Nguyễn Văn Thử;phường Hòa Vinh;Xây dựng;HS-1;Đã trả\n"
WARDS_TODAY = {"P01": "22258", "P02": "22261"}


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as too large to be read while somebody waits."""
    monkeypatch.setattr(checking, "AT_ONCE", 10)


def page(scene: Scene) -> str:
    return f"/cuoc/{scene.stage.dialogue.code}/ho-so/"


def chosen(scene: Scene, data: bytes | str = HEADER + GOOD, name: str = "ho-so.csv") -> RecordCheck:
    content = data.encode() if isinstance(data, str) else data
    staff = scene.stage.cast.one_stop
    return checking.begin(scene.stage.dialogue, staff, name=name, data=content, now=clock.now())


def interrupted(act: Callable[[], object]) -> Callable[[bytes, str], Table]:
    """A reader in the midst of which something else happens."""

    def read(data: bytes, name: str) -> Table:
        act()
        return read_table(data, name)

    return read


class TestReading:
    def test_the_worker_reads_it_and_the_page_shows_it(self, scene: Scene) -> None:
        check = chosen(scene, shipped_records(), SHIPPED_NAME)
        assert actions.check_waiting(read_table) == 1
        check.refresh_from_db()
        assert (check.state, check.done, check.total) == ("checked", check.total, check.total)
        assert check.total > 300
        assert checking.seen(check)["fitting_count"] == 227
        assert actions.check_waiting(read_table) == 0
        assert not RecordBatch.objects.exists()

    def test_a_file_that_cannot_be_read_says_why(self, scene: Scene) -> None:
        check = chosen(scene, b"PK\x03\x04 not a workbook")
        actions.check_waiting(read_table)
        check.refresh_from_db()
        assert check.state == "unreadable"
        assert "bị hỏng" in check.problem

    def test_dropped_while_it_is_read_it_stays_dropped(self, scene: Scene) -> None:
        check = chosen(scene)
        actions.check_waiting(interrupted(lambda: checking.drop(RecordCheck.objects.get(pk=check.pk))))
        check.refresh_from_db()
        assert (check.state, check.seen_file, check.sha256) == ("dropped", "", "")

    def test_another_file_of_the_same_person_drops_it(self, scene: Scene) -> None:
        first, second = chosen(scene), chosen(scene, HEADER + GOOD.replace("HS-1", "HS-2"))
        first.refresh_from_db()
        assert (first.state, second.state) == ("dropped", "waiting")
        assert checking.open_check(scene.stage.dialogue, scene.stage.cast.one_stop) == second
        assert checking.open_check(scene.stage.dialogue, scene.stage.cast.hoa) is None

    def test_of_a_silent_worker_it_is_taken_over_of_a_busy_one_not(self, scene: Scene) -> None:
        check = chosen(scene)
        busy = RecordCheck.objects.filter(pk=check.pk)
        busy.update(state="reading", tries=1, beat_at=clock.now())
        assert actions.check_waiting(read_table) == 0
        busy.update(beat_at=clock.now() - checking.SILENT - timedelta(seconds=1))
        assert actions.check_waiting(read_table) == 1
        check.refresh_from_db()
        assert (check.state, check.tries) == ("checked", 2)

    def test_a_file_on_which_workers_die_is_given_up(self, scene: Scene) -> None:
        check = chosen(scene)
        silent = clock.now() - checking.SILENT - timedelta(seconds=1)
        RecordCheck.objects.filter(pk=check.pk).update(state="reading", tries=checking.MOST_TRIES, beat_at=silent)
        actions.check_waiting(read_table)
        check.refresh_from_db()
        assert (check.state, check.problem[:14]) == ("unreadable", "Tệp này làm má")

    def test_what_nobody_confirms_is_forgotten(self, scene: Scene) -> None:
        check = chosen(scene)
        actions.check_waiting(read_table)
        RecordCheck.objects.filter(pk=check.pk).update(asked_at=clock.now() - checking.KEPT - timedelta(minutes=1))
        assert actions.check_waiting(read_table) == 1
        check.refresh_from_db()
        assert (check.state, check.sha256) == ("dropped", "")


class TestTaking:
    def test_confirmed_it_is_taken_in_the_name_of_who_confirmed(self, scene: Scene) -> None:
        check = chosen(scene, shipped_records(), SHIPPED_NAME)
        actions.check_waiting(read_table)
        check.refresh_from_db()
        checking.confirm(check)
        assert not RecordBatch.objects.exists()
        assert actions.check_waiting(read_table) == 1
        check.refresh_from_db()
        assert (check.state, check.sha256, check.lines_file) == ("taken", "", "")
        assert RecordBatch.objects.get().taken == 227
        (body,) = facts_of("records.take")
        assert scene.stage.cast.one_stop.ref in body or "people" in body

    def test_it_cannot_be_confirmed_before_it_was_looked_at_nor_dropped_after(self, scene: Scene) -> None:
        check = chosen(scene)
        with pytest.raises(NotNow):
            checking.confirm(check)
        actions.check_waiting(read_table)
        check.refresh_from_db()
        checking.confirm(check)
        with pytest.raises(NotNow):
            checking.drop(check)

    def test_a_refusal_stores_nothing_and_is_shown(self, scene: Scene) -> None:
        check = chosen(scene, shipped_records(), SHIPPED_NAME)
        actions.check_waiting(read_table)
        scene.take()  # the very same file, by another way
        people = Person.objects.count()
        check.refresh_from_db()
        checking.confirm(check)
        actions.check_waiting(read_table)
        check.refresh_from_db()
        assert (check.state, Person.objects.count()) == ("checked", people)
        assert "Tệp này đã nhận rồi" in check.problem

    def test_a_file_that_is_gone_is_said_and_holds_nothing_up(self, scene: Scene) -> None:
        check = chosen(scene)
        actions.check_waiting(read_table)
        check.refresh_from_db()
        checking.confirm(check)
        RecordCheck.objects.filter(pk=check.pk).update(sha256="0" * 64)
        assert actions.check_waiting(read_table) == 1
        check.refresh_from_db()
        assert check.state == "checked"
        assert "không còn tệp đã xem trước" in check.problem


class TestPage:
    def test_it_says_how_far_it_is(self, scene: Scene) -> None:
        visitor = client(scene, scene.stage.cast.one_stop)
        check = chosen(scene)
        RecordCheck.objects.filter(pk=check.pk).update(state="reading", done=12000, total=50000)
        html = text_of(visitor, page(scene))
        assert 'value="12000" max="50000"' in html
        assert "12.000 / 50.000" in html
        told = visitor.get(f"{page(scene)}tien-do.json").json()
        assert told == {"busy": True, "done": 12000, "total": 50000, "word": "Đang đọc"}
        assert visitor.post(page(scene), {"buoc": "bo"}).status_code == 302
        assert visitor.get(f"{page(scene)}tien-do.json").json() == {"busy": False}

    def test_a_large_file_is_left_to_the_worker_and_then_shown_and_taken(self, scene: Scene) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        visitor = client(scene, scene.stage.cast.one_stop)
        file = SimpleUploadedFile("ho-so.csv", (HEADER + GOOD).encode())
        assert visitor.post(page(scene), {"file": file}).status_code == 302
        assert "Chờ đọc" in text_of(visitor, page(scene))
        actions.check_waiting(read_table)
        html = text_of(visitor, page(scene))
        assert "Nhận 1 người vào danh sách" in html
        digest = RecordCheck.objects.get().sha256
        assert visitor.post(page(scene), {"buoc": "nhan", "ma": digest}).status_code == 302
        assert "Đang nhận “ho-so.csv”" in text_of(visitor, page(scene))
        actions.check_waiting(read_table)
        assert "nhận 1 người" in text_of(visitor, page(scene))

    def test_the_second_agency_sees_nothing_of_it(self, scene: Scene) -> None:
        chosen(scene)
        other = client(scene, scene.stage.other.one_stop)
        assert other.get(f"{page(scene)}tien-do.json").status_code == 404


class TestOldWards:
    @pytest.fixture
    def today(self, scene: Scene) -> Scene:
        """The same dialogue, its wards those of 2026."""
        for place in Place.objects.filter(agency=scene.stage.cast.agency):
            unit = gazetteer().unit(WARDS_TODAY[place.code], date(2026, 11, 23))
            assert unit is not None
            place.name, place.unit_code = unit.name, unit.code
            place.valid_from, place.valid_to = unit.valid_from, unit.valid_to
            place.save()
        dialogue = scene.stage.dialogue
        dialogue.plan_text = {**dialogue.plan_text, "quotas": []}
        dialogue.save()
        return scene

    def test_an_old_name_counts_with_its_reason(self, today: Scene) -> None:
        check = chosen(today)
        actions.check_waiting(read_table)
        check.refresh_from_db()
        assert checking.seen(check)["renamed"] == [
            {"why": "phường Hòa Vinh nay là phường Đông Hòa (mã 22258, tỉnh Đắk Lắk) từ 01/07/2025", "lines": 1}
        ]
        checking.confirm(check)
        actions.check_waiting(read_table)
        record = Record.objects.get()
        assert str(record.person.ward) == "phường Đông Hòa"
        assert (record.ward_code, record.ward_note[:15]) == ("22258", "phường Hòa Vinh")

    def test_one_that_was_parted_is_asked_once_and_remembered(self, today: Scene) -> None:
        visitor = client(today, today.stage.cast.one_stop)
        data = HEADER + GOOD.replace("Hòa Vinh", "Hòa Hiệp Bắc")
        chosen(today, data)
        actions.check_waiting(read_table)
        html = text_of(visitor, page(today))
        assert "Địa danh cần chọn" in html
        assert "chia về phường Hòa Hiệp (mã 22261) hoặc phường Phú Yên (mã 22240)" in html
        assert visitor.post(page(today), {"buoc": "cho"}).status_code in (200, 422)
        assert not WardReading.objects.exists()
        assert visitor.post(page(today), {"buoc": "cho", "dia-danh-0": "phường Hòa Hiệp"}).status_code == 302
        actions.check_waiting(read_table)
        assert "Nhận 1 người vào danh sách" in text_of(visitor, page(today))
        chosen(today, data.replace("HS-1", "HS-2"))
        actions.check_waiting(read_table)
        assert "Địa danh cần chọn" not in text_of(visitor, page(today))


class TestRemembering:
    def test_right_journal_and_refusal(self, scene: Scene) -> None:
        dialogue, now = scene.stage.dialogue, clock.now()
        columns = {"k" * 64: {"name": "Ai đến"}}
        with pytest.raises(NotYours):
            actions.remember_reading(dialogue, columns=columns, actor=scene.stage.cast.clerk.as_actor(), now=now)
        with pytest.raises(NotYours):
            actions.remember_reading(dialogue, columns=columns, actor=scene.stage.other.one_stop.as_actor(), now=now)
        desk = scene.stage.cast.one_stop.as_actor()
        elsewhere = Place.objects.filter(agency=scene.stage.other.agency).first()
        with pytest.raises(NotNow, match="không tìm thấy phường này"):
            actions.remember_reading(dialogue, wards={"hoa vinh": elsewhere}, actor=desk, now=now)
        assert not WardReading.objects.exists()
        actions.remember_reading(dialogue, columns=columns, wards={"hoa thanh": None}, actor=desk, now=now)
        assert RecordColumns.objects.get().columns == {"name": "Ai đến"}
        (body,) = facts_of("records.remember")
        assert '"columns":1' in body.replace(" ", "")
        assert '"wards":1' in body.replace(" ", "")
        assert "Ai đến" not in body


def test_what_is_kept_is_named_so_that_the_sweep_spares_it(scene: Scene) -> None:
    check = chosen(scene, HEADER + GOOD + GOOD.replace("phường Hòa Vinh", "").replace("HS-1", "HS-2"))
    actions.check_waiting(read_table)
    check.refresh_from_db()
    kept = set(plugs.files().names())
    assert {check.sha256, check.seen_file, check.lines_file} <= kept
