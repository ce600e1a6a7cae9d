"""Who may be drawn, who stands next, who answered, and who came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from doithoai.directory.models import Place
from doithoai.directory.queries import calendar_of, profile_of
from doithoai.documents.models import Document
from doithoai.kernel import clock
from doithoai.kernel.access import YES, Actor, Verdict
from doithoai.outbox.models import Message
from doithoai.outbox.queries import failed
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster.models import Exclusion, Invitation, Pool, Record, RecordBatch
from doithoai.roster.queries.wards import quota_wards
from doithoai.roster.queries.wards import ward_notes as ward_notes
from doithoai.roster.queries.wards import wards_of as wards_of
from doithoai.rules import replies
from doithoai.rules.draw import AnyRules, PoolRow, thaw

OPEN = ("invited", "accepted", "lapsed")
"""States of somebody who is invited and has neither come nor given up the place."""

Route = Invitation.Route
MAIN = Q(route__in=(Route.DRAWN, Route.CHOSEN, Route.REGISTERED)) | Q(route=Route.RESERVE, in_place_of__isnull=False)
"""Citizens who hold a place: drawn, chosen by hand, registered, or a reserve that was called."""


IS_DELEGATE = Q(route=Route.DELEGATE)
"""Delegates, invited by office."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """One citizen who may be drawn, with the newest finished file that proves it (R46, R47)."""

    person: Person
    ward: Place
    record: Record


def seats_of(sitting: Sitting) -> int:
    """How many citizens the plan has for a sitting; its expected turns where it names no number to invite."""
    return sitting.quota or sitting.expected


def eligible(sitting: Sitting) -> list[Eligible]:
    """Citizens who did a finished procedure of the sitting's sector and live in the plan's wards.

    Left out is whoever already stands on the list of this sitting, or was given a place at another sitting of
    the same dialogue: nobody gets a second turn where others wait for a first; and whoever is kept out by name.
    """
    newest: dict[int, Eligible] = {}
    for record in _proofs(sitting).order_by("person_id", "received_on", "pk"):
        ward = record.person.ward
        assert ward is not None  # the filter asks for wards
        newest[record.person_id] = Eligible(record.person, ward, record)
    return list(newest.values())


def _proofs(sitting: Sitting) -> QuerySet[Record]:
    dialogue = sitting.dialogue
    listed = Invitation.objects.filter(sitting__dialogue=dialogue, person__isnull=False).exclude(state="struck")
    taken = listed.filter(Q(sitting=sitting) | MAIN).values("person_id")
    return (
        Record.objects.filter(batch__dialogue=dialogue, sector_id=sitting.sector_id)
        .filter(person__kind=Person.Kind.CITIZEN, person__ward__in=wards_of(sitting))
        .exclude(person_id__in=taken)
        .exclude(person_id__in=Exclusion.objects.filter(sitting=sitting).values("person_id"))
        .select_related("person__ward", "procedure")
    )


def why_not(sitting: Sitting, person: Person) -> str:
    """Why this person cannot be invited to this sitting under the plan; "" where they can.

    Organisations take part too (R02) and live nowhere: for them only the procedure counts.
    """
    if person.agency_id != sitting.dialogue.agency_id:
        return _("Không tìm thấy người này trong danh sách của cơ quan.")
    if Invitation.objects.filter(sitting=sitting, person=person).exclude(state="struck").exists():
        return _("Người này đã có tên trong danh sách của buổi; dự bị được gọi theo đúng thứ tự bốc thăm.")
    if (kept_out := Exclusion.objects.filter(sitting=sitting, person=person).first()) is not None:
        return _("Người này đã bị loại khỏi danh sách của buổi: %(ground)s, %(reason)s.") % {
            "ground": kept_out.get_ground_display(),
            "reason": kept_out.reason.rstrip("."),
        }
    if not Record.objects.filter(person=person, sector_id=sitting.sector_id).exists():
        return _("Người này chưa có hồ sơ đã giải quyết xong của lĩnh vực %(sector)s tại Bộ phận Một cửa.") % {
            "sector": sitting.sector.name
        }
    wards = wards_of(sitting)
    if person.kind == Person.Kind.CITIZEN and person.ward not in wards:
        return _("Người này không cư trú tại %(wards)s.") % {"wards": _either(wards)}
    return ""


def why_none(sitting: Sitting) -> str:
    """Why nobody can be drawn for a sitting, in one sentence with its counts; "" where somebody can."""
    if eligible(sitting):
        return ""
    if not wards_of(sitting):
        named = {"wards": "; ".join(quota_wards(sitting)) or sitting.dialogue.territory}
        return (
            _("Không có ai đủ điều kiện: danh mục địa danh của cơ quan chưa có nơi cư trú kế hoạch ghi (%(wards)s).")
            % named
        )
    batches = RecordBatch.objects.filter(dialogue=sitting.dialogue)
    if not batches.exists():
        return _("Chưa có hồ sơ nào: cần tệp hồ sơ của Bộ phận Một cửa.")
    counted = left_out(sitting.dialogue)
    return _(
        "Không có ai đủ điều kiện: chưa có hồ sơ đã giải quyết xong của lĩnh vực %(sector)s do người cư trú tại "
        "%(wards)s nộp. Ngoài danh sách có %(elsewhere)s người ở nơi khác, %(other)s người của lĩnh vực khác, "
        "%(unfinished)s người có hồ sơ chưa xong."
    ) % {
        "sector": sitting.sector.name,
        "wards": _either(wards_of(sitting)),
        "elsewhere": counted["elsewhere"],
        "other": counted["other_sector"],
        "unfinished": counted["unfinished"],
    }


def left_out(dialogue: Dialogue) -> Counter[str]:
    """How many people of the uploaded files the plan cannot invite, by reason: elsewhere, other_sector, unfinished."""
    counted: Counter[str] = Counter()
    for row in RecordBatch.objects.filter(dialogue=dialogue).values_list("left_out", flat=True):
        counted.update(row)
    return counted


def _either(wards: Sequence[Place]) -> str:
    return _(" hoặc ").join(str(ward) for ward in wards)


def frozen(pool: Pool) -> tuple[list[PoolRow], AnyRules]:
    """Pool and rules exactly as they were frozen and committed to."""
    return thaw(pool.canonical)


def ward_names(pool: Pool) -> dict[str, str]:
    """The names for people of the pool's groups, by their code: wards, or where several quotas hold all that counts."""
    groups = pool.counts.get("groups")
    if groups is not None:
        return {row["group"]: row["name"] for row in groups}
    return {row["ward"]: row["name"] for row in pool.counts["wards"]}


def venue_for(dialogue: Dialogue, ward: Place | None) -> Venue:
    """Where a person of that ward sits: the venue of the ward, the central one where it has none (R37)."""
    venues = list(Venue.objects.filter(dialogue=dialogue))
    own = [venue for venue in venues if ward is not None and venue.ward_id == ward.pk]
    return next(iter(own), next(venue for venue in venues if venue.is_central))


def invitations_of(sitting: Sitting) -> list[Invitation]:
    """Everybody on the list of a sitting, reserves and delegates too, in the order of the list."""
    return list(_with_people().filter(sitting=sitting).order_by("ordinal"))


def _with_people() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("person__ward", "venue", "office", "document", "member", "in_place_of")


def places_of(sitting: Sitting) -> list[Invitation]:
    """The citizens who hold a place at a sitting, called reserves included, taken-back ones not."""
    rows = _with_people().filter(MAIN, sitting=sitting).exclude(state__in=("struck", "withdrawn", "declined"))
    return list(rows.order_by("venue__ordinal", "ordinal"))


def delegates_of(sitting: Sitting) -> list[Invitation]:
    """The delegates of a sitting, venue by venue."""
    rows = _with_people().filter(sitting=sitting, route=Route.DELEGATE).exclude(state__in=("struck", "withdrawn"))
    return list(rows.order_by("venue__ordinal", "ordinal"))


def awaiting_letter(sitting: Sitting) -> list[Invitation]:
    """Citizens who hold a place and whose letter has not been issued."""
    return [row for row in places_of(sitting) if row.state == "drawn"]


def letters_current(document: Document) -> Verdict:
    """Whether the letters of a paper go to exactly those who are invited now: a gate of submitting and issuing.

    No where a name was struck, declined or withdrawn since, or where a reserve stepped into the batch.
    """
    if document.kind != "invitation":
        return YES
    gone = Invitation.objects.filter(
        code__in=document.copy_rows.values("recipient"), state__in=("struck", "declined", "withdrawn")
    )
    sitting = Sitting.objects.filter(code=document.about).first()
    waiting = awaiting_letter(sitting) if sitting else []
    joined = [row for row in waiting if row.in_place_of_id and row.document_id != document.pk]
    names = ", ".join([*gone.values_list("code", flat=True), *(row.code for row in joined)])
    return (
        Verdict(_("Danh sách mời đã đổi (%(codes)s): soạn lại giấy mời rồi trình.") % {"codes": names})
        if names
        else YES
    )


def visible_to(actor: Actor, dialogue: Dialogue) -> list[Invitation]:
    """The invitations of a dialogue that an actor may see by name: all for its agency's staff, one for a link."""
    rows = _with_people().filter(sitting__dialogue=dialogue)
    if actor.is_staff and actor.agency_id == dialogue.agency_id:
        return list(rows)
    purpose, code = actor.link or ("", "")
    return list(rows.filter(code=code)) if purpose == "invitation" else []


def reply_day(sitting: Sitting, invited_on: date) -> date:
    """The last day to answer an invitation to a sitting, by the rules its agency follows."""
    calendar, rule = calendar_of(sitting.agency), profile_of(sitting.agency).reply
    return replies.reply_day(calendar, rule, held_on=sitting.day, invited_on=invited_on)


def silent(sitting: Sitting, today: date) -> list[Invitation]:
    """Citizens invited to a sitting who have not answered though their reply day is over."""
    zone = sitting.agency.zone
    rows = Invitation.objects.filter(MAIN, sitting=sitting, state="invited", invited_at__isnull=False)
    return [
        row
        for row in rows.order_by("ordinal")
        if row.invited_at and reply_day(sitting, clock.day_of(row.invited_at, zone)) < today
    ]


def not_noted(sitting: Sitting) -> list[Invitation]:
    """Everybody invited of whom neither presence nor absence is noted."""
    return list(_with_people().filter(sitting=sitting, state__in=OPEN).order_by("ordinal"))


def attendance_figures(dialogue: Dialogue, sitting: Sitting | None = None) -> dict[str, int]:
    """How many citizens were invited and what became of them, of a dialogue or of one sitting.

    `invited` (called reserves included) = `attended` (in person) + `substituted` + `absent_with_reason`
    + `absent_without` + `released`. Released is who gave the place up and saw it pass to a reserve, and whose
    invitation was withdrawn; who declined and was not replaced is absent, with the reason given. Who has not
    come, whatever they answered, is absent: before the sitting that is everybody. `walk_in` counts, beside these,
    citizens who came without an invitation.
    """
    rows = Invitation.objects.filter(sitting__dialogue=dialogue).exclude(route=Route.DELEGATE)
    if sitting is not None:
        rows = rows.filter(sitting=sitting)
    facts = rows.values_list("route", "state", "substitute", "reason", "replaced_by")
    counted = Counter(outcome(*fact) for fact in facts)
    names = ("attended", "substituted", "absent_with_reason", "absent_without", "released")
    figures = {name: counted[name] for name in names}
    return {"invited": sum(figures.values()), **figures, "walk_in": counted["walk_in"]}


def outcome(route: str, state: str, substitute: str, reason: str, replaced_by: int | None) -> str:
    """What became of one invitation, by the names of `attendance_figures`; not_invited and not_there count nowhere."""
    if route == Route.WALK_IN:
        return "walk_in" if state == "attended" else "not_there"
    if state in ("drawn", "struck"):
        return "not_invited"
    if state == "attended":
        return "substituted" if substitute else "attended"
    if state == "withdrawn" or (state == "declined" and replaced_by is not None):
        return "released"
    given = state in ("absent", "declined") and reason
    return "absent_with_reason" if given else "absent_without"


def messages_of(invitation: Invitation) -> QuerySet[Message]:
    """Everything told about an invitation, oldest first."""
    begins = f"{invitation.chain}:{invitation.code}:"
    return Message.objects.filter(chain=invitation.chain, key__startswith=begins).order_by("written_at", "pk")


def undelivered(sitting: Sitting) -> list[tuple[Invitation, Message]]:
    """News about invitations of a sitting that no machine brought and nobody has told: whom to call, and why.

    What an answer or a handed-over letter has overtaken is left out.
    """
    messages = list(failed(sitting.chain).filter(key__startswith=f"{sitting.chain}:{sitting.code}-M"))
    rows = {row.code: row for row in _with_people().filter(sitting=sitting)} if messages else {}
    found = []
    for message in messages:
        row = rows.get(message.key.removeprefix(f"{sitting.chain}:").partition(":")[0])
        if row is not None and not _is_overtaken(row, message):
            row.sitting = sitting
            found.append((row, message))
    return found


def _is_overtaken(row: Invitation, message: Message) -> bool:
    if message.kind in ("withdrawn", "called_off"):
        return (row.state == "withdrawn") != (message.kind == "withdrawn")
    answered = row.state not in ("invited", "lapsed")
    return answered or (message.channel == Message.Channel.HAND and row.delivered_at is not None)


def by_spoken(agency_id: int, code: str) -> Invitation | None:
    """The invitation whose letter carries these six digits; None for a code that no letter carries."""
    if not code:
        return None
    rows = Invitation.objects.filter(sitting__dialogue__agency_id=agency_id, spoken=code)
    return rows.select_related("sitting__dialogue").first()
