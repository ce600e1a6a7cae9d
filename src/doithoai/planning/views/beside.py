"""A draft part by part: its fields on one side, on the other the clauses they came from and what is unsure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _

from doithoai.planning.forms import DraftForm, DutyRow, VenueRow
from doithoai.planning.forms.parts import quotas_for
from doithoai.planning.imports import Doubt, Place, PlanDraft
from doithoai.planning.imports.chairs import LEADING
from doithoai.rules.vietnamese import short_date


@dataclass(frozen=True, slots=True)
class Source:
    """A clause of the plan, word for word."""

    where: str
    text: str


@dataclass(slots=True)
class Block:
    """One part of the draft; `at` is the place of the sitting it is about, in the draft."""

    slug: str
    title: str
    fields: list[forms.BoundField] = field(default_factory=list)
    venues: list[VenueRow] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    duties: list[DutyRow] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    is_spare: bool = False
    at: int | None = None


def blocks(draft: PlanDraft, form: DraftForm) -> list[Block]:
    """The parts in the order of a plan; every doubt stands in exactly one of them."""
    left = dict.fromkeys(draft.doubts)
    plan = _Plan(draft)
    mode = [_where_held(draft)]
    made = [
        _block(plan, left, _heading(draft, form), [Place.HEADING, Place.PREAMBLE]),
        _block(plan, left, Block("hinh-thuc", _("Hình thức"), [form["mode"], form["platform"]]), mode),
        _block(
            plan, left, Block("diem-cau", _("Điểm cầu"), venues=form.venue_rows()), [row.clause for row in draft.venues]
        ),
    ]
    for row in form.sitting_rows():
        is_spare = row.index == len(draft.sittings)
        title = _("Thêm một buổi") if is_spare else _("Buổi %(number)s") % {"number": row.index + 1}
        block = Block(f"buoi-{row.index + 1}", title, row.fields, is_spare=is_spare, at=row.index)
        made.append(_block(plan, left, block, [] if is_spare else _said_of(draft, row.index)))
        told = (
            {quota.clause: quota.text for quota in quotas_for(draft, draft.sittings[row.index])} if not is_spare else {}
        )
        block.sources = [Source(one.where, told.get(one.where, one.text)) for one in block.sources]
    made.append(
        _block(plan, left, _people(draft, form), [row.clause for row in draft.attendance if row.role in LEADING])
    )
    aims = Block("muc-dich", _("Mục đích, yêu cầu"), [form["purposes"], form["requirements"]])
    made.insert(1, _block(plan, left, aims, []))
    duties = Block("nhiem-vu", _("Nhiệm vụ"), duties=form.duty_rows())
    given = [row.clause for row in draft.duties] + [row.clause for row in draft.quotas]
    made.append(_block(plan, left, duties, _doubted(left, given)))
    made.append(_block(plan, left, Block("noi-nhan", _("Nơi nhận"), [form["recipients"]]), [Place.RECIPIENTS]))
    if left:
        rest = Block("cho-khac", _("Chỗ khác cần xem"))
        made.append(_block(plan, left, rest, [doubt.clause for doubt in left]))
    return made


def _heading(draft: PlanDraft, form: DraftForm) -> Block:
    facts = [
        (_("Cơ quan ban hành"), draft.issuer or ""),
        (_("Số, ký hiệu"), draft.number or f"……/{draft.symbol or '……'}"),
        (_("Ngày ban hành"), short_date(draft.date) if draft.date else ""),
        (_("Văn bản căn cứ"), draft.parent.number if draft.parent else ""),
    ]
    return Block("dau-van-ban", _("Đầu văn bản"), [form["subject"]], facts=facts)


def _people(draft: PlanDraft, form: DraftForm) -> Block:
    facts = [(_("Chủ trì, theo kế hoạch"), draft.chair or "")]
    facts.append((_("Người ký"), " / ".join(filter(None, (draft.signer.title, draft.signer.name)))))
    return Block(
        "thanh-phan", _("Chủ trì và thành phần"), [form["chair"], form["co_chair"], *form.people_fields()], facts=facts
    )


def _said_of(draft: PlanDraft, at: int) -> list[str]:
    """The clauses that speak of a sitting: its time, and who may be invited to it."""
    sitting = draft.sittings[at]
    return list(filter(None, (sitting.clause, *(row.clause for row in quotas_for(draft, sitting)))))


def _doubted(left: Iterable[Doubt], clauses: Iterable[str]) -> list[str]:
    doubted = {doubt.clause for doubt in left}
    return [clause for clause in dict.fromkeys(clauses) if clause in doubted]


def _where_held(draft: PlanDraft) -> str:
    """The clause that says how the dialogue is held: it names the platform, or says online or in person."""
    said = [draft.platform_as_written or "", draft.platform or "", "trực tuyến", "trực tiếp", "hình thức"]
    for words in filter(None, (text.lower() for text in said)):
        found = [row.path for row in draft.clauses if words in row.text.lower() and not row.text.isupper()]
        if found:
            return found[0]
    return Place.BODY


def _block(plan: "_Plan", left: dict[Doubt, None], block: Block, clauses: Iterable[str]) -> Block:
    """The block with its clauses, and with those doubts about them that no earlier block has."""
    own = list(dict.fromkeys(clauses))
    block.sources = [source for clause in own if (source := plan.source(clause))]
    block.doubts = [doubt for doubt in left if doubt.clause in own]
    for doubt in block.doubts:
        del left[doubt]
    return block


class _Plan:
    """The plan's own words by the place where they stand."""

    def __init__(self, draft: PlanDraft) -> None:
        self.texts = {row.path: f"{row.marker} {row.text}".strip() for row in draft.clauses}
        self.texts[Place.PREAMBLE] = "\n".join(draft.preamble)
        self.texts[Place.CLOSING] = "\n".join(draft.closing)
        self.texts[Place.RECIPIENTS] = "\n".join(draft.recipients)
        self.texts[Place.SIGNATURE] = "\n".join(
            filter(None, (draft.signer.capacity, draft.signer.title, draft.signer.name))
        )

    def source(self, clause: str) -> Source | None:
        """The words at a place; a paragraph without its own marker is quoted with the clause it stands under."""
        text = self.texts.get(clause) or self.texts.get(re.sub(r"\(\d+\)$", "", clause))
        return Source(clause, text) if text else None
