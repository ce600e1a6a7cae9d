"""What the server has stored of the morning, for a test that asks whether every act is there once and in order."""

from doithoai.journal.models import Entry, Receipt
from doithoai.roster.models import Invitation
from tests.browser.doors import Facts


def build() -> Facts:
    """Receipts in the order they came, journal lines of presence, and everybody who came without an invitation."""
    lines = Entry.objects.filter(verb__startswith="attendance.").order_by("pk")
    walk_ins = Invitation.objects.filter(route="walk_in", state="attended").select_related("person").order_by("pk")
    return {
        "receipts": list(Receipt.objects.order_by("pk").values("key", "name", "device", "seq", "outcome")),
        "lines": list(lines.values_list("verb", flat=True)),
        "walk_ins": [row.name for row in walk_ins],
        "came": {row.code: row.is_device_time for row in Invitation.objects.filter(state="attended")},
    }
