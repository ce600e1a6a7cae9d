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
from doithoai.intake.actions.sorting import (
    accept,
    classify,
    merge,
    prepare_public,
    receive,
    split,
    summarise,
    unmerge,
)

__all__ = [
    "accept",
    "classify",
    "close",
    "guide",
    "merge",
    "not_take",
    "prepare_public",
    "receive",
    "record_transfer_result",
    "reopen",
    "split",
    "summarise",
    "take_back",
    "transfer",
    "transfer_issued",
    "transfer_sent",
    "unmerge",
    "withdraw",
]
