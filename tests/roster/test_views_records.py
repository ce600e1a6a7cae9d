"""Taking in the one-stop export in the browser: looked at first, confirmed, and nothing stored otherwise."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.kernel import plugs
from doithoai.people.models import Person
from doithoai.roster import forms
from doithoai.roster.models import Record, RecordBatch, RecordCheck, RecordColumns
from doithoai.rules.onestop import Column
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
        assert visitor.get(f"{page(scene)}tung-dong.csv").status_code == 404

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
        assert (check.state, check.sha256, check.seen_file, check.lines_file) == ("dropped", "", "", "")

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


def test_the_screen_names_every_column_that_is_read() -> None:
    assert set(forms.COLUMN_WORDS) == set(Column)


class TestAllColumns:
    def test_sex_birth_number_and_group_of_an_unusual_header_are_chosen(self, scene: Scene) -> None:
        visitor = desk(scene)
        data = OWN_WORDS.replace("Hồ sơ số\n", "Hồ sơ số;Ông bà;Tuổi năm;Số thẻ;Xóm\n")
        line = "Nguyễn Văn Thử;phường Hòa Vinh;Xây dựng;HS-1;Nam;1970;054070001234;Bàn Nham\n"
        second = line.replace("HS-1", "HS-2")
        data = data.splitlines(keepends=True)[0] + line + second
        upload(visitor, scene, data, status=422)
        chosen = {**CHOSEN, "sex": "Ông bà", "birth": "Tuổi năm", "personal_number": "Số thẻ", "group": "Xóm"}
        html = visitor.post(page(scene), {"buoc": "cot", **chosen}).content.decode()
        assert "cùng tên, cùng số định danh" in html
        visitor.post(page(scene), {"buoc": "nhan", "ma": digest_in(html)})
        person = Person.objects.get(name="Nguyễn Văn Thử")
        assert (person.sex, person.birth_year, person.group) == ("nam", 1970, "Bàn Nham")


class TestEveryLine:
    def told(self, scene: Scene, data: str) -> list[list[str]]:
        visitor = desk(scene)
        upload(visitor, scene, data)
        response = visitor.get(f"{page(scene)}tung-dong.csv")
        assert response["Content-Disposition"] == f'attachment; filename="{scene.stage.dialogue.code}-tung-dong.csv"'
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    def test_each_line_with_what_becomes_of_it(self, scene: Scene) -> None:
        other = GOOD.replace("Nguyễn Văn Thử", "Lê Thị Mẫu")
        lines = [
            GOOD,
            GOOD.replace("HS-1", "HS-2"),
            other.replace("Hòa Vinh", "Nơi Khác").replace("HS-1", "HS-3"),
            other.replace("Đã trả", "Đang xử lý").replace("HS-1", "HS-4").replace("Lê Thị Mẫu", "Trần Thị Ba"),
            other.replace("Xây dựng", "Hộ tịch").replace("HS-1", "HS-5").replace("Lê Thị Mẫu", "Phan Văn Tư"),
            other.replace("HS-1", ""),
        ]
        phones = ["0905000111", "0905000111", "", "", "", ""]
        head = HEADER.strip() + ";Điện thoại\n"
        data = head + "".join(f"{line.strip()};{phone}\n" for line, phone in zip(lines, phones, strict=True))
        told = self.told(scene, data)
        assert told[0] == ["Dòng", "Kết quả", "Họ tên", "Mã hồ sơ", "Lý do"]
        assert [line[:2] for line in told[1:]] == [
            ["2", "Nhận"],
            ["3", "Nhận, gộp cùng người"],
            ["4", "Không lưu"],
            ["5", "Không lưu"],
            ["6", "Không lưu"],
            ["7", "Không nhận"],
        ]
        reasons = [line[4] for line in told[1:]]
        assert "Dòng 3: cùng người với dòng 2" in reasons[1]
        assert "không thuộc các phường của kế hoạch" in reasons[2]
        assert reasons[3] == "Hồ sơ chưa giải quyết xong."
        assert "không phải lĩnh vực của kế hoạch" in reasons[4]
        assert "Mã hồ sơ" in reasons[5]

    def test_none_of_the_lines_is_lost_and_all_taken_are_those_stored(self, scene: Scene) -> None:
        visitor = desk(scene)
        digest = digest_in(upload(visitor, scene, shipped_records(), SHIPPED_NAME))
        content = visitor.get(f"{page(scene)}tung-dong.csv").content.decode("utf-8-sig")
        told = list(csv.reader(io.StringIO(content)))[1:]
        visitor.post(page(scene), {"buoc": "nhan", "ma": digest})
        assert sum(line[1] in ("Nhận", "Nhận, gộp cùng người") for line in told) == Record.objects.count()
        assert sum(line[1] == "Không nhận" for line in told) == len(RecordBatch.objects.get().refused)

    def test_a_cell_that_would_run_is_text(self, scene: Scene) -> None:
        told = self.told(scene, HEADER + GOOD.replace("HS-1", "=HS-1"))
        assert "=HS-1" not in [cell for line in told for cell in line]

    def test_once_taken_the_refused_and_the_merged_can_still_be_had(self, scene: Scene) -> None:
        batch = scene.take()
        where = f"{page(scene)}{batch.pk}.csv"
        assert where in text_of(desk(scene), page(scene))
        told = list(csv.reader(io.StringIO(desk(scene).get(where).content.decode("utf-8-sig"))))
        assert told[0] == ["Kết quả", "Lý do"]
        assert [line[1] for line in told[1:]] == [*batch.refused, *batch.merged, *batch.doubts]
        assert client(scene, scene.stage.other.one_stop).get(where).status_code == 404

    def test_without_a_file_there_is_none(self, scene: Scene) -> None:
        assert desk(scene).get(f"{page(scene)}tung-dong.csv").status_code == 409


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
