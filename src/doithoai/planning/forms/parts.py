"""The rows of a plan beside its sittings and venues, as they are typed: who may be invited, who does what, who attends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as __

from doithoai.planning.forms.fields import choice_field, count_field, day_field, line_field
from doithoai.planning.imports import AttendeeDraft, Due, DutyDraft, Place, PlanDraft, Quota, SittingDraft
from doithoai.planning.imports.chairs import LEADING
from doithoai.rules.vietnamese import count, fold, squeeze

EVENTS: Final = {
    "truoc": ("before", "dialogue"),
    "sau": ("after", "conference_end"),
    "ban-hanh": ("after", "issue"),
}
EVENT_WORDS: Final = (
    ("truoc", __("trước ngày đối thoại")),
    ("sau", __("sau khi kết thúc đối thoại")),
    ("ban-hanh", __("sau khi ban hành kế hoạch")),
)
UNIT_WORDS: Final = (("day", __("ngày")), ("working_day", __("ngày làm việc")))
DUTY_FIELDS: Final = ("office", "what", "supporting", "count", "unit", "event", "due_on")


def lines_of(text: str) -> tuple[str, ...]:
    """What was typed line by line, without marks."""
    return tuple(line for raw in text.splitlines() if (line := squeeze(raw).lstrip("-+• ").rstrip(";")))


# ---- who may be invited


def quotas_for(draft: PlanDraft, sitting: SittingDraft) -> list[Quota]:
    """The quotas that hold for a sitting: those of its sector, and those that name none."""
    wanted = fold(sitting.sector or "")
    return [row for row in draft.quotas if fold(row.sector or sitting.sector or "") == wanted]


def wards_field(known: Sequence[str], named: Sequence[str]) -> forms.MultipleChoiceField:
    """Places of residence to tick: those the agency knows, and those that only the plan names."""
    folded = {fold(place) for place in known}
    strange = [place for place in named if fold(place) not in folded]
    return forms.MultipleChoiceField(
        label=__("Nơi cư trú của người được mời"),
        choices=[(place, place) for place in [*known, *strange]],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=__("Không chọn nơi nào là cả địa bàn của cơ quan"),
        error_messages={"invalid_choice": __("có nơi không có trong danh sách.")},
    )


def ticked(known: Sequence[str], named: Sequence[str]) -> list[str]:
    """Those of the choices that the plan names."""
    by_key = {fold(place): place for place in known}
    return [by_key.get(fold(place), place) for place in named]


def quotas_said(
    draft: PlanDraft, sittings: Sequence[SittingDraft], said: Sequence[Mapping[str, Any]]
) -> tuple[Quota, ...]:
    """The quotas with what was typed of each sitting; those of the plan as they stand where nothing differs."""
    found: list[Quota] = []
    for row, values in zip(sittings, said, strict=True):
        own = quotas_for(draft, row)
        found += _quota(row, own, tuple(values["wards"]), squeeze(values["desk"]) or None)
    same = list(dict.fromkeys(found))
    return draft.quotas if set(same) == set(draft.quotas) else tuple(same)


def _quota(row: SittingDraft, own: Sequence[Quota], wards: tuple[str, ...], desk: str | None) -> Iterator[Quota]:
    """Several quotas of one sitting keep their numbers while they add up to what is invited."""
    if own and row.invite in (
        None,
        sum(quota.count for quota in own),
        *(quota.count for quota in own if len(own) == 1),
    ):
        yield from (replace(quota, wards=_same(quota.wards, wards), desk=desk) for quota in own)
    elif own:
        yield replace(own[0], count=row.invite or 0, sector=row.sector, wards=_same(own[0].wards, wards), desk=desk)
    elif row.invite and (wards or desk):
        text = f"mời {count(row.invite, 'công dân')} đã làm thủ tục lĩnh vực {row.sector or '……'}"
        yield Quota(row.lead_office, row.invite, row.sector, row.half_day, wards, desk, text, row.clause)


def _same(was: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """As the plan spells and orders them, where they are the same places."""
    return was if {fold(place) for place in was} == {fold(place) for place in now} else now


# ---- who does what


def duty_fields(offices: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    """The fields of one duty."""
    made: dict[str, forms.Field] = {
        "office": choice_field(__("Đơn vị"), offices),
        "what": line_field(__("Việc được giao"), 1500, rows=3),
        "supporting": line_field(__("Phối hợp, nhiều nơi cách nhau dấu “;”"), 600),
        "count": count_field(__("Thời hạn, số ngày")),
        "unit": choice_field(__("Loại ngày"), UNIT_WORDS),
        "event": choice_field(__("Tính"), EVENT_WORDS),
        "due_on": day_field(),
    }
    made["due_on"].label = __("Hoặc đúng ngày")
    return {name: made[name] for name in DUTY_FIELDS}


def duty_initial(row: DutyDraft, office: str) -> dict[str, Any]:
    """A duty as its fields show it."""
    due = row.due
    event = next((key for key, of in EVENTS.items() if due and of == (due.before_or_after, due.anchor)), "")
    return {
        "office": office,
        "what": row.what,
        "supporting": "; ".join(row.supporting),
        "count": due.count if due else None,
        "unit": due.unit if due else "",
        "event": event,
        "due_on": row.due_on,
    }


def duty_problem(said: Mapping[str, Any]) -> bool:
    """Whether a term was typed that cannot be counted: a number, its unit and its event belong together."""
    given = [said["count"], said["unit"], said["event"]]
    return any(given) and not all(given)


def duty_said(was: DutyDraft | None, said: Mapping[str, Any], known: str) -> DutyDraft:
    """A duty as typed. `known` is the agency's office that the plan means: chosen still, the plan's own name stays."""
    due = None
    if said["count"] and said["unit"] and said["event"]:
        side, anchor = EVENTS[said["event"]]
        due = Due(said["count"], said["unit"], side, anchor)  # type: ignore[arg-type]  # of the three events
    supporting = tuple(part for raw in said["supporting"].split(";") if (part := squeeze(raw)))
    office = was.office if was and said["office"] == known else said["office"]
    what = was.what if was and squeeze(was.what) == squeeze(said["what"]) else squeeze(said["what"])
    return DutyDraft(office, what, due, said["due_on"], supporting, was.clause if was else "")


# ---- who attends


def attendees_initial(draft: PlanDraft, venue: str | None) -> str:
    """Who attends at a venue (None: at every local one) beside those who chair, a line each."""
    return "\n".join(row.who for row in draft.attendance if row.venue == venue and row.role not in LEADING)


def attendees_said(draft: PlanDraft, typed: Sequence[tuple[str | None, str, str | None]]) -> tuple[AttendeeDraft, ...]:
    """The composition; `typed` are (venue as it was, what was typed, venue as it is now). Those who chair stay."""
    renamed = {was: now for was, _text, now in typed}
    found = [
        replace(row, venue=renamed.get(row.venue, row.venue))
        for row in draft.attendance
        if row.role in LEADING and renamed.get(row.venue, row.venue) != ""
    ]
    for was, text, now in typed:
        if now == "":
            continue
        known = {row.who: row for row in draft.attendance if row.venue == was and row.role not in LEADING}
        for who in lines_of(text):
            role = "citizen" if "công dân" in who.casefold() else "delegate"
            new = AttendeeDraft(now, who, role, (), "")  # type: ignore[arg-type]  # one of the two just named
            found.append(replace(known[who], venue=now) if who in known else new)
    order = {row.who: at for at, row in enumerate(draft.attendance)}
    same = sorted(found, key=lambda row: order.get(row.who, len(order)))
    return draft.attendance if set(same) == set(draft.attendance) else tuple(found)


def as_before(before: tuple[str, ...], typed: str) -> tuple[str, ...]:
    """Lines as typed; those of before with their own marks where nothing else changed."""
    found = lines_of(typed)
    return before if found == lines_of("\n".join(before)) else found


def led_by(attendance: Sequence[AttendeeDraft], words: str) -> tuple[AttendeeDraft, ...]:
    """Those who attend, with these co-chairs after the chair in place of the ones that were read."""
    named = [part for part in words.split("; ") if part]
    rest = [row for row in attendance if row.role != "co_chair" or row.who in named]
    new = [who for who in named if all(row.who != who for row in rest)]
    at = next((place for place, row in enumerate(rest) if row.role == "chair"), None)
    if at is None:
        return (*(AttendeeDraft(None, who, "co_chair", (), Place.BODY) for who in new), *rest)
    return (*rest[: at + 1], *(replace(rest[at], who=who, role="co_chair") for who in new), *rest[at + 1 :])
