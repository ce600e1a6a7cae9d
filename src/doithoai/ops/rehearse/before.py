"""Before the day: plan, duties, records, draw, invitations, replies."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.kernel.access import Actor
from doithoai.ops.rehearse.world import World
from doithoai.planning.actions import carrying_out, scheduling
from doithoai.planning.models import Check, Sitting, Venue
from doithoai.planning.queries import ownerless
from doithoai.roster import actions as roster
from doithoai.roster.actions.checking import expected
from doithoai.roster.actions.drawing import free_seats
from doithoai.roster.actions.gathering import (
    FEATURES,
    UNKNOWN,
    Grounds,
    Table,
    by_share,
    counted,
    gather,
    table_for,
    values_of,
)
from doithoai.roster.models import Invitation
from doithoai.roster.queries import silent, wards_of
from doithoai.rules import draw as lots
from doithoai.rules.onestop import take_in
from doithoai.sample.cast import sectors_in
from doithoai.sample.records import SHIPPED_NAME, invent_rows, shipped_records

# What the invited do, by their place on the list of a sitting (from 1).
DECLINES, SUBSTITUTE, SILENT_COMES, SILENT_ABSENT, EXCUSED, PHONES, PAPER = 3, 5, 7, 9, 11, 4, 8


def issue_plan(world: World) -> None:
    """Draft, approve, number and deliver the plan; open the dialogue."""
    document = scheduling.draft_plan(world.dialogue, actor=world.hoa, now=world.tick(minutes=30))
    world.at(world.plan_day, 8)
    world.send(document)
    world.publish(document)
    clerk = world.cast.clerk.as_actor()
    for recipient in world.dialogue.recipients.all():
        carrying_out.deliver(world.dialogue, recipient, actor=clerk, now=world.tick(minutes=1))
    world.dialogue.refresh_from_db()
    scheduling.open_dialogue(world.dialogue, actor=world.hoa, now=world.tick(minutes=10))


def assign_duties(world: World) -> None:
    """Every duty gets an office and an accountable head, who accepts; what nobody was named for goes to the Office."""
    world.at(world.day(-18), 8)
    for duty in ownerless(world.dialogue):
        office = duty.office or world.dialogue.secretariat
        carrying_out.assign(duty, office, world.head_staff(office), actor=world.hoa, now=world.tick(minutes=2))
    for duty in world.dialogue.duties.select_related("office"):
        assert duty.office is not None  # given just above
        carrying_out.accept(duty, actor=world.cast.head(duty.office), now=world.tick(minutes=3))
    for venue in world.dialogue.venues.filter(is_central=False).select_related("office"):
        carrying_out.name_chair(
            venue, world.head_staff(venue.office), actor=world.cast.head(venue.office), now=world.tick(minutes=1)
        )


def raise_obstacle(world: World) -> None:
    """A ward reports that its line is weak; the Office directs, and it is settled."""
    venue = next((venue for venue in world.dialogue.venues.select_related("office") if not venue.is_central), None)
    if venue is None:
        return
    world.at(world.day(-15), 14)
    head = world.cast.head(venue.office)
    words = "Đường truyền tại hội trường yếu khi nhiều máy cùng dùng; đề nghị hỗ trợ một đường dự phòng."
    row = carrying_out.raise_obstacle(world.dialogue, venue.office, text=words, actor=head, now=world.tick(minutes=5))
    direction = "Giao bộ phận kỹ thuật lắp đường dự phòng 4G trước ngày thử kết nối."
    carrying_out.direct(row, direction=direction, actor=world.hoa, now=world.tick(hours=2))


def take_records(world: World, path: Path | None) -> None:
    """The one-stop desk hands over its records; they are checked before anything is stored."""
    world.at(world.day(-16), 9)
    if path is not None:
        name, data = path.name, path.read_bytes()
    elif world.draft.territory == "thị xã Đông Hòa":
        name, data = SHIPPED_NAME, shipped_records()
    else:
        most = max((sitting.quota for sitting in world.sittings), default=15)
        name = "mot-cua-hu-cau.csv"
        data = invent_rows("dien-tap", _wards(world), sectors_in(world.draft), per_sector=max(60, most * 4))
    intake = take_in(read_table(data, name), expected(world.dialogue))
    desk = world.cast.one_stop.as_actor()
    roster.take_records(world.dialogue, name=name, data=data, intake=intake, actor=desk, now=world.tick(minutes=10))


def _wards(world: World) -> tuple[str, ...]:
    named = [ward for quota in world.draft.quotas for ward in quota.wards]
    named += [venue.place for venue in world.draft.venues if venue.place]
    return tuple(dict.fromkeys(named))


def freeze_pools(world: World) -> None:
    """Freeze the list of each sitting and publish its code, before the lottery that will be the seed."""
    world.at(world.day(-15), 9)
    event_on = world.day(-14)
    event = f"Xổ số kiến thiết miền Bắc, giải đặc biệt, kỳ quay ngày {event_on:%d/%m/%Y}"
    for sitting in world.sittings:
        head = world.cast.head(sitting.lead)
        table = _shares(sitting) if sitting == world.sittings[-1] else None
        now = world.tick(minutes=10)
        roster.freeze_pool(sitting, event_name=event, event_on=event_on, table=table, actor=head, now=now)


def _shares(sitting: Sitting) -> Table | None:
    """The fair table by which wards and sexes are drawn in their shares; None where the records do not tell them apart."""
    grounds = Grounds()
    people = gather(sitting, grounds).people
    of = counted(sitting, wards_of(sitting), [values_of(one.person, sitting) for one in people])
    home, sex, age = FEATURES
    if UNKNOWN in of[sex] or min(len(of[home]), len(of[sex])) < 2:
        return None
    seats = free_seats(sitting)
    bounds = {name: by_share(of[name], seats) for name in (home, sex)}
    bounds[age] = {value: (0, min(seats, many)) for value, many in of[age].items()}
    try:
        return table_for(sitting, people, bounds, seats, grounds)
    except (lots.Unmet, lots.Unsound):
        return None


def lottery_of(day: date) -> str:
    """The five digits of the simulated day's lottery: nobody of the dialogue chose them."""
    return f"{int(sha256(f'xổ số {day.isoformat()}'.encode()).hexdigest(), 16) % 100_000:05d}"


def draw(world: World) -> None:
    """Draw from each list with the lottery's number, with the Front as witness."""
    world.at(world.day(-13), 8)
    for sitting in world.sittings:
        roster.draw(
            sitting.pool,
            value=lottery_of(sitting.pool.event_on),
            source="Kết quả quay thưởng đăng trên báo ngày hôm sau (số hư cấu của buổi diễn tập)",
            witnesses=f"{world.cast.observer.name}, đại diện Ủy ban Mặt trận Tổ quốc Việt Nam",
            actor=world.cast.head(sitting.lead),
            now=world.tick(minutes=15),
        )


def invite(world: World) -> None:
    """One paper and number per inviting office, one copy for each person; delegates are invited alike."""
    for sitting in world.sittings:
        world.at(world.day(-12), 8)
        officer = world.cast.officer(sitting.lead)
        signer = world.head_staff(sitting.lead)
        roster.invite_delegates(sitting, actor=officer, now=world.tick(minutes=5))
        letters = roster.draft_invitations(sitting, signer=signer, actor=officer, now=world.tick(minutes=10))
        world.send(letters)
        delegates = roster.draft_delegate_invitations(sitting, signer=signer, actor=officer, now=world.tick(minutes=10))
        if delegates is not None:
            world.send(delegates)
        to_sign = roster.draft_delivery_list(sitting, actor=officer, now=world.tick(minutes=5))
        world.print_working([to_sign])


def answer_invitations(world: World) -> None:
    """Some accept by link, some by telephone or on paper, one declines and a reserve is called, some keep silent."""
    world.at(world.day(-10), 9)
    for sitting in world.sittings:
        for place, invitation in enumerate(citizens(sitting), start=1):
            _reply(world, sitting, invitation, place)
        _reserves(world, sitting)


def note_silence(world: World) -> None:
    """On the eve, who has not answered is noted as silent: silence is normal, many simply come."""
    world.at(world.day(-1), 15)
    for sitting in world.sittings:
        if silent(sitting, world.day(-1)):
            roster.lapse(sitting, actor=world.cast.officer(sitting.lead), now=world.tick(minutes=5))


def citizens(sitting: Sitting) -> list[Invitation]:
    """Those who were invited to a sitting, delegates apart, in the order of the list."""
    rows = Invitation.objects.filter(sitting=sitting).exclude(route=Invitation.Route.DELEGATE)
    return list(rows.exclude(state__in=("drawn", "struck")).select_related("person", "venue").order_by("ordinal"))


def by_link(invitation: Invitation) -> Actor:
    """The holder of an invitation's personal link."""
    agency = invitation.sitting.dialogue.agency_id
    return Actor(ref=f"link:{invitation.code}", agency_id=agency, link=("invitation", invitation.code))


def _reply(world: World, sitting: Sitting, invitation: Invitation, place: int) -> None:
    officer = world.cast.officer(sitting.lead)
    now = world.tick(minutes=25)
    if place in (SILENT_COMES, SILENT_ABSENT):
        return
    if place == DECLINES:
        reason = "Đi chăm người nhà nằm viện, không về kịp"
        roster.decline_invitation(invitation, channel="link", reason=reason, actor=by_link(invitation), now=now)
    elif place in (PHONES, EXCUSED):
        roster.accept_invitation(invitation, channel="phone", actor=officer, now=now)
    elif place == PAPER:
        needs = "Đi xe lăn, cần lối vào không bậc"
        roster.accept_invitation(invitation, channel="paper", needs=needs, actor=officer, now=now)
    else:
        roster.accept_invitation(invitation, channel="link", actor=by_link(invitation), now=now)


def _reserves(world: World, sitting: Sitting) -> None:
    """The reserve who was called gets a letter of their own and accepts by telephone."""
    officer, signer = world.cast.officer(sitting.lead), world.head_staff(sitting.lead)
    called = Invitation.objects.filter(sitting=sitting, in_place_of__isnull=False).select_related("person")
    for invitation in called.order_by("ordinal"):
        letter = roster.draft_reserve_letter(invitation, signer=signer, actor=officer, now=world.tick(minutes=30))
        world.send(letter)
        invitation.refresh_from_db()
        roster.accept_invitation(invitation, channel="phone", actor=officer, now=world.tick(minutes=30))


def make_ready(world: World) -> None:
    """Rooms, equipment, accounts and lines are checked at each venue, pair by pair with the centre."""
    technician = world.cast.technician.as_actor()
    for offset, kinds in (
        (-2, (Check.Kind.ROOM, Check.Kind.EQUIPMENT, Check.Kind.ACCOUNT)),
        (-1, (Check.Kind.LINE, Check.Kind.HEALTH)),
    ):
        world.at(world.day(offset), 9)
        for venue in world.dialogue.venues.select_related("office"):
            for kind in kinds:
                _check(world, venue, kind, technician)
    close_obstacles(world)


def _check(world: World, venue: Venue, kind: Check.Kind, technician: Actor) -> None:
    if kind == Check.Kind.LINE and venue.is_central:
        return
    note = "Tốc độ tải 42 Mbit/s, trễ 18 ms, có đường dự phòng" if kind == Check.Kind.LINE else ""
    carrying_out.check(venue, kind, is_ready=True, note=note, actor=technician, now=world.tick(minutes=8))


def connect_venues(world: World, sitting: Sitting) -> None:
    """An hour before: every venue is connected, sees and hears."""
    technician = world.cast.technician.as_actor()
    world.now(sitting.starts_at - timedelta(minutes=75))
    for venue in world.dialogue.venues.select_related("office"):
        carrying_out.check(venue, Check.Kind.CONNECTED, is_ready=True, actor=technician, now=world.tick(minutes=3))


def close_obstacles(world: World) -> None:
    """What was reported is settled by the day of the test."""
    for row in world.dialogue.obstacles.filter(state="directed"):
        carrying_out.close(row, actor=world.hoa, now=world.tick(minutes=5))
