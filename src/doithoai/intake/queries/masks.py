"""What must be masked before anything of a dialogue is published."""

from django.db.models import Q

from doithoai.directory.models import Office, Place
from doithoai.intake.models import Opinion
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Dialogue
from doithoai.roster.models import Record
from doithoai.rules.masking import Known, mask


def known_of(dialogue: Dialogue) -> Known:
    """What is known of the people of a dialogue and must not be published, and which names may stay."""
    invited = Q(invitations__sitting__dialogue=dialogue)
    people = Person.objects.filter(invited | Q(opinions__dialogue=dialogue)).distinct()
    officials = Staff.objects.filter(agency=dialogue.agency).values_list("name", flat=True)
    places = Place.objects.filter(agency=dialogue.agency).values_list("name", flat=True)
    offices = Office.objects.filter(agency=dialogue.agency).values_list("name", flat=True)
    codes = Record.objects.filter(person__in=people).values_list("file_code", flat=True)
    return Known(
        names=[person.name for person in people],
        phones=[person.phone for person in people if person.phone],
        codes=[code for code in codes if code],
        addresses=[person.group for person in people if person.group],
        keep=[*officials, *places, *offices],
    )


def masked_words(opinion: Opinion, known: Known | None = None) -> str:
    """A proposal for the public wording: the summary, or the own words, with personal data masked. For a person to
    review; pass `known` when masking many. Empty for a denunciation, of which nothing is ever shown."""
    if opinion.is_hidden:
        return ""
    return mask(str(opinion.summary or opinion.words), known or known_of(opinion.dialogue))
