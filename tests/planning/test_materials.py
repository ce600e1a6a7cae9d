"""R20: materials for the people, put out by the Office or a leading unit, read by anyone, taken back with a reason."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.journal.models import Entry
from doithoai.kernel import plugs
from doithoai.kernel.access import Actor, NotNow, NotYours
from doithoai.ops.verify import faults
from doithoai.planning.actions import informing
from doithoai.planning.actions.carrying_out import Attachment
from doithoai.planning.models import Material
from doithoai.sample.people import ATTACK_NAME
from tests.cast import START, Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, unchanged

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 quy trinh"


def stored(data: bytes = PDF, kind: str = "pdf") -> Attachment:
    return Attachment("quy-trinh.pdf", kind, plugs.files().put(data), len(data))


def published(stage: Stage, title: str = "Quy trình đăng ký hộ kinh doanh", data: bytes = PDF) -> Material:
    hoa = stage.cast.hoa.as_actor()
    return informing.publish(stage.dialogue, stored(data), title=title, actor=hoa, now=START)


def withdrawn(stage: Stage) -> Material:
    return informing.withdraw(published(stage), reason="Có bản mới.", actor=stage.cast.hoa.as_actor(), now=START)


def verbs(stage: Stage) -> list[str]:
    entries = Entry.objects.filter(chain__key=stage.dialogue.chain, verb__startswith="material.")
    return list(entries.order_by("number").values_list("verb", flat=True))


class TestActs:
    def test_the_office_and_a_leading_unit_may(self, stage: Stage) -> None:
        sitting = stage.dialogue.sittings.select_related("lead").order_by("ordinal")[0]
        lead = stage.cast.head(sitting.lead)
        row = informing.publish(stage.dialogue, stored(), title="Mẫu đơn", sitting=sitting, actor=lead, now=START)
        assert (row.code, row.sitting, row.kind, row.size) == ("TL01", sitting, "pdf", len(PDF))
        assert published(stage, data=b"%PDF-1.7 khac").code == "TL02"
        assert verbs(stage) == ["material.publish", "material.publish"]

    def test_nobody_else_may(self, stage: Stage) -> None:
        strangers: list[Actor] = [
            stage.other.hoa.as_actor(),
            stage.cast.clerk.as_actor(),
            stage.cast.leader.as_actor(),
        ]
        for actor in strangers:
            with pytest.raises(NotYours), unchanged(Material):
                informing.publish(stage.dialogue, stored(), title="Mẫu đơn", actor=actor, now=START)
        row = published(stage)
        for actor in strangers:
            with pytest.raises(NotYours), unchanged(Material):
                informing.withdraw(row, reason="Có bản mới.", actor=actor, now=START)

    def test_it_wants_a_title_and_takes_a_file_once(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="cần tên tài liệu"):
            published(stage, title="  ")
        published(stage)
        with pytest.raises(NotNow, match="tệp này đã đăng rồi"):
            published(stage, title="Tên khác")

    @pytest.mark.parametrize("state", ["closed", "cancelled"])
    def test_not_once_it_is_over(self, stage: Stage, state: str) -> None:
        type(stage.dialogue).objects.update(state=state)
        stage.dialogue.refresh_from_db()
        with pytest.raises(NotNow, match="đã kết thúc hoặc bị hủy"):
            published(stage)

    def test_taken_back_once_with_a_reason_and_then_open_for_the_new_one(self, stage: Stage) -> None:
        row, hoa = published(stage), stage.cast.hoa.as_actor()
        with pytest.raises(NotNow, match="Chưa gỡ được: cần một câu nêu lý do"):
            informing.withdraw(row, reason=" ", actor=hoa, now=START)
        informing.withdraw(row, reason="Có bản mới.", actor=hoa, now=START)
        with pytest.raises(NotNow, match="đã gỡ rồi"):
            informing.withdraw(row, reason="Có bản mới.", actor=hoa, now=START)
        assert verbs(stage) == ["material.publish", "material.withdraw"]
        assert published(stage).code == "TL02"


def send(client: Client, stage: Stage, data: bytes, name: str = "mau.pdf", **more: str) -> int:
    facts = {"buoc": "dang", "ten": "Mẫu đơn", "tep": SimpleUploadedFile(name, data), **more}
    return client.post(f"/cuoc/{stage.dialogue.code}/tai-lieu/", facts).status_code


def office_file(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(part, "<x/>")
    return out.getvalue()


class TestPage:
    def test_published_listed_and_taken_back(self, stage: Stage) -> None:
        client, address = browser(stage.cast.hoa), f"/cuoc/{stage.dialogue.code}/tai-lieu/"
        assert "Chưa đăng tài liệu nào." in client.get(address).content.decode()
        assert send(client, stage, PDF, buoi="1") == 302
        row = Material.objects.select_related("sitting").get()
        assert (row.title, row.sitting and row.sitting.ordinal) == ("Mẫu đơn", 1)
        assert "Mẫu đơn" in client.get(address).content.decode()
        client.post(address, {"buoc": "go", "so": "1", "ly-do": "Có bản mới."})
        row.refresh_from_db()
        assert row.reason == "Có bản mới."
        assert "1 tài liệu đã gỡ" in client.get(address).content.decode()

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "chưa chọn tệp, hoặc tệp trống"),
            (b"MZ program", "cần tệp PDF, DOCX, XLSX"),
            (b"<html><script>", "cần tệp PDF, DOCX, XLSX"),
            (office_file("word/vbaProject.bin"), "cần tệp PDF, DOCX, XLSX"),
        ],
    )
    def test_a_file_that_is_something_else_is_refused(self, stage: Stage, data: bytes, why: str) -> None:
        client = browser(stage.cast.hoa)
        with unchanged(Material):
            facts = {"buoc": "dang", "ten": "Mẫu đơn", "tep": SimpleUploadedFile("mau.pdf", data)}
            response = client.post(f"/cuoc/{stage.dialogue.code}/tai-lieu/", facts)
        assert response.status_code == 409
        assert why in response.content.decode()

    def test_its_kind_is_what_it_is_and_not_what_it_is_called(self, stage: Stage) -> None:
        assert send(browser(stage.cast.hoa), stage, office_file("word/document.xml"), "mau.pdf") == 302
        assert Material.objects.get().kind == "docx"

    def test_who_may_not_stores_nothing(self, stage: Stage) -> None:
        before = set(plugs.files().names())
        assert send(browser(stage.cast.clerk), stage, PDF + b" cua van thu") in (403, 409)
        assert set(plugs.files().names()) == before
        assert not Material.objects.exists()

    def test_another_agency_finds_nothing(self, stage: Stage) -> None:
        published(stage)
        client = browser(stage.other.hoa)
        assert client.get(f"/cuoc/{stage.dialogue.code}/tai-lieu/").status_code == 404
        assert client.get(f"/cuoc/{stage.dialogue.code}/tai-lieu/1/").status_code == 404
        assert send(client, stage, PDF) == 404


class TestPublic:
    def address(self, stage: Stage) -> str:
        return f"/cong-khai/{stage.dialogue.code}/tai-lieu/"

    def test_anyone_reads_it_as_a_file(self, stage: Stage) -> None:
        published(stage, title=f"Quy trình {ATTACK_NAME}")
        text = browser().get(self.address(stage)).content.decode()
        assert ESCAPED_ATTACK in text
        assert f"{self.address(stage)}1/" in text
        response = browser().get(f"{self.address(stage)}1/")
        assert response.content == PDF
        assert response.headers["Content-Disposition"].startswith('attachment; filename="tl01-quy-trinh-')
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_the_dialogue_leads_there_only_when_there_is_something(self, stage: Stage) -> None:
        page = f"/cong-khai/{stage.dialogue.code}/"
        assert self.address(stage) not in browser().get(page).content.decode()
        published(stage)
        assert self.address(stage) in browser().get(page).content.decode()

    def test_withdrawn_is_gone_outside_and_kept_inside(self, stage: Stage) -> None:
        withdrawn(stage)
        assert browser().get(f"{self.address(stage)}1/").status_code == 404
        assert browser(stage.cast.clerk).get(f"/cuoc/{stage.dialogue.code}/tai-lieu/1/").content == PDF

    def test_not_before_the_plan_is_issued(self, drafted: Stage) -> None:
        published(drafted)
        assert browser().get(self.address(drafted)).status_code == 404
        assert browser().get(f"{self.address(drafted)}1/").status_code == 404


class TestVerify:
    def faults(self) -> list[str]:
        return [str(fault) for fault in faults()]

    def test_a_material_that_is_kept_fits(self, stage: Stage) -> None:
        published(stage)
        assert self.faults() == []

    def test_a_lost_file_is_named(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        row = published(stage, title="Mẫu đơn")
        kept = [name for name in plugs.files().names() if name != row.sha256]
        monkeypatch.setattr(type(plugs.files()), "names", lambda _store: iter(kept))
        assert self.faults() == [f"Mẫu đơn: thiếu tệp {row.sha256[:16]}…"]

    def test_another_file_put_in_its_place_is_named(self, stage: Stage) -> None:
        row = published(stage, title="Mẫu đơn")
        Material.objects.filter(pk=row.pk).update(sha256=plugs.files().put(b"%PDF khac"))
        assert self.faults() == ["Mẫu đơn: không phải tệp đã ghi trong nhật ký"]
