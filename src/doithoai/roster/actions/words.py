"""What is said to invited people: by telephone, at the door, or in a message."""

from django.utils.translation import gettext as _

from doithoai.planning.models import Sitting
from doithoai.planning.papers import time_words
from doithoai.roster.models import Invitation


def asking(invitation: Invitation) -> str:
    """The invitation in words."""
    return _("Kính mời %(whom)s dự đối thoại về %(sector)s: %(time)s, tại %(venue)s. Xin báo có đến được không.") % (
        _facts(invitation)
    )


def asking_again(invitation: Invitation) -> str:
    """The same, after the time has changed."""
    return _(
        "Giờ đối thoại về %(sector)s đã đổi. Kính mời %(whom)s: %(time)s, tại %(venue)s. Xin báo lại có đến được không."
    ) % _facts(invitation)


def withdrawing(invitation: Invitation) -> str:
    """That an invitation no longer stands."""
    return _(
        "Giấy mời %(whom)s dự đối thoại về %(sector)s (%(time)s) không còn hiệu lực. Cơ quan xin lỗi %(whom)s."
    ) % (_facts(invitation))


def _facts(invitation: Invitation) -> dict[str, str]:
    sitting: Sitting = invitation.sitting
    return {
        "whom": _whom(invitation),
        "sector": sitting.sector.name,
        "time": time_words(sitting),
        "venue": invitation.venue.name,
    }


def _whom(invitation: Invitation) -> str:
    person = invitation.person
    return f"{person.honorific} {person.name}" if person else invitation.guest
