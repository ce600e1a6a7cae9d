"""Making public: whose right it is, what may be shown at all, and that it happens once."""

import pytest

from doithoai.answers import actions as answers
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.journal.models import Witness
from doithoai.kernel.access import Actor, NotNow, NotYours
from doithoai.live.models import Minutes
from doithoai.outbox.models import Message
from doithoai.portal import actions as portal
from doithoai.portal.models import Publication, PublicLine
from doithoai.portal.queries import lines_are_public
from doithoai.results.models import NoticeLine
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, entries, snapshot
from tests.portal.scene import (
    one_line,
    publish_lines,
    publish_paper,
    published,
    sealed,
)
from tests.results import scene as ending
from tests.results.scene import LAST_DAY


def strangers(stage: Stage) -> list[Actor]:
    """Staff without the right, and the whole second agency."""
    return [
        stage.cast.technician.as_actor(), stage.cast.clerk.as_actor(), scene.officer(stage),
        stage.other.editor.as_actor(), stage.other.hoa.as_actor(),
    ]  # fmt: skip


def test_a_numbered_and_printed_notice_is_made_public_by_the_editor(stage: Stage) -> None:
    answering.approved(stage)
    document = sealed(ending.paper_of(ending.issued(stage)))
    row = publish_paper(stage, document)
    document.refresh_from_db()
    assert (row.on, document.published_at) == (LAST_DAY.date(), LAST_DAY)
    assert entries("paper.publish")[-1]["facts"] == {"document": document.code, "number": "97/TB-UBND"}


def test_the_office_may_do_it_too_and_nobody_else(stage: Stage) -> None:
    answering.approved(stage)
    document = sealed(ending.paper_of(ending.issued(stage)))
    before = snapshot(Publication, PublicLine, Document)
    for actor in strangers(stage):
        with pytest.raises(NotYours):
            portal.publish_paper(stage.dialogue, document, title="x", actor=actor, now=LAST_DAY)
        with pytest.raises(NotYours):
            portal.publish_lines(stage.dialogue, actor=actor, now=LAST_DAY)
        with pytest.raises(NotYours):
            portal.announce_head(stage.dialogue, actor=actor, now=LAST_DAY)
    assert snapshot(Publication, PublicLine, Document) == before
    portal.publish_paper(stage.dialogue, document, title="x", actor=stage.cast.hoa.as_actor(), now=LAST_DAY)
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("lacking", ["number", "print"])
def test_nothing_without_a_number_or_its_print_is_shown(stage: Stage, lacking: str) -> None:
    answering.approved(stage)
    notice = ending.drafted(stage) if lacking == "number" else ending.issued(stage)
    with pytest.raises(NotNow, match="chưa có số hoặc đang tạo bản in"):
        publish_paper(stage, ending.paper_of(notice))
    assert not Publication.objects.exists()


def test_a_letter_to_one_person_is_never_shown(stage: Stage) -> None:
    letter = sealed(ending.lettered(stage).document)  # type: ignore[arg-type]  # a letter has its paper
    assert letter.number == 402
    with pytest.raises(NotNow, match="gửi đích danh"):
        publish_paper(stage, letter)
    letter.refresh_from_db()
    assert letter.published_at is None


@pytest.mark.parametrize("kind", ["minutes", "invitation", "transfer_slip", "synthesis", "attendance_list", "answer"])
def test_papers_that_name_people_are_never_shown(stage: Stage, kind: str) -> None:
    answering.approved(stage)
    document = sealed(ending.paper_of(ending.issued(stage)))
    Document.objects.filter(pk=document.pk).update(kind=kind)
    document.refresh_from_db()
    with pytest.raises(NotNow, match="gửi đích danh"):
        publish_paper(stage, document)
    assert not Minutes.objects.exists()


def test_another_dialogues_paper_is_refused(stage: Stage) -> None:
    answering.approved(stage)
    document = sealed(ending.paper_of(ending.issued(stage)))
    Document.objects.filter(pk=document.pk).update(chain="XX-2021-01")
    document.refresh_from_db()
    with pytest.raises(NotNow):
        publish_paper(stage, document)


def test_a_paper_is_made_public_once(stage: Stage) -> None:
    answering.approved(stage)
    document = sealed(ending.paper_of(ending.issued(stage)))
    publish_paper(stage, document)
    with pytest.raises(NotNow, match="đã công khai rồi"):
        publish_paper(stage, document)
    assert len(entries("paper.publish")) == 1


def test_lines_are_shown_in_the_words_that_the_notice_prints(stage: Stage) -> None:
    published(stage)
    rows = list(PublicLine.objects.select_related("line").order_by("line__number"))
    assert len(rows) == 8
    assert [(row.words, row.answer) for row in rows] == [(row.line.words, row.line.wording) for row in rows]
    assert {row.reviewed_by for row in rows} == {stage.cast.editor.ref}
    assert entries("lines.publish")[-1]["facts"] == {"lines": 8, "on": "2021-12-31"}


def test_no_line_is_shown_before_the_notice_is_issued_and_none_twice(stage: Stage) -> None:
    answering.approved(stage)
    ending.drafted(stage)
    with pytest.raises(NotNow, match="chưa ban hành"):
        publish_lines(stage)
    assert not PublicLine.objects.exists()
    scene.issue(stage, ending.paper_of(stage.dialogue.notice), 97, now=LAST_DAY)
    publish_lines(stage)
    with pytest.raises(NotNow, match="đã công khai rồi"):
        publish_lines(stage)
    assert PublicLine.objects.count() == 1


def test_no_line_is_shown_whose_words_nobody_has_looked_at(stage: Stage) -> None:
    answering.approved(stage)
    ending.issued(stage)
    NoticeLine.objects.update(words="Chữ không ai xem")
    with pytest.raises(NotNow, match=r"^Chưa công khai được: chưa ai xem .* 1 ý kiến \(YK01\)"):
        publish_lines(stage)
    assert not PublicLine.objects.exists()


def test_a_notice_without_opinions_has_nothing_to_show_and_says_so_in_the_journal(stage: Stage) -> None:
    ending.issued(stage)
    assert publish_lines(stage) == []
    assert entries("lines.publish")[-1]["facts"]["lines"] == 0


def test_what_became_a_denunciation_stays_out_and_holds_nothing_up(stage: Stage) -> None:
    row = answering.assigned(stage).opinion
    answering.approved(stage)
    ending.issued(stage)
    intake.classify(row, kind="denunciation", actor=scene.officer(stage), now=LAST_DAY)
    publish_lines(stage)
    assert list(PublicLine.objects.values_list("line__opinion__kind", flat=True)) == ["difficulty"]
    assert lines_are_public(stage.dialogue)


def test_the_gate_counts_the_lines_that_nobody_can_read(stage: Stage) -> None:
    published(stage)
    assert lines_are_public(stage.dialogue)
    PublicLine.objects.order_by("pk")[0].delete()
    assert "còn 1 dòng" in lines_are_public(stage.dialogue).reason


def test_a_head_is_witnessed_and_goes_to_the_front(stage: Stage) -> None:
    head = portal.announce_head(stage.dialogue, actor=stage.cast.editor.as_actor(), now=LAST_DAY)
    kept = Witness.objects.get(head=head)
    assert kept.where == "trang công khai 2021-12-31"
    assert head in Message.objects.order_by("-pk")[0].body
    assert entries("head.announce")[-1]["facts"] == {"head": head, "on": "2021-12-31"}


def test_a_line_once_public_does_not_move_with_later_wordings(stage: Stage) -> None:
    line = one_line(stage)
    before = line.words
    opinion = Opinion.objects.get()
    intake.reopen(opinion, reason="Chưa đủ", actor=stage.cast.leader.as_actor(), now=LAST_DAY)
    intake.summarise(opinion, summary="Chữ mới", actor=scene.officer(stage), now=LAST_DAY)
    answer = answering.assigned(stage, opinion)
    answers.draft(
        answer, text="Trả lời mới", revision=answer.revision, actor=scene.officer(stage), now=NOW
    )  # fmt: skip
    line.refresh_from_db()
    assert line.words == before
    assert "Trả lời mới" not in line.answer
