"""Somebody without an invitation: written down with where they can be told, a slip in the hand, and their own page."""

from datetime import date, timedelta

import pytest

from doithoai.intake import actions as intake
from doithoai.intake.citizen.own import LOOKED_UP, LOOKS_PER_CODE
from doithoai.intake.models import Opinion, Photo
from doithoai.intake.papers import receipt
from doithoai.intake.queries import handling_due
from doithoai.kernel.access import ANYONE, NotYours
from doithoai.outbox.models import Message
from doithoai.people.actions import Newcomer, give_link
from doithoai.people.models import AccessLink, Attempt, Person
from doithoai.rules import spoken
from doithoai.rules.paper import Paper, Quote
from doithoai.rules.vietnamese import paper_weekday_date
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import ESCAPED_ATTACK, browser, rename_to_attack, unchanged

WORDS = "Hồ sơ của tôi bị trả hai lần vì hai lý do khác nhau."
TOLD = Newcomer("Nguyễn Thị Thử", "0905123456", group="Thôn Mẫu 2")


def heard(stage: Stage, **fields: object) -> Opinion:
    """What somebody who was not invited said at the desk."""
    told = {"words": WORDS, "door": "desk", "newcomer": TOLD, "sitting": scene.sitting_of(stage)} | fields
    return intake.receive(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=NOW, **told)  # type: ignore[arg-type]


def another(digits: str) -> str:
    """Nine digits that fit together but are not these."""
    return spoken.closed(f"{(int(digits[:8]) + 1) % 10**8:08d}")


def own(stage: Stage, opinion: Opinion) -> str:
    token = intake.hand_receipt(opinion, actor=stage.cast.hoa.as_actor(), now=NOW)
    return f"/y-kien-cua-toi/{token}/"


def paper_of(opinion: Opinion) -> Paper:
    return receipt(
        opinion, link="https://x.test/y-kien-cua-toi/t/", desk="x.test/y-kien-cua-toi/",
        due=handling_due(opinion).due_on, on=NOW.date(),
    )  # fmt: skip


def words_of(paper: Paper) -> str:
    return repr(paper.blocks)


class TestWritingDown:
    def test_somebody_on_no_list_becomes_a_person_who_is_told(self, stage: Stage) -> None:
        row = heard(stage)
        assert row.person is not None
        assert (row.person.name, row.person.phone, row.guest) == ("Nguyễn Thị Thử", "0905123456", "")
        assert spoken.is_right(row.spoken)
        assert "Nguyễn" not in repr(scene.entries("opinion.receive")), "a name never stands in the journal"
        intake.accept(row, actor=stage.cast.hoa.as_actor(), now=NOW)
        assert Message.objects.get(person=row.person).body == "Cơ quan đã nhận ý kiến và sẽ trả lời bằng văn bản."

    def test_the_form_takes_number_and_address_and_speaking_at_the_desk(self, stage: Stage) -> None:
        ward = stage.cast.agency.places.order_by("name")[0]
        fields = {
            "words": WORDS, "guest": "Ông Ba", "door": "desk", "read_back": "yes", "phone": "0905 123 456",
            "ward": ward.code, "group": "Tổ 3",
        }  # fmt: skip
        client, path = browser(stage.cast.hoa, now=NOW), f"/cuoc/{stage.dialogue.code}/y-kien/ghi/"
        with unchanged(Opinion, Person):
            refused = client.post(path, fields | {"phone": "12"})
        assert refused.status_code == 422
        assert "“12” không phải số điện thoại. Cần 10 chữ số, hoặc để trống." in refused.content.decode()
        assert client.post(path, fields).status_code == 302
        row = Opinion.objects.get()
        assert row.person is not None
        assert (row.door, row.person.phone, row.person.address) == ("desk", "0905123456", f"Tổ 3, {ward}")
        html = client.get(f"/y-kien/{row.code}/").content.decode()
        assert f"chín chữ số {spoken.in_groups(row.spoken)}" in html
        assert "In phiếu tiếp nhận" in html


class TestSlip:
    def test_it_says_what_was_written_down_and_three_ways_to_look(self, stage: Stage) -> None:
        row = heard(stage)
        paper = paper_of(row)
        said = words_of(paper)
        assert paper.title == "PHIẾU TIẾP NHẬN Ý KIẾN"
        assert Quote(WORDS) in paper.blocks
        assert paper.qr is not None
        assert paper.qr.payload == "https://x.test/y-kien-cua-toi/t/"
        for words in (row.code, spoken.in_groups(row.spoken), "ông (bà) Nguyễn Thị Thử.", "trình bày trực tiếp ngày 10/12/2021",
                      f"chậm nhất {paper_weekday_date(date(2021, 12, 24))}.", "x.test/y-kien-cua-toi/"):  # fmt: skip
            assert words in said, words

    def test_it_is_printed_for_a_hostile_name_too(self, stage: Stage) -> None:
        row = heard(stage)
        rename_to_attack(row.person)  # type: ignore[arg-type]  # a newcomer is a person
        answer = browser(stage.cast.hoa, now=NOW).post(f"/y-kien/{row.code}/phieu-tiep-nhan/")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer.content.startswith(b"%PDF")
        assert scene.entries("opinion.hand_receipt")[-1]["facts"] == {"opinion": row.code}

    def test_a_denunciation_is_not_told_by_its_slip_and_the_journal_names_nobody(self, stage: Stage) -> None:
        row = heard(stage, kind="denunciation")
        assert WORDS not in words_of(paper_of(row))
        intake.hand_receipt(row, actor=stage.cast.hoa.as_actor(), now=NOW)
        entry = scene.entries("opinion.hand_receipt")[-1]
        assert entry["facts"] == {"hidden": 1}
        assert stage.cast.hoa.code not in repr(entry)
        with pytest.raises(NotYours):
            intake.hand_receipt(row, actor=stage.cast.leader.as_actor(), now=NOW)

    def test_the_second_agency_prints_nothing(self, stage: Stage) -> None:
        row = heard(stage)
        with unchanged(Opinion, AccessLink):
            answer = browser(stage.other.hoa, now=NOW).post(f"/y-kien/{row.code}/phieu-tiep-nhan/")
        assert answer.status_code == 404
        assert browser(stage.cast.hoa, now=NOW).get(f"/y-kien/{row.code}/phieu-tiep-nhan/").status_code == 405


class TestOwnPage:
    def test_it_shows_words_holder_and_nobody_elses(self, stage: Stage) -> None:
        row, other = heard(stage), heard(stage, words="Việc của người khác", newcomer=Newcomer("Ai khác"))
        rename_to_attack(row.person)  # type: ignore[arg-type]  # a newcomer is a person
        response = browser(now=NOW).get(own(stage, row))
        html = response.content.decode()
        assert ESCAPED_ATTACK in html
        assert WORDS in html
        assert f"Nơi đang giữ: {scene.sitting_of(stage).lead.name}." in html
        assert other.code not in html
        assert "Việc của người khác" not in html
        assert (response["Referrer-Policy"], response["Cache-Control"]) == ("no-referrer", "private, no-store")
        assert not response.cookies

    def test_what_was_parted_from_it_is_seen_there_too(self, stage: Stage) -> None:
        row = heard(stage)
        intake.split(row, ["Phần một của tôi", "Phần hai của tôi"], actor=stage.cast.hoa.as_actor(), now=NOW)
        part = Opinion.objects.get(split_from=row)
        html = browser(now=NOW).get(own(stage, row)).content.decode()
        assert html.index(WORDS) < html.index("Phần hai của tôi")
        assert part.code in html
        assert html.count("Rút ý kiến này") == 1

    def test_it_is_withdrawn_from_there(self, stage: Stage) -> None:
        row = heard(stage)
        address = own(stage, row)
        back = browser(now=NOW).post(f"{address}rut/")
        assert "Đã rút ý kiến." in browser(now=NOW).get(back["Location"]).content.decode()
        row.refresh_from_db()
        assert row.state == "withdrawn"
        with unchanged(Opinion, Photo):
            assert browser(now=NOW).post(f"{address}giay/").status_code == 409

    def test_what_was_parted_from_a_part_is_seen_there_too(self, stage: Stage) -> None:
        row = heard(stage)
        _row, part = intake.split(row, ["Một", "Hai, ba"], actor=stage.cast.hoa.as_actor(), now=NOW)
        _part, last = intake.split(part, ["Hai", "Phần ba của tôi"], actor=stage.cast.hoa.as_actor(), now=NOW)
        html = browser(now=NOW).get(own(stage, row)).content.decode()
        assert last.code in html
        assert "Phần ba của tôi" in html

    def test_a_slip_printed_anew_takes_the_lost_one_away(self, stage: Stage) -> None:
        row = heard(stage)
        lost, digits = own(stage, row), row.spoken
        row.refresh_from_db()
        assert row.spoken == digits, "the first slip has the digits that were told"
        page = browser(stage.cast.hoa, now=NOW).get(f"/y-kien/{row.code}/").content.decode()
        assert "In lại thì phiếu trước, địa chỉ đã lưu và chín chữ số cũ hết dùng được." in page
        anew = own(stage, row)
        row.refresh_from_db()
        assert (row.spoken == digits, spoken.is_right(row.spoken)) == (False, True)
        assert browser(now=NOW).get(lost).status_code == 410
        assert browser(now=NOW).get(anew).status_code == 200
        assert TestLookingUp().look(row.code, digits)[0] == 422
        assert TestLookingUp().look(row.code, row.spoken)[0] == 302

    def test_another_purpose_or_an_old_link_opens_nothing(self, stage: Stage) -> None:
        row = heard(stage)
        wrong = give_link(row.agency, purpose="invitation", code=row.code, expires_at=NOW + timedelta(days=1))
        assert browser(now=NOW).get(f"/y-kien-cua-toi/{wrong}/").status_code == 410
        address = own(stage, row)
        assert browser(now=NOW + intake.LIVES + timedelta(days=1)).get(address).status_code == 410
        with unchanged(Opinion):
            assert browser(now=NOW + intake.LIVES + timedelta(days=1)).post(f"{address}rut/").status_code == 410


class TestLookingUp:
    def look(self, code: str, digits: str, *, at: str = "10.0.0.1") -> tuple[int, str, str]:
        answer = browser(now=NOW).post("/y-kien-cua-toi/", {"ma": code, "so": digits}, REMOTE_ADDR=at)
        return answer.status_code, answer.content.decode(), answer.get("Location", "")

    def test_code_and_digits_open_the_page_for_an_hour(self, stage: Stage) -> None:
        row = heard(stage)
        status, _html, to = self.look(f" {row.code.lower()} ", spoken.in_groups(row.spoken))
        assert status == 302
        assert WORDS in browser(now=NOW).get(to).content.decode()
        assert browser(now=NOW + LOOKED_UP).get(to).status_code == 410

    def test_a_wrong_pair_is_told_alike_and_nothing_is_opened(self, stage: Stage) -> None:
        row = heard(stage)
        wrong = another(row.spoken)
        for code, digits in (
            (row.code, wrong),
            ("DH-2021-01-YK99", row.spoken),
            (scene.opinion(stage).code, "000000000"),
        ):
            with unchanged(AccessLink):
                status, html, _to = self.look(code, digits)
            assert status == 422
            assert "Không thấy ý kiến nào có mã và chín chữ số này." in html

    def test_what_was_said_in_the_hall_or_by_an_invitation_has_no_digits_to_guess(self, stage: Stage) -> None:
        invited = scene.invitation(stage, scene.person(stage))
        row = scene.opinion(stage, who=invited.person, invitation=invited)
        assert row.spoken == ""
        assert self.look(row.code, "")[0] == 422

    def test_guessing_is_counted_by_opinion(self, stage: Stage) -> None:
        row = heard(stage)
        wrong = another(row.spoken)
        for _try in range(LOOKS_PER_CODE):
            assert self.look(row.code, wrong)[0] == 422
        status, html, _to = self.look(row.code, row.spoken)
        assert status == 422
        assert "Đã thử quá nhiều lần." in html
        assert self.look(row.code, row.spoken, at="10.0.0.2")[0] == 302, "nobody shuts others out"

    def test_guessing_is_counted_by_dialogue_from_everywhere(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("doithoai.intake.citizen.own.LOOKS_IN_ALL", 3)
        row = heard(stage)
        for at in range(3):
            assert self.look(f"{stage.dialogue.code}-YK{at:02d}", another(row.spoken), at=f"10.0.1.{at}")[0] == 422
        assert "Đã thử quá nhiều lần." in self.look(row.code, row.spoken)[1]

    def test_a_slip_of_the_finger_is_told_and_not_counted(self, stage: Stage) -> None:
        row = heard(stage)
        assert len(row.spoken) == spoken.SECRET
        mistyped = f"{row.spoken[:-1]}{(int(row.spoken[-1]) + 1) % 10}"
        with unchanged(Attempt):
            assert "có chữ số gõ nhầm." in self.look(row.code, mistyped)[1]
            assert "đủ chín chữ số" in self.look(row.code, row.spoken[:6])[1]
        assert self.look(row.code, row.spoken)[0] == 302

    def test_looking_changes_nothing(self, stage: Stage) -> None:
        heard(stage)
        with unchanged(AccessLink, Opinion):
            assert browser(now=NOW).get("/y-kien-cua-toi/").status_code == 200


def test_nobody_sends_by_another_door_than_the_public_page(stage: Stage) -> None:
    for door in ("paper", "desk", "link", "floor"):
        with unchanged(Opinion, Person), pytest.raises(NotYours):
            intake.receive(stage.dialogue, words=WORDS, door=door, newcomer=TOLD, actor=ANYONE, now=NOW)
