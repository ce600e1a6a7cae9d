"""Acts of intake: opinions received, sorted, kept together or parted, handed on, ended."""

from doithoai.intake.actions.ending import (
    close,
    guide,
    not_take,
    record_transfer_result,
    reopen,
    take_back,
    transfer,
    transfer_issued,
    transfer_sent,
    withdraw,
)
from doithoai.intake.actions.links import LIVES, hand_receipt, own_link
from doithoai.intake.actions.receiving import attach, read_back, receive
from doithoai.intake.actions.sorting import (
    accept,
    classify,
    compare,
    merge,
    split,
    summarise,
    undo_classify,
    unmerge,
)
from doithoai.intake.actions.supporting import device_key, hide, show, support
from doithoai.intake.actions.wording import confirm_proposed, prepare_public

__all__ = [
    "LIVES",
    "accept",
    "attach",
    "classify",
    "close",
    "compare",
    "confirm_proposed",
    "device_key",
    "guide",
    "hand_receipt",
    "hide",
    "merge",
    "not_take",
    "own_link",
    "prepare_public",
    "read_back",
    "receive",
    "record_transfer_result",
    "reopen",
    "show",
    "split",
    "summarise",
    "support",
    "take_back",
    "transfer",
    "transfer_issued",
    "transfer_sent",
    "undo_classify",
    "unmerge",
    "withdraw",
]
