"""A small office with a journal of two chains: words, a paper that left the house with its copies, files on disk."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from doithoai.directory.actions import AgencySpec, OfficeSpec, set_up
from doithoai.directory.models import Agency, Office, Place, Sector
from doithoai.documents import actions as papers
from doithoai.documents.actions import Draft, Print
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel import plugs
from doithoai.kernel.access import YES, Actor, Role, System, Verdict
from doithoai.kernel.verbs import verb
from doithoai.people.actions import StaffSpec, keep_text, take_on
from doithoai.people.models import Person, Text
from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster.actions import draw, freeze_pool
from doithoai.roster.models import Record, RecordBatch
from doithoai.rules.paper import Letterhead, Paper, Signature, para

NOW = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
SYSTEM = System("test")


def _anybody(actor: Actor, subject: object) -> Verdict:
    """Ai cũng được."""
    return YES


def _say(dialogue: Dialogue, body: str, *, actor: Actor, now: datetime) -> Text:
    text = keep_text(dialogue.agency, body)
    record(dialogue.code, text_words=text.digest, length=len(body))
    return text


say = verb("try.say", may=_anybody)(_say)


@dataclass(slots=True)
class World:
    """What there is to tamper with."""

    agency: Agency
    dialogue: Dialogue
    paper: Document
    texts: list[Text]


def a_paper(subject: str = "Mời tham dự đối thoại", addressee: str = "Bà Sáu") -> Paper:
    """A short letter."""
    return Paper(
        kind="invitation",
        layout="letter",
        letterhead=Letterhead(("Ủy ban nhân dân thị xã Đông Hòa",), "GM-UBND"),
        subject=subject,
        place="Đông Hòa",
        addressees=(addressee,),
        blocks=(para("Kính mời tham dự buổi đối thoại."),),
        recipients=("Như trên;", "Lưu: VT."),
        signatures=(Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn Thử"),),
    )


def issued(dialogue: Dialogue, office: Office, number: int = 7) -> Document:
    """A paper with two copies, brought by the system through every act to its seal."""
    copies = [("M01", a_paper(addressee="Bà Sáu")), ("M02", a_paper(addressee="Ông Bảy"))]
    made = Draft(a_paper(), office, "Mời tham dự", about="invitations", copies=copies)
    document = papers.draft(dialogue, made, actor=SYSTEM, now=NOW)
    for act in (papers.submit, papers.tick_content, papers.tick_form):
        act(document, actor=SYSTEM, now=NOW)
    staff = document.agency.staff.get()
    Document.objects.filter(pk=document.pk).update(content_ticked_by=staff, form_ticked_by=staff)
    for act in (papers.approve, papers.sign):
        act(document, actor=SYSTEM, now=NOW)
    papers.issue(document, number=number, actor=SYSTEM, now=NOW)
    store = plugs.files()
    prints = [Print(store.put(b"PDF %d" % n), store.put(b"DOCX %d" % n), 5, 6) for n in range(3)]
    papers.seal(document, prints, actor=SYSTEM, now=NOW + timedelta(minutes=1))
    return papers.dispatch(document, actor=SYSTEM, now=NOW + timedelta(minutes=2))


def drawn(dialogue: Dialogue) -> None:
    """A sitting for which 4 of 12 people of two wards were drawn."""
    agency, office = dialogue.agency, dialogue.secretariat
    Dialogue.objects.filter(pk=dialogue.pk).update(state="open")
    sector = Sector.objects.create(agency=agency, code="LV1", name="Hộ kinh doanh")
    begins = datetime(2021, 12, 22, 0, 30, tzinfo=UTC)
    hours = {"starts_at": begins, "ends_at": begins + timedelta(hours=4)}
    sitting = Sitting.objects.create(
        dialogue=dialogue, ordinal=1, code="DH-2021-01-B1", sector=sector, lead=office, expected=4, **hours
    )
    batch = RecordBatch.objects.create(dialogue=dialogue, name="mot-cua.csv", sha256="", taken=12, taken_at=NOW)
    for at in range(2):
        ward = Place.objects.create(agency=agency, code=f"P{at}", name=f"Mẫu {at}")
        told = {"dialogue": dialogue, "ordinal": at, "office": office, "is_central": not at}
        Venue.objects.create(code=f"DH-2021-01-C{at}", name=f"Điểm cầu {at}", ward=ward, **told)
        for n in range(6):
            who = {"kind": "citizen", "name": f"Người Mẫu {n}", "ward": ward}
            person = Person.objects.create(agency=agency, code=f"N{at}{n}", **who)
            proof = {"file_code": f"HS-{at}{n}", "received_on": date(2021, 3, n + 1)}
            Record.objects.create(agency=agency, batch=batch, person=person, sector=sector, **proof)
    event = {"event_name": "Bốc 6 thẻ số", "event_on": date(2021, 12, 10)}
    pool = freeze_pool(sitting, **event, actor=SYSTEM, now=NOW)  # type: ignore[arg-type]
    then = NOW + timedelta(days=9)
    draw(pool, value="407183", source="Biên bản", witnesses="Mặt trận", actor=SYSTEM, now=then)


def make_world() -> World:
    """Set the office up and let it work: two chains of some twenty entries, a paper, a draw."""
    agency = Agency(code="DH", name="UBND thị xã Đông Hòa", short_name="UBND", territory="thị xã", place="Đông Hòa")
    office = OfficeSpec("VP", "Văn phòng", "secretariat", "Chánh Văn phòng")
    set_up(agency, AgencySpec((office,)), actor=SYSTEM, now=NOW)
    spec = StaffSpec("hoa", "Trần Thị Hoa", "chị", "Chuyên viên", "", ((Role.OFFICER, "VP"),))
    take_on(agency, spec, since=NOW.date(), actor=SYSTEM, now=NOW)
    secretariat = Office.objects.get(agency=agency)
    dialogue = Dialogue.objects.create(
        agency=agency, code="DH-2021-01", year=2021, subject="Đối thoại", territory="thị xã",
        profile_key="dong-hoa-2021", mode="hybrid", secretariat=secretariat,
    )  # fmt: skip
    texts = [say(dialogue, f"Hồ sơ của tôi chậm {n} ngày.", actor=SYSTEM, now=NOW) for n in range(3)]
    paper = issued(dialogue, secretariat)
    drawn(dialogue)
    texts += [say(dialogue, f"Lời thứ {n} sau giấy mời.", actor=SYSTEM, now=NOW) for n in range(3)]
    return World(agency, dialogue, paper, texts)


@pytest.fixture
def world(db: None) -> World:
    """Two chains of some twenty entries."""
    return make_world()
