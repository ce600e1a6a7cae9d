"""What is owed to whom and by when, who holds it, and what nobody holds."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.answers.models import Answer, Commitment
from doithoai.directory.models import Office
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import reads_all
from doithoai.intake.queries import root_of
from doithoai.kernel.access import YES, Actor, Verdict
from doithoai.planning.models import Dialogue

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


def answer_of(opinion: Opinion) -> Answer | None:
    """The answer that an opinion gets: its own, or that of the opinion it was merged into."""
    return answers_of(opinion.dialogue).filter(opinion=root_of(opinion)).first()


def uncovered(dialogue: Dialogue) -> list[Opinion]:
    """Opinions that have neither an answer, nor a holder with a day, nor another lawful end: the notice waits for them."""
    held = answers_of(dialogue).filter(Q(state="issued") | Q(due_on__isnull=False))
    covered = set(held.values_list("opinion_id", flat=True))
    rows = Opinion.objects.filter(dialogue=dialogue, state__in=("received", "accepted")).order_by("ordinal")
    return [opinion for opinion in rows if opinion.pk not in covered]


def unanswered(dialogue: Dialogue) -> list[Opinion]:
    """Opinions still owed an answer, or handed on by a slip that has not left."""
    waiting = Q(state__in=("received", "accepted")) | Q(state="transferred", transfer__sent_on=None)
    return list(Opinion.objects.filter(waiting, dialogue=dialogue).order_by("ordinal"))


def all_covered(dialogue: Dialogue) -> Verdict:
    """A gate: a dialogue closes once every opinion got its answer or left for the competent body."""
    waiting = unanswered(dialogue)
    if not waiting:
        return YES
    total = Opinion.objects.filter(dialogue=dialogue).exclude(state="withdrawn").count()
    words = {"left": len(waiting), "total": total, "first": waiting[0].code}
    return Verdict(
        _("Chưa kết thúc được: còn %(left)s/%(total)s ý kiến chưa trả lời xong, trước hết là %(first)s.") % words
    )


def commitments_of(dialogue: Dialogue) -> list[Commitment]:
    """What was promised, earliest day first."""
    return list(Commitment.objects.filter(dialogue=dialogue).select_related("office", "opinion", "what"))


def broken_promises(dialogue: Dialogue, today: date) -> list[Commitment]:
    """Promises whose day is over and that are not kept yet."""
    return [row for row in commitments_of(dialogue) if row.done_on is None and row.due_on < today]


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
