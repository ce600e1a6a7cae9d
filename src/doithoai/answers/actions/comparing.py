"""The signed paper says otherwise than the answer that is kept: the answer's office is told and may take it over."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.actions.writing import WRITABLE, keep_what_stood
from doithoai.answers.models import Answer
from doithoai.answers.queries import answers_in, wording_outside
from doithoai.documents.actions import note_concern
from doithoai.documents.models import Brought
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import revise
from doithoai.kernel.verbs import verb
from doithoai.people.actions import keep_text


def warn_of_answers(brought: Brought, *, actor: Actor, now: datetime) -> None:
    """Once a file came back: name every answer whose words it words otherwise."""
    for answer in answers_in(brought.document):
        if wording_outside(answer, brought) is None:
            continue
        code = answer.opinion.code
        note_concern(
            brought,
            what=f"Lời trả lời ý kiến {code} trong tệp khác lời đang giữ.",
            label="So và lấy lời văn này",
            address=reverse("answer", args=(code,)),
            about=code,
            actor=actor,
            now=now,
        )


@verb("answer.take_wording", may=permissions.may_write)
def take_wording(answer: Answer, brought: Brought, *, actor: Actor, now: datetime) -> Answer:
    """Make the words of a file that came back the answer's new revision; what stood before is kept.

    While it is being written any such file will do; of an approved or issued answer only the file that was confirmed as
    the issued paper, so that what is kept says what was signed. NotNow where nothing differs.
    """
    text = wording_outside(answer, brought)
    if text is None:
        raise NotNow(_("Chưa lấy được: lời trong tệp không khác lời đang giữ, hoặc đã lấy rồi."))
    if answer.state not in WRITABLE and brought.state != "confirmed":
        raise NotNow(
            _("Chưa lấy được: trả lời đang ở trạng thái “%(state)s”; tệp phải được nhận làm bản ban hành trước.")
            % {"state": answer.get_state_display()}
        )
    keep_what_stood(answer, actor, now)
    kept = keep_text(answer.agency, text)
    revise(answer, text_id=kept.pk)
    answer.text = kept
    record(
        answer.chain,
        opinion=answer.opinion.code,
        revision=answer.revision,
        document=brought.document.code,
        text=kept.digest,
    )
    return answer
