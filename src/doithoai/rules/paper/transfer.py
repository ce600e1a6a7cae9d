"""A paper as canonical JSON and back: the frozen model that is stored, hashed and rendered again."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from doithoai.rules.paper import model
from doithoai.rules.paper.model import Paper, PaperError

_KIND = "is"
_KNOWN = {
    cls.__name__: cls
    for cls in (
        model.Appendix, model.Bases, model.Column, model.Fact, model.Heading, model.Item, model.Letterhead,
        model.PageBreak, model.Paper, model.PaperDate, model.Paragraph, model.Qr, model.Quote, model.Row,
        model.Run, model.Signature, model.Table,
    )
}  # fmt: skip


def _down(value: Any) -> Any:
    if is_dataclass(value):
        inner = {field.name: _down(getattr(value, field.name)) for field in fields(value)}
        return {_KIND: type(value).__name__, **inner}
    return [_down(item) for item in value] if isinstance(value, tuple) else value


def _up(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_up(item) for item in value)
    if not isinstance(value, dict):
        return value
    inner = {key: _up(item) for key, item in value.items() if key != _KIND}
    return _KNOWN[value[_KIND]](**inner)


def to_json(paper: Paper) -> str:
    """Canonical JSON: keys sorted, no spaces, only strings, whole numbers, booleans and null."""
    return json.dumps(_down(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Paper:
    """The paper that `to_json` wrote. Raises `PaperError` when `text` is anything else."""
    try:
        paper = _up(json.loads(text))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise PaperError("Bản lưu của văn bản không đọc được: nội dung không đúng cấu trúc.") from error
    if not isinstance(paper, Paper):
        raise PaperError("Bản lưu của văn bản không đọc được: nội dung không phải một văn bản.")
    return paper
