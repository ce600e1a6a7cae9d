"""Choosing, inviting and calling in the browser: who sees what, which buttons there are, and what they do."""

from datetime import timedelta

import pytest

from doithoai.documents.models import Document
from doithoai.outbox.models import Message
from doithoai.people.models import Staff
from doithoai.roster.models import Draw, Invitation, Pool
from tests.roster.pages import choosing, client, listed, officer, on, on_sitting, text_of, to_call
from tests.roster.scene import EVENT, EVENT_ON, EVENT_VALUE, Scene
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged

FROZEN = {"event_name": EVENT, "event_on": EVENT_ON.isoformat()}
DRAWN = {"value": EVENT_VALUE, "source": "Biên bản bốc thăm", "witnesses": "Ủy ban MTTQ"}
MOST_QUERIES = 18


def press(scene: Scene, path: str, staff: Staff | None = None, **words: str) -> int:
    """Press a button; 302 when it was accepted."""
    return client(scene, staff).post(path, words).status_code


def state_of(row: Invitation) -> str:
    row.refresh_from_db()
    return row.state


class TestWhoComesIn:
    def paths(self, scene: Scene) -> list[str]:
        return [f"/cuoc/{scene.stage.dialogue.code}/moi/", choosing(scene), listed(scene), to_call(scene)]

    def test_the_second_agency_finds_nothing_and_changes_nothing(self, scene: Scene) -> None:
        row = scene.invite()[0]
        stranger = scene.stage.other.leader
        assert {client(scene, stranger).get(path).status_code for path in self.paths(scene)} == {404}
        with unchanged(Invitation, Pool, Document):
            acts = [
                on(row, slug) for slug in ("nhan-loi", "khong-den", "chua-nghe", "da-giao", "dua-ra", "den", "vang")
            ]
            acts += [on_sitting(scene, slug) for slug in ("chot", "boc", "chon", "soan", "dai-bieu", "ky-nhan")]
            assert {press(scene, path, stranger) for path in acts} == {404}

    def test_a_stranger_is_sent_to_sign_in(self, scene: Scene) -> None:
        for path in self.paths(scene):
            assert browser(now=scene.now).get(path)["Location"].startswith("/vao/?toi=")

    def test_looking_changes_nothing(self, scene: Scene) -> None:
        scene.invite()
        with unchanged(Invitation, Pool, Draw, Document, Message):
            for path in self.paths(scene):
                text_of(client(scene), path)
                assert client(scene).get(f"{path}?tim=mau").status_code == 200

    def test_what_does_not_exist_is_not_found(self, scene: Scene) -> None:
        assert client(scene).get(f"/cuoc/{scene.stage.dialogue.code}/moi/9/").status_code == 404
        assert press(scene, on_sitting(scene, "khac")) == 404
        assert press(scene, on(scene.invite()[0], "khac")) == 404

    def test_a_hostile_name_is_text_on_every_page(self, scene: Scene) -> None:
        person = scene.invite()[0].person
        assert person is not None
        rename_to_attack(person)
        for path in (choosing(scene), listed(scene), to_call(scene)):
            html = text_of(client(scene), path)
            assert ESCAPED_ATTACK in html
            assert "<img" not in html

    def test_pages_cost_the_same_for_few_and_many(self, scene: Scene) -> None:
        """Before anybody is drawn, with everybody invited, and with one person left of them."""
        scene.take()
        assert queries_of(client(scene), choosing(scene)) <= MOST_QUERIES
        pool = scene.freeze()
        scene.draw(pool)
        scene.letters()
        drawn = scene.drawn("Hòa Vinh")
        visitor = client(scene)
        paths = (choosing(scene), listed(scene), f"{listed(scene)}?tim=mau", to_call(scene))
        many = [queries_of(visitor, path) for path in paths]
        Invitation.objects.filter(sitting=scene.morning, route="drawn").exclude(pk=drawn[0].pk).update(state="struck")
        few = [queries_of(visitor, path) for path in paths]
        assert few == many
        assert max(many) <= MOST_QUERIES, many


class TestChoosing:
    def test_without_records_it_says_why_nobody_can_be_drawn(self, scene: Scene) -> None:
        html = text_of(client(scene), choosing(scene))
        assert "Chưa có hồ sơ nào: cần tệp hồ sơ của Bộ phận Một cửa." in html
        assert f"/cuoc/{scene.stage.dialogue.code}/ho-so/" in html

    def test_wards_are_counted_and_what_excludes_the_others(self, scene: Scene) -> None:
        scene.take()
        html = text_of(client(scene), choosing(scene))
        assert "110 công dân đã làm xong thủ tục" in html
        assert "36 không cư trú ở các phường của kế hoạch" in html
        assert "26 hồ sơ chưa giải quyết xong" in html

    def test_freezing_shows_the_commitment_in_groups_of_eight(self, scene: Scene) -> None:
        scene.take()
        assert press(scene, on_sitting(scene, "chot"), **FROZEN) == 302
        pool = Pool.objects.get(sitting=scene.morning)
        html = text_of(client(scene), choosing(scene))
        for at in range(0, 64, 8):
            assert f"<span>{pool.commitment[at : at + 8]}</span>" in html
        assert EVENT in html
        assert "Chưa bốc được:</b> số ngẫu nhiên có vào thứ Sáu 10/12/2021." in html

    def test_places_may_be_given_ward_by_ward(self, scene: Scene) -> None:
        scene.take()
        codes = [row.code for row in scene.morning.agency.places.order_by("code")[:2]]
        quotas = {f"quota-{codes[0]}": "10", f"quota-{codes[1]}": "5"}
        assert press(scene, on_sitting(scene, "chot"), **FROZEN, **quotas) == 302
        assert Pool.objects.get().quotas == {codes[0]: 10, codes[1]: 5}

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ({**FROZEN, "event_on": "mai"}, "ngày lấy số không đọc được. Cần một ngày, ví dụ 10/12/2021."),
            ({**FROZEN, "event_name": " "}, "tên sự kiện công khai để trống."),
            ({**FROZEN, "event_on": "2021-12-01"}, "ngày lấy số ngẫu nhiên phải sau hôm nay"),
        ],
    )
    def test_a_wrong_field_is_named_and_nothing_frozen(
        self, scene: Scene, words: dict[str, str], sentence: str
    ) -> None:
        scene.take()
        response = client(scene).post(on_sitting(scene, "chot"), words)
        assert response.status_code == 409
        assert sentence in response.content.decode()
        assert not Pool.objects.exists()

    def test_drawing_shows_the_result_and_each_chance(self, scene: Scene) -> None:
        scene.freeze_first()
        scene.now = scene.now.replace(day=10)
        assert press(scene, on_sitting(scene, "boc"), **DRAWN) == 302
        html = text_of(client(scene), choosing(scene))
        assert f"<b>{EVENT_VALUE}</b>" in html
        assert "8/55 = 14,5\xa0%" in html
        assert "Hòa Vinh: 8 người" in html
        for row in scene.drawn("Hòa Vinh"):
            assert row.member is not None
            assert row.member.code in html
        assert "khả năng được chọn 14,5\xa0%" in text_of(client(scene), listed(scene))

    def test_whose_right_it_is_not_sees_why(self, scene: Scene) -> None:
        scene.take()
        clerk = scene.stage.cast.clerk
        html = text_of(client(scene, clerk), choosing(scene))
        assert 'aria-disabled="true"' in html
        assert "Không có quyền:" in html
        assert press(scene, on_sitting(scene, "chot"), clerk, **FROZEN) == 403

    def test_somebody_is_chosen_by_hand_with_the_reason(self, scene: Scene) -> None:
        person = scene.freeze_first().members.select_related("person")[0].person
        found = text_of(client(scene), f"{choosing(scene)}?tim={person.name_folded}")
        assert f'value="{person.code}"' in found
        assert press(scene, on_sitting(scene, "chon"), person=person.code) == 409
        assert press(scene, on_sitting(scene, "chon"), person=person.code, reason="Đã gửi đơn 3 lần") == 302
        row = Invitation.objects.get(route="chosen")
        assert (row.person, row.selection_reason) == (person, "Chọn mời: Đã gửi đơn 3 lần")
        assert "Chọn mời: Đã gửi đơn 3 lần" in text_of(client(scene), choosing(scene))

    def test_a_person_of_the_other_agency_is_not_found(self, scene: Scene) -> None:
        scene.take()
        assert press(scene, on_sitting(scene, "chon"), person="XXXXXXX", reason="quen") == 404


class TestList:
    def test_letters_are_drafted_for_whom_has_none(self, scene: Scene) -> None:
        scene.draw()
        html = text_of(client(scene), listed(scene))
        assert "Soạn 15 giấy mời công dân" in html
        assert press(scene, on_sitting(scene, "soan"), signer=scene.head.code) == 302
        document = Document.objects.get(kind="invitation")
        assert scene.head.name in str(document.paper)
        assert f"/van-ban/{document.code}/" in text_of(client(scene), listed(scene))

    def test_only_who_may_sign_is_taken_as_signer(self, scene: Scene) -> None:
        scene.draw()
        assert press(scene, on_sitting(scene, "soan"), signer=officer(scene).code) == 409
        assert press(scene, on_sitting(scene, "soan")) == 409
        assert not Document.objects.filter(kind="invitation").exists()

    def test_delegates_are_listed_and_written_to(self, scene: Scene) -> None:
        assert "Lập danh sách đại biểu" in text_of(client(scene), listed(scene))
        assert press(scene, on_sitting(scene, "dai-bieu")) == 302
        assert "Lập danh sách đại biểu" not in text_of(client(scene), listed(scene))
        assert press(scene, on_sitting(scene, "soan-dai-bieu"), signer=scene.head.code) == 302
        assert Document.objects.filter(kind="invitation", about=f"{scene.morning.code}-DB").exists()

    def test_lists_to_sign_are_drafted(self, scene: Scene) -> None:
        scene.draw()
        assert press(scene, on_sitting(scene, "ky-nhan")) == 302
        assert press(scene, on_sitting(scene, "ky-ten"), venue=scene.ward_venue.code) == 302
        assert press(scene, on_sitting(scene, "ky-ten"), venue="XK-X") == 404
        kinds = set(Document.objects.values_list("kind", flat=True))
        assert {"delivery_list", "attendance_list"} <= kinds

    def test_people_are_found_with_and_without_diacritics(self, scene: Scene) -> None:
        scene.invite()
        row = scene.reserves("Hòa Vinh")[-1]
        assert row.person is not None
        for query in (row.person.name, row.person.name_folded, row.code):
            assert f'id="{row.code}"' in client(scene).get(listed(scene), {"tim": query}).content.decode(), query
        assert f'id="{row.code}"' not in text_of(client(scene), listed(scene))
        assert "Không thấy ai." in text_of(client(scene), f"{listed(scene)}?tim=khong-co-ai")

    def test_a_delivery_is_noted_once(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert on(row, "da-giao") in text_of(client(scene), listed(scene))
        assert press(scene, on(row, "da-giao")) == 302
        assert on(row, "da-giao") not in text_of(client(scene), listed(scene))
        assert press(scene, on(row, "da-giao")) == 409

    def test_a_reserve_is_shown_with_why_and_gets_a_letter(self, scene: Scene) -> None:
        row = scene.invite()[0]
        press(scene, on(row, "khong-den"))
        reserve = Invitation.objects.get(in_place_of=row)
        html = text_of(client(scene), listed(scene))
        assert f"Được gọi thay {row.name} ({row.code}: Không đến được)" in html
        assert on(reserve, "soan") in html
        assert press(scene, on(reserve, "soan")) == 302
        reserve.refresh_from_db()
        assert reserve.document is not None

    def test_a_name_is_taken_back_by_its_head_with_a_reason(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert on(row, "dua-ra") not in text_of(client(scene), listed(scene))
        assert on(row, "dua-ra") in text_of(client(scene, scene.head), listed(scene))
        assert press(scene, on(row, "dua-ra"), reason="nhầm người") == 403
        assert press(scene, on(row, "dua-ra"), scene.head) == 409
        assert press(scene, on(row, "dua-ra"), scene.head, reason="nhầm người") == 302
        assert (state_of(row), row.reason) == ("withdrawn", "nhầm người")

    def test_before_the_letter_a_name_is_struck(self, scene: Scene) -> None:
        scene.draw()
        row = scene.drawn("Hòa Vinh")[0]
        assert press(scene, on(row, "dua-ra"), scene.head, reason="đã chuyển đi") == 302
        assert state_of(row) == "struck"


class TestCalls:
    def test_everybody_who_has_not_answered_is_called(self, scene: Scene) -> None:
        row, other = scene.invite()[:2]
        press(scene, on(other, "nhan-loi"))
        html = text_of(client(scene), to_call(scene))
        assert row.person is not None
        assert row.person.name in html
        assert f'id="{other.code}"' not in html
        assert "14 người cần gọi" in html

    def test_one_tap_yes(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert press(scene, on(row, "nhan-loi")) == 302
        assert (state_of(row), row.reply_channel) == ("accepted", "phone")

    def test_needs_and_paper(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert press(scene, on(row, "nhan-loi"), needs="xe lăn", channel="paper") == 302
        row.refresh_from_db()
        assert (row.needs, row.reply_channel) == ("xe lăn", "paper")

    def test_one_tap_no_with_or_without_a_reason(self, scene: Scene) -> None:
        first, second = scene.invite()[:2]
        press(scene, on(first, "khong-den"))
        press(scene, on(second, "khong-den"), reason="đi viện")
        assert [(state_of(row), row.reason) for row in (first, second)] == [("declined", ""), ("declined", "đi viện")]

    def test_a_call_that_reached_the_person_no_longer_waits(self, scene: Scene) -> None:
        press(scene, on(scene.invite()[0], "khong-den"))
        reserve = Invitation.objects.exclude(in_place_of=None).get()
        call = Message.objects.get(key=f"{reserve.chain}:{reserve.code}:called")
        assert call.delivered_at is None
        press(scene, on(reserve, "nhan-loi"))
        call.refresh_from_db()
        assert (call.delivered_at, call.outcome) == (scene.now, "Nhận lời")

    def test_nobody_answered_stays_on_the_list_with_the_tries(self, scene: Scene) -> None:
        row = scene.invite()[0]
        visitor = client(scene)
        for note in ("", "gọi lại sau 17 giờ"):
            response = visitor.post(on(row, "chua-nghe"), {"note": note})
        assert response["Location"].endswith("/goi/?da=call.missed")
        html = text_of(visitor, to_call(scene))
        assert "Đã gọi 2 lần" in html
        assert "lần cuối 10/12/2021 09:30: Chưa nghe máy. gọi lại sau 17 giờ" in html
        assert html.rindex("data-call>") < html.index(f'id="{row.code}"') + 200, "called last, hence last on the list"
        assert state_of(row) == "invited"

    def test_a_wrong_number_asks_for_the_right_one(self, scene: Scene) -> None:
        row = next(row for row in scene.invite() if row.person and row.person.phone)
        assert press(scene, on(row, "sai-so")) == 302
        html = text_of(client(scene), to_call(scene))
        assert "Lần gọi trước: sai số." in html
        assert f'href="/giay-moi/{row.code}/#lien-he"' in html

    def test_somebody_else_comes_instead(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert press(scene, on(row, "nhan-loi"), instead="Nguyễn Văn Thử", relation="con trai") == 302
        assert (state_of(row), row.instead, row.instead_relation) == ("accepted", "Nguyễn Văn Thử", "con trai")
        assert press(scene, on(scene.drawn("Hòa Vinh")[1], "nhan-loi"), instead="Nguyễn Văn Thử") == 409
        assert "Cử người đi thay:</b> Nguyễn Văn Thử, con trai" in text_of(client(scene), listed(scene))

    def test_who_may_not_note_answers_reads_why(self, scene: Scene) -> None:
        row = scene.invite()[0]
        observer = scene.stage.cast.observer
        html = text_of(client(scene, observer), to_call(scene))
        assert on(row, "nhan-loi") not in html
        assert "Không có quyền:" in html
        assert press(scene, on(row, "nhan-loi"), observer) == 403

    def test_the_silent_are_noted(self, scene: Scene) -> None:
        row = scene.invite()[0]
        assert press(scene, on_sitting(scene, "het-han")) == 409
        scene.later(days=9)
        assert "quá hạn trả lời mà chưa trả lời" in text_of(client(scene), to_call(scene))
        assert press(scene, on_sitting(scene, "het-han")) == 302
        assert state_of(row) == "lapsed"

    def test_after_the_beginning_answers_are_not_noted(self, scene: Scene) -> None:
        row = scene.invite()[0]
        scene.now = scene.morning.starts_at + timedelta(minutes=1)
        assert "Đã đến giờ đối thoại" in text_of(client(scene), to_call(scene))
        assert press(scene, on(row, "nhan-loi")) == 409
