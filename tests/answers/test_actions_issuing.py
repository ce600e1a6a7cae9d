"""How an answer reaches its people, merged ones too, and closes their opinions."""

from datetime import date

import pytest

from doithoai.answers import actions as answers
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.rules.paper import words
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, SYSTEM


def issued_letter(stage: Stage, opinion: Opinion) -> Document:
    """The numbered letter of an approved answer."""
    answer = made.approved(stage, opinion)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    return scene.issue(stage, letter, 31)


def test_a_letter_answers_closes_and_is_told(stage: Stage) -> None:
    opinion = scene.accepted(stage)
    letter = issued_letter(stage, opinion)
    answers.answer_issued(letter, actor=SYSTEM, now=NOW)
    opinion.refresh_from_db()
    answer = opinion.answer
    assert (answer.state, answer.form, answer.issued_on) == ("issued", "letter", date(2021, 12, 10))
    assert opinion.state == "closed"
    told = Message.objects.get(person=opinion.person, key__contains="answered")
    assert "Văn bản số 31/UBND-" in told.body
    answers.answer_issued(letter, actor=SYSTEM, now=NOW)
    assert len(scene.entries("answer.issue_letter")) == 1


def test_who_was_merged_gets_the_same_answer_in_a_copy_of_their_own(stage: Stage) -> None:
    root, twin = made.with_twin(stage)
    letter = issued_letter(stage, root)
    answers.answer_issued(letter, actor=SYSTEM, now=NOW)
    copies = {row.recipient: " ".join(words(row.model)) for row in letter.copy_rows.order_by("ordinal")}
    assert root.person is not None
    assert twin.person is not None
    own, other = copies[root.person.code], copies[twin.person.code]
    assert "Kính gửi: Bà Trần Thị Mẫu" in own
    assert "Lê Văn Thử" not in own
    assert "Kính gửi: Ông Lê Văn Thử" in other
    assert "Trần Thị Mẫu" not in other
    assert "“Tôi cũng bị vậy”" in other
    assert made.TEXT in own
    assert made.TEXT in other
    root.refresh_from_db()
    twin.refresh_from_db()
    assert (root.state, twin.state) == ("closed", "merged")
    assert twin.closed_at is not None
    assert Message.objects.filter(person=twin.person, key__contains="answered").count() == 1


def test_the_register_names_no_person(stage: Stage) -> None:
    opinion = scene.accepted(stage)
    letter = issued_letter(stage, opinion)
    assert letter.subject == f"Trả lời vướng mắc mã {opinion.code}"
    assert "Mẫu" not in letter.model.subject


def test_a_letter_waits_for_the_approval_and_may_be_drafted_again(stage: Stage) -> None:
    answer, actor = made.submitted(stage), scene.officer(stage)
    with pytest.raises(NotNow, match="chưa được duyệt"):
        answers.draft_letter(answer, signer=stage.cast.leader, actor=actor, now=NOW)
    answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=NOW)
    first = answers.draft_letter(answer, signer=stage.cast.leader, actor=actor, now=NOW)
    second = answers.draft_letter(answer, signer=stage.cast.leader, actor=actor, now=NOW)
    assert first.pk == second.pk
    assert second.revision == first.revision + 1
    assert answer.document == second


def test_an_item_of_the_notice_answers_closes_and_is_told(stage: Stage) -> None:
    root, twin = made.with_twin(stage)
    answer = made.approved(stage, root)
    notice = issued_letter(stage, scene.accepted(stage))
    answers.issue_in_notice(answer, document=notice, item=4, actor=SYSTEM, now=NOW)
    answer.refresh_from_db()
    root.refresh_from_db()
    twin.refresh_from_db()
    assert (answer.state, answer.document, answer.item) == ("issued", notice, 4)
    assert (root.state, twin.state, twin.closed_at) == ("closed", "merged", NOW)
    bodies = Message.objects.filter(key__contains="answered", person__in=(root.person, twin.person))
    assert {("mục 4 của Thông báo" in message.body) for message in bodies} == {True}
    assert bodies.count() == 2


def test_only_the_system_issues_and_only_what_has_a_number(stage: Stage) -> None:
    answer = made.approved(stage)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    with pytest.raises(NotYours, match="khi văn bản trả lời đã có số"):
        answers.issue_by_letter(answer, actor=stage.cast.leader.as_actor(), now=NOW)
    with pytest.raises(NotNow, match="chưa có số"):
        answers.issue_by_letter(answer, actor=SYSTEM, now=NOW)
    with pytest.raises(NotNow, match="thông báo kết quả chưa có số"):
        answers.issue_in_notice(answer, document=letter, item=1, actor=SYSTEM, now=NOW)
    answer.refresh_from_db()
    assert answer.state == "approved"


def test_a_paper_of_another_kind_issues_nothing(stage: Stage) -> None:
    letter = issued_letter(stage, scene.accepted(stage))
    Document.objects.filter(pk=letter.pk).update(kind="transfer_slip")
    letter.refresh_from_db()
    before = len(scene.entries("answer.issue_letter"))
    answers.answer_issued(letter, actor=SYSTEM, now=NOW)
    assert len(scene.entries("answer.issue_letter")) == before
