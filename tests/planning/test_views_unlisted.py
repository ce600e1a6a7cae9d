"""A plan that names what the lists lack: who may adds it from the draft's own page, others read whom to ask."""

from html import unescape
from typing import Any

import pytest

from doithoai.directory.actions import add_sector
from doithoai.directory.models import Sector
from doithoai.kernel.access import Role
from doithoai.people.actions import reassign
from doithoai.people.models import Staff
from tests.cast import START, Stage
from tests.planning.test_views_drafting import OWN, send, shown, text_of, upload

pytestmark = pytest.mark.django_db
ADD = '/danh-muc/linh-vuc/?ten=X%C3%A2y%20d%E1%BB%B1ng#them" target="_blank" rel="noopener">'


@pytest.fixture
def unlisted(stage: Stage) -> Stage:
    """The sector “Xây dựng” of the agency's own plan is not in its list."""
    Sector.objects.filter(agency=stage.cast.agency, name="Xây dựng").update(name="Hộ tịch")
    return stage


def read(staff: Staff) -> Any:
    return upload(staff, OWN.name, OWN.read_bytes())


def test_an_officer_reads_whom_to_ask(unlisted: Stage) -> None:
    html = unescape(read(unlisted.cast.hoa).content.decode())
    assert "Danh mục cơ quan chưa có lĩnh vực: Xây dựng." in html
    assert f"{unlisted.cast.admin.name}</b>" in html
    assert "target=" not in html


def test_who_has_the_right_adds_it_in_a_new_tab_and_the_draft_has_it(unlisted: Stage) -> None:
    hoa, secretariat = unlisted.cast.hoa, unlisted.dialogue.secretariat
    who: dict[str, Any] = {"actor": unlisted.cast.admin.as_actor(), "now": START}
    reassign(hoa, [(Role.OFFICER, secretariat.code), (Role.ADMIN, secretariat.code)], **who)
    page = read(hoa)
    assert ADD in page.content.decode()
    add_sector(unlisted.cast.agency, "Xây dựng", **who)
    after = send(hoa, page, "xem")

    after = shown(hoa, after)
    assert "chưa có lĩnh vực" not in text_of(after)
