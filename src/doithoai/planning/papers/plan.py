"""The plan as an official paper: its own wording, clause by clause, in Decree 30's form."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from doithoai.directory.models import Agency
from doithoai.documents.papers import official
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue
from doithoai.rules.paper import Bases, Block, Heading, Item, Paper, ended, para, runs

DASHES = ("-", "+")


def plan_paper(dialogue: Dialogue, *, on: date) -> Paper:
    """The plan of a dialogue, its legal grounds first."""
    assert dialogue.chair is not None  # a dialogue is made with its chair
    text = dialogue.plan_text
    return drafted_paper(
        dialogue.agency, text, subject=dialogue.subject, bases=dialogue.bases, signer=dialogue.chair, on=on
    )


def drafted_paper(
    agency: Agency, text: Mapping[str, Any], *, subject: str, bases: Sequence[str], signer: Staff, on: date
) -> Paper:
    """A plan from its wording (`preamble`, `clauses`, `closing`, `recipients` of a draft), stored or only typed."""
    blocks: list[Block] = [Bases(tuple(bases))] if bases else []
    blocks += [para(line) for line in text["preamble"]]
    blocks += [_block(clause) for clause in text["clauses"]]
    blocks += [para(line) for line in text["closing"]]
    return official(
        agency,
        "plan",
        subject=subject,
        blocks=ended(blocks),
        recipients=text["recipients"],
        signer=signer,
        on=on,
    )


def _block(clause: Mapping[str, str]) -> Block:
    marker, text = clause["marker"].rstrip(".)"), clause["text"]
    depth = clause["path"].count(".")
    is_title = not text.rstrip().endswith((".", ";")) and len(text) < 120
    if clause["marker"] in DASHES:
        return Item(runs(text), mark=clause["marker"])
    if depth == 0:
        return Heading("section", marker, text)
    if is_title:
        return Heading("clause" if depth == 1 else "point", marker, text)
    return Item(runs(text), mark=clause["marker"])
