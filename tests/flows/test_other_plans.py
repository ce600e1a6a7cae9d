"""The founding document itself, and a commune of 2026 with one sitting in other words."""

from pathlib import Path
from typing import Any

import pytest

from tests.flows.running import command, rehearse, sums

FOUNDING = Path(__file__).parent.parent / "planning/imports/plans/dong-hoa.md"
COMMUNE = Path(__file__).parent / "phuong-mau-2026.txt"


def test_the_founding_document_reconciles(tmp_path: Path) -> None:
    facts = rehearse(tmp_path / "out", FOUNDING)
    assert [row for row in sums(facts) if row[1] != row[2]] == []
    assert facts["journal"]["verified"] is True
    assert [(row["duty"], row["due_on"]) for row in facts["deadlines"] if row["binding"]] == [
        ("submission", "2021-12-17"),
        ("result_notice", "2021-12-31"),
    ]


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return rehearse(tmp_path_factory.mktemp("phuong") / "out", COMMUNE)


def test_a_commune_of_2026_follows_its_own_rules(commune: dict[str, Any]) -> None:
    assert [row for row in sums(commune) if row[1] != row[2]] == []
    bound = {row["duty"]: row for row in commune["deadlines"] if row["binding"]}
    assert bound["result_notice"]["due_on"] == "2026-09-05"
    assert bound["result_notice"]["plan_for"] == "2026-09-04"
    assert bound["result_notice"]["met_on"] <= "2026-09-04"


def test_a_make_up_saturday_is_counted(commune: dict[str, Any]) -> None:
    readings = [row for row in commune["deadlines"] if row["duty"] == "submission" and row["unit"] == "working_day"]
    assert ["tính cả thứ Bảy 22/08 làm bù" in row["arithmetic"] for row in readings] == [True]


def test_the_number_printed_on_the_plan_is_kept(commune: dict[str, Any]) -> None:
    (plan,) = [paper for paper in commune["papers"] if paper["kind"] == "plan"]
    assert plan["number"] == "41/KH-UBND"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.txt", "", "trống"),
        ("tho.txt", "Trăm năm trong cõi người ta\nChữ tài chữ mệnh khéo là ghét nhau\n", "kế hoạch"),
        ("gia.docx", "không phải tệp Word", "docx"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_sentence(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    refused = command("rehearse", path, "--out", tmp_path / "out", "--no-serve")
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1
    assert words in refused.stderr.casefold()
