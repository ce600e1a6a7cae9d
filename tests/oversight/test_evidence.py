"""The bundle of evidence: what there is, what is missing, nothing that belongs to one person alone."""

import csv
import io
import zipfile

import pypdfium2
import pytest

from doithoai.documents.models import Document
from doithoai.kernel import plugs
from doithoai.oversight.papers import DEADLINES, FIGURES, SHEET, bundle, file_name
from doithoai.oversight.queries import evidence_of
from doithoai.oversight.queries.evidence import ASKED, DEADLINES_HEADER, TOLD
from tests.cast import Stage
from tests.intake.scene import NOW
from tests.web.visitors import browser, queries_of

ADDRESS = "https://doithoai.example/cong-khai/x/"


def printed(stage: Stage, kind: str, number: int, subject: str = "Việc chung", **facts: object) -> Document:
    """An issued paper of this kind with a print in the store."""
    data = f"%PDF {kind} {number}".encode()
    return Document.objects.create(
        agency=stage.dialogue.agency,
        chain=stage.dialogue.chain,
        code=f"{stage.dialogue.code}-MC{number}",
        kind=kind,
        drafting=stage.dialogue.secretariat,
        subject=subject,
        paper="{}",
        number=number,
        symbol="BB-UBND",
        issued_on=NOW.date(),
        pdf=plugs.files().put(data),
        **{"dispatched_at": NOW, **facts},
    )


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def test_every_kind_is_listed_and_the_missing_are_named(stage: Stage) -> None:
    minutes = printed(stage, "minutes", 901)
    found = evidence_of(stage.dialogue)
    assert [line.kind for line in found.lines] == list(ASKED)
    assert minutes in found.papers
    assert TOLD["minutes"] not in found.missing
    assert TOLD["survey_report"] in found.missing


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("answer", {}),
        ("transfer_slip", {}),
        ("minutes", {"recalled_at": NOW}),
        ("minutes", {"is_official": False}),
        ("minutes", {"dispatched_at": None}),
        ("attendance_list", {}),
    ],
)
def test_what_is_private_recalled_or_a_working_paper_stays_out(
    stage: Stage, kind: str, facts: dict[str, object]
) -> None:
    paper = printed(stage, kind, 902, **facts)
    assert paper not in evidence_of(stage.dialogue).papers


def test_the_bundle_holds_sheet_papers_figures_and_deadlines(stage: Stage) -> None:
    first, second = printed(stage, "minutes", 903), printed(stage, "minutes", 904)
    archive = opened(bundle(evidence_of(stage.dialogue), address=ADDRESS, now=NOW))
    names = archive.namelist()
    assert names[0] == SHEET
    assert {file_name(first), file_name(second), FIGURES, DEADLINES} <= set(names)
    assert archive.read(file_name(second)) == b"%PDF minutes 904"
    assert all(name.isascii() for name in names)
    assert archive.testzip() is None


def test_the_sheet_says_what_is_there_what_is_not_and_where_to_look(stage: Stage) -> None:
    printed(stage, "minutes", 905, subject='<img src=x onerror=alert(1)> "Bà Sáu" & ={1+1}')
    text = words_of(opened(bundle(evidence_of(stage.dialogue), address=ADDRESS, now=NOW)).read(SHEET))
    assert "DANH MỤC TÀI LIỆU MINH CHỨNG" in text
    assert "905/BB-UBND" in text
    assert "<img src=x onerror=alert(1)>" in text
    assert "Báo cáo khảo sát sự hài lòng" in text
    assert "chưa có" in text
    assert ADDRESS in text.replace(" ", "")


def test_a_print_that_is_lost_is_named_and_the_rest_is_given(stage: Stage) -> None:
    lost, kept = printed(stage, "minutes", 906), printed(stage, "minutes", 907)
    Document.objects.filter(pk=lost.pk).update(pdf="0" * 64)
    archive = opened(bundle(evidence_of(stage.dialogue), address=ADDRESS, now=NOW))
    assert file_name(lost) not in archive.namelist()
    assert file_name(kept) in archive.namelist()
    assert "không thấy tệp trong kho" in words_of(archive.read(SHEET))


def test_deadlines_carry_rule_law_and_whether_they_were_kept(stage: Stage) -> None:
    archive = opened(bundle(evidence_of(stage.dialogue), address=ADDRESS, now=NOW))
    rows = list(csv.DictReader(io.StringIO(archive.read(DEADLINES).decode("utf-8-sig"), newline="")))
    binding = stage.dialogue.deadlines.filter(superseded_at=None, is_binding=True)
    assert len(rows) == binding.count() > 0
    assert tuple(rows[0]) == DEADLINES_HEADER
    assert {row["ket_qua"] for row in rows} <= {"", "đúng hạn", "quá hạn"}


def test_the_same_record_gives_the_same_bytes(stage: Stage) -> None:
    printed(stage, "minutes", 908)
    once, again = (bundle(evidence_of(stage.dialogue), address=ADDRESS, now=NOW) for _ in range(2))
    assert once == again


class TestPage:
    def test_it_lists_and_offers_the_bundle(self, stage: Stage) -> None:
        printed(stage, "minutes", 909)
        client = browser(stage.cast.hoa)
        text = client.get(f"/cuoc/{stage.dialogue.code}/minh-chung/").content.decode()
        assert "909/BB-UBND" in text
        assert f"/cuoc/{stage.dialogue.code}/minh-chung.zip" in text
        response = client.get(f"/cuoc/{stage.dialogue.code}/minh-chung.zip")
        assert response.headers["Content-Type"] == "application/zip"
        assert SHEET in opened(response.content).namelist()

    @pytest.mark.parametrize("name", ["minh-chung/", "minh-chung.zip"])
    def test_only_its_own_agency(self, stage: Stage, name: str) -> None:
        address = f"/cuoc/{stage.dialogue.code}/{name}"
        assert browser(stage.other.hoa).get(address).status_code == 404
        assert browser(None).get(address).status_code == 302

    def test_many_papers_cost_as_many_queries_as_few(self, stage: Stage) -> None:
        address = f"/cuoc/{stage.dialogue.code}/minh-chung/"
        printed(stage, "minutes", 910)
        few = queries_of(browser(stage.cast.hoa), address)
        for number in range(911, 921):
            printed(stage, "minutes", number)
        assert queries_of(browser(stage.cast.hoa), address) == few <= 12
