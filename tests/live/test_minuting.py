"""The minutes: every word kept, read back, never lost, closed only when every turn is covered."""

from datetime import timedelta

import pytest

from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours, Overtaken
from doithoai.live.actions import minuting, running, turning
from doithoai.live.models import MinuteEntry, Turn
from doithoai.live.papers import minutes_paper
from doithoai.live.queries import queue
from doithoai.rules.paper import words
from tests.live.conftest import Floor

pytestmark = pytest.mark.django_db
Kind, Said = MinuteEntry.Kind, MinuteEntry.ReadBack
WORDS = "Nhà tôi nộp hồ sơ hai lần, lần nào cũng thiếu một thứ."


def spoken(floor: Floor) -> Turn:
    """One turn that has been spoken and closed."""
    turn = Turn.objects.get(code=queue(floor.sitting)[0].turn)
    turning.call(turn, actor=floor.chair, now=floor.tick(seconds=5))
    return turning.finish(turn, actor=floor.chair, now=floor.tick(minutes=5))


def entered(floor: Floor, turn: Turn, text: str = WORDS, edited: str = "") -> MinuteEntry:
    return minuting.enter(
        floor.minutes,
        kind=Kind.OPINION,
        words=text,
        edited=edited,
        turn=turn,
        actor=floor.lan,
        now=floor.tick(seconds=9),
    )


def confirmed(floor: Floor, turn: Turn) -> MinuteEntry:
    entry = entered(floor, turn)
    return minuting.read_back(entry, outcome=Said.CONFIRMED, actor=floor.lan, now=floor.tick(seconds=9))


def ended(floor: Floor) -> None:
    running.end(floor.sitting, actor=floor.chair, now=floor.tick(seconds=9))
    floor.sitting.refresh_from_db()


def test_R16_own_words_stay_beside_an_edited_text(floor: Floor) -> None:
    floor.begin()
    entry = entered(floor, spoken(floor), edited="Hồ sơ bị trả hai lần.")
    assert (str(entry.words), str(entry.edited)) == (WORDS, "Hồ sơ bị trả hai lần.")


def test_R16_a_change_keeps_what_stood_before(floor: Floor) -> None:
    floor.begin()
    entry = entered(floor, spoken(floor))
    minuting.revise_entry(entry, words="Sửa một.", revision=1, actor=floor.lan, now=floor.tick(seconds=9))
    minuting.revise_entry(entry, words="Sửa hai.", revision=2, actor=floor.lan, now=floor.tick(seconds=9))
    assert [str(row.words) for row in entry.revisions.order_by("revision")] == [WORDS, "Sửa một."]
    assert str(MinuteEntry.objects.get(pk=entry.pk).words) == "Sửa hai."


def test_two_secretaries_do_not_overwrite_each_other(floor: Floor) -> None:
    floor.begin()
    entry = entered(floor, spoken(floor))
    minuting.revise_entry(entry, words="Bản của Lan.", revision=1, actor=floor.lan, now=floor.tick(seconds=9))
    with pytest.raises(Overtaken, match="Hai người cùng sửa"):
        minuting.revise_entry(entry, words="Bản khác.", revision=1, actor=floor.lan, now=floor.tick(seconds=9))
    assert str(MinuteEntry.objects.get(pk=entry.pk).words) == "Bản của Lan."


def test_R15_minutes_close_only_when_every_turn_is_covered(floor: Floor) -> None:
    floor.begin()
    covered, bare = spoken(floor), spoken(floor)
    confirmed(floor, covered)
    ended(floor)
    with pytest.raises(NotNow, match=f"lượt số {bare.position} "):
        minuting.read_out(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))
    turning.excuse_turn(bare, reason="Chỉ chào hỏi", actor=floor.lan, now=floor.tick(seconds=9))
    minutes = minuting.read_out(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))
    assert minutes.state == "read_out"


def test_an_entry_not_read_back_holds_the_minutes_until_a_reason_is_given(floor: Floor) -> None:
    floor.begin()
    entry = entered(floor, spoken(floor))
    ended(floor)
    with pytest.raises(NotNow, match="chưa được người nói xác nhận"):
        minuting.read_out(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))
    with pytest.raises(NotNow, match="cần một câu"):
        minuting.read_back(entry, outcome=Said.UNCONFIRMED, actor=floor.lan, now=floor.tick(seconds=9))
    minuting.read_back(entry, outcome=Said.UNCONFIRMED, note="Đã về", actor=floor.lan, now=floor.tick(seconds=9))
    minuting.read_out(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))


def test_a_correction_asked_for_is_not_yet_a_confirmation(floor: Floor) -> None:
    floor.begin()
    entry = entered(floor, spoken(floor))
    minuting.read_back(entry, outcome=Said.CORRECTION, note="Ghi ba lần", actor=floor.lan, now=floor.tick(seconds=9))
    ended(floor)
    with pytest.raises(NotNow, match="mục 1"):
        minuting.read_out(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))


def test_minutes_are_not_read_out_before_the_end(floor: Floor) -> None:
    floor.begin()
    with pytest.raises(NotNow, match="chưa kết thúc"):
        minuting.read_out(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))


def test_R58_an_incident_stands_in_the_minutes_with_its_times(floor: Floor) -> None:
    floor.begin()
    began = floor.tick(minutes=95)
    minuting.log_incident(
        floor.sitting,
        venue=floor.people[0].venue,
        began_at=began,
        ended_at=began + timedelta(minutes=7),
        effect="đường truyền bị gián đoạn",
        remedy="chuyển sang đường dự phòng",
        actor=floor.stage.cast.technician.as_actor(),
        now=began + timedelta(minutes=7),
    )
    (entry,) = floor.minutes.entries.all()
    assert (entry.kind, entry.read_back) == (Kind.INCIDENT, Said.NOT_NEEDED)
    assert str(entry.words).startswith("Từ 09 giờ 05 phút đến 09 giờ 12 phút, đường truyền bị gián đoạn tại điểm cầu")


def signed(floor: Floor) -> Document:
    floor.begin()
    confirmed(floor, spoken(floor))
    ended(floor)
    minuting.read_out(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))
    document = minuting.draft_minutes(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))
    office = floor.stage.cast.head(floor.stage.dialogue.secretariat)
    documents.submit(document, actor=floor.lan, now=floor.tick(seconds=9))
    documents.tick_content(document, actor=office, now=floor.tick(seconds=9))
    documents.tick_form(document, actor=office, now=floor.tick(seconds=9))
    documents.approve(document, actor=floor.chair, now=floor.tick(seconds=9))
    minuting.sign_minutes(floor.minutes, actor=floor.chair, now=floor.tick(seconds=9))
    return document


def test_L3_the_minutes_name_the_co_chair_and_are_signed_by_secretary_and_chair(floor: Floor) -> None:
    floor.begin()
    floor.sitting.co_chair = "Bà Trần Thị An, Phó Chủ tịch HĐND thị xã"
    floor.sitting.save(update_fields=["co_chair"])
    paper = minutes_paper(floor.minutes)
    assert "Đồng chủ trì: Bà Trần Thị An, Phó Chủ tịch HĐND thị xã." in " ".join(words(paper))
    assert [one.capacity for one in paper.signatures] == [("THƯ KÝ",), ("CHỦ TỌA",)]


def test_signed_minutes_are_corrected_by_addition_only(floor: Floor) -> None:
    signed(floor)
    entry = floor.minutes.entries.get()
    with pytest.raises(NotNow, match="chỉ bổ sung bằng văn bản mới"):
        minuting.revise_entry(entry, words="Khác.", revision=1, actor=floor.lan, now=floor.tick(seconds=9))
    paper = minuting.supplement(floor.minutes, words="Bổ sung: hai lần.", actor=floor.lan, now=floor.tick(seconds=9))
    assert "Bổ sung: hai lần." in paper.paper
    assert str(floor.minutes.entries.get().words) == WORDS


def test_a_supplement_makes_no_sense_before_signature(floor: Floor) -> None:
    floor.begin()
    with pytest.raises(NotNow, match="chưa ký"):
        minuting.supplement(floor.minutes, words="x", actor=floor.lan, now=floor.tick(seconds=9))


def test_the_paper_holds_own_words_and_who_signs_where(floor: Floor) -> None:
    document = signed(floor)
    text = " ".join(words(document.model))
    assert WORDS.split(",")[0] in text
    left, right = document.model.signatures
    assert (left.capacity, left.name) == (("THƯ KÝ",), floor.stage.cast.secretary.name)
    assert (right.capacity, right.name) == (("CHỦ TỌA",), floor.stage.cast.leader.name)
    assert "có mặt: 05 người" in text


def test_numbered_minutes_are_filed(floor: Floor) -> None:
    document = signed(floor)
    document.refresh_from_db()
    documents.issue(document, number=12, actor=floor.stage.cast.clerk.as_actor(), now=floor.tick(seconds=9))
    minuting.minutes_issued(document, actor=floor.lan, now=floor.tick(seconds=9))
    assert floor.minutes.state == "filed"


def test_the_secretary_does_not_sign_as_chair_nor_the_chair_write(floor: Floor) -> None:
    floor.begin()
    with pytest.raises(NotYours, match="không đồng thời"):
        minuting.sign_minutes(floor.minutes, actor=floor.lan, now=floor.tick(seconds=9))
    with pytest.raises(NotYours, match="thư ký ghi biên bản"):
        minuting.enter(floor.minutes, kind=Kind.REMARK, words="x", actor=floor.chair, now=floor.tick(seconds=9))


def test_empty_words_are_no_entry(floor: Floor) -> None:
    floor.begin()
    entries = Entry.objects.count()
    with pytest.raises(NotNow, match="chưa có chữ nào"):
        entered(floor, spoken(floor), text="  ")
    assert Entry.objects.count() == entries + 2


def test_the_other_agency_reads_and_writes_nothing(floor: Floor) -> None:
    floor.begin()
    entries = Entry.objects.count()
    with pytest.raises(NotYours, match="không dành cho tài khoản này"):
        minuting.enter(
            floor.minutes, kind=Kind.REMARK, words="x", actor=floor.stage.other.secretary.as_actor(), now=floor.clock
        )
    assert Entry.objects.count() == entries
