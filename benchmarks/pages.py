"""What the pages of a finished dialogue cost, with some thirty opinions, their answers and papers on them."""

import tempfile
from pathlib import Path

from django.core.cache import cache

from benchmarks._looking import Figure, cost
from doithoai.ops.rehearse.stage import perform
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue


def bench() -> dict[str, Figure]:
    """Each page: processor time beside that of its empty frame, and how often it asks the database."""
    with tempfile.TemporaryDirectory(prefix="doithoai-bench-") as out:
        assert perform(Path(out), plan=None, records=None, seed="dien-tap").holds
    dialogue = Dialogue.objects.get()
    hoa = Staff.objects.get(username=f"{dialogue.agency.code.lower()}.hoa")
    public = f"/cong-khai/{dialogue.code}/"
    return {
        **cost("page_dialogue", f"/cuoc/{dialogue.code}/", hoa),
        **cost("page_story", f"/cuoc/{dialogue.code}/nhat-ky/", hoa),
        **cost("page_paper", f"/van-ban/{dialogue.code}-VB01/", hoa),
        **cost("page_public_list", "/cong-khai/"),
        **cost("page_public_dialogue", public),
        **cost("page_public_dialogue_anew", public, before=cache.clear),  # as after each new entry of the journal
        **cost("page_public_search", f"{public}?tim=ho+so"),
        **cost("page_public_draws", f"{public}boc-tham/"),
    }
