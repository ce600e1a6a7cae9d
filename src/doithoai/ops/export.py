"""`doithoai export`: everything that must outlive this program, in formats that need no program of ours.

papers/      every sealed paper and every recipient's copy, DOCX and PDF
journal/     each chain as one JSON line an entry: number, digest, and the very text that was hashed
draws/       the published draws, and the program that checks them with Python alone
index.json   what is there, each file with its SHA-256
"""

import argparse
import json
from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from pathlib import Path

from doithoai.documents.models import Document
from doithoai.journal.models import Chain
from doithoai.journal.queries import heads, stored
from doithoai.kernel import plugs
from doithoai.ops.command import No
from doithoai.roster.models import Draw

VERIFIER = "draw_verifier.py"


def export(out: Path) -> int:
    """Write everything into `out`, which must be empty or not there; returns how many files were written.

    It holds personal data (letters name their addressee): the folder is readable by its owner only.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise No(f"Thư mục {out} không trống; chưa ghi gì. Cần một thư mục trống.")
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    papers = list(_papers())
    digests: dict[str, str] = {}
    for name, data in (*_prints(papers), *_chains(), *_draws()):
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        digests[name] = sha256(data).hexdigest()
    index = {"papers": [_described(paper) for paper in papers], "heads": heads(), "files": digests}
    (out / "index.json").write_bytes(_json(index))
    return len(digests)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _papers() -> Iterator[Document]:
    yield from Document.objects.exclude(pdf="").select_related("agency", "issuer").order_by("pk")


def _described(paper: Document) -> dict[str, object]:
    return {
        "code": paper.code,
        "chain": paper.chain,
        "kind": paper.kind,
        "subject": paper.subject,
        "number": paper.number_text,
        "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
        "copies": paper.copies,
        "head": paper.head,
    }


def _prints(papers: list[Document]) -> Iterator[tuple[str, bytes]]:
    for paper in papers:
        yield from _both(f"papers/{paper.chain}/{paper.code}", paper.pdf, paper.docx)
        for copy in paper.copy_rows.order_by("ordinal"):
            yield from _both(f"papers/{paper.chain}/{paper.code}-{copy.ordinal:03d}", copy.pdf, copy.docx)


def _both(name: str, pdf: str, docx: str) -> Iterator[tuple[str, bytes]]:
    for ending, digest in (("pdf", pdf), ("docx", docx)):
        if digest:
            yield f"{name}.{ending}", _file(f"{name}.{ending}", digest)


def _file(name: str, digest: str) -> bytes:
    try:
        return plugs.files().get(digest)
    except KeyError:
        raise No(f"Thiếu tệp {digest[:16]}… của {name}; chạy “doithoai verify” để biết thêm.") from None


def _chains() -> Iterator[tuple[str, bytes]]:
    for chain in Chain.objects.order_by("key"):
        lines = [
            json.dumps({"number": entry.number, "digest": entry.digest, "body": entry.body}, ensure_ascii=False)
            for entry in stored(chain)
        ]
        yield f"journal/{chain.key}.jsonl", ("\n".join(lines) + "\n").encode()


def _draws() -> Iterator[tuple[str, bytes]]:
    draws = Draw.objects.select_related("pool__sitting").order_by("pk")
    for draw in draws:
        yield f"draws/{draw.pool.sitting.code}.json", _json(draw.published)
    if draws:
        yield f"draws/{VERIFIER}", (resources.files("doithoai.rules") / VERIFIER).read_bytes()


def main(args: argparse.Namespace) -> int:
    """Write everything and say how much."""
    print(f"Đã xuất {export(args.out.absolute())} tệp vào {args.out}.")
    return 0
