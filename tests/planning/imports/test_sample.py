"""The plan that the product carries says the same as the plan of 2021."""

import pytest

from doithoai.planning.imports import PlanDraft, Unreadable, read_plan
from doithoai.planning.imports.reading import draft_of
from doithoai.planning.imports.sources import text_paragraphs
from doithoai.sample.plans import SAMPLES, load_sample
from tests.planning.imports.papers import SEED


@pytest.fixture(scope="module")
def sample() -> PlanDraft:
    return load_sample("dong-hoa-2021")


@pytest.fixture(scope="module")
def seed() -> PlanDraft:
    return read_plan(SEED)


@pytest.mark.parametrize(
    "part",
    [
        "issuer",
        "number",
        "symbol",
        "issue_place",
        "date",
        "month",
        "issue_year",
        "parent",
        "subject",
        "year",
        "territory",
        "mode",
        "platform",
        "platform_as_written",
        "sectors",
        "venues",
        "sittings",
        "expected_total",
        "quotas",
        "chair",
        "attendance",
        "duties",
        "recipients",
        "doubts",
    ],
)
def test_same_facts(part: str, sample: PlanDraft, seed: PlanDraft) -> None:
    assert getattr(sample, part) == getattr(seed, part)


def test_purposes_are_in_own_words_and_the_signer_is_invented(sample: PlanDraft, seed: PlanDraft) -> None:
    assert len(sample.purposes) == len(seed.purposes)
    assert not set(sample.purposes) & set(seed.purposes)
    assert (sample.signer.title, sample.signer.name) == ("CHỦ TỊCH", "Đỗ Văn Mẫu")
    assert [clause.path for clause in sample.clauses] == [clause.path for clause in seed.clauses]


def test_written_out_as_a_paper_it_reads_back_the_same(sample: PlanDraft) -> None:
    """So its wording and its figures cannot drift apart."""
    lines = [
        f"Số: /{sample.symbol}",
        f"{sample.issue_place}, ngày tháng {sample.month} năm {sample.issue_year}",
        "KẾ HOẠCH",
        sample.subject or "",
        *sample.preamble,
        *(f"{clause.marker} {clause.text}" for clause in sample.clauses),
        *sample.closing,
        "Nơi nhận:",
        *(f"- {line};" for line in sample.recipients),
        *(filter(None, (sample.signer.capacity, sample.signer.title, sample.signer.name))),
    ]
    assert draft_of(text_paragraphs("\n\n".join(lines))) == sample


def test_every_named_sample_loads_and_others_are_refused() -> None:
    for name in SAMPLES:
        assert load_sample(name).sittings
    with pytest.raises(Unreadable, match="Có: dong-hoa-2021"):
        load_sample("../secret")
