"""A sitting is put off or not held: everybody invited to it is told, by telephone or at their office's desk."""

from datetime import datetime, timedelta

from django.db.models import Q

from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.people.actions import extend_links
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.words import by_machine, off_words, stop_news
from doithoai.roster.models import Invitation
from doithoai.roster.permissions import LINK
from doithoai.roster.queries import MAIN, OPEN


@verb("invitation.call_off", may=permissions.may_ask_again)
def call_off(sitting: Sitting, *, actor: Actor, now: datetime) -> list[Invitation]:
    """Tell whoever holds an open invitation what became of the sitting: put off, called off, or held in writing.

    Their places stay theirs and no reserve is called. In writing the personal link lives until the last day for
    sending opinions.
    """
    invited = Invitation.objects.filter(MAIN | Q(route=Invitation.Route.DELEGATE), sitting=sitting, state__in=OPEN)
    rows = list(invited.select_related("person", "venue__office", "office").order_by("ordinal"))
    words = off_words(sitting)
    for row in rows:
        stop_news(row)
        tell(
            sitting.agency,
            sitting.chain,
            key=f"{row.code}:{sitting.state}:{now.isoformat()}",
            body=words,
            person=row.person,
            office=None if row.person else row.office or row.venue.office,
            machine=by_machine(row, "called_off"),
            now=now,
        )
    _keep_links(sitting, rows)
    record(sitting.chain, sitting=sitting.code, told=len(rows))
    return rows


def _keep_links(sitting: Sitting, rows: list[Invitation]) -> None:
    until = sitting.dialogue.written_until
    if until is not None:
        ends = clock.at(until, 0, 0, sitting.agency.zone) + timedelta(days=1)
        codes = [row.code for row in rows]
        extend_links(sitting.agency, purpose=LINK, codes=codes, expires_at=ends)
