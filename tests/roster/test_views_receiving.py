"""Letters to the printer in one file, the signed list back as a scan, and who has their letter."""

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.documents import worker
from doithoai.journal.models import Entry
from doithoai.roster import actions
from doithoai.roster.models import Invitation, Scan
from doithoai.roster.papers import way_of
from tests.roster.pages import client, listed, on_sitting, text_of
from tests.roster.scene import Scene
from tests.roster.test_imports import jpeg, pdf
from tests.web.visitors import queries_of, unchanged


def receipts(scene: Scene) -> str:
    return f"/buoi/{scene.morning.code}/ky-nhan/"


def letters(scene: Scene, who: str = "cong-dan") -> str:
    return f"/buoi/{scene.morning.code}/giay-moi/{who}.pdf"


def words_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def upload(scene: Scene, data: bytes, name: str = "ban quet.pdf") -> int:
    file = SimpleUploadedFile(name, data)
    return client(scene).post(receipts(scene), {"act": "quet", "file": file}).status_code


class TestOneFile:
    def test_every_letter_in_the_order_in_which_they_are_carried(self, scene: Scene) -> None:
        scene.invite()
        assert "Đang tạo bản in 15 giấy mời" in text_of(client(scene), listed(scene))
        assert client(scene).get(letters(scene)).status_code == 409
        worker.work_off()
        assert "15 giấy mời công dân trong một tệp PDF" in text_of(client(scene), listed(scene))
        response = client(scene).get(letters(scene))
        assert response["Content-Type"] == "application/pdf"
        rows = sorted(Invitation.objects.filter(sitting=scene.morning, route="drawn"), key=way_of)
        pages = words_of(response.content)
        assert len(pages) == 15
        for row, page in zip(rows, pages, strict=True):
            assert row.name in page
            assert f"{row.spoken[:3]} {row.spoken[3:]}" in page

    def test_a_reserves_letter_joins_and_a_withdrawn_one_leaves(self, scene: Scene) -> None:
        row = scene.invite()[0]
        actions.decline_invitation(row, channel="phone", actor=scene.lead, now=scene.now)
        reserve = Invitation.objects.get(in_place_of=row)
        scene.issue(actions.draft_reserve_letter(reserve, signer=scene.head, actor=scene.lead, now=scene.now))
        worker.work_off()
        pages = words_of(client(scene).get(letters(scene)).content)
        assert len(pages) == 15
        assert [page for page in pages if reserve.name in page]
        assert not [page for page in pages if f"{row.spoken[:3]} {row.spoken[3:]}" in page]

    def test_delegates_have_a_file_of_their_own(self, scene: Scene) -> None:
        actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
        scene.issue(
            actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
        )
        worker.work_off()
        assert len(words_of(client(scene).get(letters(scene, "dai-bieu")).content)) == 10
        assert client(scene).get(letters(scene)).status_code == 409
        assert client(scene).get(letters(scene, "khac")).status_code == 404

    def test_who_carries_letters_may_print_them_and_nobody_else(self, scene: Scene) -> None:
        scene.invite()
        worker.work_off()
        cast = scene.stage.cast
        assert client(scene, cast.clerk).get(letters(scene)).status_code == 200
        assert client(scene, cast.observer).get(letters(scene)).status_code == 403
        assert client(scene, scene.stage.other.clerk).get(letters(scene)).status_code == 404


class TestSigned:
    def test_ticked_people_have_their_letter(self, scene: Scene) -> None:
        first, second = scene.invite()[:2]
        html = text_of(client(scene), receipts(scene))
        assert "Giấy mời đã đến tay 0/15 người" in html
        response = client(scene).post(receipts(scene), {"act": "giao", "row": [first.code, second.code]})
        assert response["Location"] == f"{receipts(scene)}?da=invitation.deliver"
        assert "Giấy mời đã đến tay 2/15 người" in text_of(client(scene), receipts(scene))
        assert Entry.objects.filter(verb="invitation.deliver").count() == 2

    @pytest.mark.parametrize("rows", [[], ["DH-2021-01-B1-M99"]])
    def test_nobody_ticked_changes_nothing(self, scene: Scene, rows: list[str]) -> None:
        scene.invite()
        with unchanged(Invitation):
            assert client(scene).post(receipts(scene), {"act": "giao", "row": rows}).status_code == 409

    def test_a_scan_is_kept_under_its_digest_and_comes_back(self, scene: Scene) -> None:
        scene.invite()
        data = pdf(2)
        assert upload(scene, data) == 302
        html = text_of(client(scene), receipts(scene))
        assert "Bản quét 1" in html
        assert "2 trang" in html
        response = client(scene).get(f"{receipts(scene)}1/")
        assert response.content == data
        assert response["Content-Disposition"].startswith("attachment")
        row = Scan.objects.get()
        (body,) = Entry.objects.filter(verb="scan.keep").values_list("body", flat=True)
        assert row.sha256 in body
        assert "ban quet" not in body

    def test_the_same_scan_again_and_anything_else_is_refused(self, scene: Scene) -> None:
        scene.invite()
        assert upload(scene, jpeg(3000, 4000), "anh.jpg") == 302
        assert upload(scene, jpeg(3000, 4000), "anh khac.jpg") == 409
        assert upload(scene, b"MZ chuong trinh", "danh sach.pdf") == 409
        assert client(scene).post(receipts(scene), {"act": "quet"}).status_code == 409
        assert Scan.objects.count() == 1

    def test_the_list_to_sign_is_made_from_here(self, scene: Scene) -> None:
        scene.invite()
        response = client(scene).post(on_sitting(scene, "ky-nhan"))
        assert response["Location"].startswith(receipts(scene))
        assert "Lập lại danh sách" in text_of(client(scene), receipts(scene))

    def test_who_has_no_say_reads_why_and_changes_nothing(self, scene: Scene) -> None:
        row = scene.invite()[0]
        upload(scene, pdf(1))
        observer, stranger = scene.stage.cast.observer, scene.stage.other.clerk
        html = text_of(client(scene, observer), receipts(scene))
        assert "Không có quyền:" in html
        assert 'name="file"' not in html
        with unchanged(Invitation, Scan):
            assert client(scene, observer).post(receipts(scene), {"act": "giao", "row": [row.code]}).status_code == 403
            assert client(scene, observer).get(f"{receipts(scene)}1/").status_code == 403
            assert client(scene, stranger).get(receipts(scene)).status_code == 404
            assert client(scene, stranger).get(f"{receipts(scene)}1/").status_code == 404
            assert client(scene, stranger).post(receipts(scene), {"act": "giao"}).status_code == 404

    def test_before_any_letter_it_says_what_comes_first(self, scene: Scene) -> None:
        assert "Chưa có giấy mời nào có số." in text_of(client(scene), receipts(scene))

    def test_it_costs_the_same_for_few_and_many(self, scene: Scene) -> None:
        scene.invite()
        many = queries_of(client(scene), receipts(scene))
        Invitation.objects.filter(sitting=scene.morning, route="drawn").exclude(ordinal=1).update(state="struck")
        assert queries_of(client(scene), receipts(scene)) == many
        assert many <= 18
