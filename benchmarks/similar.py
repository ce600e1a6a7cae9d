"""What finding alike opinions costs: the index over 10,000, suggestions for one more, all groups of them,
and the same where no two texts are alike."""

from statistics import median
from time import perf_counter

from doithoai.rules.similar import Index
from doithoai.rules.vietnamese import fold
from doithoai.sample.people import pick
from doithoai.sample.speech import speech_for

Figure = dict[str, float | int | str | None]
OPINIONS = 10_000
ASKED = 100


def bench() -> dict[str, Figure]:
    """Seconds for the index and the groups, milliseconds for one suggestion; the floor of the index is folding the texts."""
    texts = _texts(OPINIONS + ASKED)
    began = perf_counter()
    for _code, text in texts[:OPINIONS]:
        fold(text)
    floor = perf_counter() - began
    index, built = _built(texts[:OPINIONS])
    asked = median(_asked(index, text) for _code, text in texts[OPINIONS:])
    began = perf_counter()
    index.groups()
    grouped = perf_counter() - began
    unlike, unlike_built = _built(_unlike(OPINIONS))
    began = perf_counter()
    unlike.groups()
    unlike_grouped = perf_counter() - began
    return {
        f"similar_index_{OPINIONS}": _figure(built, "s", 1, floor),
        f"similar_nearest_{OPINIONS}": _figure(asked, "ms", ASKED),
        f"similar_groups_{OPINIONS}": _figure(grouped, "s", 1),
        f"similar_index_unlike_{OPINIONS}": _figure(unlike_built, "s", 1),
        f"similar_groups_unlike_{OPINIONS}": _figure(unlike_grouped, "s", 1),
    }


def _texts(count: int) -> list[tuple[str, str]]:
    """Opinions of many sectors: each says two sentences of invented speech, picked anew for each."""
    sectors = ("Hộ kinh doanh", "Xây dựng", "Đất đai", "Hộ tịch", "Chứng thực", "Giáo dục", "Y tế", "Nông nghiệp")
    said = [speech.spoken for sector in sectors for speech in speech_for(sector, 60, sector)]
    sentences = [part.strip() for text in said for part in text.split(".") if part.strip()]

    def body(at: int) -> str:
        return ". ".join(sentences[pick("similar", at, part, of=len(sentences))] for part in range(3))

    return [(f"YK{at}", body(at)) for at in range(count)]


def _unlike(count: int) -> list[tuple[str, str]]:
    """Texts of forty syllables by chance, no two alike: the hardest case, since every text begins a group of its own."""
    begins = (
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "h",
        "kh",
        "l",
        "m",
        "ng",
        "nh",
        "ph",
        "qu",
        "s",
        "t",
        "th",
        "tr",
        "v",
        "x",
    )
    middles, ends = (
        ("a", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "ia", "uô", "ươ", "oa"),
        ("", "c", "m", "n", "ng", "p", "t"),
    )
    said = [f"{begin}{middle}{end}" for begin in begins for middle in middles for end in ends]
    return [
        (f"YK{at}", " ".join(said[pick("unlike", at, place, of=len(said))] for place in range(40)))
        for at in range(count)
    ]


def _built(texts: list[tuple[str, str]]) -> tuple[Index, float]:
    began = perf_counter()
    index = Index(texts)
    index.nearest(texts[0][1])
    return index, perf_counter() - began


def _asked(index: Index, text: str) -> float:
    began = perf_counter()
    index.nearest(text)
    return 1000 * (perf_counter() - began)


def _figure(value: float, unit: str, runs: int, floor: float | None = None) -> Figure:
    ratio = round(value / floor, 1) if floor else None
    return {"value": round(value, 3), "unit": unit, "floor": floor and round(floor, 3), "ratio": ratio, "n": runs}
