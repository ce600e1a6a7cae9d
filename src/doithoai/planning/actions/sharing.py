"""The paper of a plan after its wording: one, whichever dialogue it is corrected at of those that share the plan."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from doithoai.documents.actions import rewrite
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.planning.actions.notices import UNSENT
from doithoai.planning.models import Dialogue, Recipient
from doithoai.planning.papers import plan_paper

WORDING: Final = ("preamble", "clauses", "closing", "recipients")


def is_wordable(dialogue: Dialogue) -> bool:
    """Whether its plan may be corrected: a draft, and its paper, own or shared, not submitted."""
    plan = dialogue.plan_in_force
    return dialogue.state == "draft" and (plan is None or plan.state in UNSENT)


def follow(dialogue: Dialogue, before: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Bring the draft of the paper to the wording of a dialogue, and that of the dialogues that share its plan.

    `before` is its wording as it was. NotNow where clauses of a shared plan were added or taken out: the others' data
    stand by the places of its clauses.
    """
    first = dialogue.common or dialogue
    others = [row for row in (first, *first.parts.filter(state="draft").order_by("code")) if row.pk != dialogue.pk]
    if others and _places(before) != _places(dialogue.plan_text):
        words = _(
            "Chưa sửa được: kế hoạch này chung với cuộc %(codes)s nên không thêm, bớt mục được; chỉ sửa mục đang có."
        )
        raise NotNow(words % {"codes": ", ".join(row.code for row in others)})
    for other in others:
        _share(dialogue, other, anew=before["recipients"] != dialogue.plan_text["recipients"])
    if first.plan is not None:
        rewrite(first.plan, plan_paper(first, on=clock.day_of(now, first.agency.zone)), actor=actor, now=now)


def _places(text: Mapping[str, Any]) -> list[str]:
    return [row["path"] for row in text["clauses"]]


def _share(dialogue: Dialogue, other: Dialogue, *, anew: bool) -> None:
    """Give another dialogue of the plan its wording and grounds; its recipients too where they are `anew`."""
    wording = {name: dialogue.plan_text[name] for name in WORDING}
    write(other, plan_text={**other.plan_text, **wording}, bases=dialogue.bases)
    if anew:
        other.recipients.all().delete()
        Recipient.objects.bulk_create(
            Recipient(dialogue=other, ordinal=row.ordinal, text=row.text, office_id=row.office_id)
            for row in dialogue.recipients.order_by("ordinal")
        )
