"""A dialogue of the Đông Hòa stage whose opinions ended in every way there is."""

from dataclasses import dataclass
from datetime import UTC, datetime

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.results import actions as results
from doithoai.results.models import NoticeLine, ResultNotice
from doithoai.results.queries import unseen
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW

LAST_DAY = datetime(2021, 12, 31, 2, 0, tzinfo=UTC)
"""Friday 31/12/2021, 09:00: the last day of the notice."""

DENOUNCED = "Tôi tố cáo ông Kín Như Bưng nhận tiền của người làm hồ sơ"
COMPLAINED = "Tôi khiếu nại quyết định xử phạt của phường"


@dataclass(slots=True)
class Mixed:
    """One opinion of each kind, by what becomes of it."""

    answered: Opinion
    by_letter: Opinion
    in_hand: Opinion
    root: Opinion
    twin: Opinion
    transferred: Opinion
    not_taken: Opinion
    complaint: Opinion
    denunciation: Opinion
    withdrawn: Opinion


def mixed(stage: Stage) -> Mixed:
    """Every way to end, on the first sitting but for the last two, which are on the second."""
    answered = answering.approved(stage).opinion
    in_hand = answering.assigned(stage, words="Tường nứt, xin đo giúp").opinion
    root, twin = answering.with_twin(stage)
    answering.approved(stage, root)
    return Mixed(
        answered=answered,
        by_letter=lettered(stage).opinion,
        in_hand=in_hand,
        root=root,
        twin=twin,
        transferred=handed_on(stage),
        not_taken=refused(stage),
        complaint=guided(stage, COMPLAINED, "complaint"),
        denunciation=guided(stage, DENOUNCED, "denunciation"),
        withdrawn=taken_back(stage),
    )


def lettered(stage: Stage, number: int = 402) -> Answer:
    """An answer that left as a letter of its own."""
    answer = answering.approved(stage, scene.accepted(stage, "Xin trả lời riêng cho tôi"))
    answers.choose_form(answer, Answer.Form.LETTER.value, actor=scene.officer(stage), now=NOW)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    scene.issue(stage, letter, number)
    answer.refresh_from_db()
    return answer


def handed_on(stage: Stage, number: int = 9) -> Opinion:
    """An opinion whose slip has left for the tax office."""
    row = scene.opinion(stage, "Thuế khoán vẫn tính đủ hai tháng dịch")
    slip = intake.transfer(
        row, body="Chi cục Thuế khu vực", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW
    )
    scene.issue(stage, slip, number)
    row.refresh_from_db()
    return row


def second_sitting(stage: Stage, words: str = "Hỏi về cao độ nền") -> Opinion:
    """An opinion on the second sitting's sector that its lead office holds."""
    sitting = scene.sitting_of(stage, 2)
    row = scene.opinion(stage, words, sitting=sitting, actor=scene.officer(stage, 2))
    intake.accept(row, actor=scene.officer(stage, 2), now=NOW)
    answers.assign(row, lead=sitting.lead, actor=stage.cast.hoa.as_actor(), now=NOW)
    return row


def refused(stage: Stage) -> Opinion:
    """An opinion that was not taken, with the reason."""
    row = scene.opinion(stage, "Xin cho con tôi một chỗ làm")
    return intake.not_take(row, reason="Không phải việc về thủ tục hành chính", actor=scene.officer(stage), now=NOW)


def guided(stage: Stage, words: str, kind: str) -> Opinion:
    """A complaint or denunciation, its author told where to send it."""
    row = scene.opinion(stage, words, kind=kind, actor=scene.reception(stage))
    intake.guide(row, actor=scene.reception(stage), now=NOW)
    row.refresh_from_db()
    return row


def taken_back(stage: Stage) -> Opinion:
    """An opinion that its author took back."""
    row = scene.opinion(stage, "Thôi tôi rút")
    return intake.withdraw(row, reason="Bà gọi điện xin rút", actor=scene.officer(stage), now=NOW)


def look_at_wordings(stage: Stage, *, now: datetime = AFTER) -> None:
    """The Office reads every public wording that nobody has confirmed and finds it masked as it should be."""
    hoa = stage.cast.hoa.as_actor()
    for row in unseen(stage.dialogue):
        intake.confirm_proposed(row, of=row.public_source.pk, actor=hoa, now=now)


def drafted(stage: Stage, *, now: datetime = AFTER) -> ResultNotice:
    """The notice, drafted by the Office once every wording is confirmed."""
    look_at_wordings(stage)
    return results.draft_notice(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=now)


def paper_of(notice: ResultNotice) -> Document:
    """The paper of a drafted notice, fresh."""
    assert notice.document is not None
    return Document.objects.get(pk=notice.document.pk)


def issued(stage: Stage, number: int = 97, *, now: datetime = LAST_DAY) -> ResultNotice:
    """The notice, drafted and issued."""
    notice = drafted(stage)
    scene.issue(stage, paper_of(notice), number, now=now)
    notice.refresh_from_db()
    return notice


def line_of(opinion: Opinion) -> NoticeLine:
    """The line of an opinion."""
    return NoticeLine.objects.get(opinion=opinion)
