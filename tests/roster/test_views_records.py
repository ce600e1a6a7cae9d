"""Taking in the one-stop export in the browser: looked at first, confirmed, and nothing stored otherwise."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.kernel import plugs
from doithoai.people.models import Person
from doithoai.roster import forms
from doithoai.roster.actions.checking import tame
from doithoai.roster.models import Record, RecordBatch, RecordCheck, RecordColumns
from doithoai.sample.people import ATTACK_NAME
from doithoai.sample.records import SHIPPED_NAME, shipped_records
from tests.roster.pages import INLINE, client, text_of
from tests.roster.scene import Scene
from tests.web.visitors import ESCAPED_ATTACK, queries_of, unchanged

HEADER = "Họ và tên;Nơi cư trú;Lĩnh vực;Mã hồ sơ;Trạng thái\n"
GOOD = "Nguyễn Văn Thử;phường Hòa Vinh;Xây dựng;HS-1;Đã trả\n"
OWN_WORDS = "Ai đến;Ở đâu ta;Mảng;Hồ sơ số\nNguyễn Văn Thử;phường Hòa Vinh;Xây dựng;HS-1\n"
CHOSEN = {"name": "Ai đến", "address": "Ở đâu ta", "sector": "Mảng", "file_code": "Hồ sơ số"}
TABLES = (Person, Record, RecordBatch)


def page(scene: Scene) -> str:
    return f"/cuoc/{scene.stage.dialogue.code}/ho-so/"


def desk(scene: Scene) -> Client:
    return client(scene, scene.stage.cast.one_stop)


def upload(visitor: Client, scene: Scene, data: bytes | str, name: str = "ho-so.csv", status: int = 200) -> str:
    """Choose a file; what is shown before anything is stored."""
    content = data.encode() if isinstance(data, str) else data
    response = visitor.post(page(scene), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == status
    html = response.content.decode()
    assert not INLINE.search(html)
    return html


def digest_in(html: str) -> str:
    return html.split('name="ma" value="')[1].split('"')[0]


class TestWhoComesIn:
    def test_the_second_agency_finds_nothing(self, scene: Scene) -> None:
        visitor = client(scene, scene.stage.other.one_stop)
        assert visitor.get(page(scene)).status_code == 404
        assert visitor.post(page(scene), {"buoc": "nhan"}).status_code == 404
        assert visitor.get(f"{page(scene)}khong-nhan.csv").status_code == 404

    def test_whose_right_it_is_not_reads_why(self, scene: Scene) -> None:
        clerk = client(scene, scene.stage.cast.clerk)
        html = text_of(clerk, page(scene))
        assert 'type="file"' not in html
        assert "Không có quyền:" in html
        with unchanged(*TABLES):
            upload(clerk, scene, HEADER + GOOD, status=403)
        assert list(plugs.files().names()) == []

    def test_looking_changes_nothing_and_is_cheap(self, scene: Scene) -> None:
        with unchanged(*TABLES):
            assert queries_of(desk(scene), page(scene)) <= 14


class TestPreview:
    def test_it_shows_what_would_happen_and_stores_nothing(self, scene: Scene) -> None:
        with unchanged(*TABLES):
            html = upload(desk(scene), scene, shipped_records(), SHIPPED_NAME)
        assert "Nhận 227 người vào danh sách" in html
        assert "dòng không nhận" in html
        assert "cùng người với dòng" in html
        assert "Chưa ghi gì." in html

    def test_confirming_stores_the_whole_file(self, scene: Scene) -> None:
        visitor = desk(scene)
        html = upload(visitor, scene, shipped_records(), SHIPPED_NAME)
        response = visitor.post(page(scene), {"buoc": "nhan", "ma": digest_in(html)})
        assert response["Location"] == f"{page(scene)}?da=records.take"
        assert RecordBatch.objects.get().taken == 227
        told = text_of(visitor, response["Location"])
        assert "Đã nhận hồ sơ." in told
        assert SHIPPED_NAME in told

    def test_confirming_twice_or_without_a_look_stores_nothing(self, scene: Scene) -> None:
        visitor = desk(scene)
        assert visitor.post(page(scene), {"buoc": "nhan"}).status_code == 409
        digest = digest_in(upload(visitor, scene, HEADER + GOOD))
        assert visitor.post(page(scene), {"buoc": "nhan", "ma": "0" * 64}).status_code == 409
        assert not RecordBatch.objects.exists()
        assert visitor.post(page(scene), {"buoc": "nhan", "ma": digest}).status_code == 302
        assert visitor.post(page(scene), {"buoc": "nhan", "ma": digest}).status_code == 409
        assert RecordBatch.objects.count() == 1

    def test_another_person_does_not_confirm_it(self, scene: Scene) -> None:
        digest = digest_in(upload(desk(scene), scene, HEADER + GOOD))
        assert client(scene).post(page(scene), {"buoc": "nhan", "ma": digest}).status_code == 409
        assert not RecordBatch.objects.exists()

    def test_it_is_there_when_the_page_is_opened_again(self, scene: Scene) -> None:
        digest = digest_in(upload(desk(scene), scene, HEADER + GOOD))
        assert digest_in(text_of(desk(scene), page(scene))) == digest

    def test_it_can_be_dropped(self, scene: Scene) -> None:
        visitor = desk(scene)
        digest = digest_in(upload(visitor, scene, HEADER + GOOD))
        assert visitor.post(page(scene), {"buoc": "bo"}).status_code == 302
        assert "Xem trước “" not in text_of(visitor, page(scene))
        assert visitor.post(page(scene), {"buoc": "nhan", "ma": digest}).status_code == 409
        check = RecordCheck.objects.get()
        assert (check.state, check.sha256, check.seen_file, check.refused_file) == ("dropped", "", "", "")

    def test_a_hostile_cell_is_text(self, scene: Scene) -> None:
        html = upload(desk(scene), scene, HEADER + GOOD.replace("Nguyễn Văn Thử", ATTACK_NAME.replace('"', "")))
        assert ESCAPED_ATTACK in html
        assert "<img" not in html


class TestBadFiles:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "Tệp rỗng, 0 byte."),
            (b"PK\x03\x04 not a workbook", "bị hỏng"),
            (b"\x00\x01\x02\x03" * 50, "không phải bảng tính"),
            ("a;b\n1;2\n", "không thấy dòng tiêu đề"),
            (HEADER, "không có hồ sơ nào"),
        ],
    )
    def test_one_sentence_says_what_is_wrong(self, scene: Scene, data: bytes | str, sentence: str) -> None:
        with unchanged(*TABLES):
            html = upload(desk(scene), scene, data, status=422)
        assert sentence in html
        assert "Chưa ghi gì vào danh sách." in html

    def test_no_file_at_all(self, scene: Scene) -> None:
        response = desk(scene).post(page(scene), {})
        assert response.status_code == 422
        assert "Chưa chọn tệp." in response.content.decode()

    def test_too_heavy(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forms, "MOST_BYTES", 1_000)
        html = upload(desk(scene), scene, HEADER + GOOD * 40, status=422)
        assert "Nhiều nhất 1 KB; cần chia thành nhiều tệp." in html
        assert list(plugs.files().names()) == []


class TestColumns:
    def test_a_header_of_the_offices_own_is_mapped_and_remembered(self, scene: Scene) -> None:
        visitor = desk(scene)
        html = upload(visitor, scene, OWN_WORDS, status=422)
        assert "Chọn cột của" in html
        assert '<option value="Hồ sơ số">' in html
        response = visitor.post(page(scene), {"buoc": "cot", **CHOSEN})
        assert response.status_code == 200
        assert "Nhận 1 người vào danh sách" in response.content.decode()
        again = upload(client(scene), scene, OWN_WORDS.replace("HS-1", "HS-2"))
        assert "Nhận 1 người vào danh sách" in again, "everybody of the agency profits from it"
        assert not RecordColumns.objects.exclude(agency=scene.stage.cast.agency).exists()

    def test_a_usual_header_is_still_read_afterwards(self, scene: Scene) -> None:
        visitor = desk(scene)
        upload(visitor, scene, OWN_WORDS, status=422)
        visitor.post(page(scene), {"buoc": "cot", **CHOSEN})
        assert "Nhận 1 người vào danh sách" in upload(visitor, scene, HEADER + GOOD)

    def test_a_column_that_is_not_there_is_not_taken(self, scene: Scene) -> None:
        visitor = desk(scene)
        upload(visitor, scene, OWN_WORDS, status=422)
        response = visitor.post(page(scene), {"buoc": "cot", **CHOSEN, "name": "Không có"})
        assert response.status_code == 422
        assert not RecordBatch.objects.exists()


class TestRefusedLines:
    def test_each_with_its_reason(self, scene: Scene) -> None:
        visitor = desk(scene)
        lines = (HEADER, GOOD, GOOD.replace("HS-1", "HS-2"))
        days = ("Ngày tiếp nhận", "05/03/2021", "=1+1")
        upload(visitor, scene, "".join(f"{day};{line}" for day, line in zip(days, lines, strict=True)))
        response = visitor.get(f"{page(scene)}khong-nhan.csv")
        assert response["Content-Disposition"] == f'attachment; filename="{scene.stage.dialogue.code}-khong-nhan.csv"'
        told = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert told[0] == ["Dòng", "Cột", "Trong tệp", "Lý do"]
        assert [line[:3] for line in told[1:]] == [["3", "Ngày tiếp nhận", "'=1+1"]]

    def test_without_a_file_there_is_none(self, scene: Scene) -> None:
        assert desk(scene).get(f"{page(scene)}khong-nhan.csv").status_code == 409

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
    def test_no_cell_runs_as_a_formula(self, cell: str) -> None:
        assert tame(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "Nguyễn Văn A", "12-3", "a=b"])
    def test_ordinary_cells_stay_as_they_are(self, cell: str) -> None:
        assert tame(cell) == cell


class TestSearch:
    def test_by_name_ward_or_file_with_and_without_diacritics(self, scene: Scene) -> None:
        visitor = desk(scene)
        digest = digest_in(upload(visitor, scene, HEADER + GOOD + GOOD.replace("Thử", "Mẫu").replace("HS-1", "HS-2")))
        visitor.post(page(scene), {"buoc": "nhan", "ma": digest})
        for asked, found in (("nguyen van thu", "HS-1"), ("Nguyễn Văn Mẫu", "HS-2"), ("hs-2", "HS-2")):
            html = text_of(visitor, f"{page(scene)}?tim={asked}")
            assert "Có 1 kết quả cho" in html
            assert f">{found}<" in html
        assert "Có 2 kết quả cho" in text_of(visitor, f"{page(scene)}?tim=hoa+vinh")
        assert "Không có kết quả cho" in text_of(visitor, f"{page(scene)}?tim=zzz")
