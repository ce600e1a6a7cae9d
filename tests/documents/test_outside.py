"""A paper's file comes back from outside: read, compared, kept with what differs, and confirmed as the issued one."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.documents import actions, worker
from doithoai.documents.imports import LARGEST, Back, read_back
from doithoai.documents.models import Brought, Document
from doithoai.documents.queries import headers_of, kept_texts
from doithoai.documents.rendering import render_docx, render_pdf
from doithoai.journal.models import Entry
from doithoai.journal.queries import story
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import ANYONE, Actor, NotNow, NotYours, System
from doithoai.ops.verify import faults
from doithoai.people.models import Staff
from doithoai.rules.paper import Column, Paper, Row, Table, para, words
from doithoai.rules.paper.differences import compare, from_json
from doithoai.rules.paper.printed import texts
from tests.documents.desk import NOW, STAFF, Desk, desk, drafted, letter, numbered
from tests.documents.paper_samples import MADE_AT, NOTICE, SAMPLES
from tests.documents.reading import reworded
from tests.web.visitors import browser, unchanged

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def here(db: None) -> Desk:
    """Our agency, on a stopped clock."""
    clock.stand_at(NOW)
    return desk("DH")


@pytest.fixture
def there(db: None) -> Desk:
    """Another agency."""
    return desk("XK")


def printed(here: Desk) -> Document:
    """A numbered paper with its print."""
    document = numbered(here)
    assert worker.work_off() == 1
    document.refresh_from_db()
    return document


def scan() -> bytes:
    """A PDF without any words, as a scanner makes it."""
    page = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    return page + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def bring(of: Desk, document: Document, data: bytes, *, who: str = "clerk", name: str = "ban-ky.docx") -> Brought:
    """Bring a file back by the verb."""
    back = read_back(data, headers=headers_of(document))
    digest = plugs.files().put(data)
    return actions.bring_back(
        document, back, name=name, sha256=digest, size=len(data), actor=of[who], now=NOW
    )  # fmt: skip


class TestReading:
    @pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES.keys())
    def test_our_own_prints_read_back_without_a_difference(self, paper: Paper) -> None:
        paper = replace(paper, contact=())
        tables = [block for block in _blocks(paper) if isinstance(block, Table)]
        headers = [" ".join(column.title for column in table.columns) for table in tables]
        pdf = read_back(render_pdf(paper, created_at=MADE_AT), headers=headers)
        word = read_back(render_docx(paper, created_at=MADE_AT))
        assert (pdf.kind, word.kind) == ("pdf", "docx")
        for back in (pdf, word):
            assert compare(texts(paper), back.paragraphs).passages == ()
            assert " ".join(back.paragraphs).split()[:3] == words(paper)[:3]

    def test_a_table_over_several_pages_repeats_its_header_and_that_is_no_difference(self) -> None:
        columns = (Column("TT", 8), Column("Nội dung", 90))
        table = Table(columns, tuple(Row((str(at), "Nội dung dài " * 12)) for at in range(40)))
        paper = replace(NOTICE, blocks=(para("Trước bảng."), table, para("Sau bảng./.")), appendices=())
        back = read_back(render_pdf(paper, created_at=MADE_AT), headers=["TT Nội dung"])
        assert compare(texts(paper), back.paragraphs).is_same

    def test_tracked_changes_are_read_as_accepted(self) -> None:
        opened = docx.Document()
        opened.add_paragraph("Kính mời")
        body = opened.element.body.xml.replace("Kính mời", "Trân trọng mời")
        struck = (
            '<w:del w:id="1" w:author="x"><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins w:id="2" w:author="x">'
        )
        body = body.replace("</w:p>", f"{struck}<w:r><w:t xml:space='preserve'> mới</w:t></w:r></w:ins></w:p>", 1)
        package = _package("word/document.xml", f"<w:document {_namespace(body)}>{body}</w:document>".encode())
        assert read_back(package).paragraphs == ("Trân trọng mời mới",)

    def test_a_scan_has_no_words(self) -> None:
        assert read_back(scan()) == Back("pdf", ())

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "tệp trống"),
            (b"khong phai van ban", "không phải tệp DOCX hay PDF"),
            (b"\xd0\xcf\x11\xe0 Word 97", "kiểu cũ"),
            (b"PK\x03\x04 hong", "không mở được tệp DOCX"),
            (b"%PDF-1.7 hong", "không mở được tệp PDF"),
            (b"x" * (LARGEST + 1), "nhiều nhất 20 MB"),
        ],
    )
    def test_a_bad_file_is_refused_in_one_sentence(self, data: bytes, words: str) -> None:
        with pytest.raises(NotNow, match=words) as refusal:
            read_back(data)
        assert refusal.value.reason.startswith("Chưa nhận tệp: ")

    @pytest.mark.parametrize("entry", ["word/khac.xml", "xl/workbook.xml"])
    def test_another_package_is_no_docx(self, entry: str) -> None:
        with pytest.raises(NotNow, match="không mở được tệp DOCX"):
            read_back(_package(entry, b"<x/>"))

    def test_a_package_that_would_fill_the_machine_is_not_unpacked(self) -> None:
        with pytest.raises(NotNow, match="quá lớn"):
            read_back(_package("word/document.xml", b" " * (61 * 1024 * 1024)))

    def test_a_package_that_is_broken_inside_is_refused(self) -> None:
        data = bytearray(_package("word/document.xml", b"<x>" + bytes(range(256)) * 40 + b"</x>"))
        data[60:90] = b"\xff" * 30
        with pytest.raises(NotNow, match="không mở được tệp DOCX"):
            read_back(bytes(data))

    def test_an_entity_in_the_xml_is_not_resolved(self) -> None:
        bomb = (
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats'
        )
        bomb += b'.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Mot &a; hai</w:t></w:r></w:p></w:document>'
        assert "root:" not in " ".join(read_back(_package("word/document.xml", bomb)).paragraphs)


def _blocks(paper: Paper) -> list[object]:
    return [*paper.blocks, *(block for appendix in paper.appendices for block in appendix.blocks)]


def _namespace(body: str) -> str:
    return 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _package(entry: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(entry, data)
    return out.getvalue()


class TestBringing:
    def test_what_differs_is_kept_and_told_in_the_journal(self, here: Desk) -> None:
        document = drafted(here)
        before = Document.objects.values().get(pk=document.pk)
        row = bring(here, document, reworded(document.model, "tham dự.", "đến dự lúc 07 giờ 30."), who="officer")
        made = from_json(row.changes)
        assert made == compare(kept_texts(document), row.words.split("\n"))
        assert [piece.words for piece in made.passages[0].pieces if piece.standing == "out"] == ["tham dự."]
        assert [(fact.kind, fact.was, fact.now) for fact in made.facts] == [("hour", "", "07 giờ 30")]
        assert (row.ordinal, row.kind, row.state, row.revision) == (1, "docx", "waiting", document.revision)
        assert row.brought_by == here.staff["officer"]
        line = story("DH", last=1)[0]
        assert line.verb == "document.bring_back"
        assert (line.facts["file"], line.facts["out"], line.facts["added"]) == (row.sha256, 2, 6)
        assert Document.objects.values().get(pk=document.pk) == before
        assert not list(faults())

    def test_a_scan_is_kept_uncompared(self, here: Desk) -> None:
        row = bring(here, drafted(here), scan(), name="quet.pdf")
        assert (row.kind, row.is_readable, from_json(row.changes).is_same) == ("pdf", False, True)
        assert story("DH", last=1)[0].facts["scan"] == 1

    def test_the_same_file_twice_and_a_working_paper_are_refused(self, here: Desk) -> None:
        document = drafted(here)
        bring(here, document, scan())
        with pytest.raises(NotNow, match="đang chờ xác nhận"):
            bring(here, document, scan())
        Document.objects.filter(pk=document.pk).update(is_official=False)
        with pytest.raises(NotNow, match="giấy tờ làm việc"):
            bring(here, document, reworded(document.model, "Kính", "Xin"))
        assert Brought.objects.count() == 1

    def test_whose_right_it_is(self, here: Desk, there: Desk) -> None:
        document = drafted(here)
        entries = Entry.objects.count()
        strangers: list[Actor] = [there[who] for who in STAFF] + [ANYONE]
        others = [here[who] for who in STAFF if who not in ("clerk", "officer", "head")]
        for actor in (*strangers, *others):
            with pytest.raises(NotYours, match=r"\S"):
                actions.bring_back(
                    document, Back("pdf", ()), name="x", sha256="0" * 64, size=1, actor=actor, now=NOW
                )  # fmt: skip
        assert (Brought.objects.count(), Entry.objects.count()) == (0, entries)


class TestConfirming:
    @pytest.mark.parametrize("kind", ["docx", "pdf"])
    def test_the_file_becomes_the_issued_one_and_its_digest_is_in_the_journal(self, here: Desk, kind: str) -> None:
        document = printed(here)
        data = reworded(document.model, "tham dự", "đến dự") if kind == "docx" else scan()
        was = getattr(document, kind)
        other = document.pdf if kind == "docx" else document.docx
        row = actions.take_file(bring(here, document, data), actor=here["clerk"], now=NOW)
        document.refresh_from_db()
        assert (getattr(document, kind), getattr(document, f"{kind}_size")) == (row.sha256, len(data))
        assert (document.pdf if kind == "docx" else document.docx) == other
        assert (row.state, row.replaced, row.settled_by) == ("confirmed", was, here.staff["clerk"])
        line = story("DH", last=1)[0]
        assert (line.verb, line.facts[kind], line.facts["was"]) == ("document.take_file", row.sha256, was)
        assert not list(faults())

    def test_verify_sees_a_file_that_was_put_in_its_place_afterwards(self, here: Desk) -> None:
        document = printed(here)
        actions.take_file(bring(here, document, scan()), actor=here["clerk"], now=NOW)
        Document.objects.filter(pk=document.pk).update(pdf=plugs.files().put(b"%PDF khac"))
        assert "tệp bản in không phải tệp đã ghi" in str(next(iter(faults())))

    def test_verify_misses_the_print_that_it_replaced(self, here: Desk) -> None:
        document = printed(here)
        row = actions.take_file(bring(here, document, scan()), actor=here["clerk"], now=NOW)
        plugs.files()._path(row.replaced).unlink()  # type: ignore[attr-defined]  # as if somebody removed it
        assert "thiếu tệp" in str(next(iter(faults())))

    def test_only_an_issued_paper_has_an_issued_file(self, here: Desk) -> None:
        row = bring(here, drafted(here), scan())
        with pytest.raises(NotNow, match="chưa có số hoặc đang tạo bản in"):
            actions.take_file(row, actor=here["clerk"], now=NOW)
        row = bring(here, numbered(here, 8), scan())
        with pytest.raises(NotNow, match="chưa có số hoặc đang tạo bản in"):
            actions.take_file(row, actor=here["clerk"], now=NOW)

    def test_once_and_not_after_a_recall(self, here: Desk) -> None:
        document = printed(here)
        row = bring(here, document, scan())
        actions.dispatch(document, actor=here["clerk"], now=NOW)
        actions.recall(document, reason="Sai ngày.", by="9/TB-UBND", actor=here["clerk"], now=NOW)
        with pytest.raises(NotNow, match="đã thu hồi"):
            actions.take_file(row, actor=here["clerk"], now=NOW)
        Document.objects.filter(pk=document.pk).update(recalled_at=None)
        row.refresh_from_db()
        actions.take_file(row, actor=here["clerk"], now=NOW)
        with pytest.raises(NotNow, match="Đã nhận làm bản ban hành"):
            actions.take_file(row, actor=here["clerk"], now=NOW)

    def test_a_file_put_away_leaves_its_differences_and_no_file(self, here: Desk) -> None:
        document = printed(here)
        row = bring(here, document, reworded(document.model, "tham dự", "đến dự"))
        actions.drop_file(row, actor=here["clerk"], now=NOW)
        row.refresh_from_db()
        assert (row.state, row.sha256, from_json(row.changes).is_same) == ("dropped", "", False)
        assert not list(faults())
        with pytest.raises(NotNow):
            actions.take_file(row, actor=here["clerk"], now=NOW)

    @pytest.mark.parametrize("act", [actions.take_file, actions.drop_file])
    def test_only_the_clerk_settles_it(self, here: Desk, there: Desk, act: Callable[..., object]) -> None:
        row = bring(here, printed(here), scan())
        stored = Brought.objects.values().get(pk=row.pk)
        for actor in [here[who] for who in STAFF if who != "clerk"] + [there["clerk"], ANYONE]:
            with pytest.raises(NotYours, match=r"\S"):
                act(row, actor=actor, now=NOW)
        assert Brought.objects.values().get(pk=row.pk) == stored

    def test_another_room_may_say_what_it_touches_and_nobody_else(self, here: Desk) -> None:
        row = bring(here, drafted(here), scan())
        concern = {"what": "Trả lời khác.", "label": "Mở", "address": "/tra-loi/x/", "about": "x"}
        with pytest.raises(NotYours):
            actions.note_concern(row, **concern, actor=here["clerk"], now=NOW)
        actions.note_concern(row, **concern, actor=System("test"), now=NOW)
        row.refresh_from_db()
        assert row.concerns == [{"what": "Trả lời khác.", "label": "Mở", "address": "/tra-loi/x/"}]


class TestRecall:
    def dispatched(self, here: Desk) -> Document:
        return actions.dispatch(printed(here), actor=here["clerk"], now=NOW)

    def test_reason_and_the_recalling_paper_are_kept(self, here: Desk) -> None:
        document = actions.recall(
            self.dispatched(here), reason=" Sai ngày. ", by="số 9/TB-UBND", actor=here["leader"], now=NOW
        )  # fmt: skip
        document.refresh_from_db()
        assert (document.state, document.is_recalled) == ("recalled", True)
        assert (document.recall_reason, document.recalling, document.recalled_at) == ("Sai ngày.", "09/TB-UBND", NOW)
        line = story("DH", last=1)[0]
        assert (line.verb, line.facts["number"], line.facts["by"]) == ("document.recall", "07/GM-UBND", "09/TB-UBND")
        assert not list(faults())

    @pytest.mark.parametrize(
        ("reason", "by", "words"),
        [
            (" ", "9/TB-UBND", "cần một câu nêu lý do"),
            ("Sai ngày.", "chín", "cần dạng 97/TB-UBND"),
            ("Sai ngày.", "07/GM-UBND", "số của chính văn bản này"),
        ],
    )
    def test_what_is_missing_is_said(self, here: Desk, reason: str, by: str, words: str) -> None:
        document = self.dispatched(here)
        with pytest.raises(NotNow, match=words):
            actions.recall(document, reason=reason, by=by, actor=here["clerk"], now=NOW)
        document.refresh_from_db()
        assert document.state == "dispatched"

    def test_only_what_has_left_is_taken_back_and_by_whose_right(self, here: Desk, there: Desk) -> None:
        document = printed(here)
        with pytest.raises(NotNow):
            actions.recall(document, reason="Sai.", by="9/TB-UBND", actor=here["clerk"], now=NOW)
        actions.dispatch(document, actor=here["clerk"], now=NOW)
        for who in (*(here[one] for one in STAFF if one not in ("clerk", "leader")), there["clerk"], ANYONE):
            with pytest.raises(NotYours):
                actions.recall(document, reason="Sai.", by="9/TB-UBND", actor=who, now=NOW)

    def test_its_files_go_to_nobody_outside_any_more(self, here: Desk) -> None:
        document = self.dispatched(here)
        Document.objects.filter(pk=document.pk).update(published_at=NOW)
        assert browser(now=NOW).get(f"/tep/{document.code}.pdf").status_code == 200
        actions.recall(document, reason="Sai ngày.", by="9/TB-UBND", actor=here["clerk"], now=NOW)
        assert browser(now=NOW).get(f"/tep/{document.code}.pdf").status_code == 302
        assert browser(here.staff["clerk"], now=NOW).get(f"/tep/{document.code}.pdf").status_code == 200

    def test_the_page_offers_it_and_then_says_so(self, here: Desk) -> None:
        document = self.dispatched(here)
        clerk, path = browser(here.staff["clerk"], now=NOW), f"/van-ban/{document.code}/"
        assert "Văn bản sai, cần thu hồi" in clerk.get(path).content.decode()
        assert "cần thu hồi" not in browser(here.staff["officer"], now=NOW).get(path).content.decode()
        back = clerk.post(f"{path}thu-hoi/", {"ly-do": "Sai ngày.", "so": "9/TB-UBND"})
        html = clerk.get(back["Location"]).content.decode()
        assert "Đã thu hồi theo Văn bản số 09/TB-UBND" in html
        assert "Sai ngày." in html
        assert "cần thu hồi" not in html


class TestPages:
    def upload(self, staff: Staff, document: Document, data: bytes, name: str = "ban-ky.docx") -> object:
        return browser(staff, now=NOW).post(
            f"/van-ban/{document.code}/dua-ve/", {"tep": SimpleUploadedFile(name, data, WORD)}
        )  # fmt: skip

    def test_from_the_upload_to_the_issued_file(self, here: Desk) -> None:
        document, clerk = printed(here), here.staff["clerk"]
        assert f"/van-ban/{document.code}/dua-ve/" in page(clerk, f"/van-ban/{document.code}/")
        back = self.upload(clerk, document, reworded(document.model, "tham dự", "đến dự ngày 23/12/2021"))
        assert back["Location"] == f"/van-ban/{document.code}/dua-ve/1/"  # type: ignore[index]  # a response
        html = page(clerk, f"/van-ban/{document.code}/dua-ve/1/")
        assert "<del>" in html
        assert "[thêm:" in html
        assert "Ngày, giờ, con số đã khác" in html
        assert html.count("btn-main") == 1
        done = browser(clerk, now=NOW).post(f"/van-ban/{document.code}/dua-ve/1/", {"viec": "nhan"})
        assert "Đã nhận làm bản ban hành; mã tệp đã ghi nhật ký." in page(clerk, done["Location"])
        document.refresh_from_db()
        assert document.docx == Brought.objects.get().sha256
        taken = browser(clerk, now=NOW).get(f"/tep/{document.code}.docx")
        assert taken.content == plugs.files().get(document.docx)

    def test_a_scan_says_that_it_cannot_be_compared_and_the_same_file_that_nothing_differs(self, here: Desk) -> None:
        document, clerk = printed(here), here.staff["clerk"]
        self.upload(clerk, document, scan(), "quet.pdf")
        self.upload(clerk, document, plugs.files().get(document.pdf), "ban-ky.pdf")
        assert "không so được, chỉ lưu" in page(clerk, f"/van-ban/{document.code}/dua-ve/1/")
        assert "Không có chữ nào khác." in page(clerk, f"/van-ban/{document.code}/dua-ve/2/")

    def test_a_bad_file_changes_nothing_and_says_why(self, here: Desk) -> None:
        document = printed(here)
        with unchanged(Brought, Document):
            response = self.upload(here.staff["clerk"], document, b"khong phai", "<b>x</b>.txt")
            assert response.status_code == 422  # type: ignore[attr-defined]  # a response
            assert "không phải tệp DOCX hay PDF" in response.content.decode()  # type: ignore[attr-defined]
            empty = browser(here.staff["clerk"], now=NOW).post(f"/van-ban/{document.code}/dua-ve/", {})
            assert "chưa chọn tệp nào" in empty.content.decode()
        assert list(plugs.files().names()) == sorted({document.pdf, document.docx})

    def test_before_the_number_the_button_is_grey_with_its_reason(self, here: Desk) -> None:
        document = drafted(here)
        bring(here, document, scan())
        html = page(here.staff["clerk"], f"/van-ban/{document.code}/dua-ve/1/")
        assert 'aria-disabled="true"' in html
        assert "chưa có số hoặc đang tạo bản in" in html

    def test_a_press_that_says_neither_keeps_the_file_and_asks_again(self, here: Desk) -> None:
        document = drafted(here)
        bring(here, document, scan())
        clerk = browser(here.staff["clerk"], now=NOW)
        for sent in ({}, {"viec": ""}, {"viec": "khac"}):
            with unchanged(Brought, Document):
                back = clerk.post(f"/van-ban/{document.code}/dua-ve/1/", sent)
            assert back.status_code == 409
            assert "Tệp còn nguyên" in back.content.decode()
        assert clerk.get(f"/tep/{document.code}/dua-ve/1/").content == scan()

    def test_it_is_put_away(self, here: Desk) -> None:
        document = drafted(here)
        bring(here, document, scan())
        clerk = browser(here.staff["clerk"], now=NOW)
        back = clerk.post(f"/van-ban/{document.code}/dua-ve/1/", {"viec": "bo"})
        assert "Đã bỏ tệp này" in page(here.staff["clerk"], back["Location"])
        assert clerk.get(f"/tep/{document.code}/dua-ve/1/").status_code == 404

    def test_the_file_that_came_is_given_out_as_it_came(self, here: Desk) -> None:
        document = drafted(here)
        bring(here, document, scan())
        response = browser(here.staff["officer"], now=NOW).get(f"/tep/{document.code}/dua-ve/1/")
        assert (response.content, response["Content-Type"]) == (scan(), "application/pdf")
        assert response["Cache-Control"] == "private, no-store"

    def test_markup_in_a_file_and_its_name_stays_text(self, here: Desk) -> None:
        document = drafted(here)
        data = reworded(document.model, "tham dự", "<script>alert(1)</script>")
        bring(here, document, data, name="<img src=x onerror=alert(1)>.docx")
        html = page(here.staff["clerk"], f"/van-ban/{document.code}/dua-ve/1/")
        assert "&lt;script&gt;" in html
        assert "<script>alert" not in html
        assert "<img" not in html

    def test_the_second_agency_and_those_without_the_right(self, here: Desk, there: Desk) -> None:
        document = drafted(here)
        bring(here, document, scan())
        with unchanged(Brought):
            for path in ("dua-ve/", "dua-ve/1/"):
                page(there.staff["clerk"], f"/van-ban/{document.code}/{path}", 404)
                assert browser(now=NOW).get(f"/van-ban/{document.code}/{path}").status_code == 302
            page(there.staff["clerk"], f"/tep/{document.code}/dua-ve/1/", 404)
            response = self.upload(here.staff["leader"], document, scan())
            assert response.status_code == 403  # type: ignore[attr-defined]  # a response
            refused = browser(here.staff["officer"], now=NOW).post(
                f"/van-ban/{document.code}/dua-ve/1/", {"viec": "nhan"}
            )  # fmt: skip
            assert refused.status_code == 403

    def test_a_draft_is_taken_along_as_it_stands(self, here: Desk, there: Desk) -> None:
        document = drafted(here)
        for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
            response = browser(here.staff["officer"], now=NOW).get(f"/tep/{document.code}/du-thao.{kind}")
            assert response.content.startswith(start)
            back = read_back(response.content)
            assert compare(kept_texts(document), back.paragraphs).is_same
            page(there.staff["officer"], f"/tep/{document.code}/du-thao.{kind}", 404)
        page(here.staff["officer"], f"/tep/{document.code}/du-thao.exe", 404)

    def test_looking_changes_nothing(self, here: Desk) -> None:
        document = drafted(here)
        bring(here, document, scan())
        with unchanged(Brought, Document):
            page(here.staff["clerk"], f"/van-ban/{document.code}/dua-ve/")
            page(here.staff["clerk"], f"/van-ban/{document.code}/dua-ve/1/")
            page(here.staff["clerk"], f"/tep/{document.code}/du-thao.docx")


def page(who: Staff, path: str, status: int = 200) -> str:
    """What somebody sees at an address."""
    response = browser(who, now=NOW).get(path)
    assert response.status_code == status, path
    return response.content.decode(errors="replace")


def test_one_number_asked_for_twice_in_one_instant_is_refused_in_words(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from doithoai.documents.actions import issuing

    numbered(here)
    look = issuing._refuse_taken
    calls: list[int] = []

    def blind_once(*args: object) -> None:
        calls.append(1)
        if len(calls) > 1:
            look(*args)  # type: ignore[arg-type]  # the arguments of the real one

    monkeypatch.setattr(issuing, "_refuse_taken", blind_once)
    with pytest.raises(NotNow, match="đã cấp cho"):
        numbered(here)
    monkeypatch.setattr(issuing, "_refuse_taken", lambda *_: None)
    with pytest.raises(NotNow, match="vừa được cấp cho một văn bản khác"):
        numbered(here)
    assert Document.objects.exclude(number=None).count() == 1


def test_papers_of_one_kind_are_told_apart_by_whom_they_are_for(here: Desk) -> None:
    made = actions.Draft(letter(here), here.division, "Mời tham dự", whom="công dân, sáng 22/12")
    document = actions.draft(here.agency, made, actor=here["officer"], now=NOW)
    assert document.title == "Giấy mời tham dự, công dân, sáng 22/12"
    assert drafted(here).title == "Giấy mời tham dự"
    assert "Giấy mời tham dự, công dân, sáng 22/12" in page(here.staff["officer"], f"/van-ban/{document.code}/")
