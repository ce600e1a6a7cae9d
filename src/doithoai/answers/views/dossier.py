"""The synthesis of a sitting as a page: what was raised, by how many, what will be answered and on what rule."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.answers import actions, permissions
from doithoai.answers.models import Dossier, SentBack, SentBackItem
from doithoai.answers.papers import WHOLE, Scope
from doithoai.answers.papers.dossier import COMPLAINTS, Matter, matters_of
from doithoai.answers.views.answer_acts import signer_options, signers_of
from doithoai.directory.queries import calendar_of
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import reads_all
from doithoai.intake.queries import unplaced
from doithoai.intake.views.board import dialogue_of
from doithoai.intake.views.boxes import Ask, Box
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Verdict
from doithoai.people.models import Staff
from doithoai.planning.models import Sitting
from doithoai.planning.queries import binding_deadline
from doithoai.web.acts import Figure
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.duelines import DueLine, counted_due


@dataclass(frozen=True, slots=True)
class Group:
    """The matters under one procedure, and how many people raised them."""

    name: str
    matters: list[Matter]
    wanted: Mapping[int, SentBackItem] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[Matter, SentBackItem | None]]:
        """Each matter with what the head still wants of it."""
        return [(matter, self.wanted.get(matter.opinion.pk)) for matter in self.matters]

    @property
    def voices(self) -> int:
        """How many opinions stand behind them."""
        return sum(matter.voices for matter in self.matters)


def _scope(request: HttpRequest, code: str, sitting: str) -> Scope:
    """A sitting of a dialogue, or the whole of one held in writing, for those who read every opinion of it; anything else
    is not found (404)."""
    dialogue = dialogue_of(request, code)
    if not reads_all(actor_of(request), dialogue):
        raise Http404
    if sitting == WHOLE and dialogue.is_written:
        return Scope(dialogue)
    rows = Sitting.objects.filter(dialogue=dialogue).select_related(
        "dialogue__agency", "dialogue__plan", "dialogue__secretariat", "sector", "lead"
    )
    return Scope(get_object_or_404(rows, code=sitting))


@require_safe
@staff_only
def dossier(request: HttpRequest, code: str, sitting: str) -> HttpResponse:
    """Everything the paper will say, before it is drafted; complaints and denunciations are counted and never shown."""
    scope = _scope(request, code, sitting)
    row, rows = scope.sitting, scope.opinions()
    matters = matters_of(scope.dialogue, rows)
    names = list(dict.fromkeys(matter.group for matter in matters))
    made = actions.dossier_of(scope)
    wanted = {item.opinion_id: item for item in _open_items(made)}
    facts = {
        "here": "dialogues",
        "dialogue": scope.dialogue,
        "sitting": row,
        "scope": scope,
        "late": sum(one.is_late for one in rows),
        "groups": [Group(name, [matter for matter in matters if matter.group == name], wanted) for name in names],
        "figures": _figures(rows, matters),
        "unplaced": unplaced(scope.dialogue).count(),
        "unsorted": sum(one.state == "received" for one in rows),
        "guided": sum(one.kind in COMPLAINTS and one.state != "withdrawn" for one in rows),
        "total": len(rows),
        "dossier": made,
        "programme": _programme(row),
        "boxes": _boxes(scope, made, actor_of(request)),
        "due": _due(row, made) if row else None,
        "history": _history(made),
        "wanted": len(wanted),
        "back": _back(made, actor_of(request)),
        "may_settle": bool(_may_prepare(actor_of(request), scope)),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "answers/dossier.html", facts)


def _programme(row: Sitting | None) -> Document | None:
    if row is None:
        return None
    return Document.objects.filter(chain=row.chain, kind="programme", about=row.code).order_by("-pk").first()


def _may_prepare(actor: Actor, scope: Scope) -> Verdict:
    if scope.sitting:
        return permissions.may_prepare(actor, scope.sitting)
    return permissions.may_prepare_whole(actor, scope.dialogue)


def _due(row: Sitting, made: Dossier | None) -> DueLine | None:
    """The day by which it is to be submitted, with its counting; gone once it was."""
    deadline = binding_deadline(row.dialogue, "submission", row)
    if deadline is None or (made is not None and made.submitted_at is not None):
        return None
    return counted_due(deadline, clock.day_of(clock.now(), row.agency.zone), calendar_of(row.agency))


def _history(made: Dossier | None) -> list[SentBack]:
    """Every time the head sent it back, the last first."""
    if made is None:
        return []
    rows = made.sent_back.select_related("by", "reason", "document").prefetch_related("items__opinion", "items__reason")
    return list(rows.order_by("-pk"))


def _open_items(made: Dossier | None) -> list[SentBackItem]:
    """What the head wanted otherwise the last time and nobody has seen to yet."""
    last = made.sent_back.order_by("-pk").first() if made else None
    return list(last.items.filter(settled_at=None).select_related("reason")) if last else []


def _back(made: Dossier | None, actor: Actor) -> bool:
    """Whether the actor may send it back now."""
    waits = made is not None and made.submitted_at is not None and made.approved_at is None
    if not waits or made is None or made.sent_back.filter(document=made.document).exists():
        return False
    return bool(permissions.may_accept_dossier(actor, made))


def _figures(rows: Sequence[Opinion], matters: Sequence[Matter]) -> list[Figure]:
    owed = [matter for matter in matters if matter.opinion.state != "transferred"]
    ready = sum(1 for matter in owed if matter.answer and matter.answer.text)
    merged = Counter(row.state for row in rows)["merged"]
    return [
        Figure(str(len(rows)), "", _("ý kiến đã nhận")),
        Figure(str(len(matters)), "", _("nội dung sau khi gộp %(count)s ý kiến trùng") % {"count": merged}),
        Figure(str(ready), str(len(owed)), _("nội dung có dự thảo trả lời")),
    ]


Do = Callable[[Scope, Staff, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class _Door:
    verb: str
    label: str
    do: Do


def _doors() -> dict[str, _Door]:
    return {
        "to-trinh": _Door(
            "dossier.draft", _("Soạn tờ trình tổng hợp"),
            _draft_synthesis,
        ),
        "chuong-trinh": _Door(
            "programme.draft", _("Soạn chương trình"), _draft_programme,
        ),
    }  # fmt: skip


def _draft_synthesis(scope: Scope, signer: Staff, actor: Actor, now: datetime) -> None:
    if scope.sitting:
        actions.draft_dossier(scope.sitting, signer=signer, actor=actor, now=now)
    else:
        actions.draft_whole(scope.dialogue, signer=signer, actor=actor, now=now)


def _draft_programme(scope: Scope, signer: Staff, actor: Actor, now: datetime) -> None:
    if scope.sitting is None:
        raise Http404
    actions.draft_programme(scope.sitting, signer=signer, actor=actor, now=now)


def _boxes(scope: Scope, made: Dossier | None, actor: Actor) -> list[Box]:
    may, signers = _may_prepare(actor, scope), signer_options(scope.lead)
    ask = Ask("nguoi-ky", _("Người ký"), "", "select", "", signers)
    boxes = []
    was_sent_back = made is not None and made.sent_back.filter(document=made.document).exists()
    doors = _doors() if scope.sitting else {"to-trinh": _doors()["to-trinh"]}
    is_over = scope.sitting is not None and scope.dialogue.is_written  # the whole is drafted instead
    if not is_over and (made is None or was_sent_back or made.document.state in ("draft", "returned")):
        boxes += [Box(slug, door.label, _act_url(scope, slug), may, (ask,)) for slug, door in doors.items()]
    if made is not None and made.approved_at is None and not was_sent_back:
        verdict = permissions.may_accept_dossier(actor, made)
        if verdict and made.submitted_at is None:
            verdict = Verdict(_("Chưa duyệt được: tờ trình chưa được trình."))
        boxes.append(Box("duyet", _("Duyệt nội dung, chương trình"), _act_url(scope, "duyet"), verdict, (), "main"))
    return boxes


def _act_url(scope: Scope, slug: str) -> str:
    return reverse("dossier-act", args=(scope.dialogue.code, scope.slug, slug))


@require_POST
@staff_only
def act_on_dossier(request: HttpRequest, code: str, sitting: str, slug: str) -> HttpResponse:
    """Draft the papers of a sitting, or approve its synthesis; a refusal says why and changes nothing."""
    scope, actor, now = _scope(request, code, sitting), actor_of(request), clock.now()
    back = reverse("dossier", args=(code, scope.slug))
    if slug == "duyet":
        actions.approve_dossier(_standing(scope), actor=actor, now=now)
        return done(back, "dossier.approve")
    if slug == "tra-lai":
        return _send_back(request, scope, back)
    if slug == "da-sua":
        items = SentBackItem.objects.filter(sent_back__dossier=_standing(scope), settled_at=None)
        item = get_object_or_404(items, opinion__code=request.POST.get("y-kien", ""))
        actions.settle_item(item, actor=actor, now=now)
        return done(back, "dossier.settle_item")
    door = _doors().get(slug)
    if door is None:
        raise Http404
    signer = next((one for one in signers_of(scope.lead) if one.code == request.POST.get("nguoi-ky")), None)
    if signer is None:
        raise NotNow(_("Chưa soạn được: cần chọn người ký trong danh sách."))
    door.do(scope, signer, actor, now)
    return done(back, door.verb)


def _standing(scope: Scope) -> Dossier:
    made = actions.dossier_of(scope)
    if made is None:
        raise Http404
    return made


def _send_back(request: HttpRequest, scope: Scope, back: str) -> HttpResponse:
    post = request.POST
    by_code = {opinion.code: opinion for opinion in scope.opinions()}
    items = {opinion: post[f"nd-{code}"] for code, opinion in by_code.items() if post.get(f"nd-{code}", "").strip()}
    actions.send_back(
        _standing(scope), reason=post.get("ly-do", ""), items=items, actor=actor_of(request), now=clock.now()
    )
    return done(back, "dossier.send_back")


def _did(verb: str) -> str:
    words = {
        "dossier.draft": _("Đã soạn tờ trình; mở văn bản để trình duyệt."),
        "programme.draft": _("Đã soạn chương trình; mở văn bản để trình duyệt."),
        "dossier.approve": _("Đã duyệt nội dung, chương trình."),
        "dossier.send_back": _("Đã trả lại; đơn vị chủ trì được báo từng yêu cầu."),
        "dossier.settle_item": _("Đã ghi là đã sửa."),
    }
    return words.get(verb, "")
