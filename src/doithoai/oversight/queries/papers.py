"""Papers in progress: whose turn it is, read from the row alone so that a list costs one query."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.documents import permissions
from doithoai.documents.models import Document
from doithoai.kernel.access import Actor, Role
from doithoai.oversight.queries.tasks import Elsewhere, Task
from doithoai.planning.models import Dialogue
from doithoai.portal.queries import PUBLIC_KINDS, publication_due
from doithoai.rules.profiles import Profile
from doithoai.rules.workdays import WorkCalendar
from doithoai.web.doors import agency_id_of
from doithoai.web.duelines import plain_due

OPEN: Final = ("draft", "in_review", "returned", "approved", "signed", "numbered")
NEEDED: Final = (
    "agency_id", "code", "kind", "subject", "whom", "state", "is_official", "number", "symbol", "drafted_by_id",
    "content_ticked_by_id", "form_ticked_by_id", "drafting__name", "issuer__name", "sealed_at", "published_at",
    "issued_on",
)  # fmt: skip


def papers_in_progress(actor: Actor) -> list[Any]:
    """Official papers not yet dispatched, working papers not yet printed, and issued ones that are not yet public."""
    return list(_in_progress().filter(agency_id=agency_id_of(actor)))


@cache
def _in_progress() -> Any:
    """Asked at every visit, so put together once."""
    unfinished = Q(state__in=OPEN, is_official=True) | Q(is_official=False, sealed_at=None)
    unpublished = Q(state__in=("numbered", "dispatched"), kind__in=PUBLIC_KINDS, published_at=None)
    office = Office.objects.filter(agency=OuterRef("agency"), kind=Office.Kind.SECRETARIAT).values("pk")[:1]
    rows = Document.objects.filter(unfinished | unpublished).select_related("issuer", "drafting").only(*NEEDED)
    profile = Dialogue.objects.filter(code=OuterRef("chain")).values("profile_key")[:1]
    return rows.annotate(secretariat_id=Subquery(office), profile_key=Subquery(profile)).order_by("pk")


def turn_of(document: Any) -> tuple[str, ...]:
    """The acts a paper waits for now; both ticks may be given in either order."""
    if not document.is_official:
        return ("print",)
    if document.state == "in_review":
        ticks = [("content", document.content_ticked_by_id), ("form", document.form_ticked_by_id)]
        return tuple(act for act, by in ticks if by is None) or ("approve",)
    acts = {
        "draft": ("submit",),
        "returned": ("submit",),
        "approved": ("sign",),
        "signed": ("number",),
        "numbered": ("dispatch",),
        "dispatched": (),
    }
    return (*acts[document.state], *(("publish",) if _awaits_the_public(document) else ()))


def _awaits_the_public(document: Any) -> bool:
    """Whether it is printed, written for everybody, and not on the public page."""
    is_ready = document.number is not None and document.sealed_at is not None
    return is_ready and document.kind in PUBLIC_KINDS and document.published_at is None


def may(actor: Actor, act: str, document: Any) -> bool:
    """Whether the act waits for this actor, by the rules of the room of papers."""
    if act == "form":
        return document.secretariat_id is not None and actor.holds(Role.HEAD, document.secretariat_id)
    if act == "publish":
        office = document.secretariat_id
        return actor.holds(Role.EDITOR) or (office is not None and actor.holds(Role.OFFICER, office))
    rules = {
        "print": permissions.may_submit,
        "submit": permissions.may_submit,
        "content": permissions.may_tick_content,
        "approve": permissions.may_approve,
        "sign": permissions.may_sign,
        "number": permissions.may_number,
        "dispatch": permissions.may_number,
    }
    return bool(rules[act](actor, document))


def _labels() -> dict[str, str]:
    return {
        "print": _("Tạo bản in"),
        "submit": _("Trình duyệt"),
        "content": _("Xác nhận nội dung"),
        "form": _("Xác nhận thể thức"),
        "approve": _("Đọc và duyệt"),
        "sign": _("Ký"),
        "number": _("Cấp số"),
        "dispatch": _("Phát hành"),
        "publish": _("Công khai"),
    }


def paper_tasks(
    actor: Actor, papers: Iterable[Any], profiles: Mapping[str, Profile], today: date, calendar: WorkCalendar
) -> Iterator[Task]:
    """One task for each paper that waits for the actor, named after its first act; what is to be public has its day."""
    labels = _labels()
    for row in papers:
        act = next((act for act in turn_of(row) if may(actor, act, row)), None)
        if act is None:
            continue
        profile = profiles.get(row.profile_key) if act == "publish" else None
        due = publication_due(row, profile, calendar) if profile else None
        line = plain_due(due.due_on, today, calendar) if due else None
        yield Task(row.full_title, _url(row, act), _state(row), labels[act], line)


def papers_with_others(actor: Actor, papers: Iterable[Any]) -> tuple[Elsewhere, ...]:
    """Papers that the actor's own offices drafted and that now wait for somebody else."""
    own = {office for role, office in actor.held if role in (Role.HEAD, Role.OFFICER, Role.SECRETARY)}
    found = []
    for row in papers:
        is_ours = row.drafting_id in own and row.is_official and row.state not in ("draft", "returned", "dispatched")
        if is_ours and not any(may(actor, act, row) for act in turn_of(row)):
            found.append(Elsewhere(row.full_title, _url(row), _holder(row)))
    return tuple(found)


def _holder(row: Any) -> str:
    """“Chờ Văn phòng xác nhận thể thức”: who has the paper now."""
    drafter = {"office": row.drafting}
    words = {
        "content": _("Chờ người đứng đầu %(office)s xác nhận nội dung") % drafter,
        "form": _("Chờ Văn phòng xác nhận thể thức"),
        "approve": _("Chờ duyệt"),
        "sign": _("Chờ ký"),
        "number": _("Chờ văn thư cấp số"),
        "dispatch": _("Chờ văn thư phát hành"),
    }
    return words[turn_of(row)[0]]


def _state(row: Any) -> str:
    if not row.is_official:
        return _("%(office)s. Giấy tờ làm việc, chưa có bản in.") % {"office": row.drafting}
    return f"{row.drafting}. {row.get_state_display()}."


def _url(row: Any, act: str = "") -> str:
    return reverse("paper-publish" if act == "publish" else "paper", args=(row.code,))
