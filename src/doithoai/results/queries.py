"""What became of every opinion, counted from the very rows that the notice reports."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.answers.models import Answer
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion, Transfer
from doithoai.intake.queries import known_of, of_author
from doithoai.kernel.access import YES, Verdict
from doithoai.live.models import Turn
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine, ResultNotice
from doithoai.rules.masking import Known, mask
from doithoai.rules.vietnamese import fold

Outcome = NoticeLine.Outcome
BY_STATE = {"guided": Outcome.GUIDED, "transferred": Outcome.TRANSFERRED, "not_taken": Outcome.NOT_TAKEN}
GIVEN = ("issued", "replaced")
NAMED = 5
"""So many codes stand in one sentence."""


def opinions_of(dialogue: Dialogue) -> list[Opinion]:
    """Every opinion of a dialogue with what its line needs, in the order of sittings and receipt."""
    rows = Opinion.objects.filter(dialogue=dialogue).select_related(
        "dialogue__agency", "sitting__sector", "sitting__lead", "person__ward", "words", "summary", "public_words",
        "procedure", "answer__lead", "answer__text", "answer__document", "transfer__document", "guidance",
    ).prefetch_related("answer__extensions")  # fmt: skip
    found = sorted(rows, key=_place)
    by_key = {row.pk: row for row in found}
    for row in found:
        if row.merged_into_id is not None:
            row.merged_into = by_key[row.merged_into_id]
    return found


def _place(opinion: Opinion) -> tuple[int, int]:
    return (opinion.sitting.ordinal if opinion.sitting else 99, opinion.ordinal)


def shown_of(dialogue: Dialogue) -> list[Opinion]:
    """The opinions that get a line in the notice: neither withdrawn nor denunciations, in the order of the lines."""
    return [row for row in opinions_of(dialogue) if row.state != "withdrawn" and not row.is_hidden]


def answer_of(opinion: Opinion) -> Answer | None:
    """The answer that covers an opinion: its own, or that of the one it was merged into."""
    if opinion.state == "merged" and opinion.merged_into is not None:
        return answer_of(opinion.merged_into)
    return getattr(opinion, "answer", None)


def transfer_of(opinion: Opinion) -> Transfer | None:
    """Where an opinion was handed to, if it ever was."""
    return getattr(opinion, "transfer", None)


def is_given(answer: Answer | None) -> bool:
    """Whether a notice may say of an answer that it was given: issued, or approved as an item of this very notice.

    An approved letter that has not left yet is still in hand: its words are for one person, not for the notice.
    """
    if answer is None:
        return False
    return answer.state in GIVEN or (answer.state == "approved" and answer.form == Answer.Form.NOTICE)


def outcome_of(opinion: Opinion) -> NoticeLine.Outcome | None:
    """What has become of an opinion now; None while nobody has answered or holds it."""
    if opinion.state == "merged" and opinion.merged_into is not None:
        return outcome_of(opinion.merged_into)
    if opinion.state in BY_STATE:
        return BY_STATE[opinion.state]
    answer = answer_of(opinion)
    if is_given(answer):
        return Outcome.ANSWERED
    if opinion.state == "closed":
        return Outcome.TRANSFERRED if transfer_of(opinion) else Outcome.ANSWERED
    return Outcome.IN_HAND if answer is not None and answer.due_on is not None else None


def publishable(dialogue: Dialogue) -> Known:
    """What must be masked before anything of a dialogue is printed or published, and which names may stay.

    Beside everybody invited or heard by name also guests at the floor. An official who bears the name of one of them is
    masked too: a leak cannot be taken back.
    """
    known = known_of(dialogue)
    spoke = Turn.objects.filter(sitting__dialogue=dialogue).exclude(guest="").values_list("guest", flat=True)
    names, citizens = list(dict.fromkeys([*known.names, *spoke])), set(map(fold, spoke))
    return replace(known, names=names, keep=[name for name in known.keep if fold(name) not in citizens])


COMPLAINT = "Nội dung thuộc trường hợp giải quyết theo pháp luật về khiếu nại, tố cáo."
BY_LAW = (Opinion.Kind.COMPLAINT, Opinion.Kind.DENUNCIATION)


def content_of(opinion: Opinion, known: Known) -> str:
    """What the notice says of an opinion's content, masked; nothing of a complaint's or denunciation's.

    What a person confirmed stands as it was confirmed.
    """
    if opinion.kind in BY_LAW:
        return COMPLAINT
    if opinion.is_public_confirmed:
        return str(opinion.public_words)
    return mask(str(opinion.public_source), of_author(known, opinion))


def unseen(dialogue: Dialogue) -> list[Opinion]:
    """Opinions whose public wording nobody has looked at and confirmed: a machine misses names, and a leak cannot be taken
    back. Of complaints nothing is told, so there is nothing to look at."""
    return [row for row in shown_of(dialogue) if row.kind not in BY_LAW and not row.is_public_confirmed]


def printed_unseen(dialogue: Dialogue) -> list[Opinion]:
    """Opinions of which the notice prints other words than those that somebody confirmed; whatever came after its issue."""
    lines = NoticeLine.objects.filter(notice__dialogue=dialogue).exclude(words=COMPLAINT).order_by("number")
    rows = lines.select_related("opinion__public_words")
    return [line.opinion for line in rows if str(line.opinion.public_words or "") != line.words]


def can_be_drafted(dialogue: Dialogue) -> Verdict:
    """Whether the notice can be drafted now: every opinion is answered, or somebody holds it until a day."""
    return _covered(dialogue, _("Chưa lập được Thông báo"))


def outdated(notice: ResultNotice) -> list[str]:
    """Codes of the opinions of which the drafted notice says what is no longer so: another outcome, another answer,
    another public wording, or they are no longer told of. Empty once it is issued: then it stands."""
    if notice.issued_at is not None:
        return []
    known = publishable(notice.dialogue)
    told = {line.opinion_id: (line.outcome, line.revision, line.words) for line in notice.lines.all()}
    shown = {row.pk: row for row in shown_of(notice.dialogue)}
    changed = [row.code for row in shown.values() if told.get(row.pk) != _told_now(row, known)]
    gone = notice.lines.exclude(opinion__in=shown).values_list("opinion__code", flat=True)
    return [*changed, *gone]


def _told_now(opinion: Opinion, known: Known) -> tuple[NoticeLine.Outcome | None, int, str]:
    return outcome_of(opinion), revision_of(opinion), content_of(opinion, known)


def uncovered(dialogue: Dialogue) -> list[Opinion]:
    """Opinions with neither an answer nor a holder and a day; withdrawn ones are none of the notice's business."""
    return [row for row in opinions_of(dialogue) if row.state != "withdrawn" and outcome_of(row) is None]


def named(opinion: Opinion) -> str:
    """An opinion in a sentence to staff: its code; a denunciation's code would lead to its author."""
    return _("được bảo mật") if opinion.is_hidden else opinion.code


# ---- two strengths of one question: what is still owed to those who spoke up
#
# `all_held`: every opinion has its answer, or somebody who holds it and a day. Enough to issue the notice, which says so.
# `all_answered`: every opinion got its answer, or left for the competent body. Only then the dialogue closes.


def unanswered(dialogue: Dialogue) -> list[Opinion]:
    """Opinions still owed an answer, or handed on by a slip that has not left."""
    waiting = Q(state__in=("received", "accepted")) | Q(state="transferred", transfer__sent_on=None)
    return list(Opinion.objects.filter(waiting, dialogue=dialogue).order_by("ordinal"))


def all_answered(dialogue: Dialogue) -> Verdict:
    """Gate, the stronger: a dialogue closes once every opinion got its answer or left for the competent body."""
    waiting = unanswered(dialogue)
    if not waiting:
        return YES
    total = Opinion.objects.filter(dialogue=dialogue).exclude(state="withdrawn").count()
    words = {"left": len(waiting), "total": total, "first": waiting[0].code}
    return Verdict(
        _("Chưa kết thúc được: còn %(left)s/%(total)s ý kiến chưa trả lời xong, trước hết là %(first)s.") % words
    )


def all_held(subject: Any) -> Verdict:
    """Gate, the weaker: no notice is issued and no dialogue closed while an opinion is uncovered. Other papers are let
    through."""
    if isinstance(subject, Dialogue):
        return _covered(subject, _("Chưa kết thúc được"))
    if subject.kind != "result_notice":
        return YES
    notice = ResultNotice.objects.filter(document=subject).select_related("dialogue").first()
    if notice is None:
        return YES
    return _covered(notice.dialogue, _("Chưa ban hành được"))


def _covered(dialogue: Dialogue, opening: str) -> Verdict:
    missing = uncovered(dialogue)
    if not missing:
        return YES
    words = {"opening": opening, "code": named(missing[0])}
    return Verdict(_("%(opening)s: ý kiến %(code)s chưa có trả lời hay người giữ.") % words)


def _is_current(notice: ResultNotice, opening: str) -> Verdict:
    changed = outdated(notice)
    if not changed:
        return YES
    words = {"opening": opening, "code": changed[0]}
    return Verdict(
        _("%(opening)s: ý kiến %(code)s đã đổi sau khi lập dự thảo; lập lại Thông báo rồi trình lại.") % words
    )


def all_seen(document: Document) -> Verdict:
    """Gate: no notice is submitted or issued before a person has looked at every public wording, nor one that says of an
    opinion what is no longer so. Other papers are let through."""
    notice = ResultNotice.objects.filter(document=document, issued_at=None).select_related("dialogue").first()
    if notice is None:
        return YES
    opening = _("Chưa trình được") if document.state in ("draft", "returned") else _("Chưa ban hành được")
    return seen(unseen(notice.dialogue), opening) and _is_current(notice, opening)


def seen(waiting: Sequence[Opinion], opening: str) -> Verdict:
    """Yes when nothing waits to be looked at; otherwise the sentence that names what does."""
    if not waiting:
        return YES
    codes = ", ".join(row.code.rsplit("-", 1)[-1] for row in waiting[:NAMED]) + (" …" if len(waiting) > NAMED else "")
    words = {"opening": opening, "count": len(waiting), "codes": codes}
    return Verdict(_("%(opening)s: chưa ai xem và xác nhận lời công khai của %(count)s ý kiến (%(codes)s).") % words)


def revision_of(opinion: Opinion) -> int:
    """The revision of the answer that a line quotes; 0 where it quotes none."""
    answer = answer_of(opinion)
    return answer.revision if answer is not None and is_given(answer) else 0


def is_issued(dialogue: Dialogue) -> Verdict:
    """Gate: a dialogue is closed after its notice has been issued."""
    if ResultNotice.objects.filter(dialogue=dialogue, issued_at__isnull=False).exists():
        return YES
    return Verdict(_("Chưa kết thúc được: Thông báo kết quả chưa ban hành."))


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sums that should agree and do not, with the rows to look at."""

    what: str
    left: int
    right: int
    rows: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what}: {self.left} ≠ {self.right} ({', '.join(self.rows) or 'không rõ dòng'})"


def opinion_figures(dialogue: Dialogue) -> dict[str, int]:
    """Opinions by outcome, frozen as the notice was issued, or as they stand while it is not.

    received − withdrawn = answered + in_hand + transferred + guided + not_taken while nothing is uncovered; merged
    ones count under the outcome of the one they were merged into, denunciations among the guided.
    """
    rows = opinions_of(dialogue)
    frozen = _frozen(dialogue)
    counted = [row for row in rows if row.pk in frozen or row.state != "withdrawn"]
    outcomes = Counter(frozen.get(row.pk) or outcome_of(row) for row in counted)
    return {
        "received": len(rows),
        "withdrawn": len(rows) - len(counted),
        "merged": sum(row.state == "merged" or row.merged_into_id is not None for row in counted),
        **{name.value: outcomes[name] for name in Outcome},
        "denunciations": sum(row.is_hidden and row.pk not in frozen for row in counted),
    }


def _frozen(dialogue: Dialogue) -> dict[int, str]:
    issued = NoticeLine.objects.filter(notice__dialogue=dialogue, notice__issued_at__isnull=False)
    return dict(issued.values_list("opinion_id", "outcome"))


def notice_figures(dialogue: Dialogue) -> dict[str, int]:
    """Lines of the notice, and how many of them stand on the public page."""
    lines = NoticeLine.objects.filter(notice__dialogue=dialogue)
    return {"lines": lines.count(), "published": lines.filter(public__isnull=False).count()}


def differences(dialogue: Dialogue) -> list[Difference]:
    """Where the figures of opinions and notice do not add up, and which rows differ."""
    opinions, notice = opinion_figures(dialogue), notice_figures(dialogue)
    owed = opinions["received"] - opinions["withdrawn"]
    settled = sum(opinions[name.value] for name in Outcome)
    lines = NoticeLine.objects.filter(notice__dialogue=dialogue)
    hidden = tuple(lines.filter(public=None).values_list("opinion__code", flat=True))
    checks = (
        ("Ý kiến", owed, settled, tuple(map(named, uncovered(dialogue)))),
        ("Dòng thông báo", notice["lines"], owed - opinions["denunciations"], tuple(_unlisted(dialogue))),
        ("Dòng đã công khai", notice["published"], notice["lines"], hidden),
    )
    return [Difference(*check) for check in checks if check[1] != check[2]]


def _unlisted(dialogue: Dialogue) -> Iterator[str]:
    listed = set(NoticeLine.objects.filter(notice__dialogue=dialogue).values_list("opinion_id", flat=True))
    yield from (row.code for row in shown_of(dialogue) if row.pk not in listed)
