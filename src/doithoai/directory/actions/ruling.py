"""The calendar and the profiles of rules, amended version by version."""

from datetime import datetime
from hashlib import sha256

from django.db.models import Max
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, RuleText
from doithoai.directory.permissions import may_amend
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import overtaken
from doithoai.kernel.verbs import verb
from doithoai.rules.profiles import ProfileError, parse_profile
from doithoai.rules.workdays import CalendarError, parse_calendar


@verb("rules.amend", may=may_amend)
def amend_rules(
    agency: Agency, *, kind: str, key: str, text: str, basis: str, after: int = 0, actor: Actor, now: datetime
) -> RuleText:
    """Put a new version of the calendar or of a profile in force, with the decision it rests on.

    Earlier versions stay: every deadline says by which calendar it was counted. `after` is the version that was
    read before (0: whichever). Raises NotNow when the text cannot be read, with the line and what was expected, and
    without a basis; Overtaken when another version came in between.
    """
    require_reason(basis, _("Chưa lưu"))
    read = parse_calendar if kind == RuleText.Kind.CALENDAR else parse_profile
    try:
        read(text, key)
    except (CalendarError, ProfileError) as error:
        raise NotNow(_("Chưa lưu: %(why)s") % {"why": error}) from error
    versions = RuleText.objects.filter(agency=agency, kind=kind, key=key).aggregate(last=Max("version"))
    last = versions["last"] or 0
    if after and last != after:
        raise overtaken()
    row = RuleText.objects.create(agency=agency, kind=kind, key=key, version=last + 1, text=text)
    record(
        agency.chain,
        kind=kind,
        key=key,
        version=row.version,
        basis=basis.strip(),
        digest=sha256(text.encode()).hexdigest(),
    )
    return row
