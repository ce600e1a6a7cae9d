"""The signed paper says otherwise than the answer: its office is told, and may take the words over."""

import io

import docx
import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer, AnswerRevision
from doithoai.answers.queries import brought_about, wording_outside
from doithoai.documents import actions as documents
from doithoai.documents.imports import read_back
from doithoai.documents.models import Brought, Document
from doithoai.documents.rendering import render_docx
from doithoai.documents.worker import work_off
from doithoai.journal.queries import story
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import ANYONE, NotNow, NotYours
from doithoai.ops.verify import faults
from tests.answers.scene import TEXT, approved, submitted
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, snapshot

pytestmark = pytest.mark.django_db
SIGNED = TEXT.replace("không phải nộp lại bản giấy", "không nộp lại bản giấy kể từ ngày 01/01/2022")


def letter_of(stage: Stage, answer: Answer) -> Document:
    """The letter of an approved answer."""
    signer = stage.cast.heads[answer.lead.code] if answer.lead.has_seal else stage.cast.leader
    return answers.draft_letter(answer, signer=signer, actor=scene.officer(stage), now=NOW)


def brought(stage: Stage, document: Document, old: str = TEXT, new: str = SIGNED) -> Brought:
    """The letter after somebody worded it otherwise in Word."""
    opened = docx.Document(io.BytesIO(render_docx(document.model, created_at=NOW)))
    for paragraph in opened.paragraphs:
        if old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)
    out = io.BytesIO()
    opened.save(out)
    data = out.getvalue()
    row = documents.bring_back(
        document,
        read_back(data),
        name="ky.docx",
        sha256=plugs.files().put(data),
        size=len(data),
        actor=stage.cast.clerk.as_actor(),
        now=NOW,
    )
    row.refresh_from_db()
    return row


def test_the_answer_is_named_where_its_words_differ(stage: Stage) -> None:
    answer = approved(stage)
    row = brought(stage, letter_of(stage, answer))
    assert [concern["address"] for concern in row.concerns] == [f"/tra-loi/{answer.opinion.code}/"]
    assert answer.opinion.code in row.concerns[0]["what"]
    assert wording_outside(answer, row) == SIGNED
    assert brought_about(answer) == (row, SIGNED)
    assert story(answer.chain, last=1)[0].facts["about"] == answer.opinion.code


def test_other_words_of_the_paper_concern_no_answer(stage: Stage) -> None:
    answer = approved(stage)
    row = brought(stage, letter_of(stage, answer), "trả lời như sau", "trả lời")
    assert row.concerns == []
    assert brought_about(answer) is None


def test_the_words_that_were_signed_become_a_new_revision_once_the_file_is_the_issued_one(stage: Stage) -> None:
    answer, clerk = approved(stage), stage.cast.clerk.as_actor()
    document = scene.issue(stage, letter_of(stage, answer), 44)
    clock.stand_at(NOW)
    work_off()
    row = brought(stage, document)
    with pytest.raises(NotNow, match="tệp phải được nhận làm bản ban hành trước"):
        answers.take_wording(answer, row, actor=scene.officer(stage), now=NOW)
    documents.take_file(row, actor=clerk, now=NOW)
    row.refresh_from_db()
    answer.refresh_from_db()
    before = answer.revision
    answers.take_wording(answer, row, actor=scene.officer(stage), now=NOW)
    answer.refresh_from_db()
    assert (str(answer.text), answer.state, answer.revision) == (SIGNED, "issued", before + 1)
    assert str(AnswerRevision.objects.filter(answer=answer).latest("pk").text) == TEXT
    assert story(answer.chain, last=1)[0].facts["document"] == document.code
    with pytest.raises(NotNow, match="đã lấy rồi"):
        answers.take_wording(answer, row, actor=scene.officer(stage), now=NOW)
    assert brought_about(answer) is None
    assert not list(faults())


def test_while_it_is_being_written_any_file_will_do(stage: Stage) -> None:
    answer = approved(stage)
    row = brought(stage, letter_of(stage, answer))
    answers.return_answer(answer, reason="Sửa theo bản ký.", actor=stage.cast.leader.as_actor(), now=NOW)
    answers.take_wording(answer, row, actor=scene.officer(stage), now=NOW)
    answer.refresh_from_db()
    assert (str(answer.text), answer.state) == (SIGNED, "returned")


def test_only_the_lead_office_takes_them_over(stage: Stage) -> None:
    answer = approved(stage)
    row = brought(stage, letter_of(stage, answer))
    before = snapshot(Answer, AnswerRevision)
    others = (scene.officer(stage, 2), stage.cast.clerk.as_actor(), stage.cast.leader.as_actor())
    for actor in (*others, stage.other.leader.as_actor(), ANYONE):
        with pytest.raises(NotYours):
            answers.take_wording(answer, row, actor=actor, now=NOW)
    assert snapshot(Answer, AnswerRevision) == before


def test_a_synthesis_is_looked_through_for_every_answer_of_its_dialogue(stage: Stage) -> None:
    submitted(stage)
    sitting = scene.sitting_of(stage)
    signer = stage.cast.heads[sitting.lead.code]
    document = answers.draft_dossier(sitting, signer=signer, actor=scene.officer(stage), now=NOW)
    data = io.BytesIO()
    opened = docx.Document(io.BytesIO(render_docx(document.model, created_at=NOW)))
    for table in opened.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            for paragraph in cell.paragraphs:
                if paragraph.text == TEXT:
                    paragraph.text = SIGNED
    opened.save(data)
    row = documents.bring_back(
        document, read_back(data.getvalue()), name="x.docx", sha256=plugs.files().put(data.getvalue()),
        size=1, actor=stage.cast.clerk.as_actor(), now=NOW,
    )  # fmt: skip
    row.refresh_from_db()
    assert len(row.concerns) == 1
