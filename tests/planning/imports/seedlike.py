"""Plans in the shape of the seed plan, written from figures chosen by a test."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hypothesis import strategies as st

SECTORS = (
    "Đất đai",
    "Hộ tịch",
    "Chứng thực",
    "Bảo trợ xã hội",
    "Xây dựng",
    "Quản lý đất đai, môi trường",
    "Thành lập và hoạt động hộ kinh doanh",
    "Đăng ký quyền sử dụng đất",
    "Người có công",
)
OFFICES = (
    "Phòng Tài chính – Kế hoạch",
    "Phòng Quản lý đô thị",
    "Phòng Kinh tế, Hạ tầng và Đô thị",
    "Phòng Văn hóa và Thông tin",
    "Trung tâm Phục vụ hành chính công",
    "Văn phòng HĐND và UBND xã",
    "Phòng Lao động - Thương binh và Xã hội",
)
_VENUES = ("UBND phường {}", "UBND xã {}", "Nhà văn hóa thôn {}", "Hội trường {}", "Trường Tiểu học {}")
_HOURS = ("{h}h{m:02}", "{h:02}h{m:02}", "{h:02} giờ {m:02} phút", "{h}:{m:02}", "{h} giờ {m:02}", "{h}g{m:02}")
_JOINERS = ("-", " - ", " – ", " đến ")
_DATES = ("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d:02} tháng {m:02} năm {y}", "{d}-{m}-{y}")


@dataclass(frozen=True, slots=True)
class Seat:
    """One sitting to be written."""

    sector: str
    date: dt.date
    morning: bool
    start: dt.time
    end: dt.time
    expected: int
    office: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a generated plan says."""

    town: str
    venues: tuple[str, ...]
    seats: tuple[Seat, ...]
    days_before: int
    days_after: int
    hour: str
    joiner: str
    date: str


_syllable = st.builds(
    "{}{}{}".format,
    st.sampled_from(["B", "Đ", "Gi", "H", "Kh", "L", "Ng", "Ph", "Th", "Tr", "X"]),
    st.sampled_from(["a", "á", "ươ", "ê", "ò", "iế", "uậ", "ữ"]),
    st.sampled_from(["", "c", "n", "ng", "t"]),
)
place_names = st.lists(_syllable, min_size=1, max_size=3).map(" ".join)
_venue = st.builds(str.format, st.sampled_from(_VENUES), place_names)
_DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2027, 12, 31))


def _clock(first: int, last: int) -> st.SearchStrategy[tuple[dt.time, dt.time]]:
    minutes = st.integers(first * 12, last * 12 - 1)
    pairs = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1])
    return pairs.map(lambda pair: (_time(pair[0]), _time(pair[1])))


def _time(fives: int) -> dt.time:
    return dt.time(fives // 12, fives % 12 * 5)


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    """One to four sittings on one to four days, one to five venues, everything spelled variously."""
    first = draw(_DAYS)
    places = sorted(
        draw(st.sets(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=4)),
        key=lambda place: (place[0], not place[1]),
    )
    sectors = draw(st.lists(st.sampled_from(SECTORS), min_size=len(places), max_size=len(places), unique=True))
    seats = []
    for (day, morning), sector in zip(places, sectors, strict=True):
        start, end = draw(_clock(6, 12) if morning else _clock(13, 18))
        date = first.replace(day=1, month=6) + dt.timedelta(days=day)
        seats.append(Seat(sector, date, morning, start, end, draw(st.integers(1, 99)), draw(st.sampled_from(OFFICES))))
    return Figures(
        draw(place_names),
        tuple(draw(st.lists(_venue, min_size=1, max_size=5, unique=True))),
        tuple(seats),
        draw(st.integers(1, 30)),
        draw(st.integers(1, 30)),
        draw(st.sampled_from(_HOURS)),
        draw(st.sampled_from(_JOINERS)),
        draw(st.sampled_from(_DATES)),
    )


def written(plan: Figures, *, total: int | None = None) -> str:
    """The plan as Markdown; `total` replaces the sum of the expected turns."""
    year = plan.seats[0].date.year
    venues = ", ".join(plan.venues)
    fields = ", ".join(f"lĩnh vực {seat.sector}" for seat in plan.seats)
    whole = sum(seat.expected for seat in plan.seats) if total is None else total
    offices = ", ".join(dict.fromkeys(seat.office for seat in plan.seats))
    quotas = "; ".join(
        f"{seat.office} chọn mời {seat.expected:02} công dân đã thực hiện TTHC lĩnh vực {seat.sector} "
        f"tại Bộ phận Một cửa tham dự đối thoại lĩnh vực {seat.sector}"
        for seat in plan.seats
    )
    return f"""
Số: /KH-UBND

{plan.town}, ngày tháng 5 năm {year}

## **KẾ HOẠCH**

### **Đối thoại thủ tục hành chính năm {year} trên địa bàn xã {plan.town}**

Thực hiện Kế hoạch số 03/KH-UBND ngày 26/01/{year} của UBND xã về kiểm soát thủ tục hành chính; UBND xã {plan.town} \
ban hành Kế hoạch đối thoại thủ tục hành chính năm {year} như sau:

## I. MỤC ĐÍCH, YÊU CẦU

- Giải quyết vướng mắc của người dân.

## II. NỘI DUNG THỰC HIỆN

### 1. Hình thức thực hiện

- Đối thoại trực tuyến với người dân trong {fields} thông qua phần mềm Zoom.

- Các điểm cầu tham gia đối thoại: {venues}.

- Thời gian: {_when(plan)}. Trường hợp thay đổi thời gian đối thoại sẽ có thông báo thời gian cụ thể.

- Dự kiến số lượt người lãnh đạo UBND xã tiếp là **{whole} lượt người** ({_turns(plan.seats)}).

### 2. Thành phần dự buổi đối thoại

#### a) Tại điểm cầu {plan.venues[0]}:

- Chủ trì đối thoại: Chủ tịch UBND xã.

## III. TỔ CHỨC THỰC HIỆN

1. Căn cứ Kế hoạch này, {offices} chủ trì chuẩn bị nội dung đối thoại, trình UBND xã trước {plan.days_before:02} ngày \
diễn ra đối thoại; mời người dân tham dự ({quotas}). Chậm nhất là {plan.days_after:02} ngày làm việc sau khi kết thúc \
hội nghị đối thoại, tham mưu UBND xã ban hành thông báo kết quả.

Trên đây là Kế hoạch đối thoại./.

### ***Nơi nhận:***

- Thường trực Đảng ủy;
- Lưu: VT.

**TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH**

**Trần Văn Mẫu**
"""


def _when(plan: Figures) -> str:
    return "; ".join(
        f"Ngày {_date(plan.date, date)} ({'; '.join(_sitting(plan, seat) for seat in seats)})"
        for date, seats in groupby(plan.seats, key=lambda seat: seat.date)
    )


def _date(form: str, date: dt.date) -> str:
    return form.format(d=date.day, m=date.month, y=date.year)


def _sitting(plan: Figures, seat: Seat) -> str:
    start, end = (plan.hour.format(h=time.hour, m=time.minute) for time in (seat.start, seat.end))
    half = "sáng" if seat.morning else "chiều"
    return f"*Buổi {half} từ {start}{plan.joiner}{end}: Đối thoại lĩnh vực {seat.sector}*"


def _turns(seats: Sequence[Seat]) -> str:
    """Sittings of one day by half-day, as the seed does; of several days by sector."""
    if len({seat.date for seat in seats}) > 1:
        return "; ".join(f"lĩnh vực {seat.sector}: {seat.expected:02} lượt" for seat in seats)
    return ", ".join(f"buổi {'sáng' if seat.morning else 'chiều'} {seat.expected:02} lượt" for seat in seats)
