"""Two small agencies with everybody whom a paper needs: drafter, heads, leader, clerk."""

from dataclasses import dataclass
from datetime import UTC, datetime

from doithoai.directory.actions import AgencySpec, OfficeSpec, set_up
from doithoai.directory.models import Agency, Office
from doithoai.documents import actions
from doithoai.documents.actions import Draft
from doithoai.documents.models import Document
from doithoai.documents.papers import official
from doithoai.kernel.access import Actor, Role, System
from doithoai.people.actions import StaffSpec, take_on
from doithoai.people.models import Staff
from doithoai.rules.paper import Paper, para

NOW = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
OFFICES = (
    OfficeSpec("VP", "Văn phòng HĐND và UBND", "secretariat", "Chánh Văn phòng", "VP"),
    OfficeSpec("TCKH", "Phòng Tài chính - Kế hoạch", "division", "Trưởng phòng", "TCKH", has_seal=True),
    OfficeSpec("QLDT", "Phòng Quản lý đô thị", "division", "Trưởng phòng", "QLĐT", has_seal=True),
)
STAFF = {
    "leader": ("Chủ tịch UBND", Role.LEADER, "VP"),
    "office_head": ("Chánh Văn phòng", Role.HEAD, "VP"),
    "clerk": ("Văn thư", Role.CLERK, "VP"),
    "secretary": ("Thư ký", Role.SECRETARY, "VP"),
    "head": ("Trưởng phòng", Role.HEAD, "TCKH"),
    "officer": ("Chuyên viên", Role.OFFICER, "TCKH"),
    "other_head": ("Trưởng phòng", Role.HEAD, "QLDT"),
    "other_officer": ("Chuyên viên", Role.OFFICER, "QLDT"),
    "technician": ("Cán bộ kỹ thuật", Role.TECHNICIAN, "VP"),
}


@dataclass(slots=True)
class Desk:
    """One agency and its people."""

    agency: Agency
    division: Office
    staff: dict[str, Staff]

    def __getitem__(self, who: str) -> Actor:
        return self.staff[who].as_actor()


def desk(code: str) -> Desk:
    """Set an agency up."""
    system = System("test")
    agency = Agency(code=code, name=f"UBND {code}", short_name="UBND", territory="thị xã", place="Đông Hòa")
    set_up(agency, AgencySpec(OFFICES), actor=system, now=NOW)
    staff = {}
    for who, (title, role, office) in STAFF.items():
        spec = StaffSpec(f"{code}.{who}".lower().replace("_", "-"), f"Người {who}", "ông", title, "", ((role, office),))
        staff[who] = take_on(agency, spec, since=NOW.date(), actor=system, now=NOW)
    return Desk(agency, Office.objects.get(agency=agency, code="TCKH"), staff)


def letter(of: Desk, *, issuer: Office | None = None, body: str = "Kính mời tham dự.") -> Paper:
    """An invitation to be issued by the agency, or by the division with its own seal."""
    return official(
        of.agency,
        "invitation",
        subject="Mời tham dự đối thoại",
        blocks=[para(body)],
        recipients=["Như trên;", "Lưu: VT."],
        signer=of.staff["head"] if issuer else of.staff["leader"],
        on=NOW.date(),
        issuer=issuer,
        addressees=["Bà Sáu"],
    )


def drafted(of: Desk, *, issuer: Office | None = None, copies: int = 0) -> Document:
    """A draft by the officer of the division."""
    rows = [(f"M{n:02d}", letter(of, issuer=issuer, body=f"Kính mời người thứ {n}.")) for n in range(1, copies + 1)]
    made = Draft(letter(of, issuer=issuer), of.division, "Mời tham dự", issuer=issuer, copies=rows)
    return actions.draft(of.agency, made, actor=of["officer"], now=NOW)


def brought(of: Desk, document: Document, to: str) -> Document:
    """Take a draft on its way, each step by the one whose right it is, until it stands in state `to`."""
    signer = "head" if document.issuer else "leader"
    steps = {
        "in_review": [(actions.submit, "officer")],
        "approved": [
            (actions.tick_content, "head"),
            (actions.tick_form, "office_head"),
            (actions.approve, signer),
        ],
        "signed": [(actions.sign, signer)],
    }
    for state, acts in steps.items():
        for act, who in acts:
            act(document, actor=of[who], now=NOW)
        if state == to:
            break
    return document


def numbered(of: Desk, number: int = 7, **how: int) -> Document:
    """A paper that waits for its print."""
    return actions.issue(brought(of, drafted(of, **how), "signed"), number=number, actor=of["clerk"], now=NOW)  # type: ignore[arg-type]
