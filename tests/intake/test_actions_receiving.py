"""Papers that come with an opinion, and what was written down read back to the person."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from doithoai.intake import actions as intake
from doithoai.intake.imports import MOST, Kept, take_in
from doithoai.intake.models import Opinion, Photo
from doithoai.kernel import plugs
from doithoai.kernel.access import NotNow, NotYours
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW


def picture(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def kept(*colours: str) -> list[Kept]:
    return take_in([SimpleUploadedFile("a.jpg", picture(colour)) for colour in colours])


class TestPapers:
    def test_they_are_stored_with_the_opinion_and_named_in_the_journal(self, stage: Stage) -> None:
        papers = kept("white", "red")
        row = scene.opinion(stage, papers=papers)
        photos = list(row.photos.all())
        assert [(one.ordinal, one.sha256, one.kind) for one in photos] == [
            (1, papers[0].sha256, "jpg"), (2, papers[1].sha256, "jpg"),
        ]  # fmt: skip
        assert all(plugs.files().get(one.sha256) for one in photos)
        facts = scene.entries("opinion.receive")[-1]["facts"]
        assert (facts["file_1"], facts["file_2"]) == (papers[0].sha256, papers[1].sha256)

    def test_a_denunciation_s_are_in_no_journal(self, stage: Stage) -> None:
        row = scene.opinion(stage, kind="denunciation", papers=kept("white"))
        assert row.photos.count() == 1
        assert not any(name.startswith("file") for name in scene.entries("opinion.receive")[-1]["facts"])

    def test_what_ceases_to_be_a_denunciation_has_its_files_named_as_everybody_s_are(self, stage: Stage) -> None:
        """Otherwise `verify` would find a photograph that no entry names."""
        row = scene.opinion(stage, kind="denunciation", papers=kept("white"), actor=stage.cast.hoa.as_actor())
        intake.classify(row, kind="report", actor=stage.cast.hoa.as_actor(), now=NOW)
        facts = scene.entries("opinion.classify")[-1]["facts"]
        assert facts == {"hidden": 1, "file_1": row.photos.get().sha256}

    def test_more_are_added_by_author_receiver_and_sorters(self, stage: Stage) -> None:
        invited = scene.invitation(stage, scene.person(stage))
        holder = scene.holder_of(invited)
        row = intake.receive(stage.dialogue, words="Xin hỏi", door="link", invitation=invited, actor=holder, now=NOW)
        colours = iter(("white", "red", "blue"))
        for actor in (holder, scene.officer(stage), stage.cast.hoa.as_actor()):
            intake.attach(row, kept(next(colours)), actor=actor, now=NOW)
        assert list(row.photos.values_list("ordinal", flat=True)) == [1, 2, 3]
        assert row.photos.get(ordinal=1).added_by is None
        assert scene.entries("opinion.attach")[-1]["facts"]["opinion"] == row.code
        other = scene.invitation(stage, scene.person(stage, "Lê Văn Thử", "nam", "0900000009"), 2)
        with pytest.raises(NotYours):
            intake.attach(row, kept("green"), actor=scene.holder_of(other), now=NOW)

    def test_the_same_file_too_many_and_none_are_refused(self, stage: Stage) -> None:
        row, actor = scene.opinion(stage, papers=kept("white")), scene.officer(stage)
        before = scene.snapshot(Photo, Opinion)
        for papers, words in (
            ([], "chưa có tệp nào"), (kept("white"), "đã có rồi"),
            ([Kept(f"{at:064d}", "jpg", 1) for at in range(MOST)], "Nhiều nhất 5 tệp"),
        ):  # fmt: skip
            with pytest.raises(NotNow, match=words):
                intake.attach(row, papers, actor=actor, now=NOW)
        assert scene.snapshot(Photo, Opinion) == before

    def test_what_is_settled_takes_none(self, stage: Stage) -> None:
        row = scene.opinion(stage)
        intake.withdraw(row, reason="Xin rút", actor=scene.officer(stage), now=NOW)
        with pytest.raises(NotNow, match="Đã rút"):
            intake.attach(row, kept("white"), actor=scene.officer(stage), now=NOW)


class TestReadingBack:
    def test_it_is_noted_at_once_or_why_not(self, stage: Stage) -> None:
        one = scene.opinion(stage, read_back=True, unread_reason="không dùng")
        assert (one.read_back_at, one.unread_reason) == (NOW, "")
        two = scene.opinion(stage, unread_reason="Chỉ có phiếu giấy")
        assert (two.read_back_at, two.unread_reason) == (None, "Chỉ có phiếu giấy")

    def test_it_is_noted_later_once(self, stage: Stage) -> None:
        row = scene.opinion(stage, unread_reason="Máy bận")
        intake.read_back(row, actor=scene.officer(stage), now=NOW)
        row.refresh_from_db()
        assert (row.read_back_at, row.unread_reason) == (NOW, "")
        assert scene.entries("opinion.read_back")[-1]["facts"] == {"opinion": row.code}
        with pytest.raises(NotNow, match="đã đọc lại rồi"):
            intake.read_back(row, actor=scene.officer(stage), now=NOW)

    def test_what_somebody_wrote_themselves_is_not_read_back(self, stage: Stage) -> None:
        invited = scene.invitation(stage, scene.person(stage))
        row = intake.receive(
            stage.dialogue, words="Xin hỏi", door="link", invitation=invited, actor=scene.holder_of(invited), now=NOW
        )
        with pytest.raises(NotNow, match="tự viết"):
            intake.read_back(row, actor=scene.officer(stage), now=NOW)

    def test_it_is_the_writer_s_or_the_sorters(self, stage: Stage) -> None:
        row = scene.opinion(stage)
        for actor in (stage.cast.clerk.as_actor(), stage.other.hoa.as_actor()):
            with pytest.raises(NotYours):
                intake.read_back(row, actor=actor, now=NOW)
