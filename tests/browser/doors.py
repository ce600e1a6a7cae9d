"""What a test needs to come in: links for each role, a password, a second agency, and the codes of what is there."""

from datetime import timedelta
from urllib.parse import urlsplit

from doithoai.answers.models import Answer
from doithoai.documents.models import Document
from doithoai.intake.actions import own_link
from doithoai.intake.models import Opinion
from doithoai.kernel import clock
from doithoai.people.actions import give_link
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.actions.links import personal_address
from doithoai.roster.models import Invitation
from doithoai.sample.cast import found_agency
from doithoai.sample.people import ATTACK_NAME
from doithoai.sample.plans import load_sample
from tests.browser.sites import PASSWORD

LASTS = timedelta(hours=12)
LINKS = 6
ROLES = {
    "leader": "chu-tich", "hoa": "hoa", "clerk": "van-thu", "secretary": "lan", "technician": "ky-thuat",
    "one_stop": "mot-cua", "editor": "cong-tt", "observer": "mat-tran", "admin": "quan-tri",
}  # fmt: skip
Facts = dict[str, object]


def build() -> Facts:
    """Make the doors and say where they are."""
    dialogue = Dialogue.objects.order_by("pk")[0]
    prefix = dialogue.agency.code.lower()
    staff = {role: Staff.objects.get(username=f"{prefix}.{name}") for role, name in ROLES.items()}
    morning, *_between, afternoon = (
        Sitting.objects.filter(dialogue=dialogue).order_by("starts_at").select_related("lead")
    )
    staff["head"] = Staff.objects.get(username=f"{prefix}.head-{morning.lead.code.lower()}")
    staff["officer"] = Staff.objects.get(username=f"{prefix}.cv-{afternoon.lead.code.lower()}")
    staff["stranger"] = _stranger()
    _give_password(staff["hoa"], staff["secretary"])
    papers = Document.objects.filter(agency=dialogue.agency).order_by("pk")
    return {
        "dialogue": dialogue.code,
        "dialogues": list(Dialogue.objects.order_by("pk").values_list("code", flat=True)),
        "usernames": {role: row.username for role, row in staff.items()},
        "names": {role: row.name for role, row in staff.items()},
        "links": {role: [_link(row) for _n in range(LINKS)] for role, row in staff.items()},
        "states": {row.state: row.code for row in papers if row.is_official},
        "kinds": {row.kind: row.code for row in papers},
        "opinions": {row.state: row.code for row in Opinion.objects.filter(dialogue=dialogue).order_by("-ordinal")},
        "answers": {
            row.state: row.opinion.code
            for row in Answer.objects.filter(opinion__dialogue=dialogue).select_related("opinion")
        },
        "sitting": morning.code,
        "venue": dialogue.venues.filter(is_central=False).order_by("ordinal").values_list("code", flat=True)[0],
        "replies": [urlsplit(personal_address(row)).path for row in _invited(morning)],
        "withdrawn": _withdrawn(morning),
        "own": _own(dialogue),
        "head": next(row.head for row in papers if row.head),
        "people": list(Person.objects.values_list("name", flat=True)),
    }


def _invited(sitting: Sitting) -> list[Invitation]:
    """Citizens who have a letter, each to open one page with."""
    rows = Invitation.objects.filter(sitting=sitting, state__in=("invited", "attended")).exclude(person=None)
    return list(rows.select_related("sitting__dialogue__agency", "person").order_by("ordinal")[:6])


def _withdrawn(sitting: Sitting) -> str:
    """The address on a letter whose invitation was taken back; any citizen's where none was."""
    rows = Invitation.objects.filter(sitting=sitting, person__isnull=False).exclude(state__in=("drawn", "struck"))
    row = rows.order_by("-state").select_related("sitting__dialogue__agency", "person")[0]
    return urlsplit(personal_address(row)).path


def _own(dialogue: Dialogue) -> str:
    """The address of the page of one opinion."""
    row = Opinion.objects.filter(dialogue=dialogue, person__isnull=False).exclude(kind="denunciation").latest("ordinal")
    return f"/y-kien-cua-toi/{own_link(row, until=clock.now() + LASTS)}/"


def _stranger() -> Staff:
    """An officer of a second agency, under a name that would run if a page did not escape it."""
    other = found_agency(load_sample("dong-hoa-2021"), code="XK", profile="dong-hoa-2021", now=clock.now())
    Staff.objects.filter(pk=other.hoa.pk).update(name=ATTACK_NAME)
    return Staff.objects.get(pk=other.hoa.pk)


def _give_password(*staff: Staff) -> None:
    for row in staff:
        row.set_password(PASSWORD)
        row.save()


def _link(staff: Staff) -> str:
    return give_link(
        staff.agency,
        purpose="sign-in",
        code=staff.code,
        expires_at=clock.now() + LASTS,
        staff=staff,
        single_use=True,
    )
