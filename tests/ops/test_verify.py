"""`doithoai verify` on a database file, changed as somebody with the file in hands would."""

import sqlite3
from contextlib import closing

import pytest

from tests.ops.conftest import Installation, only_line


def test_an_untouched_installation_fits(office: Installation) -> None:
    run = office.run("verify")
    assert (run.returncode, run.stderr) == (0, "")
    with closing(sqlite3.connect(office.path)) as base:
        entries, chains = base.execute("SELECT count(*), count(DISTINCT chain_id) FROM journal_entry").fetchone()
    assert run.stdout == f"Khớp: {entries} mục, {chains} chuỗi, 6 lời, 1 văn bản.\n"


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE journal_entry SET body = replace(body, 'VB01', 'VB02') WHERE number = 4 AND chain_id = 2", "số 4"),
        ("DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)", "DH-2021-01"),
        ("UPDATE people_text SET body = 'Tôi rất hài lòng.' WHERE id = 2", "people_text 2"),
        ("UPDATE documents_document SET paper = replace(paper, 'Kính mời', 'Không mời')", "DH-2021-01-VB01"),
        ("DROP TABLE journal_witness", "journal_witness"),
        ("UPDATE journal_entry SET body = CAST(x'ff00' AS TEXT) WHERE id = 3", "."),
    ],
)
def test_a_change_behind_its_back_is_named_in_one_sentence(office: Installation, statement: str, where: str) -> None:
    office.sql(statement)
    run = office.run("verify")
    assert (run.returncode, run.stdout) == (1, "")
    line = only_line(run.stderr)
    assert where in line
    assert line.startswith(("Không khớp. ", "Cơ sở dữ liệu không dùng được: "))


def test_a_changed_file_is_named(office: Installation) -> None:
    file = next(office.files.glob("??/*"))
    file.write_bytes(b"changed")
    run = office.run("verify")
    assert run.returncode == 1
    assert only_line(run.stderr) == f"Không khớp. tệp {file.name[:16]}…: đã bị thay đổi."


def test_the_head_of_a_citizens_paper_is_looked_up(office: Installation) -> None:
    with closing(sqlite3.connect(office.path)) as base:
        (head,) = base.execute("SELECT head FROM documents_document").fetchone()
    assert office.run("verify", "--head", head).returncode == 0
    run = office.run("verify", "--head", head[:-1] + ("0" if head[-1] != "0" else "1"))
    assert run.returncode == 1
    assert "chưa từng có mã" in only_line(run.stderr)


def test_the_address_on_the_command_line_goes_before_the_environment(
    office: Installation, template: Installation
) -> None:
    office.sql("UPDATE people_text SET body = 'khác'")
    assert office.run("verify").returncode == 1
    assert office.run("verify", "--database", template.url).returncode == 0
