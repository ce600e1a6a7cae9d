"""What is told of a sitting before it begins: who will speak in which order, and the figures."""

import pytest

from doithoai.answers.models import Answer
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.kernel import plugs
from doithoai.live.queries import LONGEST_TOPIC, figures_of, speakers_of
from doithoai.roster.models import Invitation, RecordBatch
from tests.cast import START
from tests.live.conftest import Floor

pytestmark = pytest.mark.django_db


def send(floor: Floor, at: int, words: str, kind: str = "difficulty") -> Opinion:
    invitation = floor.people[at]
    officer = floor.stage.cast.officer(floor.sitting.lead)
    row = intake.receive(
        floor.stage.dialogue, person=invitation.person, invitation=invitation, words=words, door="phone",
        sitting=floor.sitting, actor=officer, now=floor.tick(minutes=1),
    )  # fmt: skip
    if kind != "difficulty":
        Opinion.objects.filter(pk=row.pk).update(kind=kind)
    return row


class TestSpeakers:
    def test_venues_take_turns_as_on_the_day(self, floor: Floor) -> None:
        venues = [one.venue for one in speakers_of(floor.sitting)]
        first, second = venues[0], next(name for name in venues if name != venues[0])
        assert sorted([venues.count(first), venues.count(second)]) == [2, 3]
        assert venues[:2] == [first, second]

    def test_each_is_called_by_form_of_address_with_what_they_sent(self, floor: Floor) -> None:
        send(floor, 0, "Hồ sơ đăng ký hộ kinh doanh trả trễ năm ngày")
        found = {one.name: one for one in speakers_of(floor.sitting)}
        assert found["bà Lê Thị Một"].topics == ("Hồ sơ đăng ký hộ kinh doanh trả trễ năm ngày",)
        assert found["ông Lê Văn Hai"].topics == ()
        assert found["bà Lê Thị Một"].standing == "đã có mặt"

    def test_whoever_declined_and_delegates_are_not_called(self, floor: Floor) -> None:
        Invitation.objects.filter(pk=floor.people[0].pk).update(state="declined")
        Invitation.objects.filter(pk=floor.people[1].pk).update(route=Invitation.Route.DELEGATE)
        Invitation.objects.filter(pk=floor.people[2].pk).update(state="accepted")
        found = {one.name: one.standing for one in speakers_of(floor.sitting)}
        assert set(found) == {"bà Lê Thị Ba", "ông Lê Văn Bốn", "bà Lê Thị Năm"}
        assert found["bà Lê Thị Ba"] == "đã báo dự"

    @pytest.mark.parametrize("kind", ["denunciation", "complaint"])
    def test_what_has_a_way_of_its_own_never_stands_in_the_script(self, floor: Floor, kind: str) -> None:
        send(floor, 0, "Tố cáo ông X nhận tiền", kind)
        assert all(one.topics == () for one in speakers_of(floor.sitting))
        assert figures_of(floor.sitting).difficulties == 0

    def test_long_words_are_cut_at_a_word(self, floor: Floor) -> None:
        send(floor, 0, "vướng mắc " * 60)
        (topic,) = next(one.topics for one in speakers_of(floor.sitting) if one.topics)
        assert len(topic) <= LONGEST_TOPIC + 1
        assert topic.endswith(("vướng…", "mắc…"))


class TestFigures:
    def test_without_a_list_the_files_are_unknown_not_nought(self, floor: Floor) -> None:
        found = figures_of(floor.sitting)
        assert (found.files, found.applicants, found.invited, found.difficulties) == (None, 0, 0, 0)
        RecordBatch.objects.create(
            dialogue=floor.stage.dialogue, name="x.csv", sha256="0" * 64, taken=0, taken_at=START
        )
        assert figures_of(floor.sitting).files == 0

    def test_invitees_by_their_replies(self, floor: Floor) -> None:
        rows = Invitation.objects.filter(sitting=floor.sitting)
        rows.update(invited_at=START)
        for row, state in zip(floor.people, ("accepted", "declined", "lapsed", "invited", "struck"), strict=True):
            rows.filter(pk=row.pk).update(state=state)
        found = figures_of(floor.sitting)
        assert (found.invited, found.accepted, found.declined, found.silent) == (4, 1, 1, 2)

    def test_one_merged_into_another_is_answered_with_it(self, floor: Floor) -> None:
        first, second = send(floor, 0, "Trả trễ"), send(floor, 1, "Cũng trả trễ")
        Opinion.objects.filter(pk=second.pk).update(state="merged", merged_into=first)
        Opinion.objects.filter(pk=first.pk).update(state="accepted")
        Answer.objects.create(opinion=first, lead=floor.sitting.lead, due_on=floor.sitting.day, state="approved")
        found = figures_of(floor.sitting)
        assert (found.difficulties, found.drafted, found.answered, found.transferred) == (2, 2, 0, 0)


def test_the_papers_of_planning_are_told_by_this_room(floor: Floor) -> None:
    assert plugs.speakers(floor.sitting) == speakers_of(floor.sitting)
    assert plugs.figures(floor.sitting) == figures_of(floor.sitting)


def test_before_the_composition_nobody_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugs, "plugged", plugs.Plugs())
    for ask in (plugs.speakers, plugs.figures):
        with pytest.raises(plugs.NotPlugged):
            ask(None)
