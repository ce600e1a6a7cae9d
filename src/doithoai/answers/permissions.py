"""Who may do what with an answer. Whoever drafts does not approve, unless the agency's rules say otherwise."""

from django.utils.translation import gettext as _

from doithoai.answers.models import Answer, Commitment, Dossier, Proposal, SentBackItem, Wording
from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import profile_of
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import may_sort
from doithoai.kernel.access import Actor, Grant, Role, Verdict, needs, stranger
from doithoai.planning.models import Dialogue, Sitting


def may_assign(actor: Actor, opinion: Opinion) -> Verdict:
    """Chủ trì giao tại buổi; Văn phòng; người đứng đầu đơn vị chủ trì lĩnh vực. Tố cáo không giao cho ai."""
    if opinion.is_hidden:
        return may_sort(actor, opinion)
    office = opinion.dialogue.secretariat_id
    grants: tuple[Grant, ...] = (
        (Role.LEADER, None),
        (Role.HEAD, office),
        (Role.OFFICER, office),
        (Role.SECRETARY, office),
    )
    if opinion.sitting is not None:
        grants = (*grants, (Role.HEAD, opinion.sitting.lead_id))
    return needs(actor, opinion.dialogue.agency_id, *grants, who=_("chủ trì, Văn phòng hoặc đơn vị chủ trì lĩnh vực"))


def may_write(actor: Actor, answer: Answer) -> Verdict:
    """Chuyên viên hoặc người đứng đầu đơn vị chủ trì trả lời."""
    grants = ((Role.OFFICER, answer.lead_id), (Role.HEAD, answer.lead_id))
    who = _("đơn vị chủ trì trả lời, %(office)s") % {"office": answer.lead}
    return needs(actor, answer.agency.pk, *grants, who=who)


def may_hand_over(actor: Actor, answer: Answer) -> Verdict:
    """Người đứng đầu đơn vị chủ trì trả lời, hoặc Văn phòng."""
    grants = ((Role.HEAD, answer.lead_id), (Role.HEAD, answer.opinion.dialogue.secretariat_id))
    who = _("người đứng đầu %(office)s hoặc Văn phòng") % {"office": answer.lead}
    return needs(actor, answer.agency.pk, *grants, who=who)


def may_reply_to_offer(actor: Actor, answer: Answer) -> Verdict:
    """Người đứng đầu đơn vị được đề nghị nhận việc."""
    if answer.offered_to is None:
        return needs(actor, answer.agency.pk, who=_("đơn vị được đề nghị; ý kiến này chưa đề nghị đơn vị nào"))
    who = _("người đứng đầu %(office)s") % {"office": answer.offered_to}
    return needs(actor, answer.agency.pk, (Role.HEAD, answer.offered_to_id), who=who)


def may_approve(actor: Actor, answer: Answer) -> Verdict:
    """Lãnh đạo cơ quan; người soạn không tự duyệt."""
    own = answer.drafted_by_id is not None and answer.drafted_by_id == actor.staff_id
    if own and drafter_is_not_approver(answer.agency, answer.opinion.dialogue.profile_key):
        return Verdict(_("Không có quyền: người soạn không tự duyệt."))
    return needs(actor, answer.agency.pk, (Role.LEADER, None), who=_("lãnh đạo cơ quan"))


def drafter_is_not_approver(agency: Agency, profile_key: str) -> bool:
    """Whether the agency's rules part the two; an agency of few people may switch it off in its profile."""
    rules = profile_of(agency, profile_key).separations
    return any(rule.slug == "answer" and rule.default for rule in rules)


def may_extend(actor: Actor, answer: Answer) -> Verdict:
    """Lãnh đạo cơ quan ký gia hạn."""
    return needs(actor, answer.agency.pk, (Role.LEADER, None), who=_("lãnh đạo cơ quan"))


def may_issue(actor: Actor, answer: Answer) -> Verdict:
    """Hệ thống, khi văn bản trả lời hoặc thông báo kết quả đã có số."""
    return needs(actor, answer.agency.pk, who=_("hệ thống, khi văn bản trả lời đã có số"))


def may_answer_aloud(actor: Actor, opinion: Opinion) -> Verdict:
    """Chủ trì, hoặc thư ký ghi theo lời chủ trì; người đứng đầu đơn vị chủ trì lĩnh vực, trước mặt chủ trì."""
    if opinion.is_hidden:
        return may_sort(actor, opinion)
    grants: tuple[Grant, ...] = ((Role.LEADER, None), (Role.SECRETARY, None))
    if opinion.sitting is not None:
        grants = (*grants, (Role.HEAD, opinion.sitting.lead_id))
    return needs(actor, opinion.dialogue.agency_id, *grants, who=_("chủ trì, thư ký hoặc đơn vị chủ trì lĩnh vực"))


def may_commit(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Chủ trì, hoặc thư ký ghi theo lời chủ trì; Văn phòng."""
    at = dialogue.secretariat_id
    grants = ((Role.LEADER, None), (Role.SECRETARY, None), (Role.HEAD, at), (Role.OFFICER, at))
    return needs(actor, dialogue.agency_id, *grants, who=_("chủ trì, thư ký hoặc Văn phòng"))


def may_keep(actor: Actor, commitment: Commitment) -> Verdict:
    """Người đứng đầu hoặc chuyên viên của đơn vị đã hứa."""
    grants = ((Role.HEAD, commitment.office_id), (Role.OFFICER, commitment.office_id))
    who = _("đơn vị được giao, %(office)s") % {"office": commitment.office}
    return needs(actor, commitment.dialogue.agency_id, *grants, who=who)


def may_prepare(actor: Actor, sitting: Sitting) -> Verdict:
    """Đơn vị chủ trì lĩnh vực của buổi."""
    grants = ((Role.OFFICER, sitting.lead_id), (Role.HEAD, sitting.lead_id))
    return needs(actor, sitting.dialogue.agency_id, *grants, who=_("%(office)s") % {"office": sitting.lead})


def may_prepare_whole(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Văn phòng, khi cuộc đối thoại tổ chức bằng văn bản."""
    grants = ((Role.OFFICER, dialogue.secretariat_id), (Role.HEAD, dialogue.secretariat_id))
    return needs(actor, dialogue.agency_id, *grants, who=_("%(office)s") % {"office": dialogue.secretariat})


def may_submit_dossier(actor: Actor, dossier: Dossier) -> Verdict:
    """Hệ thống, khi tờ trình đã có số; hoặc đơn vị chủ trì lĩnh vực của buổi; Văn phòng, khi đối thoại bằng văn bản."""
    subject = dossier.subject
    return may_prepare(actor, subject) if isinstance(subject, Sitting) else may_prepare_whole(actor, subject)


def may_settle_item(actor: Actor, item: SentBackItem) -> Verdict:
    """Đơn vị chủ trì lĩnh vực của buổi; Văn phòng, khi đối thoại bằng văn bản."""
    return may_submit_dossier(actor, item.sent_back.dossier)


def may_remark(actor: Actor, answer: Answer) -> Verdict:
    """Chuyên viên hoặc người đứng đầu đơn vị phối hợp trả lời."""
    offices = list(answer.supporting.values_list("pk", flat=True))
    grants = tuple((role, office) for office in offices for role in (Role.OFFICER, Role.HEAD))
    return needs(actor, answer.agency.pk, *grants, who=_("đơn vị phối hợp trả lời"))


def may_save_wording(actor: Actor, office: Office) -> Verdict:
    """Chuyên viên hoặc người đứng đầu của chính đơn vị."""
    grants = ((Role.OFFICER, office.pk), (Role.HEAD, office.pk))
    return needs(actor, office.agency_id, *grants, who=_("cán bộ của %(office)s") % {"office": office})


def may_retire_wording(actor: Actor, wording: Wording) -> Verdict:
    """Chuyên viên hoặc người đứng đầu của đơn vị có mẫu."""
    return may_save_wording(actor, wording.office)


def may_propose(actor: Actor, opinion: Opinion) -> Verdict:
    """Đơn vị chủ trì lĩnh vực hoặc đơn vị trả lời ý kiến; Văn phòng."""
    if opinion.is_hidden:
        return may_sort(actor, opinion)
    answer = Answer.objects.filter(opinion=opinion).first()
    offices = {opinion.dialogue.secretariat_id, opinion.sitting.lead_id if opinion.sitting else None}
    offices |= {answer.lead_id} if answer else set()
    grants = tuple((role, office) for office in offices if office for role in (Role.OFFICER, Role.HEAD))
    return needs(actor, opinion.dialogue.agency_id, *grants, who=_("đơn vị trả lời ý kiến hoặc Văn phòng"))


def may_follow_proposal(actor: Actor, proposal: Proposal) -> Verdict:
    """Đơn vị soạn kiến nghị; Văn phòng."""
    offices = (proposal.office_id, proposal.opinion.dialogue.secretariat_id)
    grants = tuple((role, office) for office in offices for role in (Role.OFFICER, Role.HEAD))
    who = _("%(office)s hoặc Văn phòng") % {"office": proposal.office}
    return needs(actor, proposal.agency.pk, *grants, who=who)


def may_send_proposal(actor: Actor, proposal: Proposal) -> Verdict:
    """Hệ thống, khi văn bản kiến nghị đã có số."""
    return needs(actor, proposal.agency.pk, who=_("hệ thống, khi văn bản kiến nghị đã có số"))


def may_accept_dossier(actor: Actor, dossier: Dossier) -> Verdict:
    """Lãnh đạo cơ quan."""
    return needs(actor, dossier.agency.pk, (Role.LEADER, None), who=_("lãnh đạo cơ quan"))


def may_read(actor: Actor, answer: Answer) -> Verdict:
    """Cán bộ của cơ quan làm việc trả lời; điểm cầu và người ngoài thì không."""
    if actor.is_system or not actor.is_staff or actor.agency_id != answer.agency.pk:
        return Verdict() if actor.is_system else stranger()
    roles = (Role.LEADER, Role.HEAD, Role.OFFICER, Role.SECRETARY, Role.OBSERVER)
    return Verdict() if any(actor.holds(role) for role in roles) else stranger()
