"""Form, platform, venues and expected turns: what section "Nội dung thực hiện" settles."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .clauses import Node
from .draft import Doubt, Mode, Place, VenueDraft
from .names import is_collective, place_in, same, split_names

_ONLINE = re.compile(r"\btrực tuyến\b|\bđiểm cầu\b", re.IGNORECASE)
_IN_PERSON = re.compile(
    r"\b(?:đối thoại|hội nghị|hình thức)\s*:?\s*(?:[\w ]{0,20}\s)?trực tiếp\b|\btập trung tại\b", re.IGNORECASE
)
_AND = r"\s+(?:kết hợp|và)\s+(?:với\s+)?(?:[\w ]{0,20}\s)?"
_HYBRID = re.compile(rf"trực tiếp{_AND}trực tuyến|trực tuyến{_AND}trực tiếp", re.IGNORECASE)
_PLATFORM = re.compile(
    r"\b(?:qua|bằng|trên|sử dụng)\s+(?:phần mềm|nền tảng|ứng dụng|hệ thống|công cụ)\s+"
    r"(?:(?:họp|hội nghị|hội họp|truyền hình)\s+(?:trực tuyến|truyền hình)\s+)?(?P<name>[^.;,:()]+)",
    re.IGNORECASE,
)
_PLATFORM_END = re.compile(r"\s+(?:tại|từ|do|với|vào|cho|để|của|giữa|theo|ngày)\s.*$")
_BEFORE_PLATFORM = re.compile(r"^(?:qua|bằng|trên|sử dụng)\s+", re.IGNORECASE)
_USUAL = ("Microsoft Teams", "Zoom", "Google Meet", "Webex", "Zalo", "Skype", "Jitsi Meet")
_CLOSE_ENOUGH = 0.8
_VENUES = re.compile(r"^(?:các\s+)?(?:(?P<link>điểm cầu)|địa điểm)(?P<rest>[^:]*):\s*(?P<names>.*)$", re.IGNORECASE)
_ONE_VENUE = re.compile(
    r"^(?:tại\s+)?điểm cầu\s+(?P<kind>trung tâm|thành phần|địa phương|số \d+|\d+)?\s*(?:đặt)?\s*(?:tại)?\s*:?\s*(?P<name>.+)$",
    re.IGNORECASE,
)
_CENTRAL = re.compile(
    r"\s*\(\s*(?:là\s+)?(?:điểm cầu\s+)?trung tâm\s*\)|^điểm cầu trung tâm\s*(?:đặt)?\s*(?:tại)?\s*:?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Form:
    """How the dialogue is held; `platform` is the usual name of `platform_as_written`."""

    mode: Mode | None
    platform: str | None
    platform_as_written: str | None
    doubts: tuple[Doubt, ...]


def read_form(content: Sequence[Node]) -> Form:
    """Mode and platform from the clauses of the content sections."""
    nodes = [node for root in content for node in root.walk()]
    mode = _mode("\n".join(node.text for node in nodes))
    written, clause = next(((name, node.path) for node in nodes for name in _platforms(node.text)), (None, ""))
    usual = _usual(written) if written else None
    doubts = list(_form_doubts(mode, written, content))
    if written and usual and usual != written:
        doubts.append(Doubt(clause, f"“{written}” được hiểu là {usual}; chữ trong kế hoạch giữ nguyên."))
    return Form(mode, usual or written, written, tuple(doubts))


def _form_doubts(mode: Mode | None, written: str | None, content: Sequence[Node]) -> Iterator[Doubt]:
    clause = content[0].path if content else Place.BODY
    if mode is None:
        yield Doubt(clause, "Không rõ đối thoại trực tiếp hay trực tuyến.")
    if mode in {"online", "hybrid"} and written is None:
        yield Doubt(clause, "Đối thoại trực tuyến nhưng không ghi phần mềm họp.")


def _mode(text: str) -> Mode | None:
    if _HYBRID.search(text):
        return "hybrid"
    online, in_person = _ONLINE.search(text), _IN_PERSON.search(text)
    if online and in_person:
        return None
    if online:
        return "online"
    return "in_person" if in_person else None


def _platforms(text: str) -> Iterator[str]:
    for match in _PLATFORM.finditer(text):
        name = _PLATFORM_END.sub("", match["name"]).strip(" “”\"'")
        if name.startswith(("của ", "do ", "dùng chung")):  # no brand: whose system it is says which
            name = _BEFORE_PLATFORM.sub("", match[0]).strip(" “”\"'")
        yield name


def _usual(written: str) -> str | None:
    """The usual name of a platform misspelled by a letter or two ("Microsost Team")."""
    close = difflib.get_close_matches(
        written.casefold(), [name.casefold() for name in _USUAL], n=1, cutoff=_CLOSE_ENOUGH
    )
    return next((name for name in _USUAL if close and name.casefold() == close[0]), None)


def read_venues(content: Sequence[Node], mode: Mode | None) -> tuple[tuple[VenueDraft, ...], tuple[Doubt, ...]]:
    """The venues in the order of the plan; central is the one that the plan says or lets chair."""
    nodes = [node for root in content for node in root.walk()]
    found = _links(nodes) or _addresses(nodes)
    chaired = _chaired(nodes)
    central = [_is_central(written, name, chaired) for written, name, _ in found]
    if not any(central) and len(found) == 1:
        central = [True]
    venues = tuple(
        VenueDraft(name, one, place_in(name), clause) for (_, name, clause), one in zip(found, central, strict=True)
    )
    return venues, tuple(_venue_doubts(venues, content, mode))


def _venue_doubts(venues: Sequence[VenueDraft], content: Sequence[Node], mode: Mode | None) -> Iterator[Doubt]:
    clause = venues[0].clause if venues else content[0].path if content else Place.BODY
    if not venues:
        yield Doubt(clause, "Không thấy địa điểm hoặc điểm cầu nào.")
    elif sum(venue.central for venue in venues) != 1:
        count = "Không rõ" if not any(venue.central for venue in venues) else "Có hơn một"
        yield Doubt(clause, f"{count} điểm cầu trung tâm trong {len(venues)} điểm cầu.")
    for venue in venues:
        if is_collective(venue.name):
            yield Doubt(venue.clause, f"“{venue.name}” là nhiều nơi, kế hoạch không kể tên từng nơi.")
    if mode == "in_person" and len(venues) > 1:
        yield Doubt(clause, f"Đối thoại trực tiếp nhưng có {len(venues)} địa điểm; không rõ buổi nào ở đâu.")


Found = tuple[str, str, str]
"""As written, name alone, clause."""


def _links(nodes: Sequence[Node]) -> list[Found]:
    return [item for node in nodes for item in _listed(node, link=True)]


def _addresses(nodes: Sequence[Node]) -> list[Found]:
    return [item for node in nodes for item in _listed(node, link=False)]


def _listed(node: Node, *, link: bool) -> Iterator[Found]:
    match = _VENUES.match(node.text)
    if match is None or bool(match["link"]) != link or match["rest"].lower().startswith(" các địa phương"):
        return
    if re.match(r"\s*(?:trung tâm|thành phần|số \d+|\d+)", match["rest"], re.IGNORECASE):
        yield from _named(node.text, node.path)
    elif match["names"]:
        names = split_names(match["names"], loose=True) if link else [match["names"].strip(" .;")]
        for name in names:
            yield from _named(name, node.path)
    else:
        for child in node.children:
            if not _VENUES.match(child.text):
                yield from _named(child.text, child.path)


def _named(written: str, clause: str) -> Iterator[Found]:
    match = _ONE_VENUE.match(written)
    for name in split_names(match["name"] if match else written, loose=True):
        bare = _CENTRAL.sub("", name).strip(" .;,")
        if bare:
            yield written, bare, clause


def _is_central(written: str, name: str, chaired: Sequence[str]) -> bool:
    return _CENTRAL.search(written) is not None or any(same(name, other) for other in chaired)


def _chaired(nodes: Sequence[Node]) -> list[str]:
    """Venues at which the plan seats the chair of the dialogue."""
    found = []
    for node in nodes:
        match = _ONE_VENUE.match(node.text.rstrip(" :"))
        if match and any(re.match(r"chủ trì\b", below.text, re.IGNORECASE) for below in node.below()):
            found.append(match["name"].strip(" :."))
    return found
