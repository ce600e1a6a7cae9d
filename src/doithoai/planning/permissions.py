"""Who may do what with a plan."""

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.kernel.access import Actor, Role, Verdict, needs
from doithoai.planning.models import (
    Consulted,
    Dialogue,
    Duty,
    Evidence,
    Material,
    Obstacle,
    Remark,
    Sitting,
    Venue,
    VenueTold,
    Writing,
)

RAISING = (Role.HEAD, Role.OFFICER, Role.VENUE, Role.TECHNICIAN)
"""Who speaks for a unit that carries a plan out."""


def may_create(actor: Actor, agency: Agency) -> Verdict:
    """Chuyên viên, người đứng đầu Văn phòng hoặc phòng chuyên môn của cơ quan."""
    return needs(actor, agency.pk, (Role.OFFICER, None), (Role.HEAD, None), who=_("chuyên viên tham mưu kế hoạch"))


def may_prepare(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Văn phòng, đơn vị giúp việc của cuộc đối thoại."""
    at = dialogue.secretariat_id
    grants = ((Role.OFFICER, at), (Role.HEAD, at), (Role.SECRETARY, at))
    return needs(actor, dialogue.agency_id, *grants, who=_("Văn phòng"))


def may_direct(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Lãnh đạo cơ quan."""
    return needs(actor, dialogue.agency_id, (Role.LEADER, None), who=_("lãnh đạo cơ quan"))


def may_reschedule(actor: Actor, sitting: Sitting) -> Verdict:
    """Lãnh đạo cơ quan, hoặc Văn phòng theo chỉ đạo của lãnh đạo."""
    return may_reschedule_any(actor, sitting.dialogue)


def may_reschedule_any(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Lãnh đạo cơ quan, hoặc Văn phòng theo chỉ đạo của lãnh đạo."""
    at = dialogue.secretariat_id
    grants = ((Role.LEADER, None), (Role.HEAD, at), (Role.OFFICER, at))
    return needs(actor, dialogue.agency_id, *grants, who=_("lãnh đạo cơ quan hoặc Văn phòng"))


def may_name_co_chair(actor: Actor, sitting: Sitting) -> Verdict:
    """Lãnh đạo cơ quan, hoặc Văn phòng theo chỉ đạo của lãnh đạo."""
    return may_reschedule(actor, sitting)


def may_assign(actor: Actor, duty: Duty) -> Verdict:
    """Văn phòng, theo phân công của lãnh đạo."""
    return may_prepare(actor, duty.dialogue)


def may_carry_out(actor: Actor, duty: Duty) -> Verdict:
    """Người đứng đầu đơn vị được giao nhiệm vụ."""
    grants = ((Role.HEAD, duty.office_id), (Role.VENUE, duty.office_id)) if duty.office_id else ()
    who = _("người đứng đầu %(office)s") % {"office": duty.office} if duty.office else _("đơn vị được giao")
    return needs(actor, duty.dialogue.agency_id, *grants, who=who)


def may_check(actor: Actor, venue: Venue) -> Verdict:
    """Kỹ thuật, hoặc người phụ trách điểm cầu."""
    grants = ((Role.TECHNICIAN, None), (Role.VENUE, venue.office_id), (Role.HEAD, venue.office_id))
    return needs(actor, venue.dialogue.agency_id, *grants, who=_("kỹ thuật hoặc người phụ trách điểm cầu"))


def may_name_chair(actor: Actor, venue: Venue) -> Verdict:
    """Người phụ trách điểm cầu, hoặc Văn phòng."""
    at, office = venue.dialogue.secretariat_id, venue.office_id
    grants = ((Role.VENUE, office), (Role.HEAD, office), (Role.HEAD, at), (Role.OFFICER, at), (Role.SECRETARY, at))
    return needs(actor, venue.dialogue.agency_id, *grants, who=_("người phụ trách điểm cầu hoặc Văn phòng"))


def may_acknowledge(actor: Actor, told: VenueTold) -> Verdict:
    """Người phụ trách, người đứng đầu hoặc chuyên viên của điểm cầu được báo."""
    venue, office = told.venue, told.venue.office_id
    grants = ((Role.VENUE, office), (Role.HEAD, office), (Role.OFFICER, office))
    return needs(actor, venue.dialogue.agency_id, *grants, who=_("cán bộ của %(venue)s") % {"venue": venue})


def may_locate(actor: Actor, venue: Venue) -> Verdict:
    """Văn phòng, kỹ thuật, hoặc người phụ trách điểm cầu."""
    return may_prepare(actor, venue.dialogue) or may_check(actor, venue)


def may_link(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Kỹ thuật, hoặc Văn phòng."""
    at = dialogue.secretariat_id
    grants = ((Role.TECHNICIAN, None), (Role.OFFICER, at), (Role.HEAD, at))
    return needs(actor, dialogue.agency_id, *grants, who=_("kỹ thuật hoặc Văn phòng"))


def may_see_link(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Kỹ thuật, Văn phòng, và người của các điểm cầu: ai có đường dẫn thì vào được phòng họp."""
    may = may_link(actor, dialogue)
    offices = dialogue.venues.values_list("office_id", flat=True)
    roles = (Role.VENUE, Role.HEAD, Role.OFFICER, Role.TECHNICIAN, Role.SECRETARY)
    grants = tuple((role, where) for where in offices for role in roles)
    return may or needs(actor, dialogue.agency_id, *grants, who=_("kỹ thuật và các điểm cầu"))


def may_deliver(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Văn thư."""
    return needs(actor, dialogue.agency_id, (Role.CLERK, None), who=_("văn thư"))


def may_raise(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Người đứng đầu hoặc chuyên viên của mọi đơn vị thực hiện kế hoạch."""
    grants = tuple((role, None) for role in RAISING)
    return needs(actor, dialogue.agency_id, *grants, who=_("đơn vị thực hiện kế hoạch"))


def may_answer_obstacle(actor: Actor, obstacle: Obstacle) -> Verdict:
    """Văn phòng, nơi các đơn vị báo cáo khó khăn."""
    return may_prepare(actor, obstacle.dialogue)


def may_remark(actor: Actor, consulted: Consulted) -> Verdict:
    """Người đứng đầu hoặc chuyên viên của đơn vị được lấy góp ý."""
    at = consulted.office_id
    grants = ((Role.HEAD, at), (Role.OFFICER, at), (Role.VENUE, at))
    who = _("cán bộ của %(office)s") % {"office": consulted.office}
    return needs(actor, consulted.consultation.dialogue.agency_id, *grants, who=who)


def may_answer_remark(actor: Actor, remark: Remark) -> Verdict:
    """Văn phòng, nơi soạn kế hoạch."""
    return may_prepare(actor, remark.consulted.consultation.dialogue)


def may_draft_for(actor: Actor, sitting: Sitting) -> Verdict:
    """Văn phòng, hoặc đơn vị chủ trì nội dung của buổi."""
    at = sitting.dialogue.secretariat_id
    grants = ((Role.OFFICER, at), (Role.HEAD, at), (Role.SECRETARY, at))
    lead = ((Role.OFFICER, sitting.lead_id), (Role.HEAD, sitting.lead_id))
    return needs(actor, sitting.agency.pk, *grants, *lead, who=_("Văn phòng hoặc đơn vị chủ trì nội dung"))


def may_write(actor: Actor, writing: Writing) -> Verdict:
    """Người được lập kế hoạch ở cơ quan; dự thảo là của cơ quan, người khác soạn tiếp được."""
    return may_create(actor, writing.agency)


def may_see_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """Đơn vị có nhiệm vụ, Văn phòng, lãnh đạo và người giám sát của Mặt trận."""
    duty = evidence.duty
    at, office = duty.dialogue.secretariat_id, duty.office_id
    grants: tuple[tuple[Role, int | None], ...] = ((Role.LEADER, None), (Role.OBSERVER, None), (Role.CLERK, None))
    grants += tuple(
        (role, where)
        for role in (Role.HEAD, Role.OFFICER, Role.SECRETARY, Role.VENUE)
        for where in (at, office)
        if where
    )
    return needs(actor, duty.dialogue.agency_id, *grants, who=_("đơn vị có nhiệm vụ, Văn phòng, lãnh đạo và Mặt trận"))


def may_inform(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Văn phòng, hoặc đơn vị chủ trì nội dung của một buổi."""
    at = dialogue.secretariat_id
    leads = dialogue.sittings.values_list("lead_id", flat=True)
    grants = tuple((role, where) for where in (at, *leads) for role in (Role.OFFICER, Role.HEAD, Role.SECRETARY))
    return needs(actor, dialogue.agency_id, *grants, who=_("Văn phòng hoặc đơn vị chủ trì nội dung"))


def may_withdraw_material(actor: Actor, material: Material) -> Verdict:
    """Văn phòng, hoặc đơn vị chủ trì nội dung của một buổi."""
    return may_inform(actor, material.dialogue)
