"""The JSON of a draft."""

import json

import pytest

from doithoai.planning.imports import Doubt, PlanDraft, read_plan
from tests.planning.imports.papers import SEED

CONTRACT = {
    *("issuer", "number", "date", "parent", "subject", "year", "territory"),
    *("mode", "platform", "platform_as_written", "venues", "sittings"),
    *("attendance", "duties", "recipients", "signer", "doubts"),
}


@pytest.fixture(scope="module")
def seed() -> PlanDraft:
    return read_plan(SEED)


def test_the_keys_that_scripts_read(seed: PlanDraft) -> None:
    written = seed.as_json()
    assert not CONTRACT - set(written)
    assert {"name", "central"} <= set(written["venues"][0])
    assert {"sector", "date", "start", "end", "expected", "invite", "lead_office"} <= set(written["sittings"][0])
    assert {"venue", "who"} <= set(written["attendance"][0])
    assert {"office", "what", "due"} <= set(written["duties"][0])
    assert set(written["duties"][0]["due"]) == {"count", "unit", "before_or_after", "anchor"}
    assert set(written["signer"]) == {"capacity", "title", "name"}
    assert set(written["doubts"][0]) == {"clause", "why"}


def test_dates_are_iso_and_times_have_no_seconds(seed: PlanDraft) -> None:
    sitting = seed.as_json()["sittings"][1]
    assert (sitting["date"], sitting["start"], sitting["end"]) == ("2021-12-22", "13:30", "17:00")
    assert seed.as_json()["parent"]["date"] == "2021-01-26"


def test_json_survives_a_file(seed: PlanDraft) -> None:
    assert PlanDraft.from_json(json.loads(json.dumps(seed.as_json()))) == seed


def test_keys_left_out_are_blank_and_unknown_ones_ignored() -> None:
    draft = PlanDraft.from_json({"signer": {}, "later_field": 1, "doubts": [{"clause": "I", "why": "x"}]})
    assert (draft.issuer, draft.venues, draft.signer.name) == (None, (), None)
    assert draft.doubts == (Doubt("I", "x"),)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"signer": {}, "year": "2021"},
        {"signer": {}, "year": True},
        {"signer": {}, "mode": "by post"},
        {"signer": {}, "date": "22/12/2021"},
        {"signer": {}, "venues": ["UBND"]},
        {"signer": {}, "venues": [{"name": "UBND"}]},
    ],
)
def test_another_shape_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        PlanDraft.from_json(wrong)
