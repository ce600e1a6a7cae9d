"""Lists to sign: who came to a venue, and who received a letter from the head of the residential group."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from doithoai.documents.papers import working
from doithoai.people.queries import hamlet_of, heads_of_hamlets
from doithoai.planning.models import Attendance, Sitting, Venue
from doithoai.planning.papers import time_words
from doithoai.roster.models import Invitation
from doithoai.roster.queries import delegates_of, places_of
from doithoai.roster.queries.telling import Hamlet, hamlets_of
from doithoai.rules.paper import Block, Column, Heading, PageBreak, Paper, Row, Signature, Table, fact, roman
from doithoai.rules.vietnamese import count, natural_key, show_phone, sort_key

SIGN_HEIGHT = 10
BLANK_LINES = 2
DOTS = "…" * 14


def attendance_list(sitting: Sitting, venue: Venue) -> Paper:
    """The sheet on which chair, delegates and citizens of one venue sign on the day."""
    delegates = [row for row in delegates_of(sitting) if row.venue_id == venue.pk]
    citizens = [row for row in places_of(sitting) if row.venue_id == venue.pk]
    columns = (
        Column("TT", 8, "centre"), Column("Họ và tên", 44), Column("Đơn vị hoặc nơi cư trú", 52),
        Column("Người đi thay (họ tên, quan hệ)", 36), Column("Ký tên", 30),
    )  # fmt: skip
    rows = (
        *_section("Chủ trì, đại biểu", [*_chairs(venue), *(("", row.guest) for row in delegates)]),
        *(_section(f"Công dân được mời: {count(len(citizens), 'người')}", _named(citizens, venue)) if citizens else ()),
        *_section("Người dự khác", [("", "")] * BLANK_LINES),
    )
    blocks: list[Block] = [
        fact("Điểm cầu", f"{venue.name}."),
        fact("Thời gian", f"{time_words(sitting)}."),
        Table(columns, rows, row_height=SIGN_HEIGHT),
    ]
    return working(
        sitting.agency,
        "attendance_list",
        title="DANH SÁCH KÝ TÊN",
        subject=f"Người dự đối thoại lĩnh vực {sitting.sector.name}",
        blocks=blocks,
    )


def _chairs(venue: Venue) -> Iterator[tuple[str, str]]:
    for row in Attendance.objects.filter(venue=venue, is_chair=True):
        yield _chair_name(venue), f"{row.who} (chủ trì)"


def _chair_name(venue: Venue) -> str:
    chair = venue.chair or (venue.dialogue.chair if venue.is_central else None)
    return chair.name if chair else ""


def _named(citizens: Sequence[Invitation], venue: Venue) -> list[tuple[str, str]]:
    ordered = sorted(citizens, key=lambda row: sort_key(row.name))
    return [(row.name, _home(row, venue)) for row in ordered]


def _home(row: Invitation, venue: Venue) -> str:
    """Where a citizen lives; the venue's own ward goes without saying."""
    if row.person is None:
        return ""
    at_home = venue.ward_id is not None and row.person.ward_id == venue.ward_id
    return row.person.group if at_home and row.person.group else row.person.address


def _section(title: str, people: Sequence[tuple[str, str]]) -> Iterator[Row]:
    yield Row((title,), bold=True)
    for ordinal, (name, place) in enumerate(people, start=1):
        yield Row((str(ordinal), name, place, "", ""))


def delivery_list(sitting: Sitting) -> Paper:
    """The sheets on which invitees sign for their letters: one page a ward, grouped by residential group.

    The heads of the groups carry the letters, so each group has a line of its own.
    """
    rows = sorted(places_of(sitting), key=way_of)
    blocks: list[Block] = [fact("Thời gian", f"{time_words(sitting)}.")]
    for ordinal, (ward, people) in enumerate(groupby(rows, key=lambda row: way_of(row)[0]), start=1):
        invited = list(people)
        blocks += [PageBreak()] if ordinal > 1 else []
        blocks += [Heading("section", roman(ordinal), f"{ward}: {count(len(invited), 'giấy mời')}"), _receipts(invited)]
    paper = working(
        sitting.agency,
        "delivery_list",
        title="DANH SÁCH KÝ NHẬN GIẤY MỜI",
        subject=f"Đối thoại lĩnh vực {sitting.sector.name}",
        blocks=blocks,
        issuer=sitting.lead if sitting.lead.has_seal else None,
    )
    return replace(paper, signatures=(Signature(("Người lập danh sách",), ""),))


def way_of(row: Invitation) -> tuple[str, list[str | int], str]:
    """Where letters are carried in order: ward, residential group, given name."""
    person = row.person
    ward = str(person.ward) if person and person.ward else row.venue.name
    return ward, natural_key(person.group if person else ""), sort_key(row.name)


def call_list(sitting: Sitting) -> Paper:
    """The sheets for calling by head of hamlet: the head first, then the households, with room for what they said."""
    hamlets = hamlets_of(sitting)
    columns = (
        Column("TT", 9, "centre"), Column("Họ và tên", 48), Column("Điện thoại", 28), Column("Đã báo", 16, "centre"),
        Column("Đến được", 18, "centre"), Column("Không đến", 18, "centre"), Column("Ghi chú", 34),
    )  # fmt: skip
    blocks: list[Block] = [fact("Thời gian", f"{time_words(sitting)}."), fact("Số hộ cần báo", f"{_told_of(hamlets)}.")]
    for ordinal, (ward, own) in enumerate(groupby(hamlets, key=lambda hamlet: hamlet.ward), start=1):
        blocks += [Heading("section", roman(ordinal), ward or "Chưa rõ nơi cư trú")]
        blocks += [Table(columns, tuple(row for hamlet in own for row in _call_rows(hamlet)), row_height=SIGN_HEIGHT)]
    paper = working(
        sitting.agency,
        "call_list",
        title="DANH SÁCH GỌI BÁO THEO TRƯỞNG THÔN, TỔ TRƯỞNG",
        subject=f"Đối thoại lĩnh vực {sitting.sector.name}",
        blocks=blocks,
        issuer=sitting.lead if sitting.lead.has_seal else None,
    )
    return replace(paper, signatures=(Signature(("Người gọi",), ""),))


def _told_of(hamlets: Sequence[Hamlet]) -> str:
    return count(sum(len(hamlet.waiting) for hamlet in hamlets), "hộ")


def _call_rows(hamlet: Hamlet) -> Iterator[Row]:
    """One row across for the head, one for each household still to be told."""
    if not hamlet.waiting:
        return
    group, head = hamlet.group or "Chưa rõ tổ dân phố, thôn", hamlet.head
    who = f"{head.title} {head.name}, {show_phone(head.phone) or DOTS}" if head else f"{hamlet.title}: {DOTS}{DOTS}"
    yield Row((f"{group}: {who}; báo {count(len(hamlet.waiting), 'hộ')}",), bold=True)
    for ordinal, one in enumerate(hamlet.waiting, start=1):
        phone = show_phone(one.row.person.phone) if one.row.person and one.row.person.phone else ""
        yield Row((str(ordinal), one.row.name, phone, "□", "□", "□", ""))


def _receipts(invited: Sequence[Invitation]) -> Table:
    columns = (
        Column("TT", 9, "centre"), Column("Họ và tên người được mời", 46), Column("Điện thoại", 28),
        Column("Ngày nhận", 22), Column("Người nhận ký, ghi rõ họ tên", 42), Column("Ghi chú", 24),
    )  # fmt: skip
    rows: list[Row] = []
    ordinal, heads = 0, heads_of_hamlets(invited[0].agency)
    for group, people in groupby(invited, key=lambda row: row.person.group if row.person else ""):
        own = list(people)
        head = heads.get(hamlet_of(own[0].person)) if own[0].person and group else None
        rows.append(Row((f"{group or 'Chưa rõ tổ dân phố, thôn'} (người giao: {head or DOTS})",), bold=True))
        for row in own:
            ordinal += 1
            phone = show_phone(row.person.phone) if row.person and row.person.phone else ""
            rows.append(Row((str(ordinal), row.name, phone, "", "", "")))
    return Table(columns, tuple(rows), row_height=SIGN_HEIGHT)
