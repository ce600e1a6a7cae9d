"""Who sits where, who receives the plan, who signs it."""

import re
from collections.abc import Iterator, Sequence

from .chairs import chairing, settled
from .clauses import Node
from .draft import AttendeeDraft, Doubt, Place, Quota, Role, SignerDraft, VenueDraft
from .names import among, same, split_names

_SECTION = re.compile(r"(?:về\s+)?thành phần\b", re.IGNORECASE)
_AT = re.compile(r"^tại\s+(?:các\s+)?(?:điểm cầu\s+)?(?:của\s+)?(?P<where>.+?)\s*:?\s*$", re.IGNORECASE)
_SEVERAL = re.compile(r"^(?:các\s+|(?:ở\s+)?địa phương|thành phần|cơ sở|còn lại)", re.IGNORECASE)
_CENTRE = re.compile(r"^trung tâm\b\s*(?:\((?P<name>[^)]*)\))?", re.IGNORECASE)
_LABEL = re.compile(r"^(?P<label>[^:()]{3,60}):\s*(?P<who>.*)$")
_GROUP = re.compile(r"(?:đại biểu|thành phần|khách mời|tham dự|mời)", re.IGNORECASE)
_RANK = re.compile(r"^(?:lãnh đạo|đại diện(?: lãnh đạo)?|trưởng|chuyên viên|công chức)\s*$", re.IGNORECASE)
_CITIZEN = re.compile(r"\b(?:công dân|người dân|nhân dân|hộ kinh doanh|hộ gia đình)\b", re.IGNORECASE)
_INVITED_BY = re.compile(r"\s*\(\s*do\s+(?P<who>.+?)\s+(?:chọn\s+)?mời\s*\)", re.IGNORECASE)

_RECIPIENTS = re.compile(r"nơi nhận\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
_CAPACITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s*\w|T/M\s+\w")
_MARK = re.compile(r"^[-–—•+]\s*")
_SIGNED = re.compile(r"^[\[(]?\s*(?:đã ký|daky|ký số|ký tên|đóng dấu)\b.*$", re.IGNORECASE)
_COPIES = re.compile(r"^Lưu\b", re.IGNORECASE)


def read_attendance(
    content: Sequence[Node], venues: Sequence[VenueDraft]
) -> tuple[tuple[AttendeeDraft, ...], tuple[Doubt, ...]]:
    """Who attends at each venue, one row a person or office; "các địa phương" is every local venue."""
    doubts: list[Doubt] = []
    rows: list[AttendeeDraft] = []
    for section in _sections(content):
        only = [venues[0].name] if len(venues) == 1 else []
        for child in section.children:
            where = _where(child, venues, doubts)
            places = where if where is not None else only
            rows += _rows(child, places or [None], heading=where is not None)
    rows = settled(rows)
    if not rows:
        clause = content[0].path if content else Place.BODY
        doubts.append(Doubt(clause, "Không thấy thành phần dự buổi đối thoại."))
    elif any(row.venue is None for row in rows) and len(venues) > 1:
        doubts.append(Doubt(rows[0].clause, "Thành phần không nói ai ngồi ở điểm cầu nào."))
    return tuple(rows), tuple(doubts)


def _sections(content: Sequence[Node]) -> list[Node]:
    found = [node for root in content for node in root.walk() if _SECTION.match(node.text)]
    return [node for node in found if not any(node in other.below() for other in found)]


def _where(node: Node, venues: Sequence[VenueDraft], doubts: list[Doubt]) -> list[str | None] | None:
    """The venues that a heading "Tại điểm cầu …" speaks of; null when it is no such heading."""
    match = _AT.match(node.text)
    if match is None or not node.children:
        return None
    where = match["where"]
    named = [venue.name for venue in venues if same(venue.name, where)]
    centre = _CENTRE.match(where)
    if named:
        return list(named)
    if centre:
        return [venue.name for venue in venues if venue.central] or [None]
    if _SEVERAL.match(where):
        return [venue.name for venue in venues if not venue.central] or [None]
    listed = split_names(where, loose=True)
    if not all(among(name, [venue.name for venue in venues]) for name in listed):
        doubts.append(Doubt(node.path, f"“{where}” không có trong danh sách điểm cầu."))
    return list(listed)


def _rows(node: Node, places: Sequence[str | None], *, heading: bool) -> Iterator[AttendeeDraft]:
    if not heading:
        for who, role, inviters in _persons(node):
            for place in places:
                yield AttendeeDraft(place, who, role, inviters, node.path)
    for child in node.children:
        yield from _rows(child, places, heading=False)


def _persons(node: Node) -> Iterator[tuple[str, Role, tuple[str, ...]]]:
    text = node.text.strip(" .;")
    chairs = chairing(text)
    if chairs:
        yield from ((who, role, ()) for who, role in chairs)
        return
    invited = _INVITED_BY.search(text)
    inviters = tuple(split_names(invited["who"])) if invited else ()
    for who in _named(_INVITED_BY.sub("", text).strip(" .;"), grouped=bool(node.children)):
        yield who, "citizen" if _CITIZEN.search(who) else "delegate", inviters


def _named(text: str, *, grouped: bool) -> list[str]:
    """The persons of one line: "Lãnh đạo: A, B" are "Lãnh đạo A" and "Lãnh đạo B"."""
    label = _LABEL.match(text)
    if label and _RANK.match(label["label"]) and label["who"]:
        return [f"{label['label'].strip()} {name}" for name in split_names(label["who"], loose=True)]
    if label and _GROUP.search(label["label"]) and not label["who"][:1].isdigit():
        return split_names(label["who"]) if label["who"] else []
    return [] if grouped and text.endswith(":") else [text.rstrip(":")]


_REGISTERS = re.compile(
    r"(?:người dân|công dân|nhân dân|doanh nghiệp|tổ chức)[^.;]{0,40}\bđăng ký|đăng ký tham (?:gia|dự)", re.IGNORECASE
)


def registration_doubts(content: Sequence[Node], quotas: Sequence[Quota]) -> Iterator[Doubt]:
    """A plan to which people register instead of being chosen: nobody is drawn for it."""
    found = [node for root in content for node in root.walk() if _REGISTERS.search(node.text)]
    if found and not quotas:
        why = "Người dự tự đăng ký; kế hoạch không giao ai chọn mời và không ghi số mời."
        yield Doubt(found[0].path, why)


def read_foot(foot: Sequence[str]) -> tuple[tuple[str, ...], SignerDraft, tuple[Doubt, ...]]:
    """Recipients and signature, whichever stands first."""
    recipients: list[str] = []
    blocks: list[tuple[list[str], list[str]]] = [([], [])]
    listing = False
    for text in foot:
        heading = _RECIPIENTS.match(text)
        if heading:
            listing = True
            recipients += _lines(heading["rest"])
        elif _MARK.match(text) or (listing and text.endswith(";")):
            recipients += _lines(text)
        elif _CAPACITY.match(text) or text.isupper():
            if blocks[-1][1] and _CAPACITY.match(text):
                blocks.append(([], []))
            blocks[-1][0].extend(_titles(text))
            listing = False
        elif not _SIGNED.match(text):
            (recipients if listing and not blocks[-1][0] else blocks[-1][1]).append(text.strip())
    signers = [_signer(*block) for block in blocks]
    signer = next((one for one in signers if "NHÂN DÂN" in (one.capacity or "").upper()), signers[-1])
    return tuple(recipients), signer, (*_several(signers), *_foot_doubts(recipients, signer))


def _signer(capacities: Sequence[str], names: Sequence[str]) -> SignerDraft:
    return SignerDraft(
        capacity=" / ".join(capacities[:-1]) or None,
        title=capacities[-1] if capacities else None,
        name=names[-1] if names else None,
    )


def _several(signers: Sequence[SignerDraft]) -> Iterator[Doubt]:
    if len(signers) > 1:
        told = "; ".join(f"{one.capacity or one.title}, {one.name}" for one in signers)
        yield Doubt(
            Place.SIGNATURE, f"{len(signers)} người ký: {told}. Bản nháp giữ người ký thay mặt Ủy ban nhân dân."
        )


def _lines(text: str) -> list[str]:
    pieces = (_MARK.sub("", piece.strip()) for piece in text.split(";"))
    return [_bare(piece) for piece in pieces if piece.strip(" .")]


def _bare(recipient: str) -> str:
    """Without the full stop that ends the list; in "Lưu: VT, Tr." it belongs to the sign."""
    return recipient if _COPIES.match(recipient) else recipient.rstrip(" .,")


def _titles(text: str) -> list[str]:
    """ "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" on one line is two lines of a signature block."""
    parts = re.split(r"\s+(?=(?:KT|TL|TUQ)\.)|(?<=NHÂN DÂN)\s+(?=(?:Q\. ?)?(?:PHÓ )?CHỦ TỊCH)", text)
    return [title for part in parts for title in re.split(r"(?<=CHỦ TỊCH)\s+(?=PHÓ )", part.strip())]


def _foot_doubts(recipients: Sequence[str], signer: SignerDraft) -> Iterator[Doubt]:
    if not recipients:
        yield Doubt(Place.RECIPIENTS, "Không thấy danh sách nơi nhận.")
    elif not any(_COPIES.match(line) for line in recipients):
        yield Doubt(Place.RECIPIENTS, "Nơi nhận không có dòng “Lưu: VT, …”.")
    if signer.title is None:
        yield Doubt(Place.SIGNATURE, "Không thấy chức vụ người ký.")
    if signer.name is None:
        yield Doubt(Place.SIGNATURE, "Không thấy họ tên người ký.")
    for line in recipients:
        if re.match(r"(\w+)\s+\1\b", line, re.IGNORECASE):
            yield Doubt(Place.RECIPIENTS, f"“{line}” lặp chữ; giữ nguyên như kế hoạch.")
