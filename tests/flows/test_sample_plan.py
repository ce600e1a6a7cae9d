"""The default sample, twice: everything reconciles, and the second run gives the same bytes."""

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.flows.running import command, digests, rehearse, sums


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mau") / "dien-tap"


@pytest.fixture(scope="module")
def facts(out: Path) -> dict[str, Any]:
    return rehearse(out)


def test_every_sum_holds(facts: dict[str, Any]) -> None:
    assert [row for row in sums(facts) if row[1] != row[2]] == []
    assert facts["differences"] == []
    assert facts["journal"]["verified"] is True


def test_everything_that_a_real_day_brings_happened(facts: dict[str, Any]) -> None:
    people, turns, opinions = facts["people"], facts["turns"], facts["opinions"]
    assert min(count for name, count in people.items() if name != "walk_in") >= 1, people
    assert 26 <= turns["called"] <= 30
    assert min(turns[name] for name in ("spoke", "skipped", "withdrawn", "unheard")) >= 1
    assert min(opinions.values()) >= 1, opinions


def test_deadlines_are_those_of_the_founding_plan(facts: dict[str, Any]) -> None:
    found = {(row["duty"], row["binding"], row["due_on"]) for row in facts["deadlines"]}
    assert ("result_notice", True, "2021-12-31") in found
    assert ("submission", True, "2021-12-17") in found
    assert {("submission", False, "2021-12-16"), ("submission", False, "2021-12-15")} <= found
    compared = [row for row in facts["deadlines"] if row["due_on"] == "2022-01-01"]
    assert [(row["count"], row["unit"], row["binding"], row["plan_for"]) for row in compared] == [
        (10, "day", False, "2021-12-31")
    ]
    assert all(row["arithmetic"] and row["rule"] for row in facts["deadlines"])


def test_what_bound_was_done_in_time(facts: dict[str, Any]) -> None:
    bound = [row for row in facts["deadlines"] if row["binding"]]
    assert len(bound) >= 2
    assert [row["duty"] for row in bound if row["met_on"] is None or row["met_on"] > row["due_on"]] == []


def test_every_paper_lies_there_as_both_files_with_its_digest(facts: dict[str, Any], out: Path) -> None:
    known = digests(out)
    kinds = {paper["kind"] for paper in facts["papers"]}
    assert kinds == {
        "plan", "programme", "synthesis", "invitation", "script", "list", "minutes", "transfer_slip", "answer",
        "result_notice", "survey_report",
    }  # fmt: skip
    for paper in facts["papers"]:
        assert known[paper["pdf"]] == paper["sha256"]["pdf"]
        assert known[paper["docx"]] == paper["sha256"]["docx"]
        assert (out / paper["pdf"]).read_bytes().startswith(b"%PDF-")


def test_later_kinds_of_papers_stand_beside_those_that_scripts_know(facts: dict[str, Any], out: Path) -> None:
    later = [(paper["kind"], paper["number"]) for paper in facts["other_papers"]]
    assert later == [
        ("announcement", "61/TB-UBND"), ("broadcast", ""), ("opening_report", "21/BC-TCKH"), ("opening_report", "21/BC-QLĐT"),
    ]  # fmt: skip
    for paper in facts["other_papers"]:
        assert digests(out)[paper["pdf"]] == paper["sha256"]["pdf"]


def test_the_evidence_is_whole(facts: dict[str, Any], out: Path) -> None:
    assert facts["evidence"]["missing"] == []
    with zipfile.ZipFile(out / facts["evidence"]["file"]) as archive:
        assert archive.testzip() is None
        assert any("thong-bao-thoi-gian" in name for name in archive.namelist())


def test_one_sitting_draws_by_wards_and_the_other_by_wards_and_sexes_at_once(facts: dict[str, Any], out: Path) -> None:
    rows = sqlite3.connect(out / "rehearsal.sqlite3")
    drawn = [json.loads(published) for (published,) in rows.execute("SELECT published FROM roster_draw ORDER BY id")]
    assert [set(one["rules"]) >= {"features"} for one in drawn] == [False, True]
    assert [name for name, _bounds in drawn[1]["rules"]["features"]] == ["Nơi cư trú", "Giới tính", "Tuổi"]
    assert rows.execute("SELECT COUNT(*) FROM planning_material WHERE sitting_id IS NOT NULL").fetchone() == (2,)


def test_one_number_for_fifteen_copies(facts: dict[str, Any], out: Path) -> None:
    letters = [paper for paper in facts["papers"] if paper["kind"] == "invitation" and paper["copies"] == 15]
    assert len({paper["number"] for paper in letters}) == len(letters) == 2
    for paper in letters:
        assert len(list((out / paper["pdf"].removesuffix(".pdf")).glob("*.pdf"))) == 15


def test_a_second_run_gives_the_same_bytes_in_every_file_but_the_seconds(
    facts: dict[str, Any], out: Path, tmp_path: Path
) -> None:
    again = rehearse(tmp_path / "dien-tap")
    here, there = digests(out), digests(tmp_path / "dien-tap")
    assert {name for name in here | there if here.get(name) != there.get(name)} == {"summary.json"}
    assert {**facts, "seconds": 0} == {**again, "seconds": 0}


def test_verify_finds_it_whole_and_knows_a_printed_head(facts: dict[str, Any], out: Path) -> None:
    database = f"sqlite:///{out / 'rehearsal.sqlite3'}"
    assert command("verify", "--database", database).returncode == 0
    assert command("verify", "--database", database, "--head", facts["journal"]["head"]).returncode == 0
    strange = command("verify", "--database", database, "--head", "ab" * 32)
    assert (strange.returncode, len(strange.stderr.strip().splitlines())) == (1, 1)


def test_a_rehearsal_cannot_hurt_a_database_in_use(facts: dict[str, Any], out: Path, tmp_path: Path) -> None:
    before = digests(out)
    refused = command(
        "rehearse", "--database", f"sqlite:///{out / 'rehearsal.sqlite3'}", "--out", tmp_path / "x", "--no-serve"
    )
    assert refused.returncode == 1
    assert "đã có dữ liệu" in refused.stderr
    assert digests(out) == before


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "cua-toi.txt").write_text("quý")
    refused = command("rehearse", "--out", tmp_path, "--no-serve")
    assert refused.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["cua-toi.txt"]


def test_no_name_of_an_invited_person_is_in_the_journal(facts: dict[str, Any], out: Path) -> None:
    rows = sqlite3.connect(out / "rehearsal.sqlite3")
    names = [name for (name,) in rows.execute("SELECT name FROM people_person")]
    bodies = "\n".join(body for (body,) in rows.execute("SELECT body FROM journal_entry"))
    assert len(names) > 100
    assert [name for name in names if name in bodies] == []
    assert json.loads((out / "summary.json").read_text())["rehearsal"] is True
