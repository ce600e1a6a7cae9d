"""The roster's pages as the tests open them."""

import re

from django.test import Client

from doithoai.people.actions import give_link
from doithoai.people.models import Staff
from doithoai.roster.models import Invitation
from tests.roster.scene import Scene
from tests.web.visitors import browser

INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|<[a-z][^>]*\s(?:style|on[a-z]+)=|javascript:", re.I)


def officer(scene: Scene) -> Staff:
    """The officer of the office that leads the morning."""
    return scene.stage.cast.officers[scene.morning.lead.code]


def client(scene: Scene, staff: Staff | None = None) -> Client:
    """A browser at the scene's hour, of the inviting office's officer unless another is named."""
    return browser(staff or officer(scene), now=scene.now)


def choosing(scene: Scene) -> str:
    """The address of the morning's choosing."""
    return f"/cuoc/{scene.stage.dialogue.code}/moi/{scene.morning.ordinal}/"


def listed(scene: Scene) -> str:
    """The address of the morning's list."""
    return f"{choosing(scene)}danh-sach/"


def to_call(scene: Scene) -> str:
    """The address of the morning's telephone calls."""
    return f"{choosing(scene)}goi/"


def door(scene: Scene) -> str:
    """The address of the check-in of phường Hòa Vinh in the morning."""
    return f"/cuoc/{scene.stage.dialogue.code}/diem-cau/{scene.ward_venue.code}/{scene.morning.ordinal}/"


def on_sitting(scene: Scene, slug: str) -> str:
    """The address of an act on the morning's list."""
    return f"/buoi/{scene.morning.code}/moi/{slug}/"


def on(row: Invitation, slug: str) -> str:
    """The address of an act on one invitation."""
    return f"/giay-moi/{row.code}/{slug}/"


def personal(scene: Scene, row: Invitation) -> str:
    """The personal address of an invitation, as its letter carries it."""
    token = give_link(scene.morning.agency, purpose="invitation", code=row.code, expires_at=scene.morning.ends_at)
    return f"/moi/{token}/"


def text_of(visitor: Client, path: str, status: int = 200) -> str:
    """The page at an address, which must answer with this status and carry nothing that runs."""
    response = visitor.get(path)
    assert response.status_code == status, path
    html = response.content.decode()
    assert not INLINE.search(html)
    return html
