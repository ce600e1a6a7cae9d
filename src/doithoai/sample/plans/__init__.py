"""Plans that the product carries as data: for a first look, a rehearsal, a test."""

import tomllib
from importlib import resources

from doithoai.planning.imports import PlanDraft, Unreadable

SAMPLES = ("dong-hoa-2021",)
"""Names that `load_sample` knows; the first is the default."""


def load_sample(name: str) -> PlanDraft:
    """The sample plan called `name`, in the same form as a plan read from a file.

    Raises Unreadable, naming the samples there are, for any other name.
    """
    if name not in SAMPLES:
        raise Unreadable(f"Không có kế hoạch mẫu “{name}”. Có: {', '.join(SAMPLES)}.")
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return PlanDraft.from_json(tomllib.loads(text))
