"""On the day: both sittings over their venues, every word written down and read back."""

from datetime import timedelta

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.documents import actions as documents
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.live.actions import minuting, running, turning
from doithoai.live.models import MinuteEntry, Minutes, Turn
from doithoai.live.queries import queue
from doithoai.ops.rehearse import voices
from doithoai.ops.rehearse.before import EXCUSED, SILENT_ABSENT, SUBSTITUTE, citizens, connect_venues
from doithoai.ops.rehearse.world import World
from doithoai.planning.actions import preparing
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import actions as roster
from doithoai.roster.models import Invitation
from doithoai.rules.floor import seconds_per_turn
from doithoai.sample.speech import Speech

Kind = MinuteEntry.Kind
Said = MinuteEntry.ReadBack


def print_kit(world: World, sitting: Sitting) -> None:
    """The papers on the tables: lists to sign at each venue, and the chair's script."""
    officer = world.cast.officer(sitting.lead)
    venues = world.dialogue.venues.all()
    sheets = [roster.draft_attendance_list(sitting, venue, actor=officer, now=clock.now()) for venue in venues]
    guide = preparing.draft_script(sitting, actor=world.hoa, now=clock.now())
    world.print_working(sheets)
    world.print_working([guide])


def hold(world: World, sitting: Sitting) -> None:
    """Hold one sitting from the connection of its venues to the reading of its minutes."""
    connect_venues(world, sitting)
    _arrivals(world, sitting)
    world.now(sitting.starts_at)
    running.begin(sitting, secretary=world.cast.secretary, chair=world.cast.leader, actor=world.leader, now=clock.now())
    floor = _Floor(world, sitting)
    floor.open()
    floor.guest()
    floor.give_turns()
    floor.close()
    minutes = Minutes.objects.get(sitting=sitting)
    minuting.read_out(minutes, actor=world.lan, now=world.tick(minutes=10))


def _arrivals(world: World, sitting: Sitting) -> None:
    for place, invitation in enumerate(citizens(sitting), start=1):
        if invitation.state in ("declined", "withdrawn"):
            continue
        head = world.cast.head(invitation.venue.office)
        now = world.tick(seconds=30)
        if place == SILENT_ABSENT:
            continue
        if place == EXCUSED:
            reason = "Ốm, người nhà gọi báo lúc sáng"
            roster.mark_absent(invitation, reason=reason, actor=world.cast.officer(sitting.lead), now=now)
        elif place == SUBSTITUTE:
            name, relation = "Trần Thị Giả Thay", "vợ"
            roster.arrive(invitation, substitute=name, relation=relation, actor=head, now=now)
        else:
            roster.arrive(invitation, actor=head, now=now)
    delegates = Invitation.objects.filter(sitting=sitting, route=Invitation.Route.DELEGATE, state="invited")
    for invitation in delegates.select_related("venue__office"):
        roster.arrive(invitation, actor=world.cast.head(invitation.venue.office), now=clock.now())


class _Floor:
    """The course of one sitting: who speaks, what is written, what is answered."""

    def __init__(self, world: World, sitting: Sitting) -> None:
        self.world, self.sitting = world, sitting
        self.minutes = Minutes.objects.get(sitting=sitting)
        self.speeches = voices.speeches(sitting)
        self.people = voices.speakers_of_day(sitting)
        self.each = seconds_per_turn(sitting.length, sitting.expected, sitting.overhead_minutes)
        self.spoken = 0

    @property
    def is_last(self) -> bool:
        """Whether this is the last sitting, where time runs out for one."""
        return self.sitting == self.world.sittings[-1]

    def open(self) -> None:
        """The chair opens; the lead office reports how procedures of the sector are handled."""
        chair = self.world.cast.leader
        form = "Bà" if chair.address_form in ("bà", "chị") else "Ông"
        words = (
            f"{form} {chair.name}, {chair.title}, khai mạc, nêu mục đích, thể lệ và việc ghi chép đầy đủ, trung thực; "
        )
        report = f"đại diện {self.sitting.lead.name} báo cáo tình hình giải quyết thủ tục hành chính thuộc lĩnh vực."
        minuting.note(self.minutes, opening=words + report, actor=self.world.lan, now=self.world.tick(minutes=12))

    def guest(self) -> None:
        """Somebody not invited asks for the floor and is admitted by name."""
        if any(speech.floor_guest for speech in self.speeches):
            venue = self._local()
            turning.add_turn(
                self.sitting,
                venue=venue,
                guest="Ông Nguyễn Văn Khách, người dân địa phương",
                actor=self.world.leader,
                now=self.world.tick(seconds=30),
            )

    def _local(self) -> Venue:
        venues = list(self.sitting.dialogue.venues.all())
        return next((venue for venue in venues if not venue.is_central), venues[0])

    def give_turns(self) -> None:
        """Call one after another by the rule of the queue, until all were heard or time runs out."""
        while True:
            waiting = queue(self.sitting)
            if not waiting or (self.is_last and len(waiting) == 1):
                return
            turn = Turn.objects.get(code=waiting[0].turn)
            if self.spoken == 5 and not self.is_last and turn.state != "skipped":
                turning.skip(turn, actor=self.world.leader, now=self.world.tick(minutes=1))
                self.spoken += 1
            elif self.is_last and self.spoken == 8:
                turning.withdraw_turn(turn, actor=self.world.leader, now=self.world.tick(minutes=1))
                self.spoken += 1
            else:
                self._turn(turn)

    def _turn(self, turn: Turn) -> None:
        self.spoken += 1
        turning.call(turn, actor=self.world.leader, now=self.world.tick(seconds=20))
        if self.spoken == 4:
            self._incident(turn)
        said = self._say(turn)
        self.world.tick(seconds=max(60, self.each // 3 - 120 * len(said)))
        turning.finish(turn, actor=self.world.leader, now=clock.now())
        if not said:
            reason = "Chỉ chào và cảm ơn, không nêu ý kiến"
            turning.excuse_turn(turn, reason=reason, actor=self.world.lan, now=self.world.tick(seconds=20))

    def _say(self, turn: Turn) -> list[Opinion]:
        """Say what the person came with: one opinion, two, or none."""
        opinions = [self._opinion(turn, speech) for speech in self._speeches_of(turn)]
        for opinion in opinions:
            self._write(turn, opinion)
        return opinions

    def _speeches_of(self, turn: Turn) -> list[Speech]:
        if turn.invitation is None:
            return [speech for speech in self.speeches if speech.floor_guest][:1]
        place = self.people.index(turn.invitation.pk) if turn.invitation.pk in self.people else -1
        own = [
            speech
            for at, speech in enumerate(self.speeches)
            if at % len(self.people) == place and not speech.floor_guest and speech.route in ("accept", "off_topic")
        ]
        return own[:2]

    def _opinion(self, turn: Turn, speech: Speech) -> Opinion:
        """The opinion sent before the day, or a new one from the floor."""
        world = self.world
        code = next(
            (code for code, known in world.spoken.items() if known.code == speech.code and self._is_here(code)), None
        )
        if code:
            return Opinion.objects.get(code=code)
        invitation = turn.invitation
        opinion = intake.receive(
            world.dialogue,
            person=invitation.person if invitation else None,
            invitation=invitation,
            guest=turn.guest,
            words=speech.spoken,
            door=Opinion.Door.FLOOR.value,
            sitting=self.sitting,
            procedure=voices.procedure_of(self.sitting, speech),
            spoken=True,
            actor=world.lan,
            now=world.tick(seconds=40),
        )
        world.spoken[opinion.code] = speech
        return opinion

    def _is_here(self, code: str) -> bool:
        return Opinion.objects.filter(code=code, sitting=self.sitting).exists()

    def _write(self, turn: Turn, opinion: Opinion) -> None:
        """The secretary writes, reads back, corrects once; the office answers or the chair sets a day."""
        world, speech = self.world, self.world.spoken[opinion.code]
        entry = minuting.enter(
            self.minutes,
            kind=Kind.OPINION,
            words=speech.spoken,
            edited=speech.summary,
            turn=turn,
            opinion=opinion,
            actor=world.lan,
            now=world.tick(minutes=1),
        )
        if self.spoken == 3:
            self._correct(entry)
        elif self.spoken == 6:
            note = "Người phát biểu đã rời điểm cầu vì việc gấp"
            minuting.read_back(entry, outcome=Said.UNCONFIRMED, note=note, actor=world.lan, now=world.tick(seconds=30))
        else:
            minuting.read_back(entry, outcome=Said.CONFIRMED, actor=world.lan, now=world.tick(seconds=40))
        if opinion.state == "received":
            voices.settle(world, opinion, speech)
            opinion.refresh_from_db()
        self._reply(opinion, speech)

    def _correct(self, entry: MinuteEntry) -> None:
        world = self.world
        words = f"{entry.words} Tôi nói thêm: việc này tôi đã hỏi hai lần."
        minuting.read_back(
            entry,
            outcome=Said.CORRECTION,
            note="Ghi thêm câu đã hỏi hai lần",
            actor=world.lan,
            now=world.tick(seconds=30),
        )
        minuting.revise_entry(
            entry,
            words=words,
            edited=str(entry.edited or ""),
            revision=entry.revision,
            actor=world.lan,
            now=world.tick(minutes=1),
        )
        minuting.read_back(entry, outcome=Said.CONFIRMED, actor=world.lan, now=world.tick(seconds=30))

    def _reply(self, opinion: Opinion, speech: Speech) -> None:
        """What is clear is answered at once; what is not gets an office, a day and somebody to ask."""
        world, lead = self.world, self.sitting.lead
        if opinion.state != "accepted":
            return
        answer = Answer.objects.filter(opinion=opinion).first()
        if speech.on_the_spot and speech.route == "accept":
            answers.give_on_the_spot(
                opinion,
                office=lead,
                text=speech.answer,
                basis=speech.rule,
                uptake=speech.uptake,
                uptake_reason=speech.uptake_reason,
                actor=world.cast.head(lead),
                now=world.tick(minutes=1),
            )
            minuting.enter(
                self.minutes, kind=Kind.ANSWER, words=speech.answer, turn=None, opinion=opinion, office=lead,
                actor=world.lan, now=world.tick(seconds=30),
            )  # fmt: skip
        elif answer is not None:
            self._commit(opinion)

    def _commit(self, opinion: Opinion) -> None:
        world, lead = self.world, self.sitting.lead
        head = world.head_staff(lead)
        due_on = world.after(6)
        answers.commit(
            world.dialogue,
            opinion=opinion,
            office=lead,
            what="Kiểm tra, tham mưu văn bản trả lời",
            due_on=due_on,
            contact=head.name,
            contact_phone=head.phone,
            actor=world.leader,
            now=world.tick(seconds=30),
        )
        words = (
            f"Chủ trì giao {lead.name} kiểm tra, tham mưu văn bản trả lời trước ngày {due_on:%d/%m/%Y}; "
            f"người liên hệ: {head.name}, điện thoại {head.phone}."
        )
        minuting.enter(
            self.minutes, kind=Kind.COMMITMENT, words=words, opinion=opinion, office=lead, actor=world.lan,
            now=world.tick(seconds=20),
        )  # fmt: skip

    def _incident(self, turn: Turn) -> None:
        """The line of the speaker's venue drops for seven minutes; the time does not count against the speaker."""
        world = self.world
        began = world.tick(minutes=1)
        turning.pause_turn(turn, actor=world.leader, now=began)
        over = world.tick(minutes=7)
        minuting.log_incident(
            self.sitting,
            venue=turn.venue,
            began_at=began,
            ended_at=over,
            effect="đường truyền bị gián đoạn",
            remedy="chuyển sang đường dự phòng, người phát biểu nói tiếp",
            actor=world.cast.technician.as_actor(),
            now=over,
        )
        turning.resume_turn(turn, actor=world.leader, now=world.tick(seconds=20))

    def close(self) -> None:
        """The chair concludes; the sitting ends."""
        words = (
            f"Chủ trì ghi nhận đầy đủ các ý kiến, giao {self.sitting.lead.name} và các đơn vị hoàn thành trả lời đúng hạn, "
            "bảo đảm mọi ý kiến có văn bản trả lời."
        )
        minuting.note(self.minutes, conclusion=words, actor=self.world.lan, now=self.world.tick(minutes=5))
        self.world.now(max(clock.now(), self.sitting.ends_at - timedelta(minutes=10)))
        running.end(self.sitting, actor=self.world.leader, now=self.world.tick(minutes=5))
        _absences(self.world, self.sitting)


def _absences(world: World, sitting: Sitting) -> None:
    """Who neither came nor said why is absent without reason."""
    officer: Actor = world.cast.officer(sitting.lead)
    for invitation in citizens(sitting):
        if invitation.state in ("invited", "accepted"):
            roster.mark_absent(invitation, actor=officer, now=world.tick(minutes=1))


def sign_minutes(world: World, sitting: Sitting) -> None:
    """Minutes that were read out are written as a paper, ticked, approved, signed by both, numbered, filed."""
    minutes = Minutes.objects.get(sitting=sitting)
    document = minuting.draft_minutes(minutes, actor=world.lan, now=world.tick(minutes=2))
    world.submit(document)
    documents.approve(document, actor=world.leader, now=world.tick(minutes=5))
    minuting.sign_minutes(minutes, actor=world.leader, now=world.tick(minutes=5))
    document.refresh_from_db()
    world.issue(document, is_signed=True)
