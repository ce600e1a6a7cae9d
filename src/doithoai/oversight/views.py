"""The desk of each member of staff, the page of a dialogue, and its journal as a story."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.documents.models import Document
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor
from doithoai.oversight import queries
from doithoai.oversight.papers import bundle
from doithoai.planning.models import Dialogue, Duty
from doithoai.planning.views import duty_acts
from doithoai.web.acts import Act
from doithoai.web.context import frame_of, framed
from doithoai.web.doors import actor_of, agency_id_of, staff_only
from doithoai.web.numbers import page_asked
from doithoai.web.seeking import asked_for, sought

# The page of a dialogue lists this many papers whole; of more, those that nobody waits for fold.
FEW: Final = 5
LOOKED_FOR: Final = ("plan", "result_notice")
SETTLED: Final = ("dispatched", "replaced", "recalled")


@require_safe
@staff_only
def desk(request: HttpRequest) -> HttpResponse:
    """What is waiting for me, and until when."""
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    shown = queries.desk(actor_of(request), clock.now(), agency.zone)
    facts = {"here": "desk", "desk": shown, "count": shown.count(), "late": shown.count("late")}
    return render(request, "oversight/desk.html", {**facts, "due_today": shown.count("today")})


@dataclass(frozen=True, slots=True)
class Charge:
    """One office's part in a duty, with the buttons that this reader may press."""

    duty: Duty
    acts: list[Act]

    @property
    def asks(self) -> bool:
        """Whether a button wants words first; then they are opened on demand."""
        return any(act.field for act in self.acts)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What is to be done, once, and the offices it was given to."""

    what: str
    charges: tuple[Charge, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether this reader has something to do here."""
        return any(charge.acts for charge in self.charges)


def _duty_rows(duties: Iterable[Duty], actor: Actor) -> list[DutyRow]:
    """Duties that have an owner, those of the same words together."""
    piles: dict[str, list[Charge]] = {}
    for duty in duties:
        if duty.office_id is not None:
            piles.setdefault(duty.what, []).append(Charge(duty, duty_acts(duty, actor)))
    return [DutyRow(what, tuple(charges)) for what, charges in piles.items()]


@require_safe
@staff_only
def dialogue(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one dialogue: where it stands, what is next, by when, and what has happened."""
    actor = actor_of(request)
    sheet = queries.sheet(actor, code, clock.now())
    if sheet is None:
        raise Http404
    framed(request, sheet.dialogue.agency, sheet.dialogue)
    duties = _duty_rows(sheet.duties, actor)
    papers = sought(sheet.documents, asked_for(request), _paper_words)
    is_short = bool(asked_for(request)) or len(papers) <= FEW
    facts = {
        "here": "dialogues",
        "sheet": sheet,
        "dialogue": sheet.dialogue,
        "sittings": sheet.sittings,
        "ownerless": [duty for duty in sheet.duties if duty.office_id is None],
        "mine": [row for row in duties if row.is_waiting],
        "rest": [row for row in duties if not row.is_waiting],
        "binding": [row for row in sheet.deadlines if row.is_binding],
        "others": [row for row in sheet.deadlines if not row.is_binding],
        "papers": papers if is_short else [paper for paper in papers if _is_in_hand(paper)],
        "other_papers": [] if is_short else [paper for paper in papers if not _is_in_hand(paper)],
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "oversight/dialogue.html", facts)


def _is_in_hand(paper: Document) -> bool:
    """Whether a paper still waits for somebody, or is one of the two that everybody looks for."""
    return paper.kind in LOOKED_FOR or (paper.is_official and paper.state not in SETTLED)


def _paper_words(paper: Document) -> tuple[object, ...]:
    return paper.title, paper.number_text, paper.code, paper.get_state_display()


def _did(verb: str) -> str:
    words = {
        "dialogue.create": _("Đã lập cuộc đối thoại từ kế hoạch."),
        "duty.accept": _("Đã nhận nhiệm vụ."),
        "duty.return": _("Đã trả lại nhiệm vụ, kèm lý do."),
        "duty.report": _("Đã báo cáo kết quả."),
        "duty.confirm": _("Đã xác nhận nhiệm vụ xong."),
    }
    return words.get(verb, "")


@require_safe
@staff_only
def story(request: HttpRequest, code: str) -> HttpResponse:
    """The whole journal of a dialogue, newest first, page by page."""
    found = _own(request, code)
    shown = queries.story(found, page_asked(request.GET), asked_for(request))
    return render(request, "oversight/story.html", {"here": "dialogues", "dialogue": found, "story": shown})


def _own(request: HttpRequest, code: str) -> Dialogue:
    rows = Dialogue.objects.filter(agency_id=agency_id_of(actor_of(request))).select_related("agency")
    return get_object_or_404(rows, code=code)


@require_safe
@staff_only
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """What shows that the dialogue was held and answered, and what is not there yet."""
    found = queries.evidence_of(_own(request, code))
    return render(request, "oversight/evidence.html", {"here": "dialogues", "dialogue": found.dialogue, "found": found})


@require_safe
@staff_only
def evidence_bundle(request: HttpRequest, code: str) -> HttpResponse:
    """All of it as one ZIP, for whoever scores the agency."""
    found = queries.evidence_of(_own(request, code))
    data = bundle(found, address=plugs.link(reverse("public-dialogue", args=(code,))), now=clock.now())
    response = HttpResponse(data, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}-minh-chung.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
