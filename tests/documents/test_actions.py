"""A paper on its way: six acts of different people, each once, in order, and none of them by another agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from doithoai.directory.models import Installation
from doithoai.documents import actions
from doithoai.documents.actions import Draft, Print
from doithoai.documents.models import Document, Job, Register
from doithoai.documents.papers import working
from doithoai.documents.queries import next_number, wording_digest
from doithoai.journal.models import Entry, Witness
from doithoai.journal.queries import story
from doithoai.kernel import plugs
from doithoai.kernel.access import ANYONE, Actor, NotNow, NotYours, Refused, System
from doithoai.kernel.verbs import REGISTRY
from doithoai.ops.verify import faults
from doithoai.rules.paper import para
from tests.documents.desk import NOW, STAFF, Desk, brought, desk, drafted, letter, numbered

pytestmark = pytest.mark.django_db
Act = Callable[..., Any]


@pytest.fixture
def here(db: None) -> Desk:
    """Our agency."""
    return desk("DH")


@pytest.fixture
def there(db: None) -> Desk:
    """Another agency, whose people must see and change nothing."""
    return desk("XK")


def prints(document: Document) -> list[Print]:
    """Files for a paper and its copies."""
    store, many = plugs.files(), 1 + document.copy_rows.count()
    return [Print(store.put(b"pdf %d" % n), store.put(b"docx %d" % n), 5, 6) for n in range(many)]


def test_the_whole_way_of_a_paper(here: Desk) -> None:
    document = numbered(here, copies=2)
    actions.seal(document, prints(document), actor=System("worker"), now=NOW)
    actions.dispatch(document, actor=here["clerk"], now=NOW)
    document.refresh_from_db()
    assert (document.state, document.number_text, document.issued_on) == ("dispatched", "07/GM-UBND", date(2021, 12, 1))
    assert document.signer == here.staff["leader"]
    assert document.copies == 2
    verbs = [(line.verb, line.actor.rpartition("-")[2]) for line in reversed(story("DH")) if "document" in line.verb]
    numbers = {who: f"CB{place:02d}" for place, who in enumerate(STAFF, start=1)}
    assert verbs == [
        ("document.draft", numbers["officer"]),
        ("document.submit", numbers["officer"]),
        ("document.tick_content", numbers["head"]),
        ("document.tick_form", numbers["office_head"]),
        ("document.approve", numbers["leader"]),
        ("document.sign", numbers["leader"]),
        ("document.issue", numbers["clerk"]),
        ("document.seal", "system:worker"),
        ("document.dispatch", numbers["clerk"]),
    ]
    assert not list(faults())


RIGHTS: dict[str, tuple[str, set[str], Act]] = {
    # act: the state before it, who may, the act
    "document.revise": ("draft", {"officer", "head"}, lambda d, **by: actions.rewrite(d, d.model, **by)),
    "document.submit": ("draft", {"officer", "head"}, actions.submit),
    "document.tick_content": ("in_review", {"head"}, actions.tick_content),
    "document.tick_form": ("in_review", {"office_head"}, actions.tick_form),
    "document.return": ("in_review", {"leader"}, lambda d, **by: actions.give_back(d, reason="Thiếu căn cứ.", **by)),
    "document.sign": ("approved", {"leader"}, actions.sign),
    "document.issue": ("signed", {"clerk"}, lambda d, **by: actions.issue(d, number=7, **by)),
    "document.dispatch": ("numbered", {"clerk"}, actions.dispatch),
}


@pytest.mark.parametrize("verb", RIGHTS)
def test_each_act_is_the_right_of_those_named_and_of_nobody_else(here: Desk, there: Desk, verb: str) -> None:
    before, may, act = RIGHTS[verb]
    document = numbered(here) if before == "numbered" else brought(here, drafted(here), before)
    if before == "draft":
        document = drafted(here)
    entries = Entry.objects.count()
    strangers = {f"XK {who}": there[who] for who in STAFF} | {"anyone": ANYONE}
    refused = {who: here[who] for who in STAFF if who not in may} | strangers
    stored = Document.objects.values().get(pk=document.pk)
    for who, actor in refused.items():
        with pytest.raises(NotYours, match=r"\S"):
            act(document, actor=actor, now=NOW)
        assert Document.objects.values().get(pk=document.pk) == stored, who
    assert Entry.objects.count() == entries
    for who in may:
        assert REGISTRY[verb].may(here[who], document), who
    act(document, actor=here[sorted(may)[0]], now=NOW)
    assert Entry.objects.count() == entries + 1


def test_only_staff_of_the_agency_draft(here: Desk, there: Desk) -> None:
    made = Draft(letter(here), here.division, "Mời")
    for actor in (there["officer"], here["technician"], ANYONE):
        with pytest.raises(NotYours):
            actions.draft(here.agency, made, actor=actor, now=NOW)
    assert not Document.objects.exists()
    assert actions.draft(here.agency, made, actor=here["other_officer"], now=NOW).code == "DH-VB01"


def test_who_drafted_does_not_approve(here: Desk) -> None:
    made = Draft(letter(here), here.division, "Mời")
    document = actions.draft(here.agency, made, actor=here["leader"], now=NOW)
    for act, who in ((actions.submit, "officer"), (actions.tick_content, "head"), (actions.tick_form, "office_head")):
        act(document, actor=here[who], now=NOW)
    with pytest.raises(NotYours, match="người soạn không tự duyệt"):
        actions.approve(document, actor=here["leader"], now=NOW)
    document.refresh_from_db()
    assert document.state == "in_review"


@pytest.mark.parametrize(
    ("ticks", "missing"),
    [
        ([], "nội dung"),
        ([(actions.tick_form, "office_head")], "nội dung"),
        ([(actions.tick_content, "head")], "thể thức"),
    ],
)
def test_approval_needs_both_ticks_and_names_the_missing_one(
    here: Desk, ticks: list[tuple[Act, str]], missing: str
) -> None:
    document = brought(here, drafted(here), "in_review")
    for act, who in ticks:
        act(document, actor=here[who], now=NOW)
    with pytest.raises(NotNow, match=f"chưa xác nhận {missing}"):
        actions.approve(document, actor=here["leader"], now=NOW)


def test_submitting_again_takes_the_ticks_back(here: Desk) -> None:
    document = brought(here, drafted(here), "in_review")
    actions.tick_content(document, actor=here["head"], now=NOW)
    actions.tick_form(document, actor=here["office_head"], now=NOW)
    actions.give_back(document, reason="Sai tên buổi.", actor=here["leader"], now=NOW)
    assert document.return_reason == "Sai tên buổi."
    actions.rewrite(document, letter(here, body="Đã sửa."), actor=here["officer"], now=NOW)
    actions.submit(document, actor=here["officer"], now=NOW)
    with pytest.raises(NotNow, match="chưa xác nhận nội dung"):
        actions.approve(document, actor=here["leader"], now=NOW)


def test_a_paper_is_returned_with_a_reason(here: Desk) -> None:
    document = brought(here, drafted(here), "in_review")
    with pytest.raises(NotNow, match="cần một câu nêu lý do"):
        actions.give_back(document, reason="  ", actor=here["leader"], now=NOW)
    assert Document.objects.get().state == "in_review"


@pytest.mark.parametrize("act", [actions.tick_content, actions.tick_form])
def test_a_draft_is_not_ticked_before_it_is_submitted(here: Desk, act: Act) -> None:
    document = drafted(here)
    actor = here["head"] if act is actions.tick_content else here["office_head"]
    with pytest.raises(NotNow, match="chưa được trình"):
        act(document, actor=actor, now=NOW)


def test_each_act_is_done_once(here: Desk) -> None:
    document = numbered(here)
    actions.dispatch(document, actor=here["clerk"], now=NOW)
    entries = Entry.objects.count()
    again: list[tuple[Act, str]] = [
        (actions.submit, "officer"),
        (actions.approve, "leader"),
        (actions.sign, "leader"),
        (lambda d, **by: actions.issue(d, number=8, **by), "clerk"),
        (actions.dispatch, "clerk"),
    ]
    for act, who in again:
        with pytest.raises(NotNow, match="Đã phát hành"):
            act(document, actor=here[who], now=NOW)
    assert (Entry.objects.count(), Register.objects.count()) == (entries, 1)


def test_a_draft_is_changed_freely_and_a_submitted_paper_is_not(here: Desk) -> None:
    document = drafted(here, copies=1)
    rows = [("M08", letter(here)), ("M09", letter(here))]
    actions.rewrite(document, letter(here, body="Lần hai."), copies=rows, actor=here["officer"], now=NOW)
    actions.rewrite(document, letter(here, body="Lần ba."), copies=rows, actor=here["head"], now=NOW)
    assert (document.revision, document.copies) == (3, 2)
    assert [row.recipient for row in document.copy_rows.order_by("ordinal")] == ["M08", "M09"]
    assert document.model.blocks == (para("Lần ba."),)
    assert story("DH", last=1)[0].facts["text"] == wording_digest(document)
    brought(here, document, "in_review")
    with pytest.raises(NotNow, match="đang ở trạng thái “Chờ duyệt”"):
        actions.rewrite(document, letter(here), actor=here["officer"], now=NOW)
    assert not list(faults())


def test_an_act_works_on_the_row_as_it_is_not_as_it_was_read(here: Desk) -> None:
    first = drafted(here)
    second = Document.objects.get(pk=first.pk)
    assert second.model.blocks == (para("Kính mời tham dự."),)
    actions.rewrite(first, letter(here, body="Bản mới."), actor=here["officer"], now=NOW)
    actions.issue(brought(here, second, "signed"), number=7, actor=here["clerk"], now=NOW)
    assert second.model.blocks == (para("Bản mới."),)
    assert second.model.number == "7"


def test_number_day_and_head_are_frozen_on_the_paper_and_its_copies(here: Desk) -> None:
    document = numbered(here, copies=2)
    head = Witness.objects.get().head
    for paper in (document.model, *(copy.model for copy in document.copy_rows.all())):
        dated = (paper.dated.year, paper.dated.month, paper.dated.day)
        assert (paper.number, dated, paper.head, paper.rehearsal) == ("7", (2021, 12, 1), head, False)
    assert Job.objects.filter(document=document, done_at=None, asked_at=NOW).count() == 1
    assert Witness.objects.get().where == "DH-VB01 07/GM-UBND"


@pytest.mark.parametrize(("hour", "day"), [(16, date(2021, 12, 31)), (17, date(2022, 1, 1))])
def test_the_day_on_a_paper_is_the_agencys_and_its_year_is_the_registers(here: Desk, hour: int, day: date) -> None:
    """23:30 and 00:30 on the agency's wall."""
    document = brought(here, drafted(here), "signed")
    at = datetime(2021, 12, 31, hour, 30, tzinfo=UTC)
    actions.issue(document, number=1, actor=here["clerk"], now=at)
    assert (document.issued_on, Register.objects.get().year) == (day, day.year)
    assert (document.model.dated.year, document.model.dated.month, document.model.dated.day) == (
        day.year, day.month, day.day,
    )  # fmt: skip


def test_a_rehearsal_is_printed_on_its_papers(here: Desk) -> None:
    Installation.objects.create(is_rehearsal=True)
    document = numbered(here, copies=1)
    assert document.model.rehearsal
    assert document.copy_rows.get().model.rehearsal


def test_a_number_is_given_once_in_a_year_and_series(here: Desk, there: Desk) -> None:
    numbered(here, 7)
    second = brought(here, drafted(here), "signed")
    entries = Entry.objects.count()
    with pytest.raises(NotNow, match="số 07/GM-UBND năm 2021 đã cấp cho “Giấy mời tham dự”"):
        actions.issue(second, number=7, actor=here["clerk"], now=NOW)
    second.refresh_from_db()
    assert (second.state, second.number, Entry.objects.count(), Witness.objects.count()) == ("signed", None, entries, 1)
    next_year = NOW.replace(year=2022)
    actions.issue(second, number=7, actor=here["clerk"], now=next_year)
    assert numbered(there, 7).number_text == "07/GM-UBND"


def test_a_division_with_its_seal_numbers_and_signs_for_itself(here: Desk) -> None:
    numbered(here, 7)
    own = brought(here, drafted(here, issuer=here.division), "approved")
    with pytest.raises(NotYours, match="Phòng Tài chính - Kế hoạch"):
        actions.sign(own, actor=here["leader"], now=NOW)
    with pytest.raises(NotYours):
        actions.sign(own, actor=here["other_head"], now=NOW)
    actions.sign(own, actor=here["head"], now=NOW)
    actions.issue(own, number=7, actor=here["clerk"], now=NOW)
    assert own.number_text == "07/GM-TCKH"
    assert sorted(Register.objects.values_list("issuer", flat=True)) == ["DH", "TCKH"]


def test_the_next_number_follows_the_last_of_its_own_series(here: Desk) -> None:
    document = drafted(here)
    assert next_number(document, NOW.date()) == 1
    numbered(here, 41)
    assert next_number(document, NOW.date()) == 42
    assert next_number(document, date(2022, 1, 4)) == 1
    assert next_number(drafted(here, issuer=here.division), NOW.date()) == 1


def test_minutes_are_signed_by_the_secretary_too(here: Desk) -> None:
    document = drafted(here)
    Document.objects.update(kind="minutes")
    document.refresh_from_db()
    assert REGISTRY["document.sign"].may(here["secretary"], document)
    assert not REGISTRY["document.sign"].may(here["officer"], document)


def a_list(of: Desk) -> Document:
    """A list to sign: a working paper."""
    paper = working(of.agency, "attendance_list", title="DANH SÁCH", subject="điểm danh", blocks=[para("1. Bà Sáu")])
    made = Draft(paper, of.division, "Danh sách điểm danh", is_official=False)
    return actions.draft(of.agency, made, actor=of["officer"], now=NOW)


def test_a_working_paper_is_printed_without_a_number_and_again_after_a_change(here: Desk) -> None:
    document = a_list(here)
    for body in ("lần đầu", "lần hai"):
        paper = replace(document.model, blocks=(para(body),))
        actions.rewrite(document, paper, actor=here["officer"], now=NOW)
        actions.print_out(document, actor=here["officer"], now=NOW)
        actions.seal(document, prints(document), actor=System("worker"), now=NOW)
        assert not list(faults())
    actions.rewrite(document, paper, actor=here["officer"], now=NOW)
    assert (document.number, document.state) == (None, "draft")
    assert not list(faults())


def test_an_official_paper_is_not_printed_before_it_has_its_number(here: Desk) -> None:
    with pytest.raises(NotNow, match="phải được ký và cấp số trước"):
        actions.print_out(drafted(here), actor=here["officer"], now=NOW)
    assert not Job.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "leader", "officer"])
def test_only_the_system_seals(here: Desk, who: str) -> None:
    document = numbered(here)
    with pytest.raises(NotYours):
        actions.seal(document, prints(document), actor=here[who], now=NOW)
    assert Document.objects.get().pdf == ""


def test_a_print_is_sealed_once(here: Desk) -> None:
    document = numbered(here)
    actions.seal(document, prints(document), actor=System("worker"), now=NOW)
    with pytest.raises(NotNow, match="đã tạo xong"):
        actions.seal(document, prints(document), actor=System("worker"), now=NOW)
    assert [line.verb for line in story("DH")].count("document.seal") == 1


def test_the_seal_names_every_file(here: Desk) -> None:
    document = numbered(here, copies=2)
    made = prints(document)
    actions.seal(document, made, actor=System("worker"), now=NOW)
    facts = story("DH", last=1)[0].facts
    assert (facts["pdf"], facts["docx"], facts["size"]) == (made[0].pdf, made[0].docx, 5)
    assert [(row.pdf, row.docx) for row in document.copy_rows.order_by("ordinal")] == [
        (p.pdf, p.docx) for p in made[1:]
    ]
    assert not Job.objects.filter(done_at=None).exists()


def test_every_refusal_is_one_sentence(here: Desk, there: Desk) -> None:
    document = drafted(here)
    actors: list[Actor] = [there["clerk"], here["technician"], here["clerk"]]
    for actor in actors:
        with pytest.raises(Refused) as refused:
            actions.issue(document, number=7, actor=actor, now=NOW)
        assert refused.value.reason.endswith(".")
        assert "!" not in refused.value.reason
