"""What the sample people say that is private stands on no public page, in no table, in no paper."""

import pytest

from doithoai.answers import actions as answers
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.portal.models import PublicLine
from doithoai.sample.speech import Speech, speech_for
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.portal.scene import home, publish_lines, seen
from tests.results import scene as ending

SECTORS = ("Thành lập và hoạt động hộ kinh doanh", "Xây dựng", "Đất đai")


def told(stage: Stage, speech: Speech, at: int) -> Opinion:
    """One speech on its way: summarised and answered, or as raw as it was said."""
    who = scene.person(stage, f"Nguyễn Văn Mẫu {'ABCDEFGHIK'[at % 10]}", "nam", f"09030000{at:02d}")
    row = scene.opinion(stage, speech.spoken, who=who)
    if speech.route in ("complaint", "denunciation"):
        intake.classify(row, kind=speech.route, actor=scene.officer(stage), now=NOW)
        intake.guide(row, actor=scene.reception(stage), now=NOW)
        return row
    if at % 2:
        intake.summarise(row, summary=speech.summary, actor=scene.officer(stage), now=NOW)
    intake.accept(row, actor=scene.officer(stage), now=NOW)
    answer = answers.assign(row, lead=scene.sitting_of(stage).lead, actor=stage.cast.hoa.as_actor(), now=NOW)
    # An officer repeats in the answer what the person said: that is masked as well.
    answering.write(stage, answer, f"{speech.answer} Về việc bà nêu: {speech.spoken}")
    answers.submit_answer(answer, actor=scene.officer(stage), now=NOW)
    answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=NOW)
    return row


@pytest.mark.parametrize("sector", SECTORS)
def test_no_private_piece_reaches_anybody(stage: Stage, sector: str) -> None:
    said = speech_for(sector, 18, "công khai")
    rows = [told(stage, speech, at) for at, speech in enumerate(said)]
    document = ending.paper_of(ending.issued(stage))
    publish_lines(stage)
    page = seen(home(stage))
    everything = "\n".join((page, seen(f"{home(stage)}?tim=ong"), seen(f"{home(stage)}so-lieu.csv"), document.paper))
    private = [piece for speech in said for piece in speech.private]
    assert len(private) >= 2
    assert [piece for piece in private if piece in everything] == []
    assert [row.person.name for row in rows if row.person and row.person.name in everything] == []
    hidden = [speech.spoken for speech in said if speech.route in ("complaint", "denunciation")]
    assert [words for words in hidden if words in everything] == []
    assert (
        PublicLine.objects.count() == page.count("<article") == sum(not row.is_hidden for row in Opinion.objects.all())
    )
