"""Papers of every kind, as an office would write them, for the tests of both renderings."""

from dataclasses import replace
from datetime import UTC, datetime

from doithoai.rules.paper import (
    Appendix,
    Bases,
    Column,
    Heading,
    Item,
    Letterhead,
    Paper,
    PaperDate,
    Paragraph,
    Qr,
    Quote,
    Row,
    Signature,
    Table,
    attachment_note,
    bold,
    dash,
    ended,
    fact,
    italic,
    para,
    plus,
    runs,
    signature_lines,
)

MADE_AT = datetime(2021, 12, 10, 1, 30, tzinfo=UTC)
SPITEFUL = '<img src=x onerror=alert(1)> "Bà Sáu" & ={1+1}'
HEAD = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COMMITTEE = Letterhead(("Ủy ban nhân dân", "thị xã Đông Hòa"))
FINANCE = Letterhead(("Phòng Tài chính - Kế hoạch",), parent=("UBND thị xã Đông Hòa",))
CHAIRMAN = Signature(signature_lines("TM", "Chủ tịch", committee="Ủy ban nhân dân"), "Nguyễn Văn Mẫu")
DEPUTY = Signature(
    signature_lines("TM KT", "Phó Chủ tịch", committee="Ủy ban nhân dân", head="Chủ tịch"), "Trần Thị Giả"
)
PLACE = "Đông Hòa"


def _of(letterhead: Letterhead, symbol: str) -> Letterhead:
    return replace(letterhead, symbol=symbol)


PLAN = Paper(
    kind="plan",
    layout="named",
    letterhead=_of(COMMITTEE, "KH-UBND"),
    title="Kế hoạch",
    subject="Đối thoại thủ tục hành chính năm 2021 trên địa bàn thị xã Đông Hòa",
    place=PLACE,
    dated=PaperDate(2021, 12),
    blocks=ended(
        (
            Bases(
                (
                    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
                    "Căn cứ Kế hoạch số 17/KH-UBND ngày 26 tháng 01 năm 2021 của Ủy ban nhân dân thị xã "
                    "về hoạt động kiểm soát thủ tục hành chính năm 2021",
                )
            ),
            para(
                "Ủy ban nhân dân thị xã Đông Hòa ban hành Kế hoạch đối thoại thủ tục hành chính năm 2021 trên "
                "địa bàn thị xã, cụ thể như sau:"
            ),
            Heading("section", "I", "Mục đích, yêu cầu"),
            Heading("clause", "1", "Mục đích"),
            dash(
                "Tổ chức gặp gỡ, đối thoại giữa người đứng đầu cơ quan hành chính nhà nước với Nhân dân và các "
                "tổ chức để kịp thời giải quyết vướng mắc trong thực hiện thủ tục hành chính."
            ),
            dash(
                "Nâng cao trách nhiệm của người đứng đầu trong cải cách thủ tục hành chính; khảo sát sự hài lòng "
                "của người dân về tình hình giải quyết thủ tục hành chính trên địa bàn thị xã."
            ),
            Heading("clause", "2", "Yêu cầu"),
            dash(
                "Đối thoại dân chủ, công khai, minh bạch, thiết thực; ý kiến được ghi chép đầy đủ, trung thực và "
                "có văn bản trả lời của cơ quan có thẩm quyền."
            ),
            Heading("section", "II", "Nội dung thực hiện"),
            Heading("clause", "1", "Thời gian và lĩnh vực"),
            para("Dự kiến lãnh đạo Ủy ban nhân dân thị xã tiếp ", bold("30 lượt người"), " trong một ngày:"),
            Table(
                (
                    Column("STT", 10, "centre"),
                    Column("Buổi", 28),
                    Column("Lĩnh vực", 62),
                    Column("Số lượt", 18, "centre"),
                    Column("Cơ quan mời", 47),
                ),
                (
                    Row(
                        (
                            "1",
                            "Sáng\n07 giờ 30 - 11 giờ 30",
                            "Thành lập và hoạt động hộ kinh doanh",
                            "15",
                            "Phòng Tài chính - Kế hoạch",
                        )
                    ),
                    Row(("2", "Chiều\n13 giờ 30 - 17 giờ", "Xây dựng", "15", "Phòng Quản lý đô thị")),
                    Row(("", "Cộng", "", "30", ""), bold=True),
                ),
            ),
            Heading("clause", "2", "Thành phần"),
            Heading("point", "a", "Tại điểm cầu Văn phòng HĐND và UBND thị xã:"),
            dash("Chủ trì đối thoại: Lãnh đạo Ủy ban nhân dân thị xã."),
            dash("Đại biểu mời tham dự:"),
            plus("Đại diện Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thị xã;"),
            plus("Lãnh đạo Phòng Tài chính - Kế hoạch, Phòng Quản lý đô thị, Bộ phận Một cửa."),
            Heading("point", "b", "Tại điểm cầu các địa phương:"),
            dash(
                "Chủ tịch Ủy ban nhân dân phường, công chức phường có liên quan và công dân được mời (",
                italic("do Phòng Tài chính - Kế hoạch, Phòng Quản lý đô thị mời"),
                ").",
            ),
            Heading("section", "III", "Tổ chức thực hiện"),
            Item(
                runs(
                    "Phòng Tài chính - Kế hoạch, Phòng Quản lý đô thị chủ trì, phối hợp với các cơ quan có liên "
                    "quan chuẩn bị nội dung, chương trình, tổng hợp khó khăn, vướng mắc trình Ủy ban nhân dân "
                    "thị xã trước ngày đối thoại 05 ngày; chậm nhất 07 ngày làm việc sau khi kết thúc, tham mưu "
                    "Ủy ban nhân dân thị xã thông báo kết quả giải quyết."
                ),
                "1.",
            ),
            Item(
                runs(
                    "Phòng Văn hóa và Thông tin chủ trì bảo đảm phòng họp trực tuyến và đường truyền giữa "
                    "các điểm cầu; xử lý sự cố kỹ thuật (nếu có)."
                ),
                "2.",
            ),
            para(
                "Trên đây là Kế hoạch đối thoại thủ tục hành chính năm 2021; yêu cầu thủ trưởng các cơ quan, đơn "
                "vị liên quan tổ chức thực hiện nghiêm túc. Nếu có khó khăn, vướng mắc, các cơ quan, đơn vị báo "
                "cáo Ủy ban nhân dân thị xã (qua Văn phòng HĐND và UBND thị xã) để xem xét, chỉ đạo."
            ),
        )
    ),
    recipients=(
        "Thường trực Thị ủy",
        "Thường trực HĐND thị xã",
        "Chủ tịch, các Phó Chủ tịch UBND thị xã",
        "Ủy ban MTTQ Việt Nam thị xã",
        "Phòng Tài chính - Kế hoạch",
        "Phòng Quản lý đô thị",
        "UBND phường Hòa Vinh, Hòa Hiệp Trung",
        "Cổng thông tin điện tử thị xã",
        "Lưu: VT, VP",
    ),
    signatures=(CHAIRMAN,),
    drafter="PL",
    copies=12,
)

INVITATION = Paper(
    kind="invitation",
    layout="named",
    letterhead=_of(FINANCE, "GM-TCKH"),
    title="Giấy mời",
    subject="Dự đối thoại thủ tục hành chính lĩnh vực thành lập và hoạt động hộ kinh doanh",
    number="7",
    place=PLACE,
    dated=PaperDate(2021, 12, 8),
    blocks=ended(
        (
            para(
                "Phòng Tài chính - Kế hoạch trân trọng kính mời: Bà ",
                bold(SPITEFUL),
                ", trú tại khu phố 3, phường Hòa Vinh, thị xã Đông Hòa.",
            ),
            para(
                "Tới dự: Buổi đối thoại trực tuyến giữa lãnh đạo Ủy ban nhân dân thị xã với tổ chức, công dân về "
                "giải quyết thủ tục hành chính lĩnh vực thành lập và hoạt động hộ kinh doanh."
            ),
            fact("Chủ trì", "Lãnh đạo Ủy ban nhân dân thị xã."),
            fact("Thời gian", bold("07 giờ 30 phút, thứ Tư, ngày 22 tháng 12 năm 2021"), "."),
            fact(
                "Địa điểm",
                "Điểm cầu phường Hòa Vinh, Hội trường Ủy ban nhân dân phường Hòa Vinh, quốc lộ 1.",
            ),
            para(
                "Đề nghị bà mang theo Giấy mời và giấy tờ liên quan đến thủ tục đã thực hiện (nếu có). Trường hợp "
                "không tham dự được, đề nghị báo lại trước 16 giờ 30 phút, ngày 20 tháng 12 năm 2021, qua số điện "
                "thoại 0257 000 0000 (bà Hoa)."
            ),
            para("Rất mong bà thu xếp thời gian tham dự."),
        )
    ),
    recipients=("Như thành phần mời", "Lãnh đạo UBND thị xã (báo cáo)", "Lưu: VT, TCKH"),
    signatures=(Signature(signature_lines("", "Trưởng phòng"), "Lê Văn Thử"),),
    qr=Qr(
        "https://doithoai.donghoa.example.vn/m/9f86d081884c7d659a2feaa0c55ad015",
        "Quét mã để xác nhận tham dự hoặc gửi ý kiến trước",
    ),
    head=HEAD,
    rehearsal=True,
)

MINUTES = Paper(
    kind="minutes",
    layout="minutes",
    letterhead=_of(COMMITTEE, "BB-UBND"),
    title="Biên bản",
    subject="Đối thoại thủ tục hành chính lĩnh vực thành lập và hoạt động hộ kinh doanh",
    number="3",
    blocks=ended(
        (
            fact("Thời gian bắt đầu", "07 giờ 30 phút, ngày 22 tháng 12 năm 2021."),
            fact(
                "Địa điểm",
                "điểm cầu trung tâm tại Văn phòng HĐND và UBND thị xã và các điểm cầu phường Hòa Vinh, "
                "phường Hòa Hiệp Trung.",
            ),
            fact(
                "Thành phần tham dự",
                "công dân được mời: 15 người; có mặt: 13 người (trong đó 01 người đi thay); vắng mặt: 02 người "
                "(có lý do: 01, không có lý do: 01).",
            ),
            fact("Chủ trì", "ông Nguyễn Văn Mẫu, Chủ tịch Ủy ban nhân dân thị xã."),
            fact("Thư ký", "bà Phạm Thị Ghi, chuyên viên Văn phòng HĐND và UBND thị xã."),
            para("Nội dung (theo diễn biến buổi đối thoại):"),
            Heading("clause", "1", f"Bà {SPITEFUL}, phát biểu tại điểm cầu phường Hòa Vinh"),
            Quote(
                "Tôi nộp hồ sơ đăng ký hộ kinh doanh từ ngày 3 tháng 11, hẹn ba ngày mà tới hai mươi ngày "
                "mới có. Tôi hỏi thì ai cũng bảo chờ.\nTôi muốn biết lần sau có chờ như vậy nữa không?"
            ),
            para(
                "Nội dung này được đại diện Phòng Tài chính - Kế hoạch trả lời ngay tại buổi đối thoại như sau: "
                "hồ sơ chậm do chưa liên thông được mã số thuế; từ ngày 01 tháng 12 năm 2021 đã khắc phục."
            ),
            Heading("clause", "2", "Ông Trần Giả, phát biểu tại điểm cầu phường Hòa Hiệp Trung"),
            Quote("Đề nghị cho nộp hồ sơ tại phường, khỏi phải xuống thị xã."),
            para(
                "Chủ trì giao Phòng Tài chính - Kế hoạch kiểm tra, tham mưu văn bản trả lời ông Giả trước ngày 29 "
                "tháng 12 năm 2021; người liên hệ: bà Hoa, điện thoại 0257 000 0000."
            ),
            para(
                "Từ 09 giờ 05 phút đến 09 giờ 12 phút, đường truyền tại điểm cầu phường Hòa Vinh bị gián đoạn; "
                "sau khi khắc phục, buổi đối thoại tiếp tục."
            ),
            para(
                "Buổi đối thoại kết thúc lúc 11 giờ 35 phút cùng ngày. Biên bản đã được đọc cho người dự tại các "
                "điểm cầu cùng nghe và thống nhất; lập thành 02 bản."
            ),
        )
    ),
    recipients=("Thường trực UBND thị xã", "Các cơ quan dự đối thoại", "Lưu: VT, Hồ sơ"),
    signatures=(
        Signature(("THƯ KÝ",), "Phạm Thị Ghi"),
        Signature(("CHỦ TỌA",), "Nguyễn Văn Mẫu", "CHỦ TỊCH ỦY BAN NHÂN DÂN"),
    ),
    head=HEAD,
)

_OPINION = (
    "Đề nghị rút ngắn thời gian cấp giấy phép xây dựng nhà ở riêng lẻ tại khu phố 3; hồ sơ nộp đủ nhưng hai lần "
    "bị yêu cầu bổ sung bản vẽ khác nhau."
)
_ANSWER = (
    "Tiếp thu. Phòng Quản lý đô thị đã niêm yết thành phần hồ sơ và bản vẽ mẫu; từ ngày 15 tháng 12 năm 2021 chỉ "
    "yêu cầu bổ sung một lần, bằng văn bản."
)
_ITEMS = tuple(
    Row((str(at), f"DH-2021-01-YK{at:02d}", _OPINION, _ANSWER, "Phòng Quản lý đô thị", "Đã giải quyết"))
    for at in range(1, 13)
)
NOTICE = Paper(
    kind="result_notice",
    layout="named",
    letterhead=_of(COMMITTEE, "TB-UBND"),
    title="Thông báo",
    subject="Kết quả giải quyết ý kiến, kiến nghị tại đối thoại thủ tục hành chính năm 2021",
    number="112",
    place=PLACE,
    dated=PaperDate(2021, 12, 31),
    blocks=ended(
        (
            para(
                "Ngày 22 tháng 12 năm 2021, Ủy ban nhân dân thị xã đã đối thoại với tổ chức, công dân về giải "
                "quyết thủ tục hành chính; có 28 lượt người phát biểu, 31 ý kiến, kiến nghị (trong đó 05 ý kiến "
                "bằng văn bản). Ủy ban nhân dân thị xã thông báo kết quả giải quyết như sau:"
            ),
            Item(runs("Đã giải quyết, trả lời: 24 ý kiến."), "1."),
            Item(runs("Đang giải quyết (cơ quan chủ trì, thời hạn nêu tại Phụ lục): 04 ý kiến."), "2."),
            Item(runs("Không thuộc thẩm quyền, đã chuyển: 02 ý kiến."), "3."),
            Item(runs("Đã hướng dẫn thực hiện theo pháp luật về khiếu nại, tố cáo: 01 nội dung."), "4."),
            para(
                "Ủy ban nhân dân thị xã thông báo để tổ chức, công dân biết, thực hiện; yêu cầu cơ quan, đơn vị "
                "được giao hoàn thành các nội dung còn lại đúng thời hạn và báo cáo kết quả."
            ),
        )
    ),
    recipients=(
        "Thường trực Thị ủy, Thường trực HĐND thị xã",
        "Ủy ban MTTQ Việt Nam thị xã",
        "Các cơ quan, đơn vị được giao",
        "Cổng thông tin điện tử thị xã (đăng tải)",
        "Lưu: VT, VP",
    ),
    signatures=(DEPUTY,),
    appendices=(
        Appendix(
            "Tổng hợp kết quả giải quyết ý kiến, kiến nghị",
            (
                Table(
                    (
                        Column("STT", 12, "centre"),
                        Column("Mã số", 26, "centre"),
                        Column("Nội dung ý kiến, kiến nghị", 78),
                        Column("Kết quả giải quyết", 78, "justify"),
                        Column("Cơ quan chủ trì", 32),
                        Column("Tình trạng", 26, "centre"),
                    ),
                    (Row(("Lĩnh vực xây dựng",), bold=True), *_ITEMS),
                ),
            ),
            attachment_note("Thông báo", "112", "TB-UBND", PaperDate(2021, 12, 31), "Ủy ban nhân dân thị xã Đông Hòa"),
            landscape=True,
        ),
    ),
    head=HEAD,
)

ANSWER = Paper(
    kind="answer",
    layout="letter",
    letterhead=_of(COMMITTEE, "UBND-QLĐT"),
    subject="trả lời kiến nghị về cấp giấy phép xây dựng nhà ở riêng lẻ",
    number="1408",
    place=PLACE,
    dated=PaperDate(2022, 1, 5),
    addressees=(f"Bà {SPITEFUL}, khu phố 3",),
    blocks=ended(
        (
            para(
                "Tại buổi đối thoại ngày 22 tháng 12 năm 2021, bà có kiến nghị về việc thời gian cấp giấy phép "
                "xây dựng nhà ở riêng lẻ. Qua xem xét, Ủy ban nhân dân thị xã trả lời như sau:"
            ),
            para(_ANSWER),
            para(
                "Ủy ban nhân dân thị xã trả lời để bà biết, thực hiện; nội dung chưa rõ, đề nghị bà liên hệ Phòng "
                "Quản lý đô thị, điện thoại 0257 000 0001."
            ),
        )
    ),
    recipients=("Văn phòng HĐND và UBND thị xã", "Lưu: VT, QLĐT"),
    signatures=(
        Signature(
            signature_lines("TL KT", "Phó Chánh Văn phòng", head="Chủ tịch", unit_head="Chánh Văn phòng"),
            "Đỗ Thị Vờ",
        ),
    ),
    contact=(
        "Địa chỉ: khu phố 2, phường Hòa Vinh, thị xã Đông Hòa",
        "Điện thoại: 0257 000 0000; thư điện tử: vp@donghoa.example.vn",
    ),
)

TRANSFER = Paper(
    kind="transfer_slip",
    layout="named",
    letterhead=_of(COMMITTEE, "PC-UBND"),
    title="Phiếu chuyển",
    subject="Chuyển ý kiến, kiến nghị của công dân",
    number="2",
    place=PLACE,
    dated=PaperDate(2022, 2, 14),
    addressees=("Chi cục Thuế khu vực Đông Hòa - Tây Hòa", "Bảo hiểm xã hội thị xã Đông Hòa"),
    blocks=ended(
        (
            para("Ủy ban nhân dân thị xã nhận được ý kiến của ông Trần Giả, nội dung như sau:"),
            Quote("Đề nghị giảm thuế khoán cho hộ nghỉ bán vì dịch."),
            para(
                "Nội dung trên thuộc thẩm quyền giải quyết của Quý cơ quan. Ủy ban nhân dân thị xã chuyển đến Quý "
                "cơ quan xem xét, giải quyết, trả lời ông Trần Giả và thông báo kết quả cho Ủy ban nhân dân thị xã "
                "để theo dõi."
            ),
        )
    ),
    recipients=("Ông Trần Giả (để biết)", "Lưu: VT, VP"),
    signatures=(Signature(signature_lines("TL", "Chánh Văn phòng", head="Chủ tịch"), "Hồ Văn Ký"),),
)

_PEOPLE = ("Trần Giả", "Nguyễn Thị Thử", "Lê Mẫu", SPITEFUL, "Phạm Văn Tạm", "Đặng Thị Ví Dụ", "Võ Nháp")
ATTENDANCE = Paper(
    kind="attendance_list",
    layout="list",
    letterhead=COMMITTEE,
    title="Danh sách",
    subject="Công dân dự đối thoại thủ tục hành chính, điểm cầu phường Hòa Vinh",
    blocks=(
        Paragraph((italic("(Buổi sáng, ngày 22 tháng 12 năm 2021)"),), "centre", indent=False),
        Table(
            (
                Column("STT", 12, "centre"),
                Column("Họ và tên", 52),
                Column("Nơi cư trú", 46),
                Column("Người đi thay (nếu có)", 30),
                Column("Ký tên", 25),
            ),
            tuple(
                Row((str(at), name, "Khu phố 3, phường Hòa Vinh", "", ""))
                for at, name in enumerate(_PEOPLE * 3, start=1)
            ),
            row_height=11,
        ),
    ),
    signatures=(Signature(("NGƯỜI LẬP DANH SÁCH",), "Phạm Thị Ghi"),),
    rehearsal=True,
)

SYNTHESIS = Paper(
    kind="synthesis",
    layout="named",
    letterhead=_of(FINANCE, "TTr-TCKH"),
    title="Tờ trình",
    subject="Tổng hợp khó khăn, vướng mắc và chương trình đối thoại",
    number="45",
    place=PLACE,
    dated=PaperDate(2021, 12, 17),
    addressees=("Ủy ban nhân dân thị xã Đông Hòa",),
    blocks=ended(
        (
            Heading("part", "I", "Kết quả tổng hợp"),
            para("Phòng Tài chính - Kế hoạch đã tổng hợp 17 khó khăn, vướng mắc (Phụ lục I, Phụ lục II)."),
            para("Kính đề nghị Ủy ban nhân dân thị xã xem xét, cho ý kiến chỉ đạo."),
        )
    ),
    recipients=("Lưu: VT, TCKH",),
    signatures=(Signature(signature_lines("KT", "Phó Trưởng phòng", head="Trưởng phòng"), "Bùi Thị Tạm"),),
    appendices=(
        Appendix("Khó khăn, vướng mắc", (para(_OPINION), para(_OPINION))),
        Appendix("Chương trình đối thoại (dự thảo)", (dash("07 giờ 30: đón tiếp;"), dash("08 giờ: khai mạc."))),
    ),
)

SAMPLES = {
    "plan": PLAN,
    "invitation": INVITATION,
    "minutes": MINUTES,
    "result_notice": NOTICE,
    "answer": ANSWER,
    "transfer_slip": TRANSFER,
    "attendance_list": ATTENDANCE,
    "synthesis": SYNTHESIS,
}
