"""The telephone list: who comes next, six digits read aloud, the reminder, and news that no machine brought."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from doithoai.directory.models import Installation
from doithoai.kernel import clock, plugs
from doithoai.outbox import worker
from doithoai.outbox.models import Message
from doithoai.people.models import Person
from doithoai.ports import Parcel, TryLater, Unreachable
from doithoai.roster import actions
from doithoai.roster.models import Call, Invitation, Reminder
from doithoai.rules.spoken import in_groups
from doithoai.rules.vietnamese import sort_key
from tests.roster.pages import client, listed, on, on_sitting, text_of, to_call
from tests.roster.scene import Scene
from tests.web.visitors import ESCAPED_ATTACK, rename_to_attack, unchanged


class Deaf:
    """A gateway that reaches nobody."""

    channel = "zalo"

    def send(self, parcel: Parcel) -> str:
        """No."""
        raise Unreachable("Số điện thoại này không dùng Zalo.")


@pytest.fixture
def deaf() -> Iterator[None]:
    plugs.plugged.delivery = (Deaf(),)
    yield
    plugs.plugged.delivery = ()


class Busy:
    """A gateway that says: later."""

    channel = "sms"

    def send(self, parcel: Parcel) -> str:
        """Later."""
        raise TryLater("Cổng đang bận.")


def page_of(row: Invitation) -> str:
    return f"/giay-moi/{row.code}/"


def order(html: str, rows: list[Invitation]) -> list[str]:
    return sorted((row.code for row in rows), key=lambda code: html.index(f'id="{code}"'))


class TestOrder:
    def test_who_has_waited_longest_comes_first(self, scene: Scene) -> None:
        rows = scene.invite()[:3]
        for row in (rows[1], rows[0]):
            actions.note_call(row, outcome=Call.Outcome.MISSED, actor=scene.lead, now=scene.later(minutes=30))
        shown = order(text_of(client(scene), to_call(scene)), rows)
        assert shown == [rows[2].code, rows[1].code, rows[0].code]

    def test_or_in_the_order_of_given_names(self, scene: Scene) -> None:
        scene.invite()
        rows = list(Invitation.objects.filter(sitting=scene.morning, state="invited"))
        shown = order(text_of(client(scene), f"{to_call(scene)}?xep=ten"), rows)
        names = {row.code: row.name for row in rows}
        assert [names[code] for code in shown] == sorted(names.values(), key=sort_key)

    def test_delegates_are_called_at_their_office(self, scene: Scene) -> None:
        scene.invite()
        actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
        scene.issue(
            actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
        )
        row = Invitation.objects.filter(route="delegate", office__kind="front")[0]
        assert row.office is not None
        html = text_of(client(scene), to_call(scene))
        assert "15 công dân, 11 đại biểu đã mời" in html
        assert f'href="tel:{row.office.phone.replace(" ", "")}"' in html
        assert client(scene).post(on(row, "nhan-loi")).status_code == 302
        row.refresh_from_db()
        assert row.state == "accepted"


class TestReadAloud:
    def test_six_digits_open_the_person(self, scene: Scene) -> None:
        row = scene.invite()[0]
        for typed in (row.spoken, in_groups(row.spoken), "-".join(row.spoken)):
            response = client(scene).get(to_call(scene), {"tim": typed})
            assert (response.status_code, response["Location"]) == (302, page_of(row)), typed
        assert f'id="{row.code}"' in text_of(client(scene), f"{listed(scene)}?tim={row.spoken}")

    def test_a_misheard_digit_is_asked_for_again(self, scene: Scene) -> None:
        row = scene.invite()[0]
        wrong = row.spoken[:-1] + str((int(row.spoken[-1]) + 1) % 10)
        html = text_of(client(scene), f"{to_call(scene)}?tim={wrong}")
        assert f"Mã {in_groups(wrong)} nghe chưa đúng: xin người gọi đọc lại từng số." in html

    def test_a_code_of_nobody_is_said(self, scene: Scene) -> None:
        scene.invite()
        taken = set(Invitation.objects.values_list("spoken", flat=True))
        code = next(code for code in ("572005", "000000", "111110") if code not in taken)
        html = text_of(client(scene), f"{to_call(scene)}?tim={code}")
        assert "nghe chưa đúng" in html or "không có trên giấy mời nào" in html

    def test_another_agency_finds_nobody_by_it(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert client(scene, scene.stage.other.leader).get(page_of(row)).status_code == 404
        assert client(scene, scene.stage.other.leader).get(to_call(scene), {"tim": row.spoken}).status_code == 404


class TestReminder:
    def test_the_page_says_when_it_goes_and_that_it_has_gone(self, scene: Scene) -> None:
        scene.invite()
        scene.later(days=1)
        html = text_of(client(scene), to_call(scene))
        assert "Sẽ tự nhắc 15 người chưa trả lời vào thứ Năm 16/12/2021, từ 8 giờ." in html
        assert "Máy chưa nối cổng thư" in html
        response = client(scene).post(on_sitting(scene, "nhac"))
        assert response["Location"].endswith("/goi/?da=invitation.remind")
        assert "Đã nhắc 15 người, mỗi người một lần" in text_of(client(scene), to_call(scene))
        assert client(scene).post(on_sitting(scene, "nhac")).status_code == 409
        assert Message.objects.filter(kind="reminder").count() == 15

    def test_a_missed_one_is_an_alarm_on_both_pages(self, scene: Scene) -> None:
        scene.invite()
        scene.now = clock.at(date(2021, 12, 17), 9, 0, scene.stage.cast.agency.zone)
        assert "Chưa nhắc, đã đến ngày" in text_of(client(scene), to_call(scene))
        assert "Chưa nhắc 15 người, đã đến ngày" in text_of(client(scene), listed(scene))

    def test_its_day_is_changed(self, scene: Scene) -> None:
        scene.invite()
        assert client(scene).post(on_sitting(scene, "ngay-nhac"), {"on": "14/12/2021"}).status_code == 302
        assert Reminder.objects.get().on == date(2021, 12, 14)
        for wrong in ("", "mai", "2021-12-22"):
            assert client(scene).post(on_sitting(scene, "ngay-nhac"), {"on": wrong}).status_code == 409
        assert Reminder.objects.get().on == date(2021, 12, 14)

    def test_whose_right_it_is_not_reads_why(self, scene: Scene) -> None:
        scene.invite()
        scene.later(days=1)
        ward = scene.stage.cast.officers[scene.ward_venue.office.code]
        html = text_of(client(scene, ward), to_call(scene))
        assert on_sitting(scene, "nhac") not in html
        assert client(scene, ward).post(on_sitting(scene, "nhac")).status_code == 403


class TestOvertaken:
    """News that a gateway still holds back is not sent once it is no longer news."""

    @pytest.fixture(autouse=True)
    def _busy(self) -> Iterator[None]:
        plugs.plugged.delivery = (Busy(),)
        yield
        plugs.plugged.delivery = ()

    def waiting(self, row: Invitation) -> list[str]:
        rows = Message.objects.filter(person=row.person, next_at__isnull=False, delivered_at=None, failed_at=None)
        return list(rows.values_list("kind", flat=True))

    def test_an_answer_stops_reminder_and_invitation(self, scene: Scene) -> None:
        first, second = [row for row in scene.invite() if row.person and row.person.phone][:2]
        actions.remind(scene.morning, actor=scene.lead, now=scene.later(days=1))
        clock.stand_at(scene.now)
        worker.work_off()
        assert self.waiting(first) == ["invitation", "reminder"]
        actions.accept_invitation(first, channel="paper", actor=scene.lead, now=scene.now)
        actions.decline_invitation(second, channel="paper", actor=scene.lead, now=scene.now)
        assert self.waiting(first) == self.waiting(second) == []

    def test_a_withdrawal_stops_the_invitation_and_goes_itself(self, scene: Scene) -> None:
        row = scene.invite()[0]
        actions.withdraw_invitation(row, reason="nhầm", actor=scene.head.as_actor(), now=scene.now)
        assert self.waiting(row) == ["withdrawn"]


class TestUnbrought:
    def test_news_no_machine_brought_is_told_by_telephone(self, scene: Scene, deaf: None) -> None:
        row = scene.invite()[0]
        clock.stand_at(scene.now)
        worker.work_off()
        html = text_of(client(scene), to_call(scene))
        assert "15 tin không tự gửi được: xin gọi điện" in html
        assert "Số điện thoại này không dùng Zalo." in html
        assert client(scene).post(on(row, "da-bao"), {"message": "letter"}).status_code == 302
        assert "14 tin không tự gửi được" in text_of(client(scene), to_call(scene))
        assert client(scene).post(on(row, "da-bao"), {"message": "letter"}).status_code == 409
        assert client(scene).post(on(row, "da-bao"), {"message": "khac"}).status_code == 404

    def test_an_answer_or_a_letter_in_the_hand_overtakes_it(self, scene: Scene, deaf: None) -> None:
        first, second = scene.invite()[:2]
        clock.stand_at(scene.now)
        worker.work_off()
        actions.accept_invitation(first, channel="paper", actor=scene.lead, now=scene.now)
        actions.deliver_invitation(second, actor=scene.lead, now=scene.now)
        assert "13 tin không tự gửi được" in text_of(client(scene), to_call(scene))

    def test_a_withdrawal_stays_until_it_is_told(self, scene: Scene, deaf: None) -> None:
        row = scene.invite()[0]
        clock.stand_at(scene.now)
        worker.work_off()
        actions.withdraw_invitation(row, reason="nhầm", actor=scene.head.as_actor(), now=scene.now)
        worker.work_off()
        Message.objects.exclude(kind="withdrawn").update(delivered_at=scene.now)
        html = text_of(client(scene), to_call(scene))
        assert "1 tin không tự gửi được" in html
        assert "không còn hiệu lực. Cơ quan xin lỗi" in html


def keys_of(html: str, action: str) -> list[str]:
    """The keys of the forms of a page that post there."""
    return re.findall(rf'action="{action}">.*?name="lan" value="([0-9a-f]{{32}})"', html)


class TestTwice:
    """A button pressed twice, or sent again over a slow line."""

    @pytest.mark.parametrize(
        ("slug", "state"), [("chua-nghe", "invited"), ("nhan-loi", "accepted"), ("khong-den", "declined")]
    )
    def test_two_presses_make_one_call(self, scene: Scene, slug: str, state: str) -> None:
        row = scene.invite()[0]
        key = keys_of(text_of(client(scene), to_call(scene)), on(row, slug))[0]
        for _press in range(2):
            assert client(scene).post(on(row, slug), {"lan": key}).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.calls.count()) == (state, 1)

    def test_the_page_opened_anew_is_another_wish(self, scene: Scene) -> None:
        row = scene.invite()[0]
        for _opened in range(2):
            key = keys_of(text_of(client(scene), to_call(scene)), on(row, "chua-nghe"))[0]
            client(scene).post(on(row, "chua-nghe"), {"lan": key})
        assert row.calls.count() == 2

    def test_what_was_refused_may_be_mended_under_the_same_key(self, scene: Scene) -> None:
        row = scene.invite()[0]
        key = keys_of(text_of(client(scene), page_of(row)), on(row, "lien-he"))[0]
        assert client(scene).post(on(row, "lien-he"), {"lan": key, "phone": "12"}).status_code == 409
        assert client(scene).post(on(row, "lien-he"), {"lan": key, "phone": "0905999888"}).status_code == 302

    def test_a_key_that_is_none_is_let_be(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert client(scene).post(on(row, "chua-nghe"), {"lan": "x" * 32}).status_code == 302
        assert row.calls.count() == 1

    def test_in_a_rehearsal_a_call_is_noted_too(self, scene: Scene) -> None:
        row = scene.invite()[0]
        Installation.objects.create(is_rehearsal=True, clock_at=scene.now)
        assert client(scene).post(on(row, "nhan-loi")).status_code == 302
        news = Message.objects.filter(person=row.person).exclude(channel="hand")
        assert all(message.delivered_at for message in news)


class TestOnePerson:
    def test_everything_about_one_person_is_on_one_page(self, scene: Scene) -> None:
        row = scene.invite()[0]
        actions.note_call(row, outcome=Call.Outcome.MISSED, note="gọi lại sau 17 giờ", actor=scene.lead, now=scene.now)
        html = text_of(client(scene), page_of(row))
        for told in (
            row.name, in_groups(row.spoken), "gọi lại sau 17 giờ", "Chưa nghe máy", "Kính mời", "61/GM-",
            "khả năng được chọn", on(row, "nhan-loi"), on(row, "da-giao"),
        ):  # fmt: skip
            assert told.casefold() in html.casefold(), told

    def test_looking_changes_nothing(self, scene: Scene) -> None:
        row = scene.invite()[0]
        with unchanged(Invitation, Message, Call):
            text_of(client(scene), page_of(row))
            text_of(client(scene), f"{to_call(scene)}?tim={row.spoken[:3]}")

    def test_the_number_is_put_right_there(self, scene: Scene) -> None:
        row = scene.invite()[0]
        response = client(scene).post(on(row, "lien-he"), {"phone": "+84 905 999 888", "email": "sau@thu.example"})
        assert response["Location"] == f"{page_of(row)}?da=person.note_contact"
        person = Person.objects.get(pk=row.person_id)
        assert (person.phone, person.email) == ("0905999888", "sau@thu.example")
        html = client(scene).post(on(row, "lien-he"), {"phone": "12", "email": ""}).content.decode()
        assert "“12” không phải số điện thoại" in html

    def test_the_vacated_place_names_the_reserve(self, scene: Scene) -> None:
        row = scene.invite()[0]
        response = client(scene).post(on(row, "khong-den"), {"ve": "nguoi", "reason": "đi xa"})
        assert response["Location"].startswith(page_of(row))
        reserve = Invitation.objects.get(in_place_of=row)
        assert f'href="{page_of(reserve)}">{reserve.name}</a>' in text_of(client(scene), page_of(row))
        assert f"Chỗ này đã gọi dự bị {reserve.name} ({reserve.code})" in text_of(client(scene), listed(scene))

    def test_a_delegate_has_the_number_of_the_office(self, scene: Scene) -> None:
        row = actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)[0]
        assert row.guest in text_of(client(scene), page_of(row))
        assert client(scene).post(on(row, "lien-he"), {"phone": "0905999888"}).status_code == 409

    def test_a_hostile_name_is_text(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert row.person is not None
        rename_to_attack(row.person)
        assert ESCAPED_ATTACK in text_of(client(scene), page_of(row))

    def test_an_unknown_code_is_not_found(self, scene: Scene) -> None:
        scene.invite()
        assert client(scene).get("/giay-moi/DH-2021-01-B1-M999/").status_code == 404
