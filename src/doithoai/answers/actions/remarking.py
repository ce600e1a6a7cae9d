"""Supporting offices say what they know about an answer; the lead alone answers."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Answer, Remark
from doithoai.directory.models import Office
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.people.actions import keep_text


@verb("answer.remark", may=permissions.may_remark)
def remark(answer: Answer, *, text: str, actor: Actor, now: datetime) -> Remark:
    """Keep what a supporting office says about the answer as it stands, and tell the lead. NotNow once it is issued."""
    if answer.state in ("issued", "replaced"):
        raise NotNow(_("Chưa góp ý được: ý kiến này đã trả lời rồi."))
    if not text.strip():
        raise NotNow(_("Chưa góp ý được: chưa có nội dung góp ý."))
    office = _office_of(answer, actor)
    kept = keep_text(answer.agency, text.strip())
    row = Remark.objects.create(
        answer=answer, office=office, by_id=actor.staff_id, at=now, revision=answer.revision, text=kept
    )
    words = {"office": office, "code": answer.opinion.code}
    body = _("%(office)s đã góp ý về trả lời ý kiến %(code)s.") % words
    key = f"{answer.opinion.code}:remark:{answer.remarks.count()}"
    tell(answer.agency, answer.chain, key=key, body=body, office=answer.lead, now=now)
    record(answer.chain, opinion=answer.opinion.code, office=office.code, text=kept.digest)
    return row


def _office_of(answer: Answer, actor: Actor) -> Office:
    held = {office for _role, office in actor.held}
    office = answer.supporting.filter(pk__in=held).order_by("code").first()
    assert office is not None  # only people of a supporting office may remark
    return office
