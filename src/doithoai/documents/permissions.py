"""Who may do what with a paper. Numbers and dispatch are the records clerk's, approval never the drafter's."""

from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.documents.models import Brought, Document
from doithoai.kernel.access import YES, Actor, Role, Verdict, needs, stranger

OFFICERS = (
    (Role.OFFICER, None),
    (Role.SECRETARY, None),
    (Role.HEAD, None),
    (Role.CLERK, None),
    (Role.LEADER, None),
)


# Papers about people's own matters, answers to one of them or who will raise what: whoever has nothing to do with them
# does not read them.
PRIVATE = frozenset({"answer", "transfer_slip", "script"})


def may_read(actor: Actor, document: Document) -> Verdict:
    """Ai cũng đọc được văn bản đã công khai và chưa thu hồi; cán bộ cơ quan đọc được văn bản đã phát hành; dự thảo và văn bản gửi
    riêng một người chỉ dành cho lãnh đạo, văn thư, Văn phòng, đơn vị soạn thảo và đơn vị ban hành."""
    if document.published_at is not None and not document.is_recalled:
        return YES
    if actor.agency_id != document.agency_id:
        return stranger()
    is_out = document.dispatched_at is not None or not document.is_official
    return YES if is_out and document.kind not in PRIVATE else may_read_copies(actor, document)


def may_read_copies(actor: Actor, document: Document) -> Verdict:
    """Bản gửi riêng từng người có tên và đường dẫn của người đó: lãnh đạo, văn thư, Văn phòng, đơn vị soạn thảo và đơn vị
    ban hành."""
    if actor.agency_id != document.agency_id:
        return stranger()
    if actor.holds(Role.LEADER) or actor.holds(Role.CLERK):
        return YES
    offices = Office.objects.filter(pk__in={office for _role, office in actor.held})
    concerned = {document.drafting_id, document.issuer_id}
    for pk, kind in offices.values_list("pk", "kind"):
        if pk in concerned or kind == Office.Kind.SECRETARIAT:
            return YES
    return stranger()


def may_draft(actor: Actor, holder: Any) -> Verdict:
    """Chuyên viên, thư ký, người đứng đầu đơn vị của cơ quan."""
    return needs(actor, holder.agency.pk, *OFFICERS, who=_("cán bộ soạn thảo của cơ quan"))


def may_submit(actor: Actor, document: Document) -> Verdict:
    """Cán bộ của đơn vị soạn thảo."""
    at = document.drafting_id
    grants = ((Role.OFFICER, at), (Role.HEAD, at), (Role.SECRETARY, at))
    return needs(actor, document.agency_id, *grants, who=_("cán bộ của %(office)s") % {"office": document.drafting})


def may_tick_content(actor: Actor, document: Document) -> Verdict:
    """Người đứng đầu đơn vị soạn thảo, chịu trách nhiệm về nội dung (Nghị định 30/2020, Điều 12)."""
    grant = (Role.HEAD, document.drafting_id)
    return needs(actor, document.agency_id, grant, who=_("người đứng đầu %(office)s") % {"office": document.drafting})


def may_tick_form(actor: Actor, document: Document) -> Verdict:
    """Văn phòng, chịu trách nhiệm về thể thức (Nghị định 30/2020, Điều 12)."""
    office = Office.objects.filter(agency=document.agency_id, kind=Office.Kind.SECRETARIAT).first()
    grant = (Role.HEAD, office.pk if office else None)
    return needs(actor, document.agency_id, grant, who=_("người đứng đầu Văn phòng"))


def may_approve(actor: Actor, document: Document) -> Verdict:
    """Người có thẩm quyền ký: lãnh đạo cơ quan, hoặc người đứng đầu đơn vị có con dấu riêng; người soạn không tự duyệt."""
    if document.drafted_by_id is not None and document.drafted_by_id == actor.staff_id:
        return Verdict(_("Không có quyền: người soạn không tự duyệt."))
    return _signs(actor, document)


def may_sign(actor: Actor, document: Document) -> Verdict:
    """Người có thẩm quyền ký: lãnh đạo cơ quan, hoặc người đứng đầu đơn vị có con dấu riêng."""
    return _signs(actor, document)


def may_number(actor: Actor, document: Document) -> Verdict:
    """Văn thư cơ quan (Nghị định 30/2020, Điều 15)."""
    return needs(actor, document.agency_id, (Role.CLERK, None), who=_("văn thư"))


def may_seal(actor: Actor, document: Document) -> Verdict:
    """Hệ thống, sau khi tạo xong bản in."""
    return needs(actor, document.agency_id, who=_("hệ thống"))


def may_recall(actor: Actor, document: Document) -> Verdict:
    """Người có thẩm quyền ký văn bản quyết định; văn thư ghi nhận thu hồi (Nghị định 30/2020, Điều 18)."""
    return needs(actor, document.agency_id, (Role.CLERK, None), who=_("văn thư")) or _signs(actor, document)


def may_bring_back(actor: Actor, document: Document) -> Verdict:
    """Văn thư; cán bộ của đơn vị soạn thảo."""
    at = document.drafting_id
    grants = ((Role.CLERK, None), (Role.OFFICER, at), (Role.HEAD, at), (Role.SECRETARY, at))
    who = _("văn thư hoặc cán bộ của %(office)s") % {"office": document.drafting}
    return needs(actor, document.agency_id, *grants, who=who)


def may_take_file(actor: Actor, brought: Brought) -> Verdict:
    """Văn thư: bản ban hành do văn thư giữ (Nghị định 30/2020, Điều 19)."""
    return needs(actor, brought.document.agency_id, (Role.CLERK, None), who=_("văn thư"))


def may_note_concern(actor: Actor, brought: Brought) -> Verdict:
    """Hệ thống, khi tệp đưa về chạm đến lời đang giữ ở nơi khác."""
    return needs(actor, brought.document.agency_id, who=_("hệ thống"))


def _signs(actor: Actor, document: Document) -> Verdict:
    if document.kind == "minutes":
        grants: tuple[tuple[Role, int | None], ...] = ((Role.LEADER, None), (Role.SECRETARY, None))
    elif document.issuer_id is None:
        grants = ((Role.LEADER, None),)
    else:
        grants = ((Role.HEAD, document.issuer_id),)
    who = document.issuer.name if document.issuer else _("lãnh đạo cơ quan")
    return needs(actor, document.agency_id, *grants, who=who)
