"""The pages of the product that a browser looks at: for the checks that hold on every page, and for the pictures."""

from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Page

from tests.browser.sites import Site
from tests.browser.watching import Visits, visit


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: on which site, for whom (nobody: not signed in), at which path, and how it answers.

    In a path, `{dialogue}` and `{drafted}` are the codes of dialogues, `{link}` is an unused sign-in link, `{reply}` the
    address on a citizen's letter, `{head}` a code printed on a paper; `{state:…}` and `{kind:…}` are codes of papers,
    `{opinion:…}` and `{answer:…}` of opinions by their own state or that of their answer.
    """

    name: str
    site: Literal["xong", "giua"]
    who: str
    path: str
    status: int = 200
    is_alike: bool = False  # as another page: pictured, but not examined

    def at(self, site: Site) -> str:
        """Its path on a site."""
        if self.path == "{link}":
            return site.door("hoa")
        dialogues, facts = site.facts["dialogues"], site.facts
        return self.path.format(
            dialogue=dialogues[0],
            drafted=dialogues[-1],
            head=facts["head"],
            sitting=facts["sitting"],
            venue=facts["venue"],
            reply=facts["replies"][0],
            withdrawn=facts["withdrawn"],
            own=facts["own"],
            state=_Codes(facts["states"]),
            kind=_Codes(facts["kinds"]),
            opinion=_Codes(facts["opinions"]),
            answer=_Codes(facts["answers"]),
        )

    def open(self, visits: Visits) -> Page:
        """Open it, as wide as a desk, as the one it is for."""
        return visit(visits.same(self.who), self.at(visits.site), self.status)


@dataclass(frozen=True, slots=True)
class _Codes:
    """Lets a path name what it is about, as `{state:draft}`."""

    codes: dict[str, str]

    def __format__(self, name: str) -> str:
        return self.codes[name]


DOORS = [
    Shown("dang-nhap", "xong", "", "/vao/"),
    Shown("duong-dan-rieng", "xong", "", "{link}"),
    Shown("duong-dan-hong", "xong", "", "/vao/khong-co-that/", 409),
    Shown("khong-tim-thay", "xong", "", "/khong-co-trang-nay/", 404),
]
DESKS = [
    Shown("viec-xong", "xong", "hoa", "/"),
    *(Shown(f"viec-{who}", "giua", who, "/") for who in ("hoa", "head")),
    *(
        Shown(f"viec-{who}", "giua", who, "/", is_alike=True)
        for who in ("leader", "clerk", "officer", "secretary", "one_stop", "editor", "observer")
    ),
]
DIALOGUES = [
    Shown("cac-cuoc", "giua", "hoa", "/cuoc/"),
    Shown("cac-cuoc-khong-co", "giua", "stranger", "/cuoc/"),
    Shown("cuoc-giua", "giua", "hoa", "/cuoc/{dialogue}/"),
    Shown("cuoc-giua-truong-phong", "giua", "head", "/cuoc/{dialogue}/"),
    Shown("lich", "giua", "hoa", "/lich/"),
    Shown("diem-cau-san-sang", "giua", "hoa", "/cuoc/{dialogue}/diem-cau/"),
    Shown("kho-khan", "giua", "hoa", "/cuoc/{dialogue}/kho-khan/"),
    Shown("doi-gio", "giua", "hoa", "/buoi/{sitting}/doi-gio/"),
    Shown("lap-moi", "giua", "hoa", "/ke-hoach/moi/"),
    Shown("ke-hoach-cuoc", "giua", "hoa", "/cuoc/{dialogue}/ke-hoach/"),
    Shown("ke-hoach-moi-lap", "giua", "hoa", "/cuoc/{drafted}/ke-hoach/"),
    Shown("sua-ke-hoach", "giua", "hoa", "/cuoc/{drafted}/ke-hoach/sua/"),
    Shown("dia-chi-diem-cau", "giua", "technician", "/cuoc/{dialogue}/diem-cau/dia-chi/"),
    Shown("cau-chu", "giua", "hoa", "/cuoc/{drafted}/ke-hoach/cau-chu/"),
    Shown("gop-y-ke-hoach", "giua", "hoa", "/cuoc/{drafted}/gop-y/"),
    Shown("thay-doi-cuoc", "giua", "leader", "/cuoc/{dialogue}/thay-doi/"),
    Shown("nhiem-vu", "giua", "hoa", "/cuoc/{dialogue}/nhiem-vu/"),
    Shown("mot-nhiem-vu", "giua", "head", "/nhiem-vu/{dialogue}-NV01/"),
    *(
        Shown(
            f"soan-{step}",
            "giua",
            "hoa",
            f"/ke-hoach/soan/DH-2021-S01/{step}/",
            is_alike=step not in ("can-cu", "buoi"),
        )
        for step in ("chung", "can-cu", "hinh-thuc", "diem-cau", "buoi", "thanh-phan", "nhiem-vu", "xem-lai")
    ),
    Shown("nhan-ban", "giua", "hoa", "/cuoc/{dialogue}/nhan-ban/"),
    Shown("tim-cuoc", "giua", "hoa", "/cuoc/?tim=thu+tuc"),
    Shown("tim-lich", "giua", "hoa", "/lich/?nam=2021&tim=tong+hop"),
    Shown("tim-nhat-ky", "xong", "hoa", "/cuoc/{dialogue}/nhat-ky/?tim=giay+moi"),
    Shown("tim-van-ban", "xong", "hoa", "/cuoc/{dialogue}/?tim=thong+bao"),
    Shown("tim-cong-khai", "xong", "", "/cong-khai/?tim=zzz", is_alike=True),
    Shown("dia-danh", "giua", "hoa", "/dia-danh/?tim=dong+hoa"),
    Shown("ngon-ngu", "giua", "", "/ngon-ngu/"),
    Shown("cuoc-moi-lap", "giua", "hoa", "/cuoc/{drafted}/"),
    Shown("cuoc-xong", "xong", "hoa", "/cuoc/{dialogue}/"),
    Shown("nhat-ky", "xong", "hoa", "/cuoc/{dialogue}/nhat-ky/?trang=2"),
    Shown("tai-lieu", "giua", "hoa", "/cuoc/{dialogue}/tai-lieu/"),
    Shown("minh-chung-xong", "xong", "leader", "/cuoc/{dialogue}/minh-chung/"),
    Shown("minh-chung-giua", "giua", "hoa", "/cuoc/{dialogue}/minh-chung/"),
    Shown("khong-cua-minh", "giua", "stranger", "/cuoc/{dialogue}/", 404),
]
LISTS = [
    Shown("danh-muc", "giua", "admin", "/danh-muc/"),
    Shown("danh-muc-nguoi-khac", "giua", "hoa", "/danh-muc/", is_alike=True),
    Shown("don-vi", "giua", "admin", "/danh-muc/don-vi/?ten=Phòng+Dân+tộc"),
    Shown("mot-don-vi", "giua", "admin", "/danh-muc/don-vi/DV01/"),
    Shown("can-bo", "giua", "admin", "/danh-muc/can-bo/"),
    Shown("mot-can-bo", "giua", "admin", "/danh-muc/can-bo/DH-CB02/"),
    Shown("linh-vuc", "giua", "admin", "/danh-muc/linh-vuc/"),
    Shown("mot-linh-vuc", "giua", "admin", "/danh-muc/linh-vuc/LV1/"),
    Shown("dia-ban", "giua", "admin", "/danh-muc/dia-ban/"),
    Shown("noi-nhan", "giua", "admin", "/danh-muc/noi-nhan/"),
    Shown("quy-dinh", "giua", "admin", "/danh-muc/quy-dinh/"),
    Shown("sua-quy-dinh", "giua", "admin", "/danh-muc/quy-dinh/term/submission_calendar/"),
    Shown("ngay-nghi", "giua", "admin", "/danh-muc/ngay-nghi/"),
    Shown("mat-khau", "giua", "admin", "/mat-khau/"),
    Shown("viec-quan-tri", "giua", "admin", "/"),
]
PAPERS = [
    Shown("van-ban-du-thao", "giua", "hoa", "/van-ban/{state:draft}/", is_alike=True),
    Shown("van-ban-cho-duyet", "giua", "leader", "/van-ban/{state:in_review}/"),
    Shown("van-ban-tra-lai", "giua", "officer", "/van-ban/{state:returned}/"),
    Shown("van-ban-da-ky", "giua", "clerk", "/van-ban/{state:signed}/"),
    Shown("cong-khai-van-ban", "xong", "hoa", "/van-ban/{kind:plan}/cong-khai/"),
    Shown("van-ban-co-so", "giua", "clerk", "/van-ban/{state:numbered}/", is_alike=True),
    Shown("dua-ve", "giua", "clerk", "/van-ban/{state:numbered}/dua-ve/"),
    Shown("dua-ve-khac", "giua", "clerk", "/van-ban/{state:numbered}/dua-ve/1/"),
    Shown("dua-ve-quet", "giua", "clerk", "/van-ban/{state:numbered}/dua-ve/2/"),
    Shown("danh-sach-ky-nhan", "giua", "hoa", "/van-ban/{kind:delivery_list}/"),
    Shown("ke-hoach", "xong", "clerk", "/van-ban/{kind:plan}/", is_alike=True),
    Shown("giay-moi", "xong", "hoa", "/van-ban/{kind:invitation}/"),
    Shown("bien-ban", "xong", "secretary", "/van-ban/{kind:minutes}/", is_alike=True),
    Shown("thong-bao", "xong", "leader", "/van-ban/{kind:result_notice}/"),
    Shown("bao-cao-khao-sat", "xong", "leader", "/van-ban/{kind:survey_report}/", is_alike=True),
    Shown("chua-tai-duoc", "giua", "clerk", "/tep/{state:numbered}.pdf", 409),
]
INVITING = [
    Shown("ho-so-mot-cua", "giua", "one_stop", "/cuoc/{dialogue}/ho-so/?tim=hoa+vinh"),
    Shown("ho-so-xem-truoc", "giua", "officer", "/cuoc/{dialogue}/ho-so/"),
    Shown("ho-so-dang-doc", "giua", "head", "/cuoc/{dialogue}/ho-so/"),
    Shown("chon-nguoi", "giua", "head", "/cuoc/{dialogue}/moi/1/"),
    Shown("chon-nguoi-han-ngach", "giua", "head", "/cuoc/{dialogue}/moi/2/"),
    Shown("dang-ky-du", "giua", "head", "/cuoc/{dialogue}/moi/1/dang-ky/"),
    Shown("nguoi-duoc-moi", "giua", "head", "/cuoc/{dialogue}/moi/1/danh-sach/"),
    Shown("goi-dien", "giua", "head", "/cuoc/{dialogue}/moi/1/goi/"),
    Shown("goi-dien-nghe-nham", "giua", "head", "/cuoc/{dialogue}/moi/1/goi/?tim=123+456"),
    Shown("goi-truong-thon", "giua", "head", "/cuoc/{dialogue}/moi/1/goi/thon/"),
    Shown("mot-nguoi-duoc-moi", "giua", "head", "/giay-moi/{sitting}-M01/"),
    Shown("giao-giay-moi", "giua", "head", "/buoi/{sitting}/ky-nhan/"),
    Shown("diem-cau", "giua", "hoa", "/cuoc/{dialogue}/diem-cau/{venue}/"),
    Shown("co-mat", "giua", "hoa", "/cuoc/{dialogue}/co-mat/"),
    Shown("co-mat-xong", "xong", "leader", "/cuoc/{dialogue}/co-mat/1/", is_alike=True),
    Shown("diem-cau-xong", "xong", "hoa", "/cuoc/{dialogue}/diem-cau/{venue}/1/"),
]
OPINIONS = [
    Shown("cac-y-kien", "giua", "hoa", "/cuoc/{dialogue}/y-kien/"),
    Shown("nhom-gan-giong", "giua", "hoa", "/cuoc/{dialogue}/y-kien/nhom/"),
    Shown("cac-loi-cong-khai", "giua", "hoa", "/cuoc/{dialogue}/y-kien/cong-khai/"),
    Shown("loi-cong-khai", "giua", "hoa", "/y-kien/{opinion:received}/cong-khai/"),
    Shown("ket-qua-cong-khai-giua", "giua", "hoa", "/cuoc/{dialogue}/cong-khai/"),
    Shown("ket-qua-cong-khai", "xong", "editor", "/cuoc/{dialogue}/cong-khai/"),
    Shown("che-them", "xong", "editor", "/cuoc/{dialogue}/cong-khai/1/"),
    Shown("ghi-giup", "giua", "hoa", "/cuoc/{dialogue}/y-kien/ghi/"),
    Shown("y-kien-moi", "giua", "head", "/y-kien/{opinion:received}/"),
    Shown("y-kien-xong", "xong", "hoa", "/y-kien/{opinion:closed}/"),
    Shown("tra-loi-du-thao", "giua", "head", "/tra-loi/{answer:drafted}/"),
    Shown("tra-loi-cho-duyet", "giua", "leader", "/tra-loi/{answer:in_review}/"),
    Shown("kien-nghi", "giua", "head", "/cuoc/{dialogue}/kien-nghi/"),
    Shown("kien-nghi-chua-co", "xong", "hoa", "/cuoc/{dialogue}/kien-nghi/"),
    Shown("tra-loi-xong", "xong", "hoa", "/tra-loi/{answer:issued}/"),
    Shown("tong-hop-xong", "xong", "leader", "/cuoc/{dialogue}/tong-hop/{sitting}/"),
    Shown("tong-hop", "giua", "head", "/cuoc/{dialogue}/tong-hop/{sitting}/"),
]
CITIZENS = [
    Shown("tra-loi-giay-moi", "giua", "", "{reply}"),
    Shown("noi-vuong-mac", "giua", "", "{reply}y-kien/"),
    Shown("y-kien-cua-toi", "giua", "", "{own}"),
    Shown("y-kien-cua-toi-xong", "xong", "", "{own}"),
    Shown("tra-cuu-y-kien", "giua", "", "/y-kien-cua-toi/"),
    Shown("gui-y-kien", "giua", "", "/cong-khai/{dialogue}/gui-y-kien/"),
    Shown("cung-gap", "giua", "", "/cong-khai/{dialogue}/cung-gap/"),
    Shown("giay-moi-thu-lai", "giua", "", "{withdrawn}", 410),
    Shown("giay-moi-het-han", "xong", "", "{reply}", 410),
]
STAFF = [*DOORS, *DESKS, *DIALOGUES, *LISTS, *PAPERS, *INVITING, *OPINIONS]
PUBLIC = [
    Shown("cong-khai", "xong", "", "/cong-khai/"),
    Shown("cong-khai-cuoc", "xong", "", "/cong-khai/{dialogue}/"),
    Shown("cong-khai-tim", "xong", "", "/cong-khai/{dialogue}/?tim=ho+so&tinh-trang=answered"),
    Shown("cong-khai-khong-thay", "xong", "", "/cong-khai/{dialogue}/?tim=khong+ai+noi+vay"),
    Shown("cong-khai-giua", "giua", "", "/cong-khai/{dialogue}/"),
    Shown("cong-khai-boc-tham", "xong", "", "/cong-khai/{dialogue}/boc-tham/"),
    Shown("cong-khai-boc-tham-han-ngach", "giua", "", "/cong-khai/{dialogue}/boc-tham/"),
    Shown("cong-khai-tai-lieu", "giua", "", "/cong-khai/{dialogue}/tai-lieu/"),
    Shown("cong-khai-chua-lap", "giua", "", "/cong-khai/{drafted}/", 404),
    Shown("kiem-tra", "xong", "", "/kiem-tra/"),
    Shown("kiem-tra-thay", "xong", "", "/kiem-tra/?ma={head}"),
    Shown("kiem-tra-khong-thay", "xong", "", "/kiem-tra/?ma=0123456789abcdef", 404),
]
PAGES = [*STAFF, *CITIZENS, *PUBLIC]
