"""`doithoai draw verify`: draw the lots of a published draw again and compare."""

import argparse
import json

from doithoai.ops.command import No
from doithoai.rules.draw import agreement, verify_published


def main(args: argparse.Namespace) -> int:
    """Say that the draw agrees. Raises No with the first difference."""
    content = args.file.read_bytes()
    differences = verify_published(content, args.commitment)
    if differences:
        raise No(differences[0].sentence)
    print(agreement(json.loads(content)))
    return 0
