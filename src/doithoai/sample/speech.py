"""What invented people say at a dialogue, how it is written down, and what the offices answer.

Two sectors have words of their own; for any other the same kind of words is filled with the plan's sector
and procedures. Everything is made up, and tells which names, numbers and plots must be masked before it is
published.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

from doithoai.rules.vietnamese import fold
from doithoai.sample.people import pick

Kind = Literal["vướng mắc", "kiến nghị", "phản ánh", "đề xuất"]
Route = Literal["accept", "off_topic", "complaint", "denunciation", "transfer"]
Uptake = Literal["full", "part", "none"]

_OWN_WORDS = ("speech-ho-kinh-doanh.toml", "speech-xay-dung.toml")
_ANY_SECTOR = "speech-chung.toml"
_NEIGHBOURS = ("ông Năm Nháp", "bà Tư Ví Dụ", "chú Bảy Thử", "cô Ba Giả Định", "anh Hai Làm Mẫu", "chị Chín Tạm")


@dataclass(frozen=True, slots=True)
class Speech:
    """One opinion of one person, with the answer that an office drafts to it.

    `spoken` are the person's own words, `summary` the edited text beside them; `private` lists the exact
    pieces of both that must be masked. `route` says what becomes of it (R10 of a complaint or denunciation is
    guidance only); `agency` receives it when the route is "transfer". `uptake_reason` is "" only where
    everything is taken up. `same_matter_as` names an earlier speech of the same list on the same matter,
    `same_speaker_as` the speech directly before it, by the same person in the same turn; "" for none.
    """

    code: str
    sector: str
    procedure: str
    kind: Kind
    route: Route
    spoken: str
    summary: str
    private: tuple[str, ...]
    answer: str
    rule: str
    uptake: Uptake
    uptake_reason: str
    on_the_spot: bool
    same_matter_as: str
    same_speaker_as: str
    floor_guest: bool
    agency: str

    @property
    def special(self) -> bool:
        """Whether it is there for what makes it different: its route, its speaker, or its twin."""
        return self.route != "accept" or self.floor_guest or bool(self.same_matter_as or self.same_speaker_as)


def speech_for(sector: str, n: int, seed: str, procedures: Sequence[str] = ()) -> list[Speech]:
    """`n` different opinions about the procedures of a sector, the same ones for the same seed.

    With `n` of 15 or more, every special case the sector has is among them: for the two sectors with words of
    their own these are divided between them, any other sector has them all. `procedures` are the plan's,
    named in texts that are not written for one sector; without them the sector itself is named.
    """
    own = _own_words(sector)
    opinions = _chosen(own, min(n, len(own)), seed)
    opinions += _general(sector, n - len(opinions), seed, procedures)
    return _whole(opinions)


def _own_words(sector: str) -> list[Speech]:
    for name in _OWN_WORDS:
        written, speeches = _file(name)
        if fold(written) == fold(sector):
            return [replace(speech, sector=sector) for speech in speeches]
    return []


@cache
def _file(name: str) -> tuple[str, tuple[Speech, ...]]:
    text = resources.files("doithoai.sample").joinpath("data", name).read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return content["sector"], tuple(_speech(content["sector"], entry) for entry in content["speech"])


def _speech(sector: str, entry: dict[str, Any]) -> Speech:
    absent: dict[str, Any] = {
        "procedure": "", "route": "accept", "uptake_reason": "", "same_matter_as": "", "same_speaker_as": "",
        "floor_guest": False, "agency": "",
    }  # fmt: skip
    return Speech(**(absent | entry | {"sector": sector, "private": tuple(entry.get("private", ()))}))


def _chosen(speeches: Sequence[Speech], n: int, seed: str) -> list[Speech]:
    """The special ones first of all, then the rest by lot; told in an order that keeps pairs together."""
    twins = {speech.same_matter_as or speech.same_speaker_as for speech in speeches}

    def rank(speech: Speech) -> tuple[bool, int]:
        return not (speech.special or speech.code in twins), pick(seed, speech.code, of=2**32)

    kept = {speech.code for speech in sorted(speeches, key=rank)[:n]}
    leaders = [speech for speech in speeches if speech.code in kept and not _follows(speech, kept)]
    leaders.sort(key=lambda speech: pick(seed, "order", speech.code, of=2**32))
    return [told for leader in leaders for told in (leader, *_followers(leader, speeches, kept))]


def _follows(speech: Speech, kept: set[str]) -> bool:
    return (speech.same_matter_as or speech.same_speaker_as) in kept


def _followers(leader: Speech, speeches: Sequence[Speech], kept: set[str]) -> Iterator[Speech]:
    for speech in speeches:
        if speech.code in kept and leader.code in (speech.same_matter_as, speech.same_speaker_as):
            yield speech


def _general(sector: str, n: int, seed: str, procedures: Sequence[str]) -> list[Speech]:
    """Words for any sector, told in as many rounds as are needed; a special case is told in the first only."""
    opinions: list[Speech] = []
    _, templates = _file(_ANY_SECTOR)
    turn = 0
    while (left := n - len(opinions)) > 0:
        usable = templates if turn == 0 else [speech for speech in templates if not speech.special]
        for speech in _chosen(usable, min(left, len(usable)), f"{seed}|{turn}"):
            opinions.append(_filled(speech, sector, turn, seed, procedures))
        turn += 1
    return opinions


def _filled(speech: Speech, sector: str, turn: int, seed: str, procedures: Sequence[str]) -> Speech:
    names = procedures or (f"thuộc lĩnh vực {sector}",)
    chance = pick(seed, sector, speech.same_matter_as or speech.code, turn, of=2**32)
    words = {
        "sector": sector,
        "procedure": names[chance % len(names)],
        "opening": _opening(chance, turn),
        "neighbour": _NEIGHBOURS[chance % len(_NEIGHBOURS)],
        "phone": f"0900 000 {chance % 1000:03d}",
    }
    return replace(
        speech,
        code=_code(speech.code, turn),
        sector=sector,
        procedure=words["procedure"] if procedures else "",
        spoken=speech.spoken.format(**words),
        summary=speech.summary.format(**words),
        private=tuple(piece.format(**words) for piece in speech.private),
        answer=speech.answer.format(**words),
        same_matter_as=_code(speech.same_matter_as, turn),
        same_speaker_as=_code(speech.same_speaker_as, turn),
    )


def _code(code: str, turn: int) -> str:
    return f"{code}-{turn + 1}" if code else ""


def _opening(chance: int, turn: int) -> str:
    """Where somebody lives and when they came: a different day in every round."""
    return f"Tôi ở tổ {1 + chance % 9}, lên Một cửa ngày {4 + turn % 24} tháng {3 + turn // 24 % 9}."


def _whole(opinions: list[Speech]) -> list[Speech]:
    """Without references to opinions that were not asked for."""
    codes = {speech.code for speech in opinions}
    return [
        replace(
            speech,
            same_matter_as=speech.same_matter_as if speech.same_matter_as in codes else "",
            same_speaker_as=speech.same_speaker_as if speech.same_speaker_as in codes else "",
        )
        for speech in opinions
    ]
