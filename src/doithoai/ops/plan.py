"""`doithoai plan read`: what the product understands of a plan, before anybody confirms it. Nothing is stored."""

import argparse
import json

from doithoai.ops.command import No
from doithoai.planning.imports import PlanDraft, Unreadable, read_plan


def summary(draft: PlanDraft) -> str:
    """A plan in a few lines."""
    lines = [
        f"Cơ quan: {draft.issuer or 'chưa rõ'}",
        f"Về việc: {draft.subject or 'chưa rõ'}",
        f"Điểm cầu: {len(draft.venues)}; nhiệm vụ: {len(draft.duties)}; nơi nhận: {len(draft.recipients)}",
    ]
    for sitting in draft.sittings:
        on = f"{sitting.date:%d/%m/%Y}" if sitting.date else "chưa rõ ngày"
        lines.append(f"Buổi: {sitting.sector or 'chưa rõ lĩnh vực'}, {on}, {sitting.expected or '?'} lượt")
    lines += [f"Cần xem lại {doubt.clause}: {doubt.why}" for doubt in draft.doubts]
    return "\n".join(lines)


def main(args: argparse.Namespace) -> int:
    """Print the plan as read. Raises No when it cannot be read, with the line and what was expected."""
    try:
        draft = read_plan(args.file)
    except Unreadable as unreadable:
        raise No(unreadable.sentence) from unreadable
    print(json.dumps(draft.as_json(), ensure_ascii=False, indent=2) if args.json else summary(draft))
    return 0
