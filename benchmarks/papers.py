"""How fast official papers are made: 500 invitations, each with its own code, as PDF and as DOCX."""

import hashlib
import io
import time
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import typst

from doithoai.documents.rendering import render_docx_copies, render_pdf_copies
from doithoai.documents.rendering.faces import FONTS
from doithoai.documents.rendering.word_base import base
from doithoai.rules.paper import Letterhead, Paper, PaperDate, Qr, Signature, bold, ended, fact, para, signature_lines

COPIES = 500
MADE_AT = datetime(2021, 12, 8, tzinfo=UTC)
PLAIN = b'#set text(font: "Tinos")\n#sys.inputs.name'


def _invitation(at: int) -> Paper:
    return Paper(
        kind="invitation",
        layout="named",
        letterhead=Letterhead(("Phòng Tài chính - Kế hoạch",), "GM-TCKH", ("UBND thị xã Đông Hòa",)),
        title="Giấy mời",
        subject="Dự đối thoại thủ tục hành chính lĩnh vực thành lập và hoạt động hộ kinh doanh",
        number="7",
        place="Đông Hòa",
        dated=PaperDate(2021, 12, 8),
        blocks=ended(
            (
                para("Phòng Tài chính - Kế hoạch trân trọng kính mời: Ông (bà) ", bold(f"Người Mẫu {at}"), "."),
                para(
                    "Tới dự: Buổi đối thoại trực tuyến giữa lãnh đạo Ủy ban nhân dân thị xã với tổ chức, công dân "
                    "về giải quyết thủ tục hành chính lĩnh vực thành lập và hoạt động hộ kinh doanh."
                ),
                fact("Chủ trì", "Lãnh đạo Ủy ban nhân dân thị xã."),
                fact("Thời gian", "07 giờ 30 phút, thứ Tư, ngày 22 tháng 12 năm 2021."),
                fact("Địa điểm", "Điểm cầu phường Hòa Vinh, Hội trường Ủy ban nhân dân phường Hòa Vinh."),
                para("Đề nghị ông (bà) mang theo Giấy mời và giấy tờ liên quan đến thủ tục đã thực hiện (nếu có)."),
                para("Rất mong ông (bà) thu xếp thời gian tham dự."),
            )
        ),
        recipients=("Như thành phần mời", "Lưu: VT, TCKH"),
        signatures=(Signature(signature_lines("", "Trưởng phòng"), "Lê Văn Thử"),),
        qr=Qr(f"https://doithoai.example.vn/m/{hashlib.md5(str(at).encode()).hexdigest()}", "Quét mã để xác nhận"),
        head="0" * 64,
    )


def _seconds(files: Callable[[], Iterable[bytes]]) -> float:
    started = time.perf_counter()
    for content in files():
        hashlib.sha256(content).digest()
    return time.perf_counter() - started


def _plain_pages() -> Iterable[bytes]:
    compiler = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
    for at in range(COPIES):
        page = compiler.compile(
            PLAIN, sys_inputs={"name": f"Người Mẫu {at}"}, format="pdf", pdf_standards=["a-2b"], timestamp=at
        )
        assert isinstance(page, bytes)
        yield page


def _packed_bases() -> Iterable[bytes]:
    for _ in range(COPIES):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in base().parts:
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        yield out.getvalue()


def _entry(value: float, floor: float) -> dict[str, float | str]:
    return {
        "value": round(value, 3), "unit": "s", "floor": round(floor, 3), "ratio": round(value / floor, 2), "n": COPIES,
    }  # fmt: skip


def bench() -> dict[str, dict[str, float | str]]:
    """Seconds for all copies with their hashes, in one process unless named; codes are computed anew each time.

    The floor of the PDF is as many plain one-line PDF/A pages, that of the DOCX packing the empty package.
    """
    pdf = [_invitation(at) for at in range(COPIES)]
    word = [_invitation(at + COPIES) for at in range(COPIES)]
    next(iter(render_pdf_copies(pdf[:1], created_at=MADE_AT)))
    base()
    plain, packed = _seconds(_plain_pages), _seconds(_packed_bases)
    return {
        "invitations_pdf": _entry(_seconds(lambda: render_pdf_copies(pdf, created_at=MADE_AT)), plain),
        "invitations_pdf_two_processes": _entry(
            _seconds(lambda: render_pdf_copies(pdf, created_at=MADE_AT, processes=2)), plain
        ),
        "invitations_docx": _entry(_seconds(lambda: render_docx_copies(word, created_at=MADE_AT)), packed),
    }
