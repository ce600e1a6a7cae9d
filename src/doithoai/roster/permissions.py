"""Who may do what with records, pools, draws, invitations and presence."""

from django.utils.translation import gettext as _

from doithoai.kernel.access import ANYONE, YES, Actor, Role, Verdict, holder, needs, stranger
from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster.models import Invitation, Pool, Registration

LINK = "invitation"
"""The purpose of the personal link that opens an invitation."""
REGISTRATION = "registration"
"""The purpose of the personal link that opens a registration."""


def may_take_records(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Bộ phận Một cửa, nơi duy nhất giữ danh sách, hoặc đơn vị chủ trì mời đã có văn bản đề nghị."""
    leads = set(Sitting.objects.filter(dialogue=dialogue).values_list("lead_id", flat=True))
    grants = [(role, lead) for lead in leads for role in (Role.OFFICER, Role.HEAD)]
    who = _("Bộ phận Một cửa hoặc đơn vị chủ trì mời")
    return needs(actor, dialogue.agency_id, (Role.ONE_STOP, None), *grants, who=who)


def may_choose(actor: Actor, sitting: Sitting) -> Verdict:
    """Đơn vị chủ trì mời của buổi: người đứng đầu hoặc chuyên viên."""
    grants = ((Role.HEAD, sitting.lead_id), (Role.OFFICER, sitting.lead_id))
    return needs(actor, sitting.dialogue.agency_id, *grants, who=_lead(sitting))


def may_register(actor: Actor, _sitting: Sitting) -> Verdict:
    """Người dân, tổ chức, qua trang công khai."""
    return YES if actor == ANYONE else stranger()


def may_decide_registration(actor: Actor, registration: Registration) -> Verdict:
    """Đơn vị chủ trì mời của buổi: người đứng đầu hoặc chuyên viên."""
    return may_choose(actor, registration.sitting)


def may_draw(actor: Actor, pool: Pool) -> Verdict:
    """Đơn vị chủ trì mời của buổi: người đứng đầu hoặc chuyên viên."""
    return may_choose(actor, pool.sitting)


def may_write_to(actor: Actor, invitation: Invitation) -> Verdict:
    """Đơn vị chủ trì mời của buổi: người đứng đầu hoặc chuyên viên."""
    return may_choose(actor, invitation.sitting)


def may_take_back(actor: Actor, invitation: Invitation) -> Verdict:
    """Người đứng đầu đơn vị chủ trì mời, hoặc lãnh đạo cơ quan; luôn kèm lý do."""
    sitting = invitation.sitting
    grants = ((Role.HEAD, sitting.lead_id), (Role.LEADER, None))
    who = _("người đứng đầu %(office)s hoặc lãnh đạo cơ quan") % {"office": sitting.lead}
    return needs(actor, sitting.dialogue.agency_id, *grants, who=who)


def may_follow_up(actor: Actor, invitation: Invitation) -> Verdict:
    """Hệ thống, tiếp theo một việc vừa làm."""
    return needs(actor, invitation.sitting.dialogue.agency_id, who=_("hệ thống"))


def may_ask_again(actor: Actor, sitting: Sitting) -> Verdict:
    """Hệ thống, khi giờ của buổi thay đổi."""
    return needs(actor, sitting.dialogue.agency_id, who=_("hệ thống"))


def may_reply(actor: Actor, invitation: Invitation) -> Verdict:
    """Người giữ đường dẫn riêng của giấy mời; hoặc cán bộ ghi giúp: đơn vị mời, Văn phòng, UBND tại điểm cầu."""
    if holder(actor, LINK, invitation.code):
        return YES
    return _may_help(actor, invitation)


def may_note_call(actor: Actor, invitation: Invitation) -> Verdict:
    """Cán bộ gọi điện: đơn vị mời, Văn phòng, UBND tại điểm cầu."""
    return _may_help(actor, invitation)


def may_tell_through_heads(actor: Actor, sitting: Sitting) -> Verdict:
    """Cán bộ gọi điện: đơn vị mời, Văn phòng, UBND tại các điểm cầu, mỗi nơi người của mình."""
    offices = {sitting.lead_id, sitting.dialogue.secretariat_id}
    offices |= {venue.office_id for venue in sitting.dialogue.venues.all()}
    grants = [(role, office) for office in offices for role in (Role.HEAD, Role.OFFICER)]
    who = _("cán bộ của %(office)s, Văn phòng hoặc điểm cầu") % {"office": sitting.lead}
    return needs(actor, sitting.dialogue.agency_id, *grants, who=who)


def may_remind(actor: Actor, sitting: Sitting) -> Verdict:
    """Đơn vị chủ trì mời hoặc Văn phòng; hệ thống, khi đến ngày nhắc."""
    return may_lapse(actor, sitting)


def may_keep_scan(actor: Actor, sitting: Sitting) -> Verdict:
    """Văn thư, đơn vị chủ trì mời, Văn phòng, thư ký, hoặc người phụ trách điểm cầu."""
    grant = (Role.CLERK, None)
    return may_print_lists(actor, sitting) or needs(
        actor, sitting.dialogue.agency_id, grant, who=_("văn thư, đơn vị mời hoặc Văn phòng")
    )


def may_deliver(actor: Actor, invitation: Invitation) -> Verdict:
    """Văn thư, đơn vị mời, Văn phòng, hoặc UBND tại điểm cầu qua tổ trưởng, trưởng thôn."""
    return _may_help(actor, invitation, (Role.CLERK, None))


def may_lapse(actor: Actor, sitting: Sitting) -> Verdict:
    """Đơn vị chủ trì mời hoặc Văn phòng, khi đã hết hạn trả lời."""
    at = sitting.dialogue.secretariat_id
    grants = ((Role.HEAD, sitting.lead_id), (Role.OFFICER, sitting.lead_id), (Role.HEAD, at), (Role.OFFICER, at))
    return needs(actor, sitting.dialogue.agency_id, *grants, who=_lead(sitting))


def may_mark(actor: Actor, invitation: Invitation) -> Verdict:
    """Người của điểm cầu, Văn phòng, hoặc thư ký."""
    return may_mark_at(actor, invitation.sitting, invitation.venue)


def may_mark_at(actor: Actor, sitting: Sitting, venue: Venue) -> Verdict:
    """Người của điểm cầu, Văn phòng, hoặc thư ký."""
    offices = (sitting.dialogue.secretariat_id, venue.office_id)
    grants = [(role, office) for office in offices for role in (Role.HEAD, Role.OFFICER)]
    who = _("người của điểm cầu %(venue)s, Văn phòng hoặc thư ký") % {"venue": venue}
    at_the_door = ((Role.VENUE, venue.office_id), (Role.SECRETARY, None))
    return needs(actor, sitting.dialogue.agency_id, *grants, *at_the_door, who=who)


def may_note_absence(actor: Actor, invitation: Invitation) -> Verdict:
    """Người của điểm cầu, Văn phòng, thư ký, hoặc đơn vị chủ trì mời: nơi được báo vắng qua điện thoại."""
    return may_mark(actor, invitation) or _may_help(actor, invitation)


def may_admit_substitute(actor: Actor, invitation: Invitation) -> Verdict:
    """Người chủ trì tại điểm cầu, hoặc lãnh đạo cơ quan."""
    venue = invitation.venue
    if venue.chair_id is not None and venue.chair_id == actor.staff_id:
        return YES
    grants = ((Role.HEAD, venue.office_id), (Role.VENUE, venue.office_id), (Role.LEADER, None))
    who = _("người chủ trì tại điểm cầu %(venue)s") % {"venue": venue}
    return needs(actor, invitation.sitting.dialogue.agency_id, *grants, who=who)


def may_admit(actor: Actor, sitting: Sitting) -> Verdict:
    """Người của các điểm cầu, mỗi người ở điểm cầu của mình; Văn phòng; hoặc thư ký."""
    offices = {sitting.dialogue.secretariat_id, *(venue.office_id for venue in sitting.dialogue.venues.all())}
    grants = [(role, office) for office in offices for role in (Role.HEAD, Role.OFFICER, Role.VENUE)]
    who = _("người của điểm cầu, Văn phòng hoặc thư ký")
    return needs(actor, sitting.dialogue.agency_id, (Role.SECRETARY, None), *grants, who=who)


def may_print_lists(actor: Actor, sitting: Sitting) -> Verdict:
    """Đơn vị chủ trì mời, Văn phòng, thư ký, hoặc người phụ trách điểm cầu."""
    return may_admit(actor, sitting) or needs(
        actor,
        sitting.dialogue.agency_id,
        (Role.HEAD, sitting.lead_id),
        (Role.OFFICER, sitting.lead_id),
        who=_("đơn vị mời, Văn phòng, thư ký hoặc người phụ trách điểm cầu"),
    )


def _may_help(actor: Actor, invitation: Invitation, *more: tuple[Role, int | None]) -> Verdict:
    """Staff who speak with the person: of the inviting office, the Office, and the venue's own office."""
    sitting = invitation.sitting
    offices = (sitting.lead_id, sitting.dialogue.secretariat_id, invitation.venue.office_id)
    grants = [(role, office) for office in offices for role in (Role.HEAD, Role.OFFICER)]
    who = _("cán bộ của %(office)s, Văn phòng hoặc điểm cầu") % {"office": sitting.lead}
    return needs(actor, sitting.dialogue.agency_id, *grants, *more, who=who)


def _lead(sitting: Sitting) -> str:
    return _("%(office)s, đơn vị chủ trì mời") % {"office": sitting.lead}
