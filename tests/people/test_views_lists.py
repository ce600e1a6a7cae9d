"""The pages of the lists: who sees which form, what comes back when it is wrong, and that a second agency sees nothing."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.directory.models import Agency, Office, Place, Procedure, RuleText, Sector
from doithoai.people.models import AccessLink, Holding, Staff
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged

pytestmark = pytest.mark.django_db
HOME = "/danh-muc/"
PATHS = {
    "lists": HOME,
    "offices": f"{HOME}don-vi/",
    "office": f"{HOME}don-vi/DV01/",
    "staff": f"{HOME}can-bo/",
    "member": f"{HOME}can-bo/DH-CB02/",
    "sectors": f"{HOME}linh-vuc/",
    "sector": f"{HOME}linh-vuc/LV1/",
    "territory": f"{HOME}dia-ban/",
    "recipients": f"{HOME}noi-nhan/",
    "rules": f"{HOME}quy-dinh/",
    "rest-days": f"{HOME}ngay-nghi/",
}
# Not Staff: signing in notes the hour.
TABLES = (Agency, Office, Sector, Procedure, Place, Holding, AccessLink, RuleText)
OFFICE = {"name": "Phòng Dân tộc", "kind": "division"}
SOMEBODY = {
    "name": "Trần Văn Mới", "address_form": "ông", "title": "Văn thư", "phone": "", "username": "",
    "role-0": "clerk", "office-0": "DV01",
}  # fmt: skip


def html_of(staff: Staff, path: str) -> str:
    response = browser(staff).get(path)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def press(staff: Staff, page: str, **said: Any) -> Any:
    return browser(staff).post(PATHS[page], {key.replace("__", "-"): value for key, value in said.items()})


@pytest.mark.parametrize("name", PATHS)
def test_the_administrator_writes_and_others_read_whom_to_ask(stage: Stage, name: str) -> None:
    posts = r'<form[^>]*method="post"(?! action="/ra/")'
    with unchanged(*TABLES):
        own, clerk = html_of(stage.cast.admin, PATHS[name]), html_of(stage.cast.clerk, PATHS[name])
    if name != "rules":
        assert re.search(posts, own)
    assert not re.search(posts, clerk)
    assert stage.cast.admin.name in clerk


@pytest.mark.parametrize("name", ["office", "member"])
def test_nothing_of_a_second_agency(stage: Stage, name: str) -> None:
    other = stage.other.agency.offices.order_by("code").last() if name == "office" else stage.other.hoa
    assert other is not None
    Office.objects.filter(agency=stage.other.agency, code=other.code).update(code="DV99")
    code = "DV99" if name == "office" else other.code
    path = PATHS[name].replace("DV01", code).replace("DH-CB02", code)
    with unchanged(*TABLES):
        assert browser(stage.cast.admin).get(path).status_code == 404
        assert browser(stage.cast.admin).post(path, {"viec": "dong"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lists", {"head_title": "Chủ tịch", "place": "x", "symbol": "y"}),
        ("offices", OFFICE),
        ("office", {"viec": "doi-ten", "name": "Phòng Mới", "since": "01/12/2021", "basis": "x"}),
        ("staff", SOMEBODY),
        ("member", {"viec": "duong-dan"}),
        ("member", {"viec": "dong"}),
        ("sectors", {"name": "Hộ tịch"}),
        ("sector", {"viec": "them", "name": "Cấp số nhà", "code": ""}),
        ("territory", {"viec": "chon", "ma": "cu/22243"}),
        ("recipients", {"recipients": "Như trên"}),
    ],
)
def test_a_press_of_somebody_else_is_refused(stage: Stage, name: str, said: dict[str, str]) -> None:
    with unchanged(*TABLES):
        for staff in (stage.cast.clerk, stage.cast.technician):
            response = browser(staff).post(PATHS[name], said)
            assert response.status_code == 403
            assert "Không có quyền" in response.content.decode()
    assert browser(stage.cast.admin).post(PATHS[name], said).status_code in (200, 302)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lists", {"head_title": ""}),
        ("offices", OFFICE | {"kind": ""}),
        ("offices", OFFICE | {"kind": "secretariat"}),
        ("office", {"viec": "dong", "last_day": "mai", "basis": ""}),
        ("staff", SOMEBODY | {"name": ""}),
        ("staff", SOMEBODY | {"office-0": ""}),
        ("member", {"viec": "vai"}),
        ("sectors", {"name": " "}),
        ("sector", {"viec": "dan", "rows": ""}),
        ("sector", {"viec": "sua", "thu-tuc": "khong-co", "name": "x", "code": "y"}),
        ("territory", {"viec": "chon"}),
        ("territory", {"viec": "chon", "ma": "sai/1"}),
        ("territory", {"viec": "ten", "kind": "thôn", "name": ""}),
    ],
)
def test_what_is_wrong_comes_back_with_its_sentence(stage: Stage, name: str, said: dict[str, str]) -> None:
    with unchanged(*TABLES):
        response = browser(stage.cast.admin).post(PATHS[name], said)
    assert response.status_code == 422
    assert re.search(r'role="alert"><p>Chưa ghi', response.content.decode())


class TestOffices:
    def test_a_name_from_a_plan_begins_the_form(self, stage: Stage) -> None:
        html = html_of(stage.cast.admin, f"{PATHS['offices']}?ten=UBND+phường+Hòa+Xuân")
        assert '<details class="panel sect" id="them" open>' in html
        assert 'value="UBND phường Hòa Xuân"' in html
        assert '<option value="ward" selected>' in html

    def test_it_is_added_and_found_without_diacritics(self, stage: Stage) -> None:
        response = press(stage.cast.admin, "offices", **OFFICE)
        assert response["Location"] == f"{PATHS['offices']}?da=office.add"
        assert "Đã thêm đơn vị." in html_of(stage.cast.admin, response["Location"])
        assert "Phòng Dân tộc" in html_of(stage.cast.clerk, f"{PATHS['offices']}?tim=dan+toc")
        assert "Không có kết quả cho" in html_of(stage.other.clerk, f"{PATHS['offices']}?tim=dan+toc")

    def test_a_renamed_one_is_found_by_its_former_name(self, stage: Stage) -> None:
        was = Office.objects.get(agency=stage.cast.agency, code="DV01").name
        said = {"viec": "doi-ten", "name": "Phòng Kinh tế", "since": "01/12/2021", "basis": "Nghị quyết 1"}
        press(stage.cast.admin, "office", **said)
        html = html_of(stage.cast.clerk, f"{PATHS['offices']}?tim={was.split()[-1]}")
        assert "Phòng Kinh tế" in html
        assert f"trước là {was}, đến 30/11/2021" in html

    def test_a_hostile_name_is_text(self, stage: Stage) -> None:
        rename_to_attack(Office.objects.get(agency=stage.cast.agency, code="DV01"), stage.cast.hoa)
        for name in ("offices", "office", "staff", "member"):
            shown = browser(stage.cast.admin).get(PATHS[name]).content.decode()
            assert ESCAPED_ATTACK in shown
            assert "<img" not in shown


class TestSectors:
    def test_a_list_from_a_spreadsheet(self, stage: Stage) -> None:
        rows = "Mã\tTên thủ tục\n1.012756\tCấp giấy phép\n1.2\tCấp lại, đổi giấy phép"
        assert press(stage.cast.admin, "sector", viec="dan", rows=rows).status_code == 302
        html = html_of(stage.cast.admin, f"{PATHS['sector']}?tim=giay+phep")
        assert "Cấp lại, đổi giấy phép" in html
        assert not Procedure.objects.filter(sector__agency=stage.other.agency, code="1.012756").exists()

    def test_a_file_is_as_good_and_another_encoding_is_told(self, stage: Stage) -> None:
        for data, status in (("1.9;Cấp số nhà".encode("utf-8-sig"), 302), ("1.8;Cấp số".encode("utf-16"), 422)):
            file = SimpleUploadedFile("thu-tuc.csv", data)
            response = browser(stage.cast.admin).post(PATHS["sector"], {"viec": "dan", "rows": "", "file": file})
            assert response.status_code == status
        assert "CSV UTF-8" in response.content.decode()
        assert Procedure.objects.filter(code="1.9", name="Cấp số nhà").exists()


class TestTerritory:
    def test_what_is_missing_of_the_territory_is_offered_and_ticked(self, stage: Stage) -> None:
        html = html_of(stage.cast.admin, PATHS["territory"])
        assert 'value="cu/22258"' not in html, "it is there already"
        assert 'value="cu/22243"' in html
        browser(stage.cast.admin).post(PATHS["territory"], {"viec": "chon", "ma": ["cu/22243", "cu/22246"]})
        assert Place.objects.filter(agency=stage.cast.agency).count() == 4
        assert Place.objects.filter(agency=stage.other.agency).count() == 2


class TestStaff:
    def test_somebody_new_gets_a_link_that_is_shown_once(self, stage: Stage) -> None:
        response = browser(stage.cast.admin).post(PATHS["staff"], SOMEBODY)
        html = response.content.decode()
        found = re.search(r'value="http://[^"]+(/vao/[0-9a-f]{32}/)"', html)
        assert response.status_code == 200
        assert found
        assert response["Cache-Control"] == "private, no-store"
        assert "dh.moi" in html
        new = Staff.objects.get(username="dh.moi")
        assert found[1] not in html_of(stage.cast.admin, f"{HOME}can-bo/{new.code}/")
        client = browser()
        assert client.post(found[1])["Location"] == "/"
        assert "Đặt mật khẩu" in client.get("/").content.decode()

    def test_a_second_press_takes_nobody_on_twice_and_its_link_opens(self, stage: Stage) -> None:
        client = browser(stage.cast.admin)
        key = re.search(r'name="lan" value="([0-9a-f]{32})"', client.get(PATHS["staff"]).content.decode())
        assert key
        pages = [client.post(PATHS["staff"], SOMEBODY | {"lan": key[1]}).content.decode() for _n in range(2)]
        assert Staff.objects.filter(name=SOMEBODY["name"]).count() == 1
        links = [re.search(r'value="http://[^"]+(/vao/[0-9a-f]{32}/)"', html) for html in pages]
        assert links[1]
        assert browser().post(links[1][1])["Location"] == "/"
        assert browser(stage.cast.admin).post(PATHS["staff"], SOMEBODY).status_code == 200
        assert Staff.objects.filter(name=SOMEBODY["name"]).count() == 2, "a page opened anew is a second wish"

    def test_as_many_roles_as_the_page_shows_are_kept(self, stage: Stage) -> None:
        offices = ["DV01", "DV02", "DV03", "DV04", "DV05"]
        said: dict[str, str] = {"viec": "vai"}
        for n, code in enumerate(offices):
            said |= {f"role-{n}": "clerk", f"office-{n}": code}
        assert browser(stage.cast.admin).post(PATHS["member"], said).status_code == 302
        held = [row.office.code for row in stage.cast.hoa.holdings.filter(until=None).order_by("pk")]
        assert held == offices
        html = html_of(stage.cast.admin, PATHS["member"])
        assert html.count('name="role-') == len(offices) + 1

    def test_who_may_not_administer_sees_no_accounts(self, stage: Stage) -> None:
        html = html_of(stage.cast.clerk, PATHS["staff"]) + html_of(stage.cast.clerk, PATHS["member"])
        assert stage.cast.hoa.username not in html
        assert "chưa đăng nhập lần nào" not in html

    def test_closing_is_told_and_the_last_administrator_stays(self, stage: Stage) -> None:
        assert press(stage.cast.admin, "member", viec="dong").status_code == 302
        assert "tài khoản đã đóng" in html_of(stage.cast.admin, PATHS["member"])
        own = f"{HOME}can-bo/{stage.cast.admin.code}/"
        response = browser(stage.cast.admin).post(own, {"viec": "dong"})
        assert response.status_code == 422
        assert "quản trị duy nhất" in response.content.decode()

    def test_a_role_is_given_at_an_office(self, stage: Stage) -> None:
        said = {"viec": "vai", "role-0": "clerk", "office-0": "DV02", "role-1": "secretary", "office-1": "DV01"}
        assert browser(stage.cast.admin).post(PATHS["member"], said).status_code == 302
        held = {(row.role, row.office.code) for row in stage.cast.hoa.holdings.filter(until=None)}
        assert held == {("clerk", "DV02"), ("secretary", "DV01")}

    def test_the_list_costs_the_same_for_many(self, stage: Stage) -> None:
        assert queries_of(browser(stage.cast.admin), PATHS["staff"]) <= 10


def test_the_overview_says_what_is_missing(stage: Stage) -> None:
    for row in Sector.objects.filter(agency=stage.cast.agency):  # none is left
        Sector.objects.filter(pk=row.pk).update(agency=stage.other.agency, code=f"X{row.code}")
    Holding.objects.filter(staff=stage.cast.clerk).update(until="2021-12-01")
    html = html_of(stage.cast.admin, HOME)
    assert "Chưa có ai giữ vai: Văn thư." in html
    assert "Chưa có lĩnh vực nào: kế hoạch cần ít nhất một." in html
