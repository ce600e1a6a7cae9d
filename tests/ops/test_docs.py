"""The page of acts and states is written from the registry, and is refused when it lags behind."""

from pathlib import Path

import pytest

from doithoai.config.follows import FOLLOWS, GATES
from doithoai.kernel.verbs import REGISTRY, Verb
from doithoai.ops import docs
from doithoai.planning.states import DIALOGUE


def test_the_page_names_every_act_with_whose_right_it_is() -> None:
    page = docs.page()
    ours = [verb for verb in REGISTRY.values() if verb.act.__module__.startswith("doithoai.")]
    assert len(ours) > 20
    for verb in ours:
        (line,) = [
            line for line in page.splitlines() if line.startswith(f"| `{verb.name}` | {docs.sentence(verb.act)}")
        ]
        assert docs.paragraph(verb.may) in line
    assert "Văn thư cơ quan (Nghị định 30/2020, Điều 15)." in page


def test_what_follows_and_what_is_asked_before_stand_on_it() -> None:
    page = docs.page()
    follows, gates = page.split("## What must be so before")
    assert all(f"| `{act}` |" in follows.split("## What follows")[1] for act in FOLLOWS)
    assert all(f"| `{act}` |" in gates for act in GATES)


def test_every_state_stands_on_it_with_its_word() -> None:
    page = docs.page()
    for state, following in DIALOGUE.steps.items():
        line = next(line for line in page.split("### dialogue")[1].splitlines() if line.startswith(f"| `{state}`"))
        assert DIALOGUE.words[state] in line
        assert all(f"`{to}`" in line for to in following)
    for machine in ("answer", "document", "duty", "invitation", "minutes", "obstacle", "opinion", "sitting", "turn"):
        assert f"### {machine}\n" in page


def test_writing_it_twice_gives_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(docs, "PAGE", tmp_path / "docs" / "page.md")
    assert docs.main(["--check"]) == 1
    assert docs.main([]) == 0
    written = (tmp_path / "docs" / "page.md").read_text(encoding="utf-8")
    assert written == docs.page()
    assert docs.main(["--check"]) == 0


def test_a_changed_right_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "PAGE", tmp_path / "page.md")
    docs.main([])

    def may(actor: object, subject: object) -> None:
        """Ai cũng được."""

    sign = REGISTRY["document.sign"]
    monkeypatch.setitem(REGISTRY, "document.sign", Verb(sign.name, may, sign.act))  # type: ignore[arg-type]
    assert docs.main(["--check"]) == 1
    assert "out of date" in capsys.readouterr().err


def test_a_docstring_is_read_by_sentence_or_paragraph() -> None:
    def act() -> None:
        """Give a paper
        its number. Raises NotNow.

        More of it.
        """

    assert docs.sentence(act) == "Give a paper its number."
    assert docs.paragraph(act) == "Give a paper its number. Raises NotNow."
    assert docs.sentence(lambda: None) == ""


def test_a_stroke_in_a_cell_does_not_break_the_table() -> None:
    assert docs.table(("a", "b"), [("x | y", "z")]).splitlines()[-1] == "| x \\| y | z |"
