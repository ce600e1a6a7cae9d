"""More of a public line is hidden, never less: at once on the public page, with its day and its reason."""

import pytest
from django.db.models import Model

from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel.access import Actor, NotNow, NotYours, Overtaken
from doithoai.ops.verify import faults
from doithoai.people.models import Text
from doithoai.portal import actions as portal
from doithoai.portal.models import PublicLine, Shortening
from doithoai.results.models import NoticeLine
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import entries, snapshot
from tests.portal.scene import MONDAY, cost_of, home, publish_lines, seen, visitor
from tests.results import scene as ending

REASON = "Theo đề nghị của người trong cuộc."


@pytest.fixture
def line(stage: Stage) -> PublicLine:
    answering.approved(stage, scene.accepted(stage, "Xưởng gần nhà tôi ở cạnh cây đa làng xả khói, ở cạnh cây đa làng"))
    ending.issued(stage)
    return publish_lines(stage)[0]


def hide(line: PublicLine, stage: Stage, *words: str, **changed: object) -> Shortening:
    given = {
        "kind": "address", "revision": line.revision, "reason": REASON, "actor": stage.cast.editor.as_actor(),
        "now": MONDAY, **changed,
    }  # fmt: skip
    return portal.shorten(line, list(words or ("Cạnh  cây đa làng",)), **given)  # type: ignore[arg-type]  # as given


def test_the_words_are_hidden_wherever_they_stand_and_found_no_more(stage: Stage, line: PublicLine) -> None:
    assert "cạnh cây đa làng" in seen(home(stage))
    hide(line, stage)
    line.refresh_from_db()
    assert line.words == "Xưởng gần nhà tôi ở [đã che: địa chỉ] xả khói, ở [đã che: địa chỉ]"
    assert (line.revision, "cay da" in line.folded) == (2, False)
    page = seen(home(stage))
    assert "cây đa" not in page
    assert f"Che thêm ngày 03/01/2022, lý do: {REASON[:-1]}. Văn bản đã công khai giữ nguyên." in page
    assert "0/1 ý kiến có" in seen(f"{home(stage)}?tim=cay+da+lang")


def test_no_copy_that_was_kept_is_shown_again(stage: Stage, line: PublicLine) -> None:
    client = visitor()
    first = client.get(home(stage))
    assert first.headers["Cache-Control"] == "public, no-cache"
    old = first.headers["ETag"]
    assert client.get(home(stage), headers={"If-None-Match": old}).status_code == 304
    hide(line, stage)
    again = client.get(home(stage), headers={"If-None-Match": old})
    assert again.status_code == 200
    assert "cây đa" not in again.content.decode()


def test_the_journal_keeps_both_digests_and_stays_whole(stage: Stage, line: PublicLine) -> None:
    row = hide(line, stage)
    facts = entries("line.shorten")[-1]["facts"]
    assert (facts["text_was"], facts["text"]) == (row.earlier.digest, row.later.digest)
    assert facts["line"] == 1
    assert "cây đa" in str(row.earlier)
    assert "cây đa" not in str(row.later) + Entry.objects.order_by("-pk")[0].body
    assert list(faults()) == []


def test_papers_and_the_line_of_the_notice_stay_as_they_are(stage: Stage, line: PublicLine) -> None:
    before = snapshot(Document, NoticeLine)[:2]
    hide(line, stage)
    assert snapshot(Document, NoticeLine)[:2] == before


def test_what_is_hidden_stays_hidden(stage: Stage, line: PublicLine) -> None:
    hide(line, stage)
    line.refresh_from_db()
    for words in ("đã che", "địa chỉ", "che: địa"):
        with pytest.raises(NotNow, match="không thấy"):
            hide(line, stage, words)
    hide(line, stage, "xả khói, ở [đã che: địa chỉ]", kind="name")
    line.refresh_from_db()
    assert line.words == "Xưởng gần nhà tôi ở [đã che: địa chỉ] [đã che: tên]"
    assert len(line.shortenings.all()) == 2
    assert seen(home(stage)).count("Che thêm ngày") == 2


@pytest.mark.parametrize(
    ("words", "changed", "why"),
    [
        (("gốc mít",), {}, "không thấy “gốc mít” trong dòng này"),
        (("cây đa làng", "gốc mít"), {}, "không thấy “gốc mít”"),
        ((" ",), {}, "chưa ghi chữ nào cần che"),
        (("cây",), {"reason": " "}, "cần một câu nêu lý do"),
        (("cây đa làng",), {"reason": "Vì nói đến cây đa làng"}, "lý do ai cũng đọc được"),
        (("cây đa làng",), {"reason": "Bà Trần Thị Mẫu xin che"}, "lý do ai cũng đọc được"),
        (("cây đa làng",), {"reason": "Gọi từ số 0905 123 456"}, "lý do ai cũng đọc được"),
    ],
)
def test_what_cannot_be_hidden_so_changes_nothing(
    stage: Stage, line: PublicLine, words: tuple[str, ...], changed: dict[str, object], why: str
) -> None:
    before = snapshot(*_kept())
    with pytest.raises(NotNow, match=f"^Chưa che thêm được: .*{why}"):
        hide(line, stage, *words, **changed)
    assert snapshot(*_kept()) == before


def test_whoever_comes_second_looks_again(stage: Stage, line: PublicLine) -> None:
    hide(line, stage)
    before = snapshot(*_kept())
    with pytest.raises(Overtaken, match="có người vừa che thêm"):
        hide(line, stage, "xả khói", revision=1)
    assert snapshot(*_kept()) == before


def test_the_editor_and_the_office_may_and_nobody_else(stage: Stage, line: PublicLine) -> None:
    strangers: list[Actor] = [
        stage.cast.technician.as_actor(), stage.cast.clerk.as_actor(), scene.officer(stage),
        stage.other.editor.as_actor(), stage.other.hoa.as_actor(),
    ]  # fmt: skip
    before = snapshot(*_kept())
    for actor in strangers:
        with pytest.raises(NotYours):
            hide(line, stage, actor=actor)
    assert snapshot(*_kept()) == before
    assert hide(line, stage, actor=stage.cast.hoa.as_actor()).by == stage.cast.hoa


def test_a_page_with_a_shortened_line_asks_once_more_and_others_never(stage: Stage, line: PublicLine) -> None:
    before = cost_of(home(stage))
    hide(line, stage)
    assert cost_of(home(stage)) == before + 1


def _kept() -> tuple[type[Model], ...]:
    return PublicLine, Shortening, Text
