"""The stand-alone verifier and the product's own never disagree."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doithoai.rules import draw_verifier
from doithoai.rules.draw import PoolRow, Rules, agreement, published, seats, verify_published

SOURCE = Path(draw_verifier.__file__)
ROWS = [PoolRow(f"HV-{n:03d}", "HV", f"h{n // 2}" if n < 10 else None) for n in range(97)]
ROWS += [PoolRow(f"HT-{n:03d}", "HT") for n in range(90)]
RULES = Rules("Bốc 6 thẻ số", total=15)


@st.composite
def documents(choose: st.DrawFn) -> Any:
    """A published draw of some pool under some rules."""
    groups = choose(st.lists(st.sampled_from(["HV", "HT", "Ẩ\u0301", "nữ"]), min_size=1, max_size=3, unique=True))
    homes = st.one_of(st.none(), st.integers(1, 2))
    people = choose(st.lists(st.tuples(st.sampled_from(groups), homes), min_size=1, max_size=14))
    pool = [PoolRow(f"{s}-{n}", s, f"{s}.{home}" if home else None) for n, (s, home) in enumerate(people)]
    each = choose(st.booleans())
    used = {s for s, _ in people}
    if choose(st.booleans()):
        rules = Rules("xổ số", quotas=dict.fromkeys(used, choose(st.integers(0, 1))), one_per_household=each)
    else:
        rules = Rules("xổ số", total=choose(st.integers(0, 1 if each else len(people))), one_per_household=each)
    document = published(pool, rules, value=choose(st.text(min_size=1).filter(str.strip)), source="biên bản")
    return json.loads(json.dumps(document))


def run(file: Path, *notice: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", str(SOURCE), str(file), *notice], capture_output=True, check=False)
    assert done.stderr == b""
    return done.returncode, done.stdout.decode().strip()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "boc-tham.json"
    path.write_text(json.dumps(published(ROWS, RULES, value="407183", source=""), ensure_ascii=False), encoding="utf-8")
    return path


class TestAlone:
    def test_it_is_short_and_imports_next_to_nothing(self) -> None:
        text = SOURCE.read_text(encoding="utf-8")
        assert sum(bool(line.strip()) for line in text.splitlines()) <= 170
        imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert [ast.unparse(node) for node in imports] == [
            "import hashlib",
            "import json",
            "import sys",
            "from typing import Any",
        ]

    def test_a_true_file_matches(self, file: Path) -> None:
        assert run(file) == (0, "Khớp hoàn toàn. Được chọn: khớp 15/15.")

    def test_a_swapped_person_is_named(self, file: Path) -> None:
        doc = json.loads(file.read_text(encoding="utf-8"))
        doc["result"]["chosen"]["HT"][6], doc["result"]["reserves"]["HT"][0] = (
            doc["result"]["reserves"]["HT"][0],
            doc["result"]["chosen"]["HT"][6],
        )
        file.write_text(json.dumps(doc), encoding="utf-8")
        found = verify_published(doc)[0]
        assert run(file) == (1, found.sentence)
        assert found.what == "HT, thứ 7"

    def test_the_notice_is_compared_in_groups_too(self, file: Path) -> None:
        printed = json.loads(file.read_text(encoding="utf-8"))["commitment"]
        assert run(file, *(printed[i : i + 8] for i in range(0, 64, 8)))[0] == 0
        code, sentence = run(file, "0" * 64)
        assert (code, sentence.split(":")[0]) == (1, "Mã trong thông báo")

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"pool": 1}', "%PDF"])
    def test_another_file_is_answered_in_one_sentence(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "x"
        path.write_text(content, encoding="utf-8")
        code, sentence = run(path)
        assert (code, sentence.startswith("Không đọc được tệp")) == (1, True)

    def test_a_missing_file_too(self, tmp_path: Path) -> None:
        assert run(tmp_path / "không có")[0] == 1


class TestAgreesWithTheProduct:
    @given(documents())
    def test_on_true_files(self, doc: Any) -> None:
        assert verify_published(doc, doc["commitment"]) == []
        assert draw_verifier.check(json.dumps(doc), doc["commitment"]) == agreement(doc)

    @settings(suppress_health_check=[HealthCheck.filter_too_much])
    @given(documents(), st.data())
    def test_on_changed_files_down_to_the_first_difference(self, doc: Any, data: st.DataObject) -> None:
        changes: dict[str, Callable[[], object]] = {
            "value": lambda: doc["event"].update(value=doc["event"]["value"] + "1"),
            "name": lambda: doc["event"].update(name="khác"),
            "seed": lambda: doc.update(seed="0" * 64),
            "reversed": lambda: [codes.reverse() for codes in doc["result"]["reserves"].values()],
            "moved": lambda: [
                doc["result"]["reserves"][s].append(codes.pop())
                for s, codes in doc["result"]["chosen"].items()
                if codes
            ],
            "dropped": lambda: [codes.pop() for codes in doc["result"]["reserves"].values() if codes],
            "code": lambda: doc["pool"][0].__setitem__(0, "mới"),
        }
        changes[data.draw(st.sampled_from(sorted(changes)))]()
        found = verify_published(doc)
        expected = found[0].sentence if found else agreement(doc)
        assert draw_verifier.check(json.dumps(doc), "") == expected

    @pytest.mark.parametrize(
        ("rows", "method"),
        [
            ([["A", "HV", None], ["A", "HV", None]], "doithoai-draw-1"),
            ([["A", "HV", "h1"], ["B", "HT", "h1"]], "doithoai-draw-1"),
            ([["A", "HV", None]], "cách khác"),
        ],
    )
    def test_on_pools_that_no_draw_may_have(self, rows: list[list[str | None]], method: str) -> None:
        """A file whose every hash fits, though its pool or its method is none of ours."""
        rules = {"event": "x", "method": method, "one_per_household": True, "quotas": None, "total": 0}
        commit = draw_verifier.sha256(
            json.dumps([rows, rules], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        )
        seed = draw_verifier.sha256(commit, "1")
        firsts: dict[str | None, str | None] = {}
        lots: dict[str, list[str]] = {str(s): [] for _, s, _ in rows}
        for code, s, home in sorted(rows, key=lambda row: draw_verifier.sha256(seed, str(row[1]), str(row[0]))):
            lots[str(s)] += [str(code)] if firsts.setdefault(home or code, code) == code else []
        doc = {"commitment": commit, "rules": rules, "names": {}, "pool": rows, "seed": seed}
        doc |= {
            "event": {"name": "x", "value": "1", "source": ""},
            "result": {"chosen": {s: [] for s in lots}, "reserves": lots},
        }
        assert verify_published(json.loads(json.dumps(doc)))
        assert not draw_verifier.check(json.dumps(doc), "").startswith("Khớp")

    @given(st.dictionaries(st.text(max_size=2), st.integers(0, 40), min_size=1), st.data())
    def test_on_the_shares_of_groups(self, eligible: dict[str, int], data: st.DataObject) -> None:
        eligible["sure"] = 1
        total = data.draw(st.integers(0, sum(eligible.values())))
        assert draw_verifier.shares(total, eligible) == seats(total, eligible)
