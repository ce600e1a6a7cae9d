"""The plan of a dialogue: how far its paper is, its grounds and sentences, who has it, and what is drafted from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory.queries import profile_of
from doithoai.documents.models import Document
from doithoai.documents.permissions import may_read
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours, Role, Verdict
from doithoai.people.models import Staff
from doithoai.planning.actions import carrying_out, preparing, scheduling
from doithoai.planning.actions.notices import UNSENT
from doithoai.planning.actions.sharing import is_wordable
from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.figures import gaps
from doithoai.planning.models import Dialogue, Duty, Recipient, Sitting
from doithoai.planning.permissions import may_deliver, may_draft_for, may_name_co_chair, may_prepare
from doithoai.planning.queries import bases_offered, consultation_of, contests, place_texts, sittings_of
from doithoai.planning.views.visible import dialogue_of
from doithoai.web.acts import Act
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.numbers import small_number

Do = Callable[[Dialogue, QueryDict, Actor, datetime], object]
FOR_THE_DAY = ("announcement", "broadcast", "opening_report", "script")


@dataclass(frozen=True, slots=True)
class Paperwork:
    """A paper that can be drafted: what it is for, the draft there is, and its button."""

    words: str
    why: str
    document: Document | None
    act: Act
    sitting: Sitting | None = None
    signers: tuple[Staff, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about the plan as a paper and what follows from it."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _act(request, dialogue)
    actor = actor_of(request)
    may = may_prepare(actor, dialogue)
    papers = {
        (row.kind, row.about): row
        for row in Document.objects.filter(chain=dialogue.chain, kind__in=FOR_THE_DAY).defer("paper").order_by("pk")
        if row.kind != "script" or may_read(actor, row)
    }
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "document": dialogue.plan_in_force,
        "holder": dialogue.common or dialogue,
        "may": may,
        "siblings": list((dialogue.common or dialogue).parts.order_by("code")),
        "gaps": list(gaps(PlanDraft.from_json(dialogue.plan_text))) if _is_own_plan(dialogue) else [],
        "contests": contests(dialogue),
        "bindings": Duty.Binds.choices,
        "tentative": [row for row in sittings_of(dialogue) if row.tentative],
        "can_word": may and is_wordable(dialogue),
        "draft_act": Act("soan", _("Soạn văn bản kế hoạch"), reverse("plan", args=(code,)), may, look="main"),
        "open_act": Act("mo", _("Bắt đầu chuẩn bị"), reverse("plan", args=(code,)), may, look="main"),
        "consultation": consultation_of(dialogue),
        "recipients": list(dialogue.recipients.select_related("office")),
        "may_deliver": may_deliver(actor, dialogue),
        "for_all": _for_all(dialogue, papers, may),
        "for_sittings": _for_sittings(dialogue, papers, actor),
        "leading": _leading(dialogue, actor),
        "notices": Document.objects.filter(chain=dialogue.chain, kind="change_notice").defer("paper"),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/plan.html", facts)


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads a sitting beside the chair, and whether this reader may say who."""

    sitting: Sitting
    may: Verdict


def _leading(dialogue: Dialogue, actor: Actor) -> list[Leading]:
    found = []
    for sitting in sittings_of(dialogue):
        sitting.dialogue = dialogue
        is_over = sitting.state in ("ended", "cancelled")
        found.append(Leading(sitting, Verdict(_("Buổi đã xong.")) if is_over else may_name_co_chair(actor, sitting)))
    return found


def _is_own_plan(dialogue: Dialogue) -> bool:
    """Whether the plan is a draft of this dialogue alone; one that is shared speaks of other sittings too."""
    return dialogue.state == "draft" and dialogue.common is None and not dialogue.parts.exists()


Papers = dict[tuple[str, str], Document]


def _for_all(dialogue: Dialogue, papers: Papers, may: Verdict) -> list[Paperwork]:
    url = reverse("plan", args=(dialogue.code,))
    rows = (
        ("announcement", "thong-bao", _("Thông báo công khai"), _("Thời gian, địa điểm, nội dung, cách gửi vướng mắc")),
        ("broadcast", "phat-thanh", _("Bài phát thanh"), _("Nhiều nhất 150 chữ, đọc hai lần trên loa")),
    )
    return [
        Paperwork(words, why, papers.get((kind, "")), Act(slug, _label(papers.get((kind, ""))), url, may))
        for kind, slug, words, why in rows
    ]


def _label(document: Document | None) -> str:
    return _("Soạn lại theo dữ liệu mới") if document and document.state in UNSENT else _("Soạn")


def _for_sittings(dialogue: Dialogue, papers: Papers, actor: Actor) -> list[Paperwork]:
    url = reverse("plan", args=(dialogue.code,))
    found = []
    for sitting in sittings_of(dialogue):
        if sitting.state in ("cancelled", "postponed"):
            continue
        sitting.dialogue = dialogue
        may = may_draft_for(actor, sitting)
        report, script = papers.get(("opening_report", sitting.code)), papers.get(("script", sitting.code))
        why = _("Đơn vị chủ trì nội dung đọc khi khai mạc")
        signers = tuple(_signers(sitting)) if may else ()
        act = Act("bao-cao", _label(report), url, may)
        found.append(Paperwork(_("Báo cáo khai mạc"), why, report, act, sitting, signers))
        act = Act("kich-ban", _label(script), url, may)
        found.append(Paperwork(_("Kịch bản điều hành"), _("Lời dẫn từng phút cho chủ trì"), script, act, sitting))
    return found


def _signers(sitting: Sitting) -> list[Staff]:
    """Whoever may sign for the lead office."""
    rows = Staff.objects.filter(
        agency=sitting.agency,
        is_active=True,
        holdings__role=Role.HEAD,
        holdings__office=sitting.lead,
        holdings__until=None,
    )
    return list(rows.distinct().order_by("pk"))


# ---- acts


def _sitting(dialogue: Dialogue, posted: QueryDict) -> Sitting:
    rows = Sitting.objects.filter(dialogue=dialogue).select_related("dialogue__agency", "sector", "lead")
    return get_object_or_404(rows, code=posted.get("buoi-so", ""))


def _deliver(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    asked = small_number(posted.get("dong", ""))
    if asked is None:
        raise Http404
    row = get_object_or_404(Recipient.objects.filter(dialogue=dialogue), ordinal=asked)
    if dialogue.plan_in_force is None or dialogue.plan_in_force.number is None:
        raise NotNow(_("Chưa ghi được: kế hoạch chưa có số nên chưa giao cho ai."))
    carrying_out.deliver(dialogue, row, actor=actor, now=now)


def _bind(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    rows = Duty.objects.filter(dialogue=dialogue).select_related("dialogue__agency")
    duty = get_object_or_404(rows, code=posted.get("nhiem-vu", ""))
    scheduling.choose_term(duty, posted.get("theo", ""), posted.get("ly-do", ""), actor=actor, now=now)


def _report(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    sitting = _sitting(dialogue, posted)
    signers = _signers(sitting)
    signer = next((row for row in signers if row.code == posted.get("nguoi-ky")), signers[0] if signers else None)
    if signer is None:
        raise NotNow(_("Chưa soạn được: đơn vị chủ trì nội dung chưa có người đứng đầu trong danh mục."))
    preparing.draft_opening_report(sitting, signer=signer, actor=actor, now=now)


def _co_chair(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    words = posted.get("dong-chu-tri", "")
    carrying_out.name_co_chair(_sitting(dialogue, posted), words, actor=actor, now=now)


DOORS: dict[str, tuple[str, Do]] = {
    "han": ("duty.bind", _bind),
    "soan": ("plan.draft", lambda row, _said, actor, now: scheduling.draft_plan(row, actor=actor, now=now)),
    "mo": ("dialogue.open", lambda row, _said, actor, now: scheduling.open_dialogue(row, actor=actor, now=now)),
    "giao-nhan": ("plan.deliver", _deliver),
    "dong-chu-tri": ("sitting.co_chair", _co_chair),
    "thong-bao": (
        "announcement.draft",
        lambda row, _said, actor, now: preparing.draft_announcement(row, actor=actor, now=now),
    ),
    "phat-thanh": (
        "broadcast.draft",
        lambda row, _said, actor, now: preparing.draft_broadcast(row, actor=actor, now=now),
    ),
    "bao-cao": ("opening_report.draft", _report),
    "kich-ban": (
        "script.draft",
        lambda row, said, actor, now: preparing.draft_script(_sitting(row, said), actor=actor, now=now),
    ),
}


def _act(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    slug = request.POST.get("viec", "")
    if slug not in DOORS:
        raise Http404
    verb, do = DOORS[slug]
    do(dialogue, request.POST, actor_of(request), clock.now())
    return done(reverse("plan", args=(dialogue.code,)), verb)


def _did(verb: str) -> str:
    words = {
        "dialogue.create": _("Đã lập cuộc đối thoại. Việc tiếp theo: soạn văn bản kế hoạch."),
        "plan.draft": _("Đã soạn văn bản kế hoạch. Việc tiếp theo: lấy góp ý hoặc trình duyệt."),
        "plan.correct": _("Đã sửa dữ liệu và câu chữ của kế hoạch; dự thảo văn bản đã theo."),
        "duty.bind": _("Đã ghi hạn có hiệu lực."),
        "plan.word": _("Đã ghi câu chữ và căn cứ; dự thảo văn bản đã theo."),
        "plan.deliver": _("Đã ghi nơi nhận đã nhận kế hoạch."),
        "sitting.co_chair": _(
            "Đã ghi người đồng chủ trì; văn bản soạn từ nay ghi theo, văn bản đã phát hành giữ nguyên."
        ),
        "dialogue.open": _("Đã bắt đầu chuẩn bị: chọn người, mời, nhận ý kiến."),
        "announcement.draft": _("Đã soạn thông báo công khai. Việc tiếp theo: trình duyệt văn bản."),
        "broadcast.draft": _("Đã soạn bài phát thanh. Mở văn bản để tạo bản in."),
        "opening_report.draft": _("Đã soạn báo cáo khai mạc. Các số còn để trống cần điền."),
        "script.draft": _("Đã soạn kịch bản điều hành. Mở văn bản để tạo bản in."),
    }
    return words.get(verb, "")


# ---- sentences and grounds


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the plan to be written anew, with its mark and how deep it stands."""

    key: str
    mark: str
    text: str
    rows: int


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def wording(request: HttpRequest, code: str) -> HttpResponse:
    """The sentences of the plan and its legal grounds, to be changed while it is a draft."""
    dialogue = dialogue_of(request, code)
    may = may_prepare(actor_of(request), dialogue)
    if not may:
        raise NotYours(may.reason)
    if request.method == "POST":
        texts = place_texts(dialogue)
        said = {key: request.POST[key] for key in texts if key in request.POST and request.POST[key] != texts[key]}
        own = [line for line in request.POST.get("own", "").splitlines() if line.strip()]
        bases = [*request.POST.getlist("bases"), *own]
        preparing.word(dialogue, said, bases, actor=actor_of(request), now=clock.now())
        return done(reverse("plan", args=(code,)), "plan.word")
    offered = bases_offered(profile_of(dialogue.agency, dialogue.profile_key), dialogue.answers, dialogue.year)
    lines = {row.line for row in offered}
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "sentences": _sentences(dialogue),
        "offered": [(row, row.line in dialogue.bases) for row in offered],
        "own": "\n".join(line for line in dialogue.bases if line not in lines),
    }
    return render(request, "planning/wording.html", facts)


def _sentences(dialogue: Dialogue) -> list[Sentence]:
    marks = {f"c{i}": row["marker"] for i, row in enumerate(dialogue.plan_text.get("clauses", []))}
    return [
        Sentence(key, marks.get(key, ""), text, max(1, len(text) // 95 + 1))
        for key, text in place_texts(dialogue).items()
    ]
