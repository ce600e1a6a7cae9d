"""The paper of the notice: what a records clerk reads, and what nobody may read in it."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from doithoai.answers import actions as answers
from doithoai.directory.models import Office
from doithoai.documents.models import Document
from doithoai.documents.rendering import render_pdf
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import OWN
from doithoai.kernel.access import ANYONE, Actor
from doithoai.live.models import Turn
from doithoai.people.actions import Newcomer
from doithoai.planning.models import Recipient
from doithoai.results.models import NoticeLine
from doithoai.results.queries import publishable
from doithoai.roster.models import Invitation
from doithoai.rules.masking import Find
from doithoai.rules.paper import Paper, Row, Table
from doithoai.rules.paper import words as words_of
from doithoai.rules.vietnamese import fold
from doithoai.sample.speech import Speech, speech_for
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.results import scene as ending


def words(document: Document) -> str:
    """Every word of a paper, its appendix included."""
    return " ".join(words_of(document.model))


def table(paper: Paper) -> Table:
    """The table of the appendix."""
    (block,) = paper.appendices[0].blocks
    assert isinstance(block, Table)
    return block


def test_the_text_counts_every_class_and_says_who_is_at_work(stage: Stage) -> None:
    ending.mixed(stage)
    told = words(ending.paper_of(ending.drafted(stage)))
    for sentence in (
        "có 0 lượt người phát biểu, 09 ý kiến, kiến nghị (trong đó 09 ý kiến bằng văn bản).",
        "- Đã giải quyết, trả lời: 04 ý kiến;",
        "- Đang giải quyết: 01 ý kiến; cơ quan chủ trì, thời hạn: Phòng Tài chính – Kế hoạch (31/12/2021);",
        "- Không thuộc thẩm quyền, đã chuyển: 01 ý kiến; cơ quan nhận: Chi cục Thuế khu vực (Phiếu chuyển số 09/PC-UBND);",
        "- Không tiếp nhận, đã nêu lý do: 01 ý kiến;",
        "- Đã hướng dẫn thực hiện theo pháp luật về khiếu nại, tố cáo: 02 nội dung.",
        "hoàn thành các nội dung còn lại đúng thời hạn và báo cáo kết quả./.",
    ):
        assert sentence in told


def test_with_nothing_left_to_do_it_asks_nobody_for_anything(stage: Stage) -> None:
    answering.approved(stage)
    told = words(ending.paper_of(ending.drafted(stage)))
    assert "thông báo để tổ chức, công dân biết, thực hiện./." in told
    assert "yêu cầu cơ quan" not in told
    assert "Đang giải quyết" not in told


def test_it_carries_out_the_plan_it_names(stage: Stage) -> None:
    answering.approved(stage)
    plan = Document.objects.create(
        agency=stage.cast.agency, chain=stage.dialogue.chain, code="KH", kind="plan", drafting=stage.dialogue.secretariat,
        subject="Kế hoạch", number=214, symbol="KH-UBND", issued_on=date(2021, 12, 3), paper="{}", salt="",
    )  # fmt: skip
    stage.dialogue.plan = plan
    stage.dialogue.save(update_fields=["plan"])
    told = words(ending.paper_of(ending.drafted(stage)))
    assert (
        "Thực hiện Kế hoạch số 214/KH-UBND ngày 03 tháng 12 năm 2021, ngày 22 tháng 12 năm 2021, Ủy ban nhân dân"
        in told
    )


def test_a_cancelled_sitting_is_not_told_as_held(stage: Stage) -> None:
    answering.approved(stage)
    stage.dialogue.sittings.filter(ordinal=2).update(state="cancelled", starts_at="2021-12-30T06:30:00Z")
    assert "30 tháng 12" not in words(ending.paper_of(ending.drafted(stage)))


def test_the_appendix_is_wide_and_goes_sector_by_sector(stage: Stage) -> None:
    ending.second_sitting(stage)
    first = answering.approved(stage).opinion
    paper = ending.paper_of(ending.drafted(stage)).model
    assert paper.appendices[0].landscape
    rows = table(paper).rows
    assert [row.cells[0] for row in rows] == [
        "I. Lĩnh vực Thành lập và hoạt động hộ kinh doanh (01 ý kiến)", "1", "II. Lĩnh vực Xây dựng (01 ý kiến)", "2",
    ]  # fmt: skip
    assert rows[1].cells[1] == first.code.rsplit("-", 1)[-1]
    assert rows[1].cells[3] == "Phòng Tài chính – Kế hoạch"


def test_the_appendix_names_whoever_settles_it(stage: Stage) -> None:
    rows = ending.mixed(stage)
    paper = ending.paper_of(ending.drafted(stage)).model
    holders = {row.cells[1]: row.cells[3] for row in table(paper).rows if isinstance(row, Row) and len(row.cells) == 5}
    short = {
        name: getattr(rows, name).code.rsplit("-", 1)[-1] for name in ("twin", "transferred", "not_taken", "complaint")
    }
    assert holders[short["twin"]] == "Phòng Tài chính – Kế hoạch"
    assert holders[short["transferred"]] == "Chi cục Thuế khu vực"
    assert holders[short["not_taken"]] == holders[short["complaint"]] == ""


def test_issued_the_appendix_names_its_paper(stage: Stage) -> None:
    answering.approved(stage)
    paper = ending.paper_of(ending.issued(stage)).model
    assert paper.appendices[0].note == (
        "(Kèm theo Thông báo số 97/TB-UBND ngày 31 tháng 12 năm 2021 của Ủy ban nhân dân thị xã Đông Hòa)"
    )


def test_the_front_and_those_who_spoke_up_receive_it(stage: Stage) -> None:
    answering.approved(stage)
    paper = ending.paper_of(ending.drafted(stage)).model
    front = Office.objects.get(agency=stage.cast.agency, kind=Office.Kind.FRONT).name
    assert paper.recipients.count(front) == 1
    units = [row.text for row in stage.dialogue.recipients.exclude(office=None)]
    assert paper.recipients.index(front) < paper.recipients.index(units[0])
    assert paper.recipients[-2:] == ("Tổ chức, công dân có ý kiến, kiến nghị", "Lưu: VT, VP")


def test_a_plan_that_names_the_front_names_it_once(stage: Stage) -> None:
    answering.approved(stage)
    first = Recipient.objects.filter(dialogue=stage.dialogue).order_by("ordinal")[0]
    Recipient.objects.filter(pk=first.pk).update(text="Ủy ban MTTQ Việt Nam thị xã")
    paper = ending.paper_of(ending.drafted(stage)).model
    assert [line for line in paper.recipients if "mat tran" in fold(line) or "mttq" in fold(line)] == [
        "Ủy ban MTTQ Việt Nam thị xã"
    ]


def test_nothing_of_a_complaint_or_denunciation_is_in_it_but_their_number(stage: Stage) -> None:
    rows = ending.mixed(stage)
    document = ending.paper_of(ending.issued(stage))
    for told in (document.paper, words(document)):
        assert "Kín Như Bưng" not in told
        assert "tố cáo ông" not in told
        assert "quyết định xử phạt" not in told
        assert rows.denunciation.code not in told
        assert rows.denunciation.code.rsplit("-", 1)[-1] not in told.split()


def test_names_and_numbers_of_people_are_masked_and_officials_stay(stage: Stage) -> None:
    who = scene.person(stage, "Trần Thị Mẫu", phone="0905123456")
    row = scene.accepted(stage, "Tôi là Trần Thị Mẫu, số 0905 123 456; ông Lê Văn Nam bảo quay lại", who=who)
    answering.approved(stage, row, text="Đề nghị bà Trần Thị Mẫu liên hệ ông Lê Văn Nam, điện thoại 0257 000 0101.")
    document = ending.paper_of(ending.drafted(stage))
    told = words(document)
    assert "Trần Thị Mẫu" not in told
    assert "0905" not in told
    assert "liên hệ ông Lê Văn Nam" in told
    assert "[đã che: tên]" in told
    assert "Thông tin cá nhân nêu trong ý kiến, kiến nghị được che" in told


def test_a_citizen_who_bears_an_officials_name_is_masked(stage: Stage) -> None:
    official = stage.cast.technician.name
    row = scene.accepted(stage, f"Tôi tên {official}, nộp hai lần", who=scene.person(stage, official, "nam"))
    answering.approved(stage, row)
    assert official not in words(ending.paper_of(ending.drafted(stage)))


def test_guests_and_people_who_came_for_others_are_known_too(stage: Stage) -> None:
    row = scene.opinion(stage, "Hỏi", who=None, actor=scene.officer(stage))
    Opinion.objects.filter(pk=row.pk).update(guest="Kpă Hờ Lênh", person=None)
    invited = scene.invitation(stage, scene.person(stage, "Lê Văn Thử", "nam"))
    Invitation.objects.filter(pk=invited.pk).update(substitute="Sô Minh Thế")
    sitting, venue = scene.sitting_of(stage), stage.dialogue.venues.order_by("ordinal")[0]
    Turn.objects.create(sitting=sitting, code="L1", position=1, venue=venue, guest="Y Bhăm Tự Đến")
    assert {"Kpă Hờ Lênh", "Sô Minh Thế", "Y Bhăm Tự Đến", "Lê Văn Thử"} <= set(publishable(stage.dialogue).names)


def test_what_anybody_calls_themselves_changes_no_answer_in_the_notice(stage: Stage) -> None:
    """Sent by the public page, and so looked at by nobody: an office, an official, a common word."""
    row, official = scene.accepted(stage, "Hỏi về đất"), stage.cast.leader.name
    answering.approved(stage, row)
    before = words(ending.paper_of(ending.drafted(stage)))
    office = scene.sitting_of(stage).lead.name
    for name, group in ((office, "đất"), (official, "hồ sơ")):
        told = Newcomer(name, group=group)
        sent = intake.receive(stage.dialogue, words="Hỏi", door="web", newcomer=told, actor=ANYONE, now=NOW)
        intake.withdraw(sent, actor=Actor("link:x", stage.cast.agency.pk, link=(OWN, sent.code)), now=NOW)
    assert words(ending.paper_of(ending.drafted(stage))) == before


def test_the_wording_prepared_for_the_public_goes_before_summary_and_words(stage: Stage) -> None:
    row = scene.accepted(stage, "Chữ thô của dân")
    intake.summarise(row, summary="Bản tóm tắt", actor=scene.officer(stage), now=NOW)
    answering.approved(stage, row)
    ending.drafted(stage)
    assert ending.line_of(row).words == "Bản tóm tắt"
    row.refresh_from_db()
    assert row.summary_id is not None
    finds = [Find(0, 3, "name")]
    intake.prepare_public(row, finds, of=row.summary_id, actor=scene.officer(stage), now=NOW)
    ending.drafted(stage)
    assert ending.line_of(row).words == "[đã che: tên] tóm tắt"


SECTORS = ("Thành lập và hoạt động hộ kinh doanh", "Xây dựng", "Đất đai")


def speeches() -> Iterator[Speech]:
    """Everything the sample people say, of every sector it has words for."""
    for sector in SECTORS:
        yield from speech_for(sector, 20, "in thử")


@pytest.mark.parametrize("sector", SECTORS)
def test_no_private_piece_of_any_sample_speech_is_printed(stage: Stage, sector: str) -> None:
    said = [speech for speech in speeches() if speech.sector == sector and speech.route != "denunciation"]
    people = [scene.person(stage, f"Người Mẫu {letter}", phone=f"09010000{at:02d}") for at, letter in enumerate("ABC")]
    for at, speech in enumerate(said):
        row = scene.accepted(stage, speech.spoken, who=people[at % 3])
        answers.assign(row, lead=scene.sitting_of(stage).lead, actor=stage.cast.hoa.as_actor(), now=NOW)
    document = ending.paper_of(ending.drafted(stage))
    printed = " ".join(words(document).split())
    private = [piece for speech in said for piece in speech.private]
    assert len(private) >= 2
    assert [piece for piece in private if piece in printed or piece in document.paper] == []
    assert NoticeLine.objects.count() == len(said)


def test_it_can_be_printed_and_the_appendix_lies_across(stage: Stage) -> None:
    from pypdfium2 import PdfDocument

    ending.mixed(stage)
    pdf = PdfDocument(render_pdf(ending.paper_of(ending.issued(stage)).model, created_at=NOW))
    sizes = [(round(page.get_width()), round(page.get_height())) for page in pdf]
    assert sizes[0] == (595, 842)
    assert sizes[-1] == (842, 595)
    text = pdf[len(pdf) - 1].get_textpage().get_text_bounded()
    assert re.search(r"Như ý kiến\s+số \d", text)
