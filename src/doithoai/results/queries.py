"""What became of every opinion, counted from the very rows that the notice reports."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from doithoai.answers.models import Answer
from doithoai.intake.models import Opinion
from doithoai.kernel.access import YES, Verdict
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine, ResultNotice

Outcome = NoticeLine.Outcome
BY_STATE = {"guided": Outcome.GUIDED, "transferred": Outcome.TRANSFERRED, "not_taken": Outcome.NOT_TAKEN}


def opinions_of(dialogue: Dialogue) -> list[Opinion]:
    """Every opinion of a dialogue with what its line needs, in the order of sittings and receipt."""
    rows = Opinion.objects.filter(dialogue=dialogue).select_related(
        "sitting__sector", "sitting__lead", "person__ward", "words", "summary", "public_words", "procedure",
        "answer__lead", "answer__text", "answer__document", "merged_into__answer", "transfer__document", "guidance",
    )  # fmt: skip
    return sorted(rows.prefetch_related("answer__extensions", "commitments"), key=_place)


def _place(opinion: Opinion) -> tuple[int, int]:
    return (opinion.sitting.ordinal if opinion.sitting else 99, opinion.ordinal)


def answer_of(opinion: Opinion) -> Answer | None:
    """The answer that covers an opinion: its own, or that of the one it was merged into."""
    if opinion.state == "merged" and opinion.merged_into is not None:
        return answer_of(opinion.merged_into)
    return getattr(opinion, "answer", None)


def outcome_of(opinion: Opinion) -> NoticeLine.Outcome | None:
    """What has become of an opinion now; None while nobody has answered or holds it."""
    if opinion.state == "merged" and opinion.merged_into is not None:
        return outcome_of(opinion.merged_into)
    if opinion.state in BY_STATE:
        return BY_STATE[opinion.state]
    answer = answer_of(opinion)
    if opinion.state == "closed" or (answer is not None and answer.state in ("approved", "issued", "replaced")):
        return Outcome.ANSWERED
    return Outcome.IN_HAND if answer is not None and answer.due_on is not None else None


def uncovered(dialogue: Dialogue) -> list[Opinion]:
    """Opinions with neither an answer nor a holder and a day; withdrawn ones are none of the notice's business."""
    return [row for row in opinions_of(dialogue) if row.state != "withdrawn" and outcome_of(row) is None]


def covers_all(subject: Any) -> Verdict:
    """Gate: a result notice is not issued, nor a dialogue closed, while an opinion is uncovered."""
    dialogue = subject if isinstance(subject, Dialogue) else _dialogue_of(subject)
    missing = uncovered(dialogue) if dialogue else []
    if not missing:
        return YES
    return Verdict(_("Chưa ban hành được: ý kiến %(code)s chưa có trả lời hay người giữ.") % {"code": missing[0].code})


def _dialogue_of(document: Any) -> Dialogue | None:
    if document.kind != "result_notice":
        return None
    return Dialogue.objects.filter(notice__document=document).first()


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
    """Opinions by outcome, frozen as the notice was issued, or as they stand while it is not."""
    rows = opinions_of(dialogue)
    frozen = dict(NoticeLine.objects.filter(notice__dialogue=dialogue).values_list("opinion_id", "outcome"))
    counted = [row for row in rows if row.state != "withdrawn"]
    outcomes = Counter(_frozen_outcome(row, frozen) for row in counted)
    return {
        "received": len(rows),
        "withdrawn": len(rows) - len(counted),
        "merged": sum(row.state == "merged" or row.merged_into_id is not None for row in counted),
        **{name.value: outcomes[name.value] for name in Outcome},
        "denunciations": sum(row.is_hidden for row in counted),
    }


def _frozen_outcome(opinion: Opinion, frozen: dict[int, str]) -> str:
    if opinion.pk in frozen:
        return frozen[opinion.pk]
    now = outcome_of(opinion)
    return now.value if now else ""


def notice_figures(dialogue: Dialogue) -> dict[str, int]:
    """Lines of the notice, and how many of them stand on the public page."""
    lines = NoticeLine.objects.filter(notice__dialogue=dialogue)
    return {"lines": lines.count(), "published": lines.filter(public__isnull=False).count()}


def differences(dialogue: Dialogue) -> list[Difference]:
    """Where the figures of opinions and notice do not add up, and which rows differ."""
    opinions, notice = opinion_figures(dialogue), notice_figures(dialogue)
    owed = opinions["received"] - opinions["withdrawn"]
    rows = opinions_of(dialogue)
    settled = sum(opinions[name.value] for name in Outcome)
    listed = set(NoticeLine.objects.filter(notice__dialogue=dialogue).values_list("opinion_id", flat=True))
    unlisted = tuple(
        row.code for row in rows if row.pk not in listed and row.state != "withdrawn" and not row.is_hidden
    )
    hidden = tuple(
        NoticeLine.objects.filter(notice__dialogue=dialogue, public=None).values_list("opinion__code", flat=True)
    )
    checks = (
        ("Ý kiến", owed, settled, tuple(row.code for row in uncovered(dialogue))),
        ("Dòng thông báo", notice["lines"], owed - opinions["denunciations"], unlisted),
        ("Dòng đã công khai", notice["published"], notice["lines"], hidden),
    )
    return [Difference(*check) for check in checks if check[1] != check[2]]
