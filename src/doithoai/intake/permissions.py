"""Who may do what with an opinion. A denunciation is for whoever received it and for citizen reception alone."""

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.intake.models import Opinion
from doithoai.kernel.access import ANYONE, YES, Actor, Grant, Role, Verdict, holder, needs, stranger
from doithoai.planning.models import Dialogue
from doithoai.roster.models import Invitation

LINK = "invitation"
"""The purpose of the personal link that an invitation carries; its code is the invitation's."""

OWN = "opinion"
"""The purpose of the link that whoever raised one opinion gets, with or without an invitation; its code is the opinion's."""


def may_receive(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Người giữ đường dẫn riêng của giấy mời; người dân, qua trang công khai; cán bộ ghi giúp; thư ký ghi tại buổi."""
    if actor.link is not None:
        return YES if holds_invitation(actor, dialogue) else stranger()
    if actor == ANYONE:
        return YES
    roles = (Role.OFFICER, Role.HEAD, Role.SECRETARY, Role.ONE_STOP, Role.VENUE)
    return needs(actor, dialogue.agency_id, *((role, None) for role in roles), who=_("cán bộ tiếp nhận ý kiến"))


def holds_invitation(actor: Actor, dialogue: Dialogue) -> bool:
    """Whether the actor came by the link of an invitation to this dialogue."""
    purpose, code = actor.link or ("", "")
    return purpose == LINK and Invitation.objects.filter(code=code, sitting__dialogue=dialogue).exists()


def may_read(actor: Actor, opinion: Opinion) -> Verdict:
    """Người đã gửi; lãnh đạo, Văn phòng, các phòng chuyên môn; nơi khác chỉ đọc điều mình ghi hoặc đã nói tại buổi."""
    if actor.is_system or is_author(actor, opinion) or _received(actor, opinion):
        return YES
    if opinion.is_hidden:
        return _citizen_reception(actor, opinion)
    if actor.agency_id != opinion.dialogue.agency_id or not actor.is_staff:
        return stranger()
    said_aloud = opinion.is_spoken or opinion.door == Opinion.Door.FLOOR
    return YES if said_aloud or reads_all(actor, opinion.dialogue) else stranger()


def reads_all(actor: Actor, dialogue: Dialogue) -> bool:
    """Whether the actor works where opinions are answered or watched over; a ward's own staff does not (private channel)."""
    if actor.agency_id != dialogue.agency_id:
        return False
    if any(actor.holds(role) for role in (Role.LEADER, Role.SECRETARY, Role.OBSERVER)):
        return True
    held = {office for role, office in actor.held if role in (Role.HEAD, Role.OFFICER)}
    answering = (Office.Kind.SECRETARIAT, Office.Kind.DIVISION, Office.Kind.ONE_STOP, Office.Kind.OTHER)
    return Office.objects.filter(pk__in=held, kind__in=answering).exists()


def receives_citizens(actor: Actor, dialogue: Dialogue) -> bool:
    """Whether the actor is citizen reception: the head of the Office."""
    return actor.agency_id == dialogue.agency_id and actor.holds(Role.HEAD, dialogue.secretariat_id)


def is_author(actor: Actor, opinion: Opinion) -> bool:
    """Whether the actor holds the personal link by which the opinion came, or the one that was given for it."""
    if holder(actor, OWN, opinion.code):
        return True
    return opinion.invitation is not None and holder(actor, LINK, opinion.invitation.code)


def may_sort(actor: Actor, opinion: Opinion) -> Verdict:
    """Đơn vị chủ trì lĩnh vực và Văn phòng; tố cáo: người đã nhận và người tiếp công dân."""
    if opinion.is_hidden and not actor.is_system:
        return YES if _received(actor, opinion) else _citizen_reception(actor, opinion)
    return needs(actor, opinion.dialogue.agency_id, *_desks(opinion), who=_sorters(opinion))


def may_attach(actor: Actor, opinion: Opinion) -> Verdict:
    """Người đã gửi; cán bộ đã ghi giúp; cán bộ phân loại."""
    return YES if is_author(actor, opinion) or _received(actor, opinion) else may_sort(actor, opinion)


def may_read_back(actor: Actor, opinion: Opinion) -> Verdict:
    """Cán bộ đã ghi giúp, hoặc cán bộ phân loại."""
    return YES if _received(actor, opinion) else may_sort(actor, opinion)


def may_hand_receipt(actor: Actor, opinion: Opinion) -> Verdict:
    """Cán bộ đã ghi giúp, hoặc cán bộ phân loại."""
    return may_read_back(actor, opinion)


def may_support(actor: Actor, opinion: Opinion) -> Verdict:
    """Bất cứ ai, trên trang công khai, một lần cho mỗi máy."""
    return YES if actor == ANYONE else stranger()


def may_compare(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Văn phòng và các đơn vị chuyên môn; nơi chỉ đọc một phần ý kiến thì không."""
    if actor.is_staff and actor.agency_id == dialogue.agency_id and not reads_all(actor, dialogue):
        return Verdict(_("Không có quyền: so các ý kiến là việc của Văn phòng và các đơn vị chuyên môn."))
    roles = ((Role.OFFICER, None), (Role.HEAD, None), (Role.SECRETARY, None))
    return needs(actor, dialogue.agency_id, *roles, who=_("Văn phòng và các đơn vị chuyên môn"))


def may_withdraw(actor: Actor, opinion: Opinion) -> Verdict:
    """Người đã gửi, hoặc cán bộ phân loại ghi thay theo lời người gửi."""
    return YES if is_author(actor, opinion) else may_sort(actor, opinion)


def may_reopen(actor: Actor, opinion: Opinion) -> Verdict:
    """Lãnh đạo cơ quan hoặc người đứng đầu Văn phòng."""
    grants = ((Role.LEADER, None), (Role.HEAD, opinion.dialogue.secretariat_id))
    return needs(actor, opinion.dialogue.agency_id, *grants, who=_("lãnh đạo cơ quan hoặc Chánh Văn phòng"))


def may_close(actor: Actor, opinion: Opinion) -> Verdict:
    """Hệ thống, khi trả lời đã ban hành."""
    return needs(actor, opinion.dialogue.agency_id, who=_("hệ thống, khi trả lời đã ban hành"))


def _received(actor: Actor, opinion: Opinion) -> bool:
    return actor.staff_id is not None and actor.staff_id == opinion.received_by_id


def _citizen_reception(actor: Actor, opinion: Opinion) -> Verdict:
    """Hidden from others as if it were not there: the refusal tells nothing."""
    return YES if receives_citizens(actor, opinion.dialogue) else stranger()


def _desks(opinion: Opinion) -> tuple[Grant, ...]:
    office = opinion.dialogue.secretariat_id
    grants: tuple[Grant, ...] = ((Role.OFFICER, office), (Role.HEAD, office), (Role.SECRETARY, office))
    if opinion.sitting is None:
        return grants
    return (*grants, (Role.OFFICER, opinion.sitting.lead_id), (Role.HEAD, opinion.sitting.lead_id))


def _sorters(opinion: Opinion) -> str:
    if opinion.sitting is None:
        return _("Văn phòng")
    return _("%(office)s hoặc Văn phòng") % {"office": opinion.sitting.lead}
