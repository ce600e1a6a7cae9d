"""The order of a rehearsal: its phases, one after another, each shown as it goes."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.core.management import call_command
from django.db import connection

from doithoai.directory.models import Agency, Installation
from doithoai.kernel import chance, clock
from doithoai.ops.rehearse import CannotRehearse, after, before, during, show, telling, voices
from doithoai.ops.rehearse.summary import Summary, summarise
from doithoai.ops.rehearse.world import World
from doithoai.planning.actions import drafting
from doithoai.planning.imports import PlanDraft, Unreadable, read_plan
from doithoai.planning.queries import co_chair_problem
from doithoai.rules.onestop import RecordsUnreadable
from doithoai.rules.vietnamese import fold
from doithoai.sample.cast import found_agency
from doithoai.sample.plans import load_sample

T = TypeVar("T")
LEAD_TIME = timedelta(days=22)
SAMPLE = "dong-hoa-2021"
LAST_OLD_YEAR = 2025  # district level ended on 1 July 2025 (Law 72/2025 art. 51)


def perform(out: Path, *, plan: str | None, records: str | None, seed: str) -> Summary:
    """Rehearse a plan from its document to the closed case. Raises CannotRehearse with one sentence."""
    draft = _draft(plan)
    first_day = _first_day(draft)
    _mark(min(first_day - LEAD_TIME, (draft.date or first_day) - timedelta(days=1)), seed)
    phases = _Phases()
    world = phases("Kế hoạch đọc xong, lập cơ quan và cuộc đối thoại", lambda: _set_up(draft, first_day))
    path = Path(records) if records else None
    for words, act in _course(world, path):
        phases(words, act)
    world.dialogue.refresh_from_db()
    summary = phases("Đối chiếu và kiểm tra nhật ký", lambda: summarise(world.dialogue, out, phases.seconds))
    _tidy()
    show.report(world, summary, out)
    return summary


def _course(world: World, records: Path | None) -> list[tuple[str, Callable[[], object]]]:
    sittings = world.sittings
    course: list[tuple[str, Callable[[], object]]] = [
        ("Ban hành kế hoạch", lambda: before.issue_plan(world)),
        ("Giao nhiệm vụ, người đứng đầu nhận", lambda: before.assign_duties(world)),
        ("Thông báo công khai, bài phát thanh", lambda: telling.announce(world)),
        ("Nhận hồ sơ một cửa", lambda: _records(world, records)),
        ("Chốt danh sách, công bố mã kiểm tra", lambda: before.freeze_pools(world)),
        ("Bốc thăm theo kết quả xổ số", lambda: before.draw(world)),
        ("Giấy mời", lambda: before.invite(world)),
        ("Tài liệu cho người dân đọc trước", lambda: telling.give_materials(world)),
        ("Điểm cầu báo khó khăn", lambda: before.raise_obstacle(world)),
        ("Trả lời giấy mời, gọi dự bị", lambda: before.answer_invitations(world)),
        ("Tiếp nhận khó khăn, vướng mắc", lambda: voices.gather(world)),
        ("Phân loại, gộp, chuyển, hướng dẫn", lambda: voices.sort_out(world)),
        ("Trình chương trình và tổng hợp", lambda: voices.submit_dossiers(world)),
        ("Kiểm tra điểm cầu, thử đường truyền", lambda: before.make_ready(world)),
    ]
    course.append(("Báo cáo khai mạc", lambda: telling.report_opening(world)))
    course.append(("Ghi nhận người chưa trả lời", lambda: before.note_silence(world)))
    for sitting in sittings:
        course.append((f"In bộ giấy tờ: {sitting.sector.name}", partial(during.print_kit, world, sitting)))
    for sitting in sittings:
        course.append((f"Đối thoại: {sitting.sector.name}", partial(during.hold, world, sitting)))
    for sitting in sittings:
        course.append((f"Biên bản: {sitting.sector.name}", partial(during.sign_minutes, world, sitting)))
    course += [
        ("Khảo sát", lambda: after.ask_people(world)),
        ("Trả lời: soạn, trả lại, gia hạn, duyệt", lambda: after.answer_all(world)),
        ("Văn bản trả lời riêng", lambda: after.send_letters(world)),
        ("Thông báo kết quả", lambda: after.issue_notice(world)),
        ("Công khai", lambda: after.publish(world)),
        ("Báo cáo khảo sát", lambda: after.report_survey(world)),
        ("Trả lời sau gia hạn, kết thúc hồ sơ", lambda: after.finish(world)),
    ]
    return course


class _Phases:
    """Runs the phases and keeps how long each took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, words: str, act: Callable[[], T]) -> T:
        began = time.perf_counter()
        result = act()
        self.seconds[words] = round(time.perf_counter() - began, 2)
        show.phase(words, self.seconds[words])
        return result


def _draft(plan: str | None) -> PlanDraft:
    try:
        return read_plan(Path(plan)) if plan else load_sample(SAMPLE)
    except Unreadable as error:
        raise CannotRehearse(error.sentence) from error


def _first_day(draft: PlanDraft) -> date:
    days = [sitting.date for sitting in draft.sittings if sitting.date]
    if not days:
        raise CannotRehearse("Kế hoạch không có ngày đối thoại nào. Cần ít nhất một buổi có ngày, giờ và lĩnh vực.")
    return min(days)


def _mark(start: date, seed: str) -> None:
    """Make the tables, refuse a database in use, mark it as a rehearsal for good, and set the clock to its start."""
    call_command("migrate", verbosity=0)
    if Agency.objects.exists() or Installation.objects.exists():
        raise CannotRehearse("Cơ sở dữ liệu này đã có dữ liệu. Diễn tập chỉ chạy trên cơ sở dữ liệu trống.")
    Installation.objects.create(is_rehearsal=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = %s", [datetime(2021, 1, 1, tzinfo=UTC)])
    clock.stand_at(datetime(start.year, start.month, start.day, 1, tzinfo=UTC))
    chance.follow_seed(seed, rehearsal=True)


def _set_up(draft: PlanDraft, first_day: date) -> World:
    profile = "dong-hoa-2021" if first_day.year < LAST_OLD_YEAR else "cap-xa-2026"
    code = "".join(word[0] for word in fold(draft.issue_place or draft.territory or "dt").split()).upper()
    cast = found_agency(draft, code=code, profile=profile, now=clock.now())
    if co_chair_problem(draft.co_chair or "", cast.leader.name, cast.leader.title):
        draft = replace(draft, co_chair=None)  # the plan names as co-chair whoever signs and chairs here
    dialogue = drafting.create(cast.agency, draft, chair=cast.leader, actor=cast.hoa.as_actor(), now=clock.now())
    return World(cast, draft, dialogue, first_day)


def _records(world: World, path: Path | None) -> None:
    try:
        before.take_records(world, path)
    except (RecordsUnreadable, OSError) as error:
        raise CannotRehearse(f"Không đọc được bảng hồ sơ: {error}") from error


def _tidy() -> None:
    """Leave one whole database file: the same rows give the same bytes."""
    Installation.objects.update(clock_at=clock.now())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode=DELETE")
            cursor.execute("VACUUM")
    connection.close()
