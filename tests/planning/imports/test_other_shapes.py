"""Plans of other shapes: of the Party, joint, of a province; registration, a range of days; and their contradictions."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from doithoai.planning.imports import PlanDraft, read_plan
from tests.planning.imports.papers import PLANS, SEED

Reads = Callable[[str, str], PlanDraft]


@pytest.fixture(scope="module")
def party() -> PlanDraft:
    """Of a Party committee: hamlet by hamlet within a week, people register, nothing else is dated."""
    return read_plan(PLANS / "nhieu-cap.md")


@pytest.fixture(scope="module")
def joint() -> PlanDraft:
    """Of a People's Committee and the Front: two dialogues at two places, two signatures."""
    return read_plan(PLANS / "lien-tich.md")


@pytest.fixture(scope="module")
def province() -> PlanDraft:
    """Three tiers linked to one hall; questions come by registration."""
    return read_plan(PLANS / "toan-tinh.md")


@pytest.fixture
def changed(tmp_path: Path) -> Reads:
    """The seed plan with one piece of its text replaced."""

    def read(old: str, new: str) -> PlanDraft:
        text = SEED.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "plan.md"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return read_plan(path)

    return read


def whys(draft: PlanDraft) -> str:
    return "\n".join(doubt.why for doubt in draft.doubts)


class TestParty:
    def test_issuer_and_number_are_the_partys(self, party: PlanDraft) -> None:
        assert party.issuer == "Ban Thường vụ Đảng ủy xã Tân Mẫu"
        assert (party.number, party.symbol) == ("21-KH/ĐU", "KH/ĐU")
        assert party.signer.capacity == "T/M BAN THƯỜNG VỤ"
        assert "văn bản theo thể thức của Đảng, không in theo mẫu hành chính" in whys(party)

    def test_a_range_of_days_makes_no_sitting(self, party: PlanDraft) -> None:
        assert party.sittings == ()
        assert "“Từ ngày 16/3/2026 đến ngày 20/3/2026”, chưa có lịch từng buổi: không lập buổi nào." in whys(party)

    def test_places_not_named_are_not_invented(self, party: PlanDraft) -> None:
        assert [venue.name for venue in party.venues] == ["Nhà văn hóa các thôn"]
        assert "“Nhà văn hóa các thôn” là nhiều nơi, kế hoạch không kể tên từng nơi." in whys(party)

    def test_registration_is_no_quota(self, party: PlanDraft) -> None:
        assert party.quotas == ()
        assert "Người dự tự đăng ký; kế hoạch không giao ai chọn mời và không ghi số mời." in whys(party)

    def test_duties_with_dates(self, party: PlanDraft) -> None:
        assert [(duty.office, duty.due_on) for duty in party.duties] == [
            ("Văn phòng Đảng ủy", dt.date(2026, 3, 13)),
            ("Ủy ban MTTQ Việt Nam xã", None),
            ("Trưởng các thôn", None),
        ]


class TestJoint:
    def test_both_issuers_are_kept_and_named(self, joint: PlanDraft) -> None:
        assert joint.issuer == "UBND xã Hòa Mẫu và Ủy ban MTTQ Việt Nam xã Hòa Mẫu"
        assert "Kế hoạch do 2 cơ quan cùng ban hành" in whys(joint)
        assert "Đầu văn bản ghi" not in whys(joint)

    def test_the_title_is_not_the_subject(self, joint: PlanDraft) -> None:
        assert joint.subject is not None
        assert joint.subject.startswith("Tổ chức đối thoại giữa Chủ tịch UBND xã")

    def test_two_dialogues_with_their_own_days_and_leads(self, joint: PlanDraft) -> None:
        first, second = joint.sittings
        assert (first.sector, first.date, first.expected) == ("Đất đai", dt.date(2026, 4, 21), 40)
        assert (second.sector, second.date, second.expected) == ("Hộ tịch", dt.date(2026, 4, 23), 30)
        assert (first.lead_office, second.lead_office) == ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội")

    def test_the_committees_signature_is_kept_and_both_are_told(self, joint: PlanDraft) -> None:
        assert (joint.signer.capacity, joint.signer.name) == ("TM. ỦY BAN NHÂN DÂN", "Phạm Văn Giả Định")
        assert "2 người ký: TM. ỦY BAN MTTQ VIỆT NAM XÃ, Lê Thị Ví Dụ" in whys(joint)

    def test_a_duty_without_an_office_is_told(self, joint: PlanDraft) -> None:
        assert "Không rõ cơ quan được giao: “Thông báo kết quả" in whys(joint)


class TestProvince:
    def test_venues_of_two_tiers_are_two_lines_not_six(self, province: PlanDraft) -> None:
        assert [(venue.name, venue.central) for venue in province.venues] == [
            ("Hội trường UBND tỉnh", True),
            ("Điểm cầu UBND các huyện, thị xã, thành phố", False),
            ("điểm cầu UBND các xã, phường, thị trấn", False),
        ]

    def test_the_sector_is_named_once(self, province: PlanDraft) -> None:
        assert province.sectors == ("Đầu tư",)
        (sitting,) = province.sittings
        assert (sitting.sector, sitting.expected, sitting.end) == ("Đầu tư", 50, None)
        assert "để trống giờ kết thúc" in whys(province)

    def test_a_platform_without_a_brand(self, province: PlanDraft) -> None:
        assert province.platform == "hệ thống hội nghị truyền hình của tỉnh"

    def test_a_duty_of_many_offices_is_one(self, province: PlanDraft) -> None:
        assert [duty.office for duty in province.duties] == [
            "Sở Kế hoạch và Đầu tư", "UBND các huyện, thị xã, thành phố", "Văn phòng UBND tỉnh",
        ]  # fmt: skip


class TestContradictions:
    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            (
                "**30 lượt người**",
                "**40 lượt người**",
                "Tổng dự kiến 40 lượt không bằng các buổi cộng lại: 15 + 15 = 30.",
            ),
            ("13h30-17h", "10h30-17h", "trùng giờ"),
            (
                "Đông Hòa, ngày tháng 12 năm 2021",
                "Đông Hòa, ngày 24 tháng 12 năm 2021",
                "Kế hoạch đề ngày 24/12/2021, sau ngày đối thoại 22/12/2021.",
            ),
            (
                "Đông Hòa, ngày tháng 12 năm 2021",
                "Đông Hòa, ngày 20 tháng 12 năm 2021",
                "có hạn 17/12/2021, trước ngày của kế hoạch 20/12/2021.",
            ),
            (
                "Đối với UBND phường Hòa Vinh, UBND phường Hòa Hiệp Trung",
                "Đối với UBND phường Hòa Vinh",
                "UBND phường Hòa Hiệp Trung: không việc nào giao cơ quan nào chuẩn bị điểm này.",
            ),
            ("**3. Giao Phòng Văn hóa và Thông tin**", "**3. Về kỹ thuật**", "Không rõ cơ quan được giao"),
        ],
    )
    def test_each_is_named(self, changed: Reads, old: str, new: str, why: str) -> None:
        assert why in whys(changed(old, new))

    def test_the_seed_itself_has_none_of_them(self) -> None:
        told = whys(read_plan(SEED))
        for word in ("không bằng", "trùng giờ", "trước ngày của kế hoạch", "chuẩn bị điểm này", "cơ quan được giao"):
            assert word not in told
