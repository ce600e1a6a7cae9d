"""What is said: which speech comes in by which door, before the day or on it, and what becomes of it."""

from collections.abc import Iterable

from doithoai.answers import actions as answers
from doithoai.directory.models import Procedure
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.kernel.access import Actor
from doithoai.ops.rehearse.before import by_link, citizens
from doithoai.ops.rehearse.world import World
from doithoai.planning.models import Sitting
from doithoai.planning.queries import binding_deadline
from doithoai.roster.models import Invitation
from doithoai.rules.vietnamese import fold
from doithoai.sample.speech import Speech, speech_for

KINDS = {"vướng mắc": "difficulty", "phản ánh": "report", "kiến nghị": "petition", "đề xuất": "proposal"}
DOORS = (Opinion.Door.LINK, Opinion.Door.PHONE, Opinion.Door.PAPER)
NOT_OURS = "Đề nghị cơ quan giới thiệu cho con trai tôi một chỗ làm ở nhà máy gần nhà."
NOT_TAKEN = "Không phải phản ánh, kiến nghị về thủ tục hành chính; đã hướng dẫn đến Trung tâm Dịch vụ việc làm"
TAKEN_BACK = "Hồ sơ của tôi hôm trước báo thiếu giấy, nay Bộ phận Một cửa đã nhận đủ rồi."


def speeches(sitting: Sitting) -> list[Speech]:
    """What will be said at a sitting, special cases among them."""
    procedures = tuple(Procedure.objects.filter(sector=sitting.sector).order_by("code").values_list("name", flat=True))
    return speech_for(sitting.sector.name, max(16, min(20, sitting.expected + 3)), f"{sitting.code}", procedures)


def speakers(sitting: Sitting) -> list[Invitation]:
    """Those who have not declined: they have something to say, by whatever door."""
    return [row for row in citizens(sitting) if row.state in ("accepted", "invited", "lapsed")]


def is_before(place: int, speech: Speech) -> bool:
    """Special cases come in writing; of the others every second one is sent before the day."""
    special = speech.route != "accept" or bool(speech.same_matter_as)
    return not speech.floor_guest and (special or place % 2 == 0)


def gather(world: World) -> None:
    """Take in what people send before the day: by link, by telephone, on paper."""
    world.at(world.day(-9), 8)
    for sitting in world.sittings:
        people = speakers(sitting)
        if not people:
            continue
        for place, speech in enumerate(speeches(sitting)):
            if is_before(place, speech) or _has_twin(sitting, speech):
                _send(world, sitting, speech, people[place % len(people)], DOORS[place % len(DOORS)])
        _odd_ones(world, sitting, people)


def _has_twin(sitting: Sitting, speech: Speech) -> bool:
    return any(other.same_matter_as == speech.code for other in speeches(sitting))


def _send(world: World, sitting: Sitting, speech: Speech, person: Invitation, door: Opinion.Door) -> Opinion:
    assisted = door != Opinion.Door.LINK
    actor = world.cast.officer(sitting.lead) if assisted else by_link(person)
    opinion = intake.receive(
        world.dialogue,
        person=person.person,
        invitation=person,
        words=speech.spoken,
        door=door.value,
        sitting=sitting,
        procedure=procedure_of(sitting, speech),
        file_code=person.member.file_code if person.member else "",
        actor=actor,
        now=world.tick(minutes=35),
    )
    world.spoken[opinion.code] = speech
    return opinion


def procedure_of(sitting: Sitting, speech: Speech) -> Procedure | None:
    """The procedure that a speech is about, as the agency's list names it."""
    wanted = fold(speech.procedure)
    rows = Procedure.objects.filter(sector=sitting.sector)
    return next((row for row in rows if fold(row.name) == wanted), None)


def _odd_ones(world: World, sitting: Sitting, people: list[Invitation]) -> None:
    """One that is not for the agency at all, and one that its author takes back."""
    officer = world.cast.officer(sitting.lead)
    stray = _plain(world, sitting, NOT_OURS, people[-1], officer)
    intake.classify(stray, kind="petition", topic="off", actor=officer, now=world.tick(minutes=5))
    intake.not_take(stray, reason=NOT_TAKEN, actor=world.hoa, now=world.tick(minutes=5))
    settled = _plain(world, sitting, TAKEN_BACK, people[0], by_link(people[0]))
    reason = "Việc đã được giải quyết"
    intake.withdraw(settled, reason=reason, actor=by_link(people[0]), now=world.tick(hours=3))


def _plain(world: World, sitting: Sitting, words: str, person: Invitation, actor: Actor) -> Opinion:
    door = Opinion.Door.LINK if actor.link else Opinion.Door.PAPER
    return intake.receive(
        world.dialogue,
        person=person.person,
        invitation=person,
        words=words,
        door=door.value,
        sitting=sitting,
        actor=actor,
        now=world.tick(minutes=15),
    )


def sort_out(world: World) -> None:
    """Classify what came in: accepted and assigned, merged, guided, transferred to whom it concerns."""
    world.at(world.day(-8), 8)
    for sitting in world.sittings:
        rows = (
            Opinion.objects.filter(sitting=sitting, state="received")
            .select_related("sitting__lead")
            .order_by("ordinal")
        )
        for opinion in rows:
            settle(world, opinion, world.spoken[opinion.code])
        _merge_twins(world, sitting)


def settle(world: World, opinion: Opinion, speech: Speech) -> None:
    """One opinion's way, by what it is."""
    sitting = opinion.sitting
    assert sitting is not None  # the rehearsal's opinions belong to a sitting
    officer = world.cast.officer(sitting.lead)
    kind = speech.route if speech.route in ("complaint", "denunciation") else KINDS[speech.kind]
    topic = "off" if speech.route == "off_topic" else "on"
    intake.classify(opinion, kind=kind, topic=topic, actor=officer, now=world.tick(minutes=6))
    if speech.route in ("complaint", "denunciation"):
        intake.guide(opinion, actor=world.cast.head(world.dialogue.secretariat), now=world.tick(minutes=10))
    elif speech.route == "transfer":
        slip = intake.transfer(
            opinion, body=speech.agency, signer=world.cast.leader, actor=world.hoa, now=world.tick(minutes=20)
        )
        world.send(slip)
    else:
        intake.summarise(opinion, summary=speech.summary, actor=officer, now=world.tick(minutes=5))
        intake.accept(opinion, actor=officer, now=world.tick(minutes=2))
        answers.assign(opinion, lead=sitting.lead, actor=world.hoa, now=world.tick(minutes=3))


def _merge_twins(world: World, sitting: Sitting) -> None:
    officer = world.cast.officer(sitting.lead)
    by_code = {speech.code: code for code, speech in world.spoken.items() if code.startswith(world.dialogue.code)}
    for opinion in Opinion.objects.filter(sitting=sitting, state="accepted").order_by("ordinal"):
        twin = by_code.get(world.spoken[opinion.code].same_matter_as)
        if twin:
            into = Opinion.objects.get(code=twin)
            reason = "Cùng một thủ tục, cùng một vướng mắc"
            intake.merge(opinion, into, reason=reason, actor=officer, now=world.tick(minutes=10))


def submit_dossiers(world: World) -> None:
    """Programme and synthesis of each sitting go to the head in time, with draft answers, and are approved."""
    draft_answers(world, Opinion.objects.filter(dialogue=world.dialogue, state="accepted").order_by("ordinal"))
    deadline = binding_deadline(world.dialogue, "submission")
    world.at(deadline.plan_for if deadline else world.day(-6), 8)
    for sitting in world.sittings:
        officer, signer = world.cast.officer(sitting.lead), world.head_staff(sitting.lead)
        programme = answers.draft_programme(sitting, signer=signer, actor=officer, now=world.tick(minutes=30))
        world.send(programme)
        synthesis = answers.draft_dossier(sitting, signer=signer, actor=officer, now=world.tick(minutes=30))
        world.send(synthesis)
        sitting.refresh_from_db()
        answers.approve_dossier(sitting.dossier, actor=world.leader, now=world.tick(hours=1))


def draft_answers(world: World, opinions: Iterable[Opinion]) -> None:
    """The lead office drafts an answer to each opinion that has none yet."""
    for opinion in opinions:
        answer = getattr(opinion, "answer", None)
        if answer is None or answer.state != "assigned" or opinion.code not in world.spoken:
            continue
        draft_one(world, opinion)


def draft_one(world: World, opinion: Opinion) -> None:
    """Draft one answer from what the lead office would say."""
    speech, answer = world.spoken[opinion.code], opinion.answer
    answers.draft(
        answer,
        text=speech.answer,
        basis=speech.rule,
        next_step="",
        uptake=speech.uptake,
        uptake_reason=speech.uptake_reason,
        revision=answer.revision,
        actor=world.cast.officer(answer.lead),
        now=world.tick(minutes=12),
    )


def speakers_of_day(sitting: Sitting) -> list[int]:
    """Keys of the invitations in the order in which `gather` gave speeches to their people."""
    return [row.pk for row in citizens(sitting) if row.state not in ("declined", "withdrawn")]
