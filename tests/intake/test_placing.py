"""Opinions of which nobody knows to which sitting they belong: placed when sorted, and in nobody's way unseen."""

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Dossier
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion, Sorting
from doithoai.intake.queries import unplaced
from doithoai.kernel.access import NotNow, NotYours
from doithoai.planning.models import Sitting
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import browser, unchanged


def placeless(stage: Stage, words: str = "Không rõ buổi nào", **fields: object) -> Opinion:
    return scene.opinion(stage, words, sitting=None, actor=stage.cast.hoa.as_actor(), **fields)  # type: ignore[arg-type]


def test_sorting_places_it_and_undoing_takes_it_away_again(stage: Stage) -> None:
    row, second = placeless(stage), scene.sitting_of(stage, 2)
    intake.classify(row, kind="petition", sitting=second, actor=stage.cast.hoa.as_actor(), now=NOW)
    row.refresh_from_db()
    assert row.sitting == second
    facts = scene.entries("opinion.classify")[-1]["facts"]
    assert facts == {"opinion": row.code, "kind": "petition", "topic": "on", "sitting": second.code}
    assert not unplaced(stage.dialogue)
    intake.undo_classify(row, actor=stage.cast.hoa.as_actor(), now=NOW)
    row.refresh_from_db()
    assert row.sitting is None
    assert list(unplaced(stage.dialogue)) == [row]


def test_sorting_without_a_sitting_leaves_it_where_it_is(stage: Stage) -> None:
    row = scene.opinion(stage)
    intake.classify(row, kind="report", actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert row.sitting == scene.sitting_of(stage)


def test_another_dialogues_sitting_and_one_called_off_are_refused(stage: Stage) -> None:
    row, actor = placeless(stage), stage.cast.hoa.as_actor()
    cancelled = scene.sitting_of(stage, 2)
    Sitting.objects.filter(pk=cancelled.pk).update(state="cancelled")
    cancelled.refresh_from_db()
    with (
        unchanged(Opinion, Sorting),
        pytest.raises(NotNow, match=r"buổi ấy đã hủy; chọn buổi khác\."),
    ):
        intake.classify(row, kind="report", sitting=cancelled, actor=actor, now=NOW)
    elsewhere = Sitting.objects.get(pk=cancelled.pk)
    elsewhere.dialogue_id += 1
    with unchanged(Opinion, Sorting), pytest.raises(NotYours):
        intake.classify(row, kind="report", sitting=elsewhere, actor=actor, now=NOW)


def test_merged_it_is_counted_where_it_is_answered(stage: Stage) -> None:
    into, row = scene.opinion(stage), placeless(stage)
    intake.merge(row, into, reason="Trùng", actor=stage.cast.hoa.as_actor(), now=NOW)
    row.refresh_from_db()
    assert row.sitting == into.sitting
    assert not unplaced(stage.dialogue)


def test_no_synthesis_is_drafted_while_one_is_of_no_sitting(stage: Stage) -> None:
    scene.accepted(stage)
    row = placeless(stage)
    sitting = scene.sitting_of(stage)
    head = stage.cast.heads[sitting.lead.code]
    with (
        unchanged(Document, Dossier),
        pytest.raises(NotNow, match="còn 1 ý kiến chưa rõ thuộc buổi nào; Văn phòng phân loại"),
    ):
        answers.draft_dossier(sitting, signer=head, actor=scene.officer(stage), now=NOW)
    path = f"/cuoc/{stage.dialogue.code}/tong-hop/{sitting.code}/"
    html = browser(stage.cast.hoa, now=NOW).get(path).content.decode()
    assert "Còn 1 ý kiến chưa rõ thuộc buổi nào." in html
    assert "?buoi=chua-ro" in html
    intake.classify(row, kind="report", sitting=scene.sitting_of(stage, 2), actor=stage.cast.hoa.as_actor(), now=NOW)
    answers.draft_dossier(sitting, signer=head, actor=scene.officer(stage), now=NOW)


def test_the_board_finds_them_and_the_page_places_one(stage: Stage) -> None:
    row, placed = placeless(stage), scene.opinion(stage)
    client = browser(stage.cast.hoa, now=NOW)
    html = client.get(f"/cuoc/{stage.dialogue.code}/y-kien/?buoi=chua-ro").content.decode()
    assert f'id="{row.code}"' in html
    assert f'id="{placed.code}"' not in html
    assert "Chưa rõ buổi nào (1)" in html
    html = client.get(f"/y-kien/{row.code}/").content.decode()
    assert "Chưa chọn buổi thì không buổi nào trình tổng hợp được." in html
    second = scene.sitting_of(stage, 2)
    with unchanged(Opinion):
        other = browser(stage.other.hoa, now=NOW)
        assert other.post(f"/y-kien/{row.code}/phan-loai/", {"loai": "report", "buoi": second.code}).status_code == 404
    client = browser(stage.cast.hoa, now=NOW)
    assert client.post(f"/y-kien/{row.code}/phan-loai/", {"loai": "report", "buoi": "DH-X"}).status_code == 404
    assert client.post(f"/y-kien/{row.code}/phan-loai/", {"loai": "report", "buoi": second.code}).status_code == 302
    row.refresh_from_db()
    assert row.sitting == second
