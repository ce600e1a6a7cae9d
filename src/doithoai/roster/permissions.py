"""Who may do what with records, pools, draws, invitations and presence."""

from django.utils.translation import gettext as _

from doithoai.kernel.access import YES, Actor, Role, Verdict, holder, needs
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation, Pool

LINK = "invitation"
"""The purpose of the personal link that opens an invitation."""


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


def may_deliver(actor: Actor, invitation: Invitation) -> Verdict:
    """Văn thư, đơn vị mời, Văn phòng, hoặc UBND tại điểm cầu qua tổ trưởng, trưởng thôn."""
    return _may_help(actor, invitation, (Role.CLERK, None))


def may_lapse(actor: Actor, sitting: Sitting) -> Verdict:
    """Đơn vị chủ trì mời hoặc Văn phòng, khi đã hết hạn trả lời."""
    at = sitting.dialogue.secretariat_id
    grants = ((Role.HEAD, sitting.lead_id), (Role.OFFICER, sitting.lead_id), (Role.HEAD, at), (Role.OFFICER, at))
    return needs(actor, sitting.dialogue.agency_id, *grants, who=_lead(sitting))


def may_mark(actor: Actor, invitation: Invitation) -> Verdict:
    """Thư ký, người phụ trách điểm cầu, hoặc cán bộ đơn vị chủ trì mời."""
    return _may_help(actor, invitation, (Role.SECRETARY, None), (Role.VENUE, invitation.venue.office_id))


def may_admit_substitute(actor: Actor, invitation: Invitation) -> Verdict:
    """Người chủ trì tại điểm cầu, hoặc lãnh đạo cơ quan."""
    venue = invitation.venue
    if venue.chair_id is not None and venue.chair_id == actor.staff_id:
        return YES
    grants = ((Role.HEAD, venue.office_id), (Role.VENUE, venue.office_id), (Role.LEADER, None))
    who = _("người chủ trì tại điểm cầu %(venue)s") % {"venue": venue}
    return needs(actor, invitation.sitting.dialogue.agency_id, *grants, who=who)


def may_admit(actor: Actor, sitting: Sitting) -> Verdict:
    """Thư ký, người phụ trách điểm cầu, hoặc đơn vị chủ trì mời."""
    at = [(Role.VENUE, venue.office_id) for venue in sitting.dialogue.venues.all()]
    grants = ((Role.SECRETARY, None), (Role.HEAD, sitting.lead_id), (Role.OFFICER, sitting.lead_id), *at)
    return needs(actor, sitting.dialogue.agency_id, *grants, who=_("thư ký hoặc người phụ trách điểm cầu"))


def may_print_lists(actor: Actor, sitting: Sitting) -> Verdict:
    """Đơn vị chủ trì mời, Văn phòng, thư ký, hoặc người phụ trách điểm cầu."""
    at = sitting.dialogue.secretariat_id
    verdict = may_admit(actor, sitting)
    return verdict or needs(
        actor,
        sitting.dialogue.agency_id,
        (Role.HEAD, at),
        (Role.OFFICER, at),
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
