"""A dialogue a week before its day, so that pages have work on them.

The rehearsal leaves everything done. Here papers stand in every state, duties and opinions wait, and a
second dialogue has only just been drafted.
"""

import io
from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.answers.papers import Wish
from doithoai.directory.models import Installation
from doithoai.directory.queries import profile_of
from doithoai.documents import actions as documents
from doithoai.documents.imports import read_back
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake import worker as comparing
from doithoai.intake.imports import take_in
from doithoai.intake.models import Opinion
from doithoai.intake.queries import known_of, spots
from doithoai.kernel import chance, clock, plugs
from doithoai.kernel.access import ANYONE, System
from doithoai.ops.rehearse import before, voices
from doithoai.ops.rehearse.world import World
from doithoai.outbox.actions import give_up
from doithoai.people.actions import Newcomer, keep_head
from doithoai.people.models import Person
from doithoai.planning.actions import carrying_out, consulting, drafting, scheduling, writing
from doithoai.planning.forms import Choices
from doithoai.planning.forms.proposing import propose
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import ownerless
from doithoai.roster import actions as roster
from doithoai.roster.actions import checking, gathering
from doithoai.roster.models import Call, Invitation, RecordCheck
from doithoai.roster.queries import awaiting_letter, messages_of, seats_of
from doithoai.roster.queries.telling import hamlets_of
from doithoai.sample.cast import found_agency
from doithoai.sample.people import ATTACK_NAME
from doithoai.sample.plans import load_sample
from tests.documents.reading import reworded

SAMPLE, SEED = "dong-hoa-2021", "giua-duong"
BEGINS = datetime(2021, 11, 30, 1, 0, tzinfo=UTC)
WAITING = 2  # duties that nobody has accepted yet
REMARKS = (
    "Đề nghị bổ sung thời gian kiểm tra đường truyền trước ngày đối thoại.",
    "Đề nghị ghi rõ đơn vị cử người trực kỹ thuật tại phường trong cả hai buổi.",
)
PROGRESS = "Đã họp với Bộ phận Một cửa, thống nhất danh mục thủ tục và mẫu tổng hợp; còn chờ số liệu của hai phường."
GROUNDS = gathering.Grounds()
REASON = "Ghi rõ giờ đón tiếp đại biểu và tên người liên hệ."

SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def build() -> None:
    """The whole cast on an ordinary Monday: much done, much still to do."""
    Installation.objects.create(is_rehearsal=True)
    clock.stand_at(BEGINS)
    chance.follow_seed(SEED, rehearsal=True)
    world = _world()
    before.issue_plan(world)
    _assign(world)
    _consult(world)
    _prove(world)
    before.raise_obstacle(world)
    before.take_records(world, None)
    _choose_files(world)
    _freeze(world)
    before.draw(world)
    morning, afternoon = world.sittings[0], world.sittings[-1]
    _invite_in_the_morning(world, morning)
    _answer(world, morning)
    _keep_heads(world, morning)
    _invite_in_the_afternoon(world, afternoon)
    voices.gather(world)
    _sort_half(world)
    _programmes(world, morning, afternoon)
    _papers_and_groups(world)
    _show(world)
    _outside(world, morning)
    Installation.objects.update(clock_at=clock.now() + timedelta(hours=1))


def _world() -> World:
    draft = load_sample(SAMPLE)
    first_day = min(sitting.date for sitting in draft.sittings if sitting.date)
    cast = found_agency(draft, code="DH", profile=SAMPLE, now=clock.now())
    hoa = cast.hoa.as_actor()
    dialogue = drafting.create(cast.agency, draft, chair=cast.leader, actor=hoa, now=clock.now())
    drafting.create(cast.agency, draft, chair=cast.leader, actor=hoa, now=clock.now())
    return World(cast, draft, dialogue, first_day)


def _freeze(world: World) -> None:
    """One list by wards alone, one under quotas of ward, sex and age at once."""
    event_on, event = (
        world.day(-14),
        f"Xổ số kiến thiết miền Bắc, giải đặc biệt, kỳ quay ngày {world.day(-14):%d/%m/%Y}",
    )
    world.at(world.day(-15), 9)
    for sitting in world.sittings:
        people, head = gathering.gather(sitting, GROUNDS), world.cast.head(sitting.lead)
        values = [gathering.values_of(one.person, sitting) for one in people.people]
        numbers = gathering.counted(sitting, people.wards, values)
        seats = seats_of(sitting)
        bounds = {name: gathering.by_share(of, seats) for name, of in numbers.items()}
        several = sitting == world.sittings[-1]
        table = gathering.table_for(sitting, people.people, bounds, seats, GROUNDS) if several else None
        now = world.tick(minutes=10)
        roster.freeze_pool(sitting, event_name=event, event_on=event_on, table=table, actor=head, now=now)


def _assign(world: World) -> None:
    """Every duty but one has an owner, the last ones have not been accepted."""
    world.at(world.day(-18), 8)
    for duty in ownerless(world.dialogue)[1:]:
        office = duty.office or world.dialogue.secretariat
        carrying_out.assign(duty, office, world.head_staff(office), actor=world.hoa, now=world.tick(minutes=2))
    owned = list(world.dialogue.duties.exclude(accountable=None).select_related("office").order_by("pk"))
    for duty in owned[:-WAITING]:
        assert duty.office is not None  # it has an accountable head, hence an office
        carrying_out.accept(duty, actor=world.cast.head(duty.office), now=world.tick(minutes=3))


def _consult(world: World) -> None:
    """The second dialogue's plan is with the offices: one agreed, one remarked, the others are silent. A third is begun."""
    hoa, draft = world.hoa, Dialogue.objects.order_by("-pk")[0]
    document = scheduling.draft_plan(draft, actor=hoa, now=world.tick(minutes=5))
    offices = list(world.cast.agency.offices.exclude(pk=draft.secretariat_id).order_by("code")[:5])
    until = clock.day_of(clock.now(), world.cast.agency.zone) + timedelta(days=5)
    draft.refresh_from_db()
    asked = list(
        consulting.consult(draft, offices, until=until, actor=hoa, now=world.tick(minutes=5)).asked.order_by("pk")
    )
    consulting.agree(asked[0], actor=world.cast.head(asked[0].office), now=world.tick(minutes=5))
    for row, text in zip(asked[1:3], REMARKS, strict=True):
        consulting.remark(row, place="c3", text=text, actor=world.cast.head(row.office), now=world.tick(minutes=5))
    profile = profile_of(world.cast.agency)
    said = propose(world.cast.agency, profile, Choices.of(world.cast.agency), 2021)
    writing.start(world.cast.agency, said, step="chung", actor=hoa, now=world.tick(minutes=5))
    assert document.state == "draft"


def _prove(world: World) -> None:
    """One duty has a note on its progress and a file that shows it."""
    duty = world.dialogue.duties.filter(state="accepted").select_related("office").first()
    assert duty is not None
    assert duty.office is not None  # it was accepted
    head = world.cast.head(duty.office)
    carrying_out.note_progress(duty, words=PROGRESS, actor=head, now=world.tick(minutes=5))
    data = b"%PDF-1.4 minh chung"
    file = carrying_out.Attachment("Biên bản họp chuẩn bị.pdf", "pdf", plugs.files().put(data), len(data))
    carrying_out.attach(duty, file, note="Họp chuẩn bị nội dung ngày 06/12", actor=head, now=world.tick(minutes=5))


WARDS_TO_ASK = """Họ và tên;Nơi cư trú;Lĩnh vực;Mã hồ sơ;Ngày tiếp nhận;Trạng thái
Nguyễn Văn Thử;Tổ 3, phường Hòa Vinh, thị xã Đông Hòa;Xây dựng;HS-501;05/03/2021;Đã trả
Trần Thị Mẫu;phường Đông Hòa, tỉnh Đắk Lắk;Xây dựng;HS-502;06/03/2021;Đã trả
TRAN THI MAU;phường Đông Hòa;Xây dựng;HS-503;06/03/2021;Đã trả
Lê Văn Nháp;phường Hòa Hiệp Trung;Xây dựng;HS-504;31/02/2021;Đã trả
Ngô Thị Tập;;Xây dựng;HS-505;07/03/2021;Đã trả
"""


def _choose_files(world: World) -> None:
    """Two more exports are on their way: one was read and asks about a ward, of the other 23,000 lines are read."""
    officer = world.cast.officers[world.sittings[-1].lead.code]
    head = world.cast.heads[world.sittings[0].lead.code]
    data = WARDS_TO_ASK.encode()
    read = checking.begin(world.dialogue, officer, name="mot-cua-quy-1.csv", data=data, now=clock.now())
    checking.look_now(read, read_table)
    large = checking.begin(world.dialogue, head, name="mot-cua-5-nam.xlsx", data=data + b" ", now=clock.now())
    beat = clock.now() + timedelta(days=3650)  # no worker takes it over
    RecordCheck.objects.filter(pk=large.pk).update(state="reading", tries=1, done=23_000, total=50_000, beat_at=beat)


def _invite_in_the_morning(world: World, sitting: Sitting) -> None:
    """Letters out, one person of a hostile name among them; the delegates' letters wait for their print."""
    officer, signer = world.cast.officer(sitting.lead), world.head_staff(sitting.lead)
    world.at(world.day(-12), 8)
    hostile = awaiting_letter(sitting)[0].person
    assert hostile is not None  # a letter is to a citizen
    Person.objects.filter(pk=hostile.pk).update(name=ATTACK_NAME)
    roster.invite_delegates(sitting, actor=officer, now=world.tick(minutes=5))
    world.send(roster.draft_invitations(sitting, signer=signer, actor=officer, now=world.tick(minutes=10)))
    to_sign = roster.draft_delivery_list(sitting, actor=officer, now=world.tick(minutes=5))
    world.print_working([to_sign])
    letters = roster.draft_delegate_invitations(sitting, signer=signer, actor=officer, now=world.tick(minutes=10))
    assert letters is not None
    world.submit(letters)
    _sign(world, letters)
    clerk = world.cast.clerk.as_actor()
    documents.issue(letters, number=world.next_number(letters), actor=clerk, now=world.tick(minutes=20))


def _answer(world: World, sitting: Sitting) -> None:
    """One of each: yes, no with its reserve, somebody else instead, no answer, a wrong number, taken back, news not sent."""
    officer = world.cast.officer(sitting.lead)
    rows = list(Invitation.objects.filter(sitting=sitting, route="drawn", state="invited").order_by("ordinal")[3:10])
    world.at(world.day(-11), 9)
    yes, no, other, missed, wrong, back, lost = rows
    needs = "Đi xe lăn hoặc khó đi lại"
    roster.accept_invitation(yes, channel="link", needs=needs, actor=before.by_link(yes), now=world.tick(minutes=9))
    roster.decline_invitation(no, channel="phone", reason="Đi làm xa", actor=officer, now=world.tick(minutes=9))
    son = roster.Instead("Nguyễn Văn Thử", "con trai", "0900 000 002")
    roster.accept_invitation(other, channel="phone", instead=son, actor=officer, now=world.tick(minutes=9))
    for note in ("", "Gọi lại sau 17 giờ"):
        outcome = Call.Outcome.MISSED
        roster.note_call(missed, outcome=outcome, note=note, actor=officer, now=world.tick(minutes=40))
    roster.note_call(wrong, outcome=Call.Outcome.WRONG, actor=officer, now=world.tick(minutes=9))
    head, reason = world.cast.head(sitting.lead), "Mời trùng tên với người khác"
    roster.withdraw_invitation(back, reason=reason, actor=head, now=world.tick(minutes=9))
    roster.deliver_invitation(yes, actor=officer, now=world.tick(minutes=9))
    news = messages_of(lost).get(kind="invitation")
    give_up(news, problem="Số điện thoại này không dùng Zalo.", actor=System("worker"), now=world.tick(minutes=9))


def _keep_heads(world: World, sitting: Sitting) -> None:
    """Two heads of hamlets are known, one without a number; one told all households but one."""
    hamlets = sorted(hamlets_of(sitting), key=lambda hamlet: -len(hamlet.waiting))
    for hamlet, name, phone in zip(hamlets, ("Võ Văn Thử", "Đặng Thị Mẫu"), ("0900 000 111", ""), strict=False):
        ward = hamlet.households[0].row.person.ward
        who = {"ward": ward, "group": hamlet.group, "name": name, "phone": phone}
        keep_head(world.cast.agency, **who, actor=world.hoa, now=world.tick(minutes=5))
    told = [one.row.code for one in hamlets[-1].waiting]
    roster.tell_through_head(sitting, told, actor=world.hoa, now=world.tick(minutes=5))


def _invite_in_the_afternoon(world: World, sitting: Sitting) -> None:
    """Letters signed and waiting for their number; the delegates' returned to be mended."""
    officer, signer = world.cast.officer(sitting.lead), world.head_staff(sitting.lead)
    roster.invite_delegates(sitting, actor=officer, now=world.tick(minutes=5))
    letters = roster.draft_invitations(sitting, signer=signer, actor=officer, now=world.tick(minutes=10))
    world.submit(letters)
    _sign(world, letters)
    guests = roster.draft_delegate_invitations(sitting, signer=signer, actor=officer, now=world.tick(minutes=10))
    assert guests is not None
    documents.submit(guests, actor=officer, now=world.tick(minutes=5))
    documents.give_back(guests, reason=REASON, actor=signer.as_actor(), now=world.tick(minutes=30))


def _sign(world: World, document: Document) -> None:
    who = world.signer_of(document.issuer)
    documents.approve(document, actor=who, now=world.tick(minutes=25))
    documents.sign(document, actor=who, now=world.tick(minutes=5))


def _sort_half(world: World) -> None:
    """Half of what came in is sorted and given to an office; one answer waits for approval, one is a draft."""
    world.at(world.day(-8), 8)
    rows = Opinion.objects.filter(dialogue=world.dialogue, state="received").select_related("sitting__lead")
    ours = [row for row in rows.order_by("ordinal") if world.spoken[row.code].route == "accept"]
    for opinion in ours[: len(ours) // 2]:
        voices.settle(world, opinion, world.spoken[opinion.code])
    assigned = list(Answer.objects.filter(opinion__dialogue=world.dialogue).select_related("opinion", "lead")[:2])
    for answer in assigned:
        voices.draft_one(world, answer.opinion)
    answers.submit_answer(assigned[0], actor=world.cast.officer(assigned[0].lead), now=world.tick(minutes=5))


def _papers_and_groups(world: World) -> None:
    """One opinion came with a photographed paper, and what is alike has been put together."""
    row = Opinion.objects.filter(dialogue=world.dialogue, state="received").exclude(kind="denunciation").earliest("pk")
    paper = io.BytesIO()
    Image.new("RGB", (600, 800), "#e8e2d0").save(paper, "JPEG")
    taken = take_in([SimpleUploadedFile("giay-hen.jpg", paper.getvalue())])
    intake.attach(row, taken, actor=world.hoa, now=world.tick(minutes=5))
    words = f"{row.words} Nhà tôi cũng vậy."
    intake.receive(
        world.dialogue, words=words, door="phone", guest="Ông Ba Mẫu", sitting=row.sitting, actor=world.hoa,
        read_back=True, now=world.tick(minutes=5),
    )  # fmt: skip
    intake.compare(world.dialogue, actor=world.hoa, now=world.tick(minutes=5))
    comparing.work_off()


def _show(world: World) -> None:
    """Two opinions stand on the public page, and somebody met the same; somebody on no list spoke at the desk."""
    rows = Opinion.objects.filter(dialogue=world.dialogue, state="accepted").order_by("ordinal")
    known = known_of(world.dialogue)
    for at, row in enumerate(rows.select_related("dialogue__agency", "words", "summary")[:2]):
        finds = [spot.find for spot in spots(str(row.public_source), known, None)]
        of = row.public_source.pk
        intake.prepare_public(row, finds, of=of, actor=world.hoa, now=world.tick(minutes=5))
        intake.show(row, actor=world.hoa, now=world.tick(minutes=5))
        for device in range(3 * at):
            intake.support(row, device=f"{device:032x}", actor=ANYONE, now=world.tick(minutes=1))
    told = Newcomer(ATTACK_NAME, "0900000009", group="Thôn Mẫu 2")
    words = "Tôi không được mời nhưng hồ sơ của tôi cũng bị trả hai lần."
    intake.receive(
        world.dialogue, words=words, door="desk", newcomer=told, actor=world.hoa, read_back=True,
        now=world.tick(minutes=5),
    )  # fmt: skip


def _outside(world: World, sitting: Sitting) -> None:
    """A letter came back from Word with another date; an office helps with an answer, keeps its words, wants a rule mended."""
    letters = Document.objects.filter(state="numbered", kind="invitation").latest("pk")
    data = reworded(letters.model, "22/12/2021", "23/12/2021 (thay ngày đã báo)")
    clerk = world.cast.clerk.as_actor()
    for file, name in ((data, "giay-moi-da-ky.docx"), (SCAN, "ban-quet.pdf")):
        digest = plugs.files().put(file)
        at = world.tick(minutes=5)
        documents.bring_back(
            letters, read_back(file), name=name, sha256=digest, size=len(file), actor=clerk, now=at
        )  # fmt: skip
    answer = Answer.objects.filter(state="drafted").select_related("opinion", "lead").latest("pk")
    head, officer = world.cast.head(answer.lead), world.cast.officer(answer.lead)
    helper = world.sittings[-1].lead
    answers.set_supporting(answer, [helper], actor=head, now=world.tick(minutes=5))
    helping = world.cast.officer(helper)
    answers.remark(
        answer, text="Năm nay đã trả 12 hồ sơ cùng loại, đều đúng hẹn.", actor=helping, now=world.tick(minutes=9)
    )
    answers.save_wording(
        answer.lead, title="Không nộp lại bản giấy", body="Hồ sơ nộp trực tuyến hợp lệ thì không phải nộp lại bản giấy.",
        basis="Điều 14 Nghị định số 45/2020/NĐ-CP", actor=officer, now=world.tick(minutes=5),
    )  # fmt: skip
    wish = Wish(
        answer.lead, "Ủy ban nhân dân tỉnh", "khoản 2 Điều 7 Quyết định số 12/2019/QĐ-UBND",
        "Người nộp trực tuyến vẫn phải mang bản giấy đến đối chiếu.", "Bỏ việc đối chiếu khi bản điện tử đã ký số.",
    )  # fmt: skip
    answers.propose(answer.opinion, wish, signer=world.cast.leader, actor=officer, now=world.tick(minutes=9))


def _programmes(world: World, morning: Sitting, afternoon: Sitting) -> None:
    """One programme waits for approval, the other is a draft."""
    for sitting in (morning, afternoon):
        officer, signer = world.cast.officer(sitting.lead), world.head_staff(sitting.lead)
        programme = answers.draft_programme(sitting, signer=signer, actor=officer, now=world.tick(minutes=30))
        if sitting == morning:
            documents.submit(programme, actor=officer, now=world.tick(minutes=5))
            documents.tick_content(programme, actor=world.cast.head(sitting.lead), now=world.tick(minutes=5))
