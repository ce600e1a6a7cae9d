"""Spoken codes and links: one code for each person, no two alike, on the letter and in the journal nowhere."""

import re

from doithoai.people.actions import give_link, open_link
from doithoai.people.models import AccessLink
from doithoai.roster import actions
from doithoai.roster.actions.links import give_spoken
from doithoai.roster.models import Invitation
from doithoai.roster.queries import by_spoken
from doithoai.rules.paper import words
from doithoai.rules.spoken import in_groups, is_right
from tests.roster.scene import Scene, facts_of


def test_everybody_with_a_letter_has_six_digits_of_their_own(scene: Scene) -> None:
    rows = scene.invite()
    codes = list(Invitation.objects.filter(state="invited").values_list("spoken", flat=True))
    assert len(set(codes)) == len(codes) == 15
    assert all(is_right(code) for code in codes)
    assert rows[0].document is not None
    letter = " ".join(words(rows[0].document.copy_rows.get(recipient=rows[0].code).model))
    assert f"xin đọc mã {in_groups(rows[0].spoken)}." in letter
    others = [code for code in codes if code != rows[0].spoken]
    assert not [code for code in others if in_groups(code) in letter]


def test_the_file_copy_and_the_journal_name_no_code(scene: Scene) -> None:
    row = scene.invite()[0]
    assert row.document is not None
    assert not re.search(r"đọc mã \d", " ".join(words(row.document.model)))
    assert row.spoken not in "".join(facts_of("invitations.draft") + facts_of("invitation.issue"))


def test_a_code_stays_when_the_letter_is_drafted_again(scene: Scene) -> None:
    scene.draw()
    row = scene.drawn("Hòa Vinh")[0]
    actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    row.refresh_from_db()
    first = row.spoken
    actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    row.refresh_from_db()
    assert row.spoken == first == give_spoken(row)


def test_a_code_finds_its_invitation_within_the_agency_only(scene: Scene) -> None:
    row = scene.invite()[0]
    assert by_spoken(scene.stage.cast.agency.pk, row.spoken) == row
    assert by_spoken(scene.stage.other.agency.pk, row.spoken) is None
    assert by_spoken(scene.stage.cast.agency.pk, "") is None


def test_a_called_reserve_can_answer_before_and_after_the_letter(scene: Scene) -> None:
    """The letter that follows must not void the link that went out by message first."""
    row = scene.invite()[0]
    actions.decline_invitation(row, channel="phone", actor=scene.lead, now=scene.now)
    reserve = Invitation.objects.get(in_place_of=row)
    assert is_right(reserve.spoken)
    by_message = give_link(row.agency, purpose="invitation", code=reserve.code, expires_at=row.sitting.ends_at)
    actions.draft_reserve_letter(reserve, signer=scene.head, actor=scene.lead, now=scene.now)
    assert open_link(by_message, "invitation", now=scene.now).code == reserve.code
    assert AccessLink.objects.filter(code=reserve.code).count() == 2


def test_delegates_get_a_link_and_a_code_alike(scene: Scene) -> None:
    actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    document = actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    copies = list(document.copy_rows.all())
    for copy in copies:
        row = Invitation.objects.get(code=copy.recipient)
        assert copy.model.qr is not None
        assert in_groups(row.spoken) in " ".join(words(copy.model))
    assert AccessLink.objects.filter(purpose="invitation").count() == len(copies) == 10
