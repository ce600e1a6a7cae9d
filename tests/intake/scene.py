"""People, opinions and papers of the Đông Hòa stage, as the tests of intake and answers need them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model

from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.journal.models import Entry
from doithoai.kernel.access import Actor, System
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster.models import Invitation
from doithoai.rules.vietnamese import fold
from tests.cast import Stage

NOW = datetime(2021, 12, 10, 2, 0, tzinfo=UTC)
"""Friday 10/12/2021, 09:00 in Đông Hòa: before the day, while opinions come in."""

AFTER = datetime(2021, 12, 23, 2, 0, tzinfo=UTC)
"""Thursday 23/12/2021, 09:00: the day after the sittings."""

SYSTEM = System("test")


def sitting_of(stage: Stage, ordinal: int = 1) -> Sitting:
    """The first sitting (household business, morning) or the second (construction, afternoon)."""
    return Sitting.objects.select_related("lead", "sector", "dialogue").get(dialogue=stage.dialogue, ordinal=ordinal)


def person(stage: Stage, name: str = "Trần Thị Mẫu", sex: str = "nữ", phone: str = "0900000001") -> Person:
    """A citizen of the first ward."""
    ward = stage.cast.agency.places.order_by("code").first()
    code = f"P{Person.objects.count() + 1:05d}"
    return Person.objects.create(
        agency=stage.cast.agency, code=code, name=name, name_folded=fold(name), sex=sex, phone=phone, ward=ward,
        group="Tổ dân phố Mẫu 3",
    )  # fmt: skip


def invitation(stage: Stage, who: Person, ordinal: int = 1) -> Invitation:
    """An issued invitation of a citizen to the first sitting."""
    sitting = sitting_of(stage)
    venue = stage.dialogue.venues.filter(is_central=False).order_by("ordinal")[0]
    return Invitation.objects.create(
        sitting=sitting, code=f"{sitting.code}-GM{ordinal:02d}", ordinal=ordinal, route="drawn", state="invited",
        person=who, venue=venue, selection_reason="Bốc thăm; hồ sơ HKD-0001",
    )  # fmt: skip


def holder_of(row: Invitation) -> Actor:
    """Whoever came by the invitation's personal link."""
    return Actor(ref="link:x", agency_id=row.sitting.agency.pk, link=("invitation", row.code))


def officer(stage: Stage, ordinal: int = 1) -> Actor:
    """The officer of the lead office of a sitting."""
    return stage.cast.officer(sitting_of(stage, ordinal).lead)


def lead_head(stage: Stage, ordinal: int = 1) -> Actor:
    """The head of the lead office of a sitting."""
    return stage.cast.head(sitting_of(stage, ordinal).lead)


def reception(stage: Stage) -> Actor:
    """Citizen reception: the head of the Office."""
    return stage.cast.head(stage.dialogue.secretariat)


def opinion(
    stage: Stage,
    words: str = "Sao hồ sơ của tôi phải nộp hai lần?",
    *,
    who: Person | None = None,
    actor: Actor | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Opinion:
    """One received opinion on the first sitting's sector, taken down on paper by the lead's officer."""
    fields.setdefault("sitting", sitting_of(stage))
    fields.setdefault("door", "paper")
    return intake.receive(
        stage.dialogue, words=words, person=who or person(stage), actor=actor or officer(stage), now=now, **fields
    )


def accepted(stage: Stage, words: str = "Sao hồ sơ của tôi phải nộp hai lần?", **fields: Any) -> Opinion:
    """One accepted opinion."""
    row = opinion(stage, words, **fields)
    return intake.accept(row, actor=officer(stage), now=NOW)


def issue(stage: Stage, document: Document, number: int = 7, *, now: datetime = NOW) -> Document:
    """The whole way of a paper from its draft to its number, by those whose acts these are."""
    drafter = stage.cast.officer(document.drafting)
    signer = stage.cast.head(document.issuer) if document.issuer else stage.cast.leader.as_actor()
    documents.submit(document, actor=drafter, now=now)
    documents.tick_content(document, actor=stage.cast.head(document.drafting), now=now)
    documents.tick_form(document, actor=reception(stage), now=now)
    documents.approve(document, actor=signer, now=now)
    documents.sign(document, actor=signer, now=now)
    documents.issue(document, number=number, actor=stage.cast.clerk.as_actor(), now=now + timedelta(minutes=5))
    document.refresh_from_db()
    return document


def entries(verb: str) -> list[dict[str, Any]]:
    """What the journal says of every act of this name, oldest first."""
    return [json.loads(row.body) for row in Entry.objects.filter(verb=verb).order_by("pk")]


def snapshot(*models: type[Model]) -> list[Any]:
    """Every row of these tables and the length of the journal: equal before and after where nothing was changed."""
    return [list(model._default_manager.order_by("pk").values()) for model in models] + [Entry.objects.count()]
