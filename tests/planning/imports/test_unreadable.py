"""Files that are no plan: one sentence says what was found and what was expected."""

import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest

from doithoai.planning.imports import Unreadable, read_plan, sources
from tests.planning.imports.papers import SEED, blank_pdf, locked_pdf

PLAN = SEED.read_bytes()


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_plan(path)
    assert str(caught.value) == caught.value.sentence
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.xlsx", PLAN, "Tệp plan.xlsx không thuộc loại đọc được. Cần .docx, .pdf, .txt hoặc .md."),
        ("plan", PLAN, "Cần .docx, .pdf, .txt hoặc .md."),
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "lưu lại thành .docx"),
        ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "có mật khẩu"),
        ("plan.docx", PLAN, "không phải tài liệu Word (.docx)"),
        ("plan.pdf", PLAN, "không phải PDF, hoặc bị hỏng"),
        ("plan.txt", b"", "Tệp plan.txt trống."),
        ("plan.md", b" \n\n\t\n", "Tệp plan.md trống."),
        ("plan.md", b"## \n\n**  **\n", "không có chữ nào"),
        ("plan.txt", "Số: 1\nKẾ HO".encode() + b"\xc1\xca\xff", "Dòng 2: chữ không theo mã Unicode, TCVN3 hay VNI."),
        ("plan.txt", b"KH\n\n\x00\x01", "Dòng 3: có ký tự không phải chữ."),
        ("plan.txt", "Chào anh, mai họp nhé.".encode(), "Dòng 1: có “Chào anh, mai họp nhé.”"),
        ("plan.txt", b"asdf qwer zxcv " * 40, "không thấy tiêu đề KẾ HOẠCH"),
        (
            "plan.txt",
            "\n\nSố: 5/KH\nKẾ HOẠCH\nĐối thoại năm 2021".encode(),
            "Dòng 4: sau tiêu đề KẾ HOẠCH không có mục đánh số",
        ),
        ("plan.md", PLAN.replace("ối thoại".encode(), "ánh giá".encode()), "Dòng 7: có kế hoạch “Đánh giá thủ tục"),
    ],
)
def test_what_is_no_plan(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert says in refusal(path)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "Không mở được tệp khong-co.md." in refusal(tmp_path / "khong-co.md")


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "plan.md"
    folder.mkdir()
    (folder / "inner").write_text("x")
    assert refusal(folder).startswith("Không mở được tệp plan.md.")


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "khoa.pdf"
    path.write_bytes(locked_pdf())
    assert "Tệp khoa.pdf có mật khẩu." in refusal(path)


def test_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "quet.pdf"
    path.write_bytes(blank_pdf())
    assert "chỉ có hình chụp trang giấy" in refusal(path)


def test_an_empty_word_file(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "trong.docx"))
    assert "không có chữ nào" in refusal(tmp_path / "trong.docx")


def test_a_zip_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "goi.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "a")
    assert "không phải tài liệu Word" in refusal(path)


def test_a_word_file_that_unpacks_too_large(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 100_000_001)
    assert path.stat().st_size < sources.LARGEST
    assert "bung ra quá lớn" in refusal(path)


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "lon.txt"
    with path.open("wb") as file:
        file.truncate(sources.LARGEST + 1)
    assert "lớn hơn 20 MB" in refusal(path)


def test_a_text_too_long(tmp_path: Path) -> None:
    path = tmp_path / "dai.txt"
    path.write_text("KẾ HOẠCH\n" + "Một câu.\n" * (sources.LONGEST // 8), encoding="utf-8")
    assert "dài hơn 300000 chữ cái" in refusal(path)


def test_a_pdf_with_too_many_pages(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(201):
        document.new_page(100, 100)
    document.save(str(tmp_path / "day.pdf"))
    document.close()
    assert "Tệp day.pdf có 201 trang." in refusal(tmp_path / "day.pdf")


def test_a_paragraph_of_word_is_named_by_its_number(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Giấy mời họp")
    document.save(str(tmp_path / "thu.docx"))
    assert "Đoạn 1: có “Giấy mời họp”" in refusal(tmp_path / "thu.docx")
