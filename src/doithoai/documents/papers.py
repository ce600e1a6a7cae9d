"""The frame of every paper: letterhead, place, signature block, looked up by agency."""

from collections.abc import Sequence
from datetime import date

from doithoai.directory.models import Agency, Office
from doithoai.people.models import Staff
from doithoai.rules.paper import (
    NAMED,
    Block,
    Kind,
    Letterhead,
    Paper,
    PaperDate,
    Signature,
    signature_lines,
    symbol_of,
)


def letterhead(agency: Agency, kind: Kind, issuer: Office | None = None, unit: str = "") -> Letterhead:
    """Who issues, and the symbol. A division with its own seal stands under its agency; `unit` drafts a letter."""
    if issuer is None:
        return Letterhead((agency.name,), symbol_of(kind, agency.symbol, unit))
    return Letterhead((issuer.name,), symbol_of(kind, issuer.symbol, unit), parent=(agency.name,))


def signature(agency: Agency, signer: Staff, issuer: Office | None = None) -> Signature:
    """The signature block of whoever signs for the agency (TM., KT.) or for a division with its own seal."""
    title = signer.title.casefold()
    if issuer is not None:
        is_head = title.startswith(issuer.head_title.casefold())
        return Signature(_lines_of_division(issuer.head_title, is_head), signer.name)
    return Signature(_lines_of_committee(agency, title.startswith(agency.head_title.casefold())), signer.name)


def _lines_of_division(head: str, is_head: bool) -> tuple[str, ...]:
    return signature_lines("", head) if is_head else signature_lines("KT", f"Phó {head}", head=head)


def _lines_of_committee(agency: Agency, is_head: bool) -> tuple[str, ...]:
    committee = "Ủy ban nhân dân"
    if is_head:
        return signature_lines("TM", agency.head_title, committee=committee)
    return signature_lines("TM KT", agency.deputy_title, committee=committee, head=agency.head_title)


def official(
    agency: Agency,
    kind: Kind,
    *,
    subject: str,
    blocks: Sequence[Block],
    recipients: Sequence[str],
    signer: Staff,
    on: date,
    issuer: Office | None = None,
    unit: str = "",
    addressees: Sequence[str] = (),
) -> Paper:
    """A paper with a kind of its own, or a letter where the kind has no title; number and day stay blank until issued."""
    title = NAMED[kind].name.upper() if kind in NAMED else ""
    return Paper(
        kind=kind,
        layout="named" if title else "letter",
        letterhead=letterhead(agency, kind, issuer, unit),
        title=title,
        subject=subject,
        place=agency.place,
        dated=PaperDate(on.year, on.month),
        addressees=tuple(addressees),
        blocks=tuple(blocks),
        recipients=tuple(recipients),
        signatures=(signature(agency, signer, issuer),),
    )


def working(
    agency: Agency,
    kind: Kind,
    *,
    title: str,
    subject: str,
    blocks: Sequence[Block],
    issuer: Office | None = None,
) -> Paper:
    """A list or script: no number, no signature of authority."""
    return Paper(
        kind=kind,
        layout="list",
        letterhead=Letterhead((issuer.name,), parent=(agency.name,)) if issuer else Letterhead((agency.name,)),
        title=title,
        subject=subject,
        blocks=tuple(blocks),
    )
