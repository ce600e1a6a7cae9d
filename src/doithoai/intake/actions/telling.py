"""What every act of intake does alike: says why it cannot be, names the opinion in the journal, tells the people."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.intake.imports import Kept
from doithoai.intake.models import Opinion, Photo
from doithoai.intake.queries import merged_into
from doithoai.kernel.access import NotNow
from doithoai.outbox.actions import tell

LAW_OF_COMPLAINTS = (Opinion.Kind.COMPLAINT, Opinion.Kind.DENUNCIATION)


def facts_of(opinion: Opinion) -> dict[str, str | int]:
    """How the journal names an opinion. A denunciation has no name there: its code would lead to its author."""
    return {"hidden": 1} if opinion.is_hidden else {"opinion": opinion.code}


def files_of(papers: Iterable[Kept | Photo]) -> dict[str, str]:
    """How the journal names files."""
    return {f"file_{at}": paper.sha256 for at, paper in enumerate(papers, start=1)}


def tell_people(opinion: Opinion, what: str, body: str, *, now: datetime) -> None:
    """Tell whoever raised it and whoever was merged into it. A denunciation is never told through a list that others
    read: citizen reception speaks to its author."""
    told = f"{what}:{now.isoformat()}"  # the same may come about twice, as of an opinion handed on to another body
    for row in (opinion, *merged_into(opinion)):
        if row.person is not None and not row.is_hidden:
            tell(row.agency, row.chain, key=f"{row.code}:{told}", body=body, person=row.person, now=now)


def require(opinion: Opinion, *states: str, act: str) -> None:
    """NotNow unless the opinion is in one of the states; `act` opens the sentence: “Chưa gộp được”."""
    if opinion.state not in states:
        raise NotNow(
            _("%(act)s: ý kiến %(code)s đang ở trạng thái “%(state)s”.")
            % {"act": act, "code": opinion.code, "state": opinion.get_state_display()}
        )


def require_answerable(opinion: Opinion, *, act: str) -> None:
    """NotNow for a complaint or denunciation: it has its own procedure and is never answered as an opinion."""
    if opinion.kind in LAW_OF_COMPLAINTS:
        raise NotNow(
            _("%(act)s: nội dung này giải quyết theo pháp luật về khiếu nại, tố cáo; hướng dẫn người gửi nơi gửi đơn.")
            % {"act": act}
        )


def require_no_others(opinion: Opinion, *, act: str) -> None:
    """NotNow while others are merged into it: they would lose their answer."""
    others = merged_into(opinion)
    if others:
        raise NotNow(
            _("%(act)s: %(count)s ý kiến đang gộp vào ý kiến này (%(first)s …); tách các ý kiến ấy ra trước.")
            % {"act": act, "count": len(others), "first": others[0].code}
        )
