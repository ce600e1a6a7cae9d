"""Letters: one numbered paper, a copy with its own link for each; reserves and delegates; carried to the door."""

import json
import re
from datetime import timedelta

import pytest

from doithoai.documents.models import Copy, Document
from doithoai.kernel import chance
from doithoai.kernel.access import NotNow
from doithoai.outbox.models import Message
from doithoai.people.actions import open_link
from doithoai.people.models import AccessLink, Person
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.models import Invitation
from doithoai.roster.queries import awaiting_letter, delegates_of, letters_current
from doithoai.rules.paper import words
from tests.roster.scene import Scene, facts_of, length


def token_of(copy: Copy) -> str:
    """The token behind the code to scan on a copy."""
    assert copy.model.qr
    found = re.search(r"/moi/([0-9a-f]{32})/$", copy.model.qr.payload)
    assert found
    return found[1]


def test_one_paper_with_a_copy_for_each(scene: Scene) -> None:
    scene.draw()
    document = actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    copies = list(document.copy_rows.order_by("ordinal"))
    assert (document.kind, document.about, document.issuer) == ("invitation", scene.morning.code, scene.morning.lead)
    assert [copy.recipient for copy in copies] == [row.code for row in awaiting_letter(scene.morning)]
    assert len(copies) == document.copies == 15
    assert {row.document for row in awaiting_letter(scene.morning)} == {document}
    for copy, row in zip(copies, awaiting_letter(scene.morning), strict=True):
        assert row.name in " ".join(words(copy.model))


def test_each_link_opens_one_invitation_until_the_sitting_ends(scene: Scene) -> None:
    scene.draw()
    document = actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    tokens = {copy.recipient: token_of(copy) for copy in document.copy_rows.all()}
    assert len(set(tokens.values())) == 15
    for code, token in tokens.items():
        link = open_link(token, "invitation", now=scene.morning.ends_at - timedelta(minutes=1))
        assert link.code == code
    with pytest.raises(NotNow):
        open_link(token, "invitation", now=scene.morning.ends_at)
    journal = "".join(facts_of("invitations.draft") + facts_of("document.draft"))
    assert not [token for token in tokens.values() if token in journal]


def test_the_file_copy_has_the_list_and_no_link(scene: Scene) -> None:
    scene.draw()
    paper = actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now).model
    assert paper.qr is None
    assert "/moi/" not in " ".join(words(paper))
    (appendix,) = paper.appendices
    listed = " ".join(words(paper))
    assert appendix.title == "Danh sách công dân được mời"
    assert all(row.name in listed for row in awaiting_letter(scene.morning))


def test_drafting_again_rewrites_the_draft_and_voids_its_links(scene: Scene) -> None:
    scene.draw()
    first = actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    old = {token_of(copy) for copy in first.copy_rows.all()}
    again = actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    assert again.pk == first.pk
    assert again.revision == 2
    assert AccessLink.objects.filter(purpose="invitation").count() == 15
    assert not AccessLink.objects.filter(token_hash__in=[chance.hashed(token) for token in old]).exists()


def test_without_anybody_drawn_nothing_is_drafted(scene: Scene) -> None:
    with pytest.raises(NotNow, match="chưa có ai"):
        actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    assert not Document.objects.exists()


def test_the_signer_belongs_to_the_agency(scene: Scene) -> None:
    scene.draw()
    stranger = scene.stage.other.heads[scene.morning.lead.code]
    before = length()
    with pytest.raises(NotNow, match="người ký không thuộc"):
        actions.draft_invitations(scene.morning, signer=stranger, actor=scene.lead, now=scene.now)
    assert length() == before
    assert not AccessLink.objects.filter(purpose="invitation").exists()


def test_an_office_without_a_seal_lets_the_agency_issue(scene: Scene) -> None:
    scene.draw()
    lead = scene.morning.lead
    lead.has_seal = False
    lead.save()
    document = actions.draft_invitations(scene.morning, signer=scene.stage.cast.leader, actor=scene.lead, now=scene.now)
    assert document.issuer is None
    assert document.symbol == "GM-UBND"


def test_issuing_invites_everybody_drawn_and_no_reserve(scene: Scene) -> None:
    scene.draw()
    document = scene.letters()
    states = set(Invitation.objects.filter(document=document).values_list("state", flat=True))
    assert states == {"invited"}
    assert set(Invitation.objects.filter(route="reserve").values_list("state", flat=True)) == {"drawn"}
    assert len(facts_of("invitation.issue")) == 15
    row = Invitation.objects.filter(document=document).first()
    assert row
    assert (row.invited_at, row.invited_on) == (scene.now, document.issued_on)


def test_each_is_told_once_by_hand(scene: Scene) -> None:
    """The letter goes through the head of the residential group; the message says whom, when, where."""
    drawn = scene.invite()
    told = Message.objects.filter(person=drawn[0].person)
    assert [(row.channel, bool(row.document)) for row in told] == [("hand", True)]
    assert drawn[0].name in told[0].body
    assert "07 giờ 30 phút" in told[0].body


def test_other_papers_invite_nobody(scene: Scene) -> None:
    scene.draw()
    plan = Document(kind="plan")
    actions.invitations_issued(plan, actor=scene.lead, now=scene.now)
    assert not facts_of("invitation.issue")


def test_a_struck_name_or_a_joined_reserve_asks_for_a_new_draft(scene: Scene) -> None:
    scene.draw()
    document = actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    assert letters_current(document)
    struck = scene.drawn("Hòa Vinh")[1]
    actions.strike(struck, reason="đã chuyển đi", actor=scene.head.as_actor(), now=scene.now)
    verdict = letters_current(document)
    assert not verdict
    assert struck.code in verdict.reason
    assert scene.reserves("Hòa Vinh")[0].code in verdict.reason
    again = actions.draft_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    assert letters_current(again)
    recipients = set(again.copy_rows.values_list("recipient", flat=True))
    assert struck.code not in recipients
    assert scene.reserves("Hòa Vinh")[0].code in recipients


def test_somebody_chosen_later_gets_a_paper_of_their_own(scene: Scene) -> None:
    scene.invite()
    body = Person.objects.filter(kind="organisation", records__sector=scene.morning.sector).first()
    assert body
    row = actions.choose_by_hand(scene.morning, body, reason="Tổ chức nộp nhiều hồ sơ", actor=scene.lead, now=scene.now)
    document = scene.letters()
    assert list(document.copy_rows.values_list("recipient", flat=True)) == [row.code]
    assert "Đại diện " + row.name in " ".join(words(document.copy_rows.get().model))


def test_a_called_reserve_gets_a_letter_of_its_own(scene: Scene) -> None:
    first = scene.invite()[0]
    actions.decline_invitation(first, channel="phone", actor=scene.lead, now=scene.later(days=1))
    reserve = scene.reserves("Hòa Vinh")[0]
    document = actions.draft_reserve_letter(reserve, signer=scene.head, actor=scene.lead, now=scene.now)
    assert list(document.copy_rows.values_list("recipient", flat=True)) == [reserve.code]
    assert document.model.qr is None
    scene.issue(document)
    reserve.refresh_from_db()
    assert (reserve.state, reserve.invited_on) == ("invited", document.issued_on or reserve.invited_on)
    assert reserve.document == document
    with pytest.raises(NotNow, match="đã có giấy mời"):
        actions.draft_reserve_letter(reserve, signer=scene.head, actor=scene.lead, now=scene.now)


def test_an_uncalled_reserve_gets_none(scene: Scene) -> None:
    scene.invite()
    with pytest.raises(NotNow, match="chưa được gọi"):
        actions.draft_reserve_letter(scene.reserves("Hòa Vinh")[0], signer=scene.head, actor=scene.lead, now=scene.now)


def test_delegates_are_those_of_the_plan(scene: Scene) -> None:
    """R32 to R36: the Front, the four units at the centre, the wards' people at their venues; chair and citizens not."""
    rows = actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    assert len(rows) == 11
    assert {row.venue.is_central for row in rows[:5]} == {True}
    assert rows[0].office == scene.stage.cast.agency.offices.get(kind="front")
    assert "Chủ tịch UBND phường Hòa Vinh" in [row.guest for row in rows]
    assert "Công chức phường Hòa Hiệp Trung có liên quan" in [row.guest for row in rows]
    assert not [row for row in rows if "Công dân" in row.guest or row.person]
    with pytest.raises(NotNow, match="đã có danh sách"):
        actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)


def test_delegates_letters_leave_out_the_inviter_itself(scene: Scene) -> None:
    actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    document = actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
    recipients = set(document.copy_rows.values_list("recipient", flat=True))
    own = Invitation.objects.get(route="delegate", office=scene.morning.lead)
    assert own.code not in recipients
    assert len(recipients) == 10
    scene.issue(document)
    assert {row.state for row in delegates_of(scene.morning)} == {"invited"}
    front = Invitation.objects.get(route="delegate", office__kind="front")
    assert Message.objects.filter(office=front.office, key__contains=front.code).count() == 1
    with pytest.raises(NotNow, match="đã được mời"):
        actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)


def test_delivery_is_noted_once_with_who_signed(scene: Scene) -> None:
    row = scene.invite()[0]
    ward = scene.stage.cast.officer(scene.ward_venue.office)
    actions.deliver_invitation(row, received_by="con trai, Nguyễn Văn Thử", actor=ward, now=scene.later(hours=3))
    row.refresh_from_db()
    assert (row.delivered_at, row.received_by) == (scene.now, "con trai, Nguyễn Văn Thử")
    (body,) = facts_of("invitation.deliver")
    assert json.loads(body)["facts"] == {"invitation": row.code, "by_other": 1}
    with pytest.raises(NotNow, match="đã giao"):
        actions.deliver_invitation(row, actor=ward, now=scene.now)


def test_what_has_no_number_cannot_be_delivered(scene: Scene) -> None:
    scene.draw()
    with pytest.raises(NotNow, match="chưa có số"):
        actions.deliver_invitation(scene.drawn("Hòa Vinh")[0], actor=scene.lead, now=scene.now)


def test_letters_end_where_the_sitting_begins(scene: Scene) -> None:
    scene.draw()
    Sitting.objects.filter(pk=scene.morning.pk).update(state="ended")
    for act in (actions.draft_invitations, actions.draft_delegate_invitations):
        with pytest.raises(NotNow, match="Đã kết thúc"):
            act(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
