"""What an agency proposed to other bodies because of a dialogue: each proposal, how far it is, what was replied."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.answers import actions, permissions
from doithoai.answers.models import Proposal
from doithoai.answers.queries import proposals_of
from doithoai.answers.states import PROPOSAL
from doithoai.intake.permissions import reads_all
from doithoai.intake.views.board import dialogue_of
from doithoai.intake.views.boxes import Ask, Box, Option
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.planning.models import Dialogue
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.seeking import asked_for, sought
from doithoai.web.tongue import state_word


def _dialogue(request: HttpRequest, code: str) -> Dialogue:
    """A dialogue for those who read every opinion of it; anything else is not found (404)."""
    found = dialogue_of(request, code)
    if not reads_all(actor_of(request), found):
        raise Http404
    return found


@require_safe
@staff_only
def proposals(request: HttpRequest, code: str) -> HttpResponse:
    """Every proposal of a dialogue with its letter, its state and the reply."""
    dialogue, actor = _dialogue(request, code), actor_of(request)
    rows, asked = proposals_of(dialogue), asked_for(request)
    found = sought(rows, asked, lambda row: (row.rule, row.body, row.office.name, row.trouble, row.wish, row.code))
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "rows": [(row, _boxes(row, actor)) for row in found],
        "total": len(rows),
        "asked": asked,
        "waiting": sum(row.state in ("sent", "studied") for row in rows),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "answers/proposals.html", facts)


def _boxes(row: Proposal, actor: Actor) -> list[Box]:
    if not permissions.may_follow_proposal(actor, row):
        return []
    if row.state == "drafted":
        ask = Ask("ly-do", _("Lý do"), "", "text")
        return [Box(f"bo-{row.code}", _("Thôi không gửi"), _url(row, "bo"), asks=(ask,), look="risk")]
    options = tuple(
        Option(state, state_word(PROPOSAL, state)) for state in actions.REPLIES if PROPOSAL.allows(row.state, state)
    )
    if not options:
        return []
    asks = (
        Ask("ket-qua", _("Kết quả"), "", "radio", "", options),
        Ask("noi-dung", _("Nội dung trả lời"), "", "text"),
        Ask("so", _("Số, ký hiệu văn bản trả lời"), _("Bỏ trống nếu trả lời không bằng văn bản."), is_needed=False),
        Ask("ngay", _("Ngày văn bản"), "", "date", is_needed=False),
    )
    return [Box(f"tra-loi-{row.code}", _("Ghi trả lời của cơ quan nhận"), _url(row, "tra-loi"), asks=asks)]


def _url(row: Proposal, slug: str) -> str:
    return reverse("proposal-act", args=(row.opinion.dialogue.code, row.opinion.code, row.ordinal, slug))


@require_POST
@staff_only
def act_on_proposal(request: HttpRequest, code: str, opinion: str, ordinal: int, slug: str) -> HttpResponse:
    """Give a proposal up, or put the reply on file; a refusal says why and changes nothing."""
    dialogue, actor, now = _dialogue(request, code), actor_of(request), clock.now()
    rows = Proposal.objects.filter(opinion__dialogue=dialogue).select_related("opinion__dialogue__agency", "office")
    row = get_object_or_404(rows, opinion__code=opinion, ordinal=ordinal)
    back = f"{reverse('proposals', args=(code,))}"
    if slug == "bo":
        actions.drop_proposal(row, reason=request.POST.get("ly-do", ""), actor=actor, now=now)
        return done(back, "proposal.drop")
    if slug != "tra-loi":
        raise Http404
    post = request.POST
    reply = actions.Reply(
        post.get("ket-qua", ""), post.get("noi-dung", ""), post.get("so", ""), _day(post.get("ngay", ""))
    )
    actions.note_reply(row, reply, actor=actor, now=now)
    return done(back, "proposal.reply")


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  (a day alone has no zone)
        except ValueError:
            continue
    raise NotNow(_("Chưa ghi được: không đọc được ngày “%(found)s”. Cần dạng ngày/tháng/năm.") % {"found": text})


def _did(verb: str) -> str:
    words = {"proposal.drop": _("Đã ghi là thôi không gửi."), "proposal.reply": _("Đã ghi trả lời của cơ quan nhận.")}
    return words.get(verb, "")
