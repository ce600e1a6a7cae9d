"""The Đông Hòa dialogue with much going on, so that desks and pages have many rows to show."""

from datetime import timedelta

from doithoai.answers import actions as answers
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.people.models import Staff
from doithoai.planning.actions import carrying_out, changing
from doithoai.planning.models import Check
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW


def office_head(stage: Stage) -> Staff:
    """The head of the Office."""
    return stage.cast.heads[stage.dialogue.secretariat.code]


def lead_head(stage: Stage) -> Staff:
    """The head of the office that leads the first sitting."""
    return stage.cast.heads[scene.sitting_of(stage).lead.code]


def lead_officer(stage: Stage) -> Staff:
    """An officer of the office that leads the first sitting."""
    return stage.cast.officers[scene.sitting_of(stage).lead.code]


def notice_of_change(stage: Stage, reason: str = "lịch họp đột xuất") -> Document:
    """A draft of a paper of the Office, by chị Hoa."""
    sitting = scene.sitting_of(stage)
    hoa = stage.cast.hoa.as_actor()
    return changing.announce_change(sitting, was=sitting.starts_at, reason=reason, actor=hoa, now=NOW)


def issued_notice(stage: Stage, number: int) -> Document:
    """A paper that has its number and waits for its print."""
    return scene.issue(stage, notice_of_change(stage), number)


def add_much(stage: Stage, times: int) -> None:
    """So many more of everything: opinions, answers, papers in every state, checks, obstacles, prints that wait."""
    hoa, lead = stage.cast.hoa.as_actor(), scene.sitting_of(stage).lead
    citizen = scene.person(stage, f"Người thứ {times}", phone=f"09000001{times:02d}")
    for n in range(times):
        scene.opinion(stage, f"Ý kiến chưa phân loại {n}", who=citizen)
        scene.opinion(stage, f"Ý kiến chưa rõ buổi {n}", who=citizen, sitting=None, actor=hoa)
        row = scene.accepted(stage, f"Ý kiến đã nhận {n}", who=citizen)
        answers.assign(row, lead=lead, actor=hoa, now=NOW + timedelta(minutes=n))
        office = stage.dialogue.venues.filter(is_central=False)[0].office
        head = stage.cast.head(office)
        carrying_out.raise_obstacle(stage.dialogue, office, text=f"Khó khăn {n}", actor=head, now=NOW)
        notice_of_change(stage, f"lý do {n}")
        waiting = notice_of_change(stage, f"lý do khác {n}")
        documents.submit(waiting, actor=hoa, now=NOW)
        issued_notice(stage, 100 * times + n)
        for venue in stage.dialogue.venues.all():
            for kind in Check.Kind.values:
                carrying_out.check(venue, kind, is_ready=n % 2 == 0, actor=stage.cast.technician.as_actor(), now=NOW)


def invite_some(stage: Stage, count: int) -> None:
    """Invited citizens of the first sitting, every second of whom accepted."""
    for n in range(1, count + 1):
        row = scene.invitation(stage, scene.person(stage, f"Khách {n}", phone=f"09100000{n:02d}"), n)
        type(row).objects.filter(pk=row.pk).update(state="accepted" if n % 2 == 0 else "invited")
