"""What is owed to whom and by when, who holds it, and what nobody holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.answers.models import Answer, Commitment, Extension, Proposal, Wording
from doithoai.directory.models import Office
from doithoai.documents.models import Brought, Document
from doithoai.documents.queries import kept_texts
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import reads_all
from doithoai.intake.queries import root_of, said
from doithoai.kernel.access import YES, Actor, Verdict
from doithoai.planning.models import Dialogue
from doithoai.rules.paper.differences import rewordings
from doithoai.rules.similar import LEAST, Index

DONE = ("issued", "replaced")
OWED = ("accepted", "closed")


def answers_of(dialogue: Dialogue) -> QuerySet[Answer]:
    """The answers of a dialogue whose opinions are still owed one or have got it, in the order of the opinions."""
    return (
        Answer.objects.filter(opinion__dialogue=dialogue, opinion__state__in=OWED)
        .select_related(
            "opinion__dialogue__agency", "opinion__sitting__sector", "opinion__person__ward", "opinion__words",
            "opinion__summary", "opinion__procedure", "lead", "offered_to", "text", "document", "drafted_by",
        )
        .order_by("opinion__ordinal")
    )  # fmt: skip


def visible_to(actor: Actor, dialogue: Dialogue) -> QuerySet[Answer]:
    """The answers that the actor may read: everybody's who answers or watches over answers, an office's own otherwise."""
    rows = answers_of(dialogue)
    if actor.is_system or reads_all(actor, dialogue):
        return rows
    if not actor.is_staff or actor.agency_id != dialogue.agency_id:
        return rows.none()
    offices = {office for _role, office in actor.held}
    return rows.filter(Q(lead__in=offices) | Q(offered_to__in=offices) | Q(supporting__in=offices)).distinct()


def owed_by(office: Office, dialogue: Dialogue) -> list[Answer]:
    """What an office still has to do for its answers, the earliest due first."""
    rows = answers_of(dialogue).filter(Q(lead=office) | Q(offered_to=office)).exclude(state__in=DONE)
    return list(rows.order_by("due_on", "opinion__ordinal"))


def overdue(dialogue: Dialogue, today: date) -> list[Answer]:
    """Answers whose day is over and that are not issued."""
    return list(answers_of(dialogue).filter(due_on__lt=today).exclude(state__in=DONE))


def redated(dialogue: Dialogue, days: Mapping[int | None, date]) -> list[tuple[Answer, date | None]]:
    """The answers that are due on another day, with that day, once the result is due on `days` (see `notice_days`).

    What is issued keeps its day, and so does what was extended with a signed reason.
    """
    extended = Extension.objects.filter(answer=OuterRef("pk"), to_on=OuterRef("due_on"))
    rows = answers_of(dialogue).exclude(state__in=DONE).exclude(Exists(extended))
    first = min(days.values(), default=None)
    found = [(row, days.get(row.opinion.sitting_id, first)) for row in rows]
    return [(row, day) for row, day in found if row.due_on != day]


def holds_no_answer(office: Office) -> Verdict:
    """No answer that is still owed is held by an office that is to be closed, or offered to it."""
    held = Answer.objects.filter(Q(lead=office) | Q(offered_to=office), opinion__state__in=OWED)
    count = held.exclude(state__in=DONE).exclude(opinion__dialogue__state__in=("closed", "cancelled")).count()
    if not count:
        return YES
    words = _(
        "Chưa đóng được: đơn vị này còn %(count)s trả lời chưa ban hành. Chuyển cho đơn vị khác hoặc trả lời xong trước."
    )
    return Verdict(words % {"count": count})


def answer_of(opinion: Opinion) -> Answer | None:
    """The answer that an opinion gets: its own, or that of the opinion it was merged into."""
    return answers_of(opinion.dialogue).filter(opinion=root_of(opinion)).first()


def proposals_of(dialogue: Dialogue) -> list[Proposal]:
    """What was proposed to other bodies, in the order in which it was drafted."""
    rows = Proposal.objects.filter(opinion__dialogue=dialogue)
    return list(rows.select_related("opinion", "office", "document", "trouble", "wish", "reply").order_by("pk"))


def commitments_of(dialogue: Dialogue) -> list[Commitment]:
    """What was promised, earliest day first."""
    return list(Commitment.objects.filter(dialogue=dialogue).select_related("office", "opinion", "what"))


def broken_promises(dialogue: Dialogue, today: date) -> list[Commitment]:
    """Promises whose day is over and that are not kept yet."""
    return [row for row in commitments_of(dialogue) if row.done_on is None and row.due_on < today]


# ---- words that an office has used before


def wordings_for(answer: Answer) -> list[Wording]:
    """The blocks of words of the lead office, those for the opinion's procedure first."""
    rows = Wording.objects.filter(office=answer.lead, retired_at=None).select_related("body", "procedure", "office")
    procedure = answer.opinion.procedure_id
    return sorted(rows, key=lambda row: (row.procedure_id != procedure or procedure is None, row.title))


@dataclass(frozen=True, slots=True)
class Past:
    """An answer that was given before to a like opinion: the likeness from 0 to 1, and what both opinions say."""

    answer: Answer
    score: float
    shared: tuple[str, ...]
    same_procedure: bool

    @property
    def percent(self) -> int:
        """The likeness in whole hundredths."""
        return round(self.score * 100)


def past_answers(answer: Answer, *, most: int = 3) -> list[Past]:
    """What the agency answered to like opinions, in any dialogue, the likest first. Denunciations are never looked at."""
    if answer.opinion.is_hidden:
        return []
    rows = Answer.objects.filter(opinion__dialogue__agency=answer.agency, state="issued", text__isnull=False)
    erased = Q(opinion__summary__isnull=False, opinion__summary__body=None)
    rows = rows.exclude(erased | Q(opinion__words__body=None) | Q(text__body=None)).exclude(pk=answer.pk)
    found = list(
        rows.exclude(opinion__kind=Opinion.Kind.DENUNCIATION)
        .order_by("pk")
        .values_list("opinion__code", "pk", "opinion__summary_id")
    )
    known = {code: pk for code, pk, _summary in found}
    index = _past_index(tuple((pk, summary) for _code, pk, summary in found))
    near = index.nearest(said(answer.opinion), most, least=LEAST, among=known.keys())
    whole = answers_with_words(known[one.code] for one in near)
    return [Past(whole[one.code], one.score, one.shared, _same_procedure(answer, whole[one.code])) for one in near]


def answers_with_words(keys: Iterable[int]) -> dict[str, Answer]:
    """These answers with what a page shows of them, by the code of their opinion."""
    rows = Answer.objects.filter(pk__in=list(keys)).select_related(
        "opinion__dialogue", "opinion__words", "opinion__summary", "opinion__procedure", "lead", "text", "document"
    )
    return {row.opinion.code: row for row in rows}


@lru_cache(maxsize=1)
def _past_index(keys: tuple[tuple[int, int | None], ...]) -> Index:
    """Built anew only when an answer was issued or somebody's words were erased, which forgets the one before: the page
    of an answer is opened many times between two notices."""
    rows = Answer.objects.filter(pk__in=[pk for pk, _summary in keys]).select_related(
        "opinion__words", "opinion__summary"
    )
    return Index((row.opinion.code, said(row.opinion)) for row in rows.order_by("pk"))


def _same_procedure(one: Answer, other: Answer) -> bool:
    return one.opinion.procedure_id is not None and one.opinion.procedure_id == other.opinion.procedure_id


# ---- what a signed paper says of an answer


def answers_in(document: Document) -> list[Answer]:
    """The answers that a paper may hold: that of a letter, or all of its dialogue for a notice or a synthesis."""
    rows = Answer.objects.exclude(text=None).select_related(
        "opinion__dialogue__agency", "opinion__person", "text", "document"
    )
    if document.kind == "answer":
        return list(rows.filter(document=document))
    if document.kind not in ("result_notice", "synthesis"):
        return []
    return list(rows.filter(opinion__dialogue__code=document.chain).order_by("opinion__ordinal"))


def wording_outside(answer: Answer, brought: Brought) -> str | None:
    """How a file that came back words this answer; None where it does not hold it, or words it as it is kept."""
    if not brought.is_readable or answer.text is None:
        return None
    kept, came = kept_texts(brought.document), brought.words.split("\n")
    text = str(answer.text)
    forms = [text, *(text.replace("Ông (bà)", form.capitalize()).replace("ông (bà)", form) for form in ("ông", "bà"))]
    found = rewordings(kept, came, list(dict.fromkeys(forms)))
    return next((words for words in found if words is not None), None)


def brought_about(answer: Answer) -> tuple[Brought, str] | None:
    """The last file that words this answer otherwise, with its words; None where none does."""
    rows = Brought.objects.filter(document__chain=answer.chain).exclude(state="dropped").select_related("document")
    for row in rows.order_by("-pk"):
        if any(concern["address"].endswith(f"/{answer.opinion.code}/") for concern in row.concerns):
            words = wording_outside(answer, row)
            if words is not None:
                return row, words
    return None


LACKING = {
    "text": gettext_lazy("chưa có nội dung trả lời"),
    "basis": gettext_lazy("chưa nêu quy định làm căn cứ"),
    "uptake": gettext_lazy("chưa ghi tiếp thu, tiếp thu một phần hay không tiếp thu"),
    "uptake_reason": gettext_lazy("chưa nêu lý do không tiếp thu hết"),
}


def lacking(answer: Answer) -> list[str]:
    """What an answer still lacks before it can be submitted, as keys of LACKING."""
    found = [name for name in ("text", "basis", "uptake") if not getattr(answer, name)]
    if answer.uptake in (Answer.Uptake.PART, Answer.Uptake.NONE) and not answer.uptake_reason:
        found.append("uptake_reason")
    return found
