"""The public wording: what the rules propose, what a person masks more or less, and what is confirmed."""

import pytest

from doithoai.intake import actions as intake
from doithoai.intake import queries
from doithoai.intake.models import Opinion
from doithoai.kernel.access import ANYONE, NotNow, Overtaken
from doithoai.people.actions import Newcomer
from doithoai.people.models import Text
from doithoai.rules.masking import Find, suggest
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW

WORDS = "Tôi là Trần Thị Mẫu, số 0900000001, ở gần chợ Bà Ba, hỏi về hồ sơ."


def proposed(row: Opinion) -> list[Find]:
    return suggest(str(row.public_source), queries.of_author(queries.known_of(row.dialogue), row))


def test_the_proposals_are_confirmed_beside_the_own_words(stage: Stage) -> None:
    row = scene.opinion(stage, WORDS)
    finds = [*proposed(row)]
    intake.prepare_public(row, finds, of=row.words_id, reason="", actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert row.is_public_confirmed
    assert "Trần Thị Mẫu" not in str(row.public_words)
    assert "0900000001" not in str(row.public_words)
    assert str(row.words) == WORDS
    facts = scene.entries("opinion.prepare_public")[-1]["facts"]
    assert (facts["opinion"], facts["masked"], facts["unmasked"]) == (row.code, len(finds), 0)
    assert row.public_words is not None
    assert facts["text"] == row.public_words.digest
    assert queries.masked_words(row) == str(row.public_words)


def test_what_stays_readable_against_the_proposal_needs_a_reason(stage: Stage) -> None:
    row, actor = scene.opinion(stage, WORDS), scene.officer(stage)
    market = [
        find
        for find in proposed(row)
        if WORDS[find.start : find.end] == "Bà Ba" or "Ba" in WORDS[find.start : find.end]
    ]
    assert market, "the rules take the market for a person"
    kept = [find for find in proposed(row) if find not in market]
    before = scene.snapshot(Opinion, Text)
    with pytest.raises(NotNow, match="cần một câu nêu lý do"):
        intake.prepare_public(row, kept, of=row.words_id, actor=actor, now=NOW)
    assert scene.snapshot(Opinion, Text) == before
    intake.prepare_public(row, kept, of=row.words_id, reason="Tên chợ", actor=actor, now=NOW)
    row.refresh_from_db()
    assert "chợ Bà Ba" in str(row.public_words)
    assert row.unmask_reason == "Tên chợ"
    assert scene.entries("opinion.prepare_public")[-1]["facts"]["unmasked"] == 1


def test_more_can_be_masked_than_the_rules_propose(stage: Stage) -> None:
    row = scene.opinion(stage, "Quán tôi ở đầu hẻm cây me bị đóng cửa.")
    at = str(row.words).index("đầu hẻm cây me")
    find = Find(at, at + len("đầu hẻm cây me"), "address")
    intake.prepare_public(row, [find], of=row.words_id, actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert str(row.public_words) == "Quán tôi ở [đã che: địa chỉ] bị đóng cửa."
    assert [find] == [Find(*kept) for kept in row.public_masks]


def test_the_author_is_never_named_whatever_the_reason(stage: Stage) -> None:
    row = scene.opinion(stage, WORDS)
    with pytest.raises(NotNow, match="còn tên hoặc số điện thoại"):
        intake.prepare_public(row, [], of=row.words_id, reason="Tôi muốn thế", actor=scene.officer(stage), now=NOW)


def test_a_new_summary_makes_the_confirmation_void(stage: Stage) -> None:
    row, actor = scene.opinion(stage, "Hỏi về hồ sơ"), scene.officer(stage)
    intake.prepare_public(row, [], of=row.words_id, actor=actor, now=NOW)
    old = row.words_id
    intake.summarise(row, summary="Hỏi thời hạn hồ sơ", actor=actor, now=NOW)
    row.refresh_from_db()
    assert not row.is_public_confirmed
    assert queries.masked_words(row) == "Hỏi thời hạn hồ sơ"
    with pytest.raises(Overtaken, match="đã đổi trong lúc che"):
        intake.prepare_public(row, [], of=old, actor=actor, now=NOW)


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_nothing_of_a_complaint_or_denunciation_is_ever_prepared(stage: Stage, kind: str) -> None:
    row = scene.opinion(stage, kind=kind)
    with pytest.raises(NotNow, match="không công khai"):
        intake.prepare_public(row, [], of=row.words_id, actor=scene.reception(stage), now=NOW)


def test_whoever_came_instead_or_wrote_without_an_invitation_is_masked_too(stage: Stage) -> None:
    scene.invitation(stage, scene.person(stage)).__class__.objects.update(substitute="Lý Thị Thay")
    scene.opinion(stage, "x", guest="Đinh Văn Khách", who=None)
    known = queries.known_of(stage.dialogue)
    assert {"Lý Thị Thay", "Đinh Văn Khách"} <= set(known.names)


@pytest.mark.parametrize("name", ["An", "Hà"])
def test_a_name_of_one_word_blocks_no_wording(stage: Stage, name: str) -> None:
    row = scene.opinion(stage, "Văn bản này gửi về nhà an toàn.", who=scene.person(stage, name))
    intake.prepare_public(row, [], of=row.words_id, reason="Không phải tên", actor=scene.officer(stage), now=NOW)
    assert row.is_public_confirmed


def test_a_name_inside_other_words_blocks_no_wording(stage: Stage) -> None:
    row = scene.opinion(stage, "Xin văn hành chính rõ hơn.", who=scene.person(stage, "Văn Hà"))
    intake.prepare_public(row, [], of=row.words_id, actor=scene.officer(stage), now=NOW)
    assert row.is_public_confirmed


def typed(stage: Stage, name: str, group: str, words: str = "Hỏi về hồ sơ") -> Opinion:
    """What somebody sent by the public page, under the name they typed."""
    told = Newcomer(name, "0905123456", group=group)
    return intake.receive(stage.dialogue, words=words, door="web", newcomer=told, actor=ANYONE, now=NOW)


def test_what_anybody_typed_of_themselves_masks_nothing_of_others(stage: Stage) -> None:
    office, ward = scene.sitting_of(stage).lead.name, stage.cast.agency.places.order_by("code")[0]
    before = queries.known_of(stage.dialogue)
    for name, group in ((office, str(ward)), (stage.cast.leader.name, "đất"), ("Hồ Sơ Đất", "thủ tục hành chính")):
        typed(stage, name, group)
    assert queries.known_of(stage.dialogue) == before


def test_it_masks_their_own_words_but_no_office_place_or_single_word(stage: Stage) -> None:
    office, ward = scene.sitting_of(stage).lead.name, stage.cast.agency.places.order_by("code")[0]
    row = typed(stage, "Kpă Hờ Lênh", "cuối xóm Chùa", "kpă hờ lênh ở cuối xóm chùa hỏi")
    assert queries.masked_words(row) == "[đã che: tên] ở [đã che: địa chỉ] hỏi"
    text = f"{office} trả lời: đất ở {ward} được cấp."
    for name, group in ((office, str(ward)), ("Kpă Hờ Lênh", "đất"), ("Kpă Hờ Lênh", ward.name)):
        assert queries.masked_words(typed(stage, name, group, text)) == text
