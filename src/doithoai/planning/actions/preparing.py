"""What the Office drafts from a plan: its wording, and the papers for the day itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.documents.actions import Draft, draft, rewrite
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning import permissions
from doithoai.planning.actions.correcting import require_wordable
from doithoai.planning.actions.notices import UNSENT
from doithoai.planning.actions.sharing import follow
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.papers import announcement, broadcast, opening_report, script
from doithoai.planning.queries import sittings_of
from doithoai.rules.paper import Paper
from doithoai.rules.vietnamese import squeeze

HELD = ("scheduled", "live", "paused")


@verb("plan.word", may=permissions.may_prepare)
def word(
    dialogue: Dialogue, texts: Mapping[str, str], bases: Sequence[str], *, actor: Actor, now: datetime
) -> Dialogue:
    """Write sentences of the plan anew (by their place, see `place_texts`) and choose its legal grounds.

    The draft of the paper follows at once, and so do the dialogues that share the plan. NotNow once the paper was
    submitted: it is returned first.
    """
    require_wordable(dialogue)
    before = dialogue.plan_text
    write(dialogue, plan_text=_reworded(before, texts), bases=[line for raw in bases if (line := squeeze(raw))])
    follow(dialogue, before, actor=actor, now=now)
    record(dialogue.chain, sentences=len(texts), bases=len(dialogue.bases))
    return dialogue


def _reworded(text: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    """The wording with what was typed; an emptied sentence stays as it was."""

    def new(key: str, old: str) -> str:
        return squeeze(said.get(key, "")) or old

    return {
        **text,
        "preamble": [new(f"p{i}", line) for i, line in enumerate(text["preamble"])],
        "clauses": [{**row, "text": new(f"c{i}", row["text"])} for i, row in enumerate(text["clauses"])],
        "closing": [new(f"k{i}", line) for i, line in enumerate(text["closing"])],
    }


@verb("announcement.draft", may=permissions.may_prepare)
def draft_announcement(dialogue: Dialogue, *, actor: Actor, now: datetime) -> Document:
    """Draft the public announcement: time, place, content, how to attend (Law 72/2025 art. 43)."""
    paper = announcement(dialogue, _held(dialogue), on=clock.day_of(now, dialogue.agency.zone))
    document = _enter(dialogue, paper, "", actor=actor, now=now)
    record(dialogue.chain, document=document.code)
    return document


@verb("broadcast.draft", may=permissions.may_prepare)
def draft_broadcast(dialogue: Dialogue, *, actor: Actor, now: datetime) -> Document:
    """Draft the text for the loudspeaker, at most 150 words."""
    document = _enter(dialogue, broadcast(dialogue, _held(dialogue)), "", is_official=False, actor=actor, now=now)
    record(dialogue.chain, document=document.code)
    return document


@verb("opening_report.draft", may=permissions.may_draft_for)
def draft_opening_report(sitting: Sitting, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the short report that the lead office reads at the opening."""
    if signer.agency_id != sitting.dialogue.agency_id:
        raise NotNow(_("Chưa soạn được: người ký không thuộc cơ quan này."))
    paper = opening_report(sitting, plugs.figures(sitting), signer=signer, on=clock.day_of(now, sitting.agency.zone))
    document = _enter(sitting, paper, sitting.code, actor=actor, now=now)
    record(sitting.chain, document=document.code, sitting=sitting.code)
    return document


@verb("script.draft", may=permissions.may_draft_for)
def draft_script(sitting: Sitting, *, actor: Actor, now: datetime) -> Document:
    """Draft the chair's script of a sitting, with whoever will speak, in their order."""
    if sitting.expected < 1 or sitting.length <= sitting.overhead_minutes:
        raise NotNow(_("Chưa soạn được: buổi này chưa có số lượt dự kiến, hoặc ngắn hơn phần khai mạc, kết luận."))
    paper = script(sitting, plugs.speakers(sitting))
    document = _enter(sitting, paper, sitting.code, is_official=False, actor=actor, now=now)
    record(sitting.chain, document=document.code, sitting=sitting.code)
    return document


def _held(dialogue: Dialogue) -> list[Sitting]:
    sittings = [row for row in sittings_of(dialogue) if row.state in HELD]
    if not sittings:
        raise NotNow(_("Chưa soạn được: không có buổi nào sắp diễn ra."))
    return sittings


def _enter(
    holder: Dialogue | Sitting, paper: Paper, about: str, *, is_official: bool = True, actor: Actor, now: datetime
) -> Document:
    """Enter the draft, or write the unsent one about the same anew."""
    drafting = _drafting(holder, paper, actor)
    before = Document.objects.filter(
        chain=holder.chain, kind=paper.kind, about=about, state__in=UNSENT, drafting=drafting
    ).first()
    if before is not None:
        return rewrite(before, paper, actor=actor, now=now)
    issuer = holder.lead if isinstance(holder, Sitting) and paper.letterhead.parent else None
    made = Draft(paper, drafting, paper.subject, issuer=issuer, about=about, is_official=is_official)
    return draft(holder, made, actor=actor, now=now)


def _drafting(holder: Dialogue | Sitting, paper: Paper, actor: Actor) -> Office:
    """The office whose paper it is; a script is the lead office's where that office makes it, for it names citizens."""
    if not isinstance(holder, Sitting):
        return holder.secretariat
    at = {office for _role, office in actor.held}
    is_leads = paper.kind == "opening_report" or (holder.lead_id in at and holder.dialogue.secretariat_id not in at)
    return holder.lead if is_leads else holder.dialogue.secretariat
