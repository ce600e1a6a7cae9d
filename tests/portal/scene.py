"""The Đông Hòa dialogue after its notice: lines and papers made public, as anyone finds them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doithoai.answers.models import Answer
from doithoai.documents import actions as documents
from doithoai.documents.actions import Print
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.journal.models import Entry
from doithoai.kernel import clock, plugs
from doithoai.people.models import Text
from doithoai.portal import actions as portal
from doithoai.portal.models import Publication, PublicLine
from doithoai.portal.queries import searchable
from doithoai.results.models import NoticeLine, ResultNotice
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import SYSTEM
from tests.results import scene as ending
from tests.results.scene import LAST_DAY

MONDAY = datetime(2022, 1, 3, 2, 0, tzinfo=UTC)
"""Monday 03/01/2022, 09:00: the first working day after the notice."""


def visitor(now: datetime = MONDAY) -> Client:
    """Anyone's browser, on a stopped clock."""
    clock.stand_at(now)
    return Client(headers={"accept-language": "vi"})


def seen(path: str, now: datetime = MONDAY) -> str:
    """What anyone reads there."""
    response = visitor(now).get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def home(stage: Stage) -> str:
    """The address of the dialogue's public page."""
    return f"/cong-khai/{stage.dialogue.code}/"


def sealed(document: Document) -> Document:
    """The paper with files, as the worker leaves it, without rendering."""
    digest = plugs.files().put(b"%PDF- " + document.code.encode())
    prints = [Print(digest, digest, 180_000, 40_000)] * (1 + document.copy_rows.count())
    documents.seal(document, prints, actor=SYSTEM, now=LAST_DAY)
    document.refresh_from_db()
    return document


def publish_paper(stage: Stage, document: Document, *, now: datetime = LAST_DAY) -> Publication:
    """The editor makes a paper public."""
    editor = stage.cast.editor.as_actor()
    return portal.publish_paper(stage.dialogue, document, title=document.subject, actor=editor, now=now)


def publish_lines(stage: Stage) -> list[PublicLine]:
    """The editor makes the lines public."""
    return portal.publish_lines(stage.dialogue, actor=stage.cast.editor.as_actor(), now=LAST_DAY)


def published(stage: Stage) -> ending.Mixed:
    """Opinions that ended in every way, the notice issued, and all its lines public."""
    rows = ending.mixed(stage)
    ending.issued(stage)
    publish_lines(stage)
    return rows


def one_line(stage: Stage) -> PublicLine:
    """A notice of one answered opinion, its line public."""
    answering.approved(stage, scene.accepted(stage, "Nhà tôi sửa mái hiên, hồ sơ bị trả hai lần"))
    ending.issued(stage)
    return publish_lines(stage)[0]


def more_lines(line: PublicLine, count: int) -> None:
    """As many lines beside this one, each with an opinion and an answer of its own."""
    notice, first = line.line.notice, line.line.opinion
    answer = Answer.objects.get(opinion=first)
    for at in range(1, count + 1):
        words = Text.objects.create(agency=first.agency, body=f"Điều thứ {at}", salt="s", digest=_digest(at))
        opinion = Opinion.objects.create(
            dialogue=first.dialogue, sitting=first.sitting, code=f"{first.dialogue.code}-YK{100 + at}", ordinal=100 + at,
            person=first.person, door="paper", state="closed", words=words, received_at=first.received_at,
        )  # fmt: skip
        Answer.objects.create(
            opinion=opinion, lead=answer.lead, state="issued", document=answer.document, item=1 + at,
            due_on=answer.due_on, issued_on=answer.issued_on,
        )  # fmt: skip
        _line(notice, opinion, 1 + at)


def _line(notice: ResultNotice, opinion: Opinion, number: int) -> None:
    made = NoticeLine.objects.create(
        notice=notice, number=number, opinion=opinion, outcome="answered", words=f"Điều {number}", wording="Được."
    )
    folded = searchable(made.words, made.wording)
    PublicLine.objects.create(
        line=made, words=made.words, answer="Được.", folded=folded, reviewed_by="x", on=date(2022, 1, 1)
    )


def _digest(at: int) -> str:
    return sha256(str(at).encode()).hexdigest()


def cost_of(path: str) -> int:
    """How many queries a page costs that nobody has asked for before."""
    browser = visitor()
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


@contextmanager
def unchanged() -> Iterator[None]:
    """Fail when anything was written to the public record or the journal in between."""
    before = [
        list(Model.objects.order_by("pk").values()) for Model in (Publication, PublicLine, NoticeLine, Entry, Document)
    ]
    yield
    assert [
        list(Model.objects.order_by("pk").values()) for Model in (Publication, PublicLine, NoticeLine, Entry, Document)
    ] == before
