"""The page of one paper: its buttons in the order of its life, its text, and its files through a right."""

from datetime import timedelta

import pytest

from doithoai.documents.models import Document, Register
from doithoai.documents.views import acts_on
from doithoai.documents.worker import work_off
from doithoai.journal.queries import story
from doithoai.kernel import plugs
from doithoai.people.models import Staff
from doithoai.planning.actions import scheduling
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, WEDNESDAY, browser, queries_of, unchanged


@pytest.fixture
def stage(drafted: Stage) -> Stage:
    """A dialogue whose plan is still to be issued."""
    return drafted


@pytest.fixture
def plan(stage: Stage) -> Document:
    return scheduling.draft_plan(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=WEDNESDAY)


def office_head(stage: Stage) -> Staff:
    return stage.cast.heads[stage.dialogue.secretariat.code]


def press(staff: Staff, paper: Document, slug: str, **words: str) -> int:
    """Press a button; the status says whether it was accepted (302) or refused (409, 403, 404)."""
    return browser(staff).post(f"/van-ban/{paper.code}/{slug}/", words).status_code


def state_of(paper: Document) -> str:
    paper.refresh_from_db()
    return paper.state


def bring_to(stage: Stage, paper: Document, state: str) -> Document:
    """Bring a draft as far as a state, by those whose acts these are."""
    cast, head = stage.cast, office_head(stage)
    steps = [
        ("draft", None, "", {}),
        ("in_review", cast.hoa, "trinh", {}),
        ("ticked", head, "noi-dung", {}),
        ("ticked twice", head, "the-thuc", {}),
        ("approved", cast.leader, "duyet", {}),
        ("signed", cast.leader, "ky", {}),
        ("numbered", cast.clerk, "cap-so", {"so": "214"}),
    ]
    for reached, staff, slug, words in steps:
        if staff is not None:
            assert press(staff, paper, slug, **words) == 302, slug
        if reached == state:
            break
    paper.refresh_from_db()
    return paper


def shown(staff: Staff, paper: Document) -> dict[str, str]:
    """The buttons that somebody sees: where they post, or why they are grey."""
    return {act.label: act.verdict.reason for act in acts_on(paper, staff.as_actor())}


class TestButtons:
    def test_a_draft_is_submitted_by_its_own_office(self, stage: Stage, plan: Document) -> None:
        assert shown(stage.cast.hoa, plan) == {"Trình duyệt": ""}
        assert shown(stage.cast.clerk, plan)["Trình duyệt"].startswith("Không có quyền: việc này của cán bộ của")

    def test_two_ticks_come_before_the_approval(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "in_review")
        assert shown(office_head(stage), plan)["Xác nhận nội dung"] == ""
        missing = shown(stage.cast.leader, plan)["Duyệt"]
        assert missing.startswith("Chưa duyệt được: người đứng đầu")
        press(office_head(stage), plan, "noi-dung")
        plan.refresh_from_db()
        assert shown(stage.cast.leader, plan)["Duyệt"] == "Chưa duyệt được: Văn phòng chưa xác nhận thể thức."
        assert "Xác nhận nội dung" not in shown(office_head(stage), plan)
        press(office_head(stage), plan, "the-thuc")
        plan.refresh_from_db()
        assert shown(stage.cast.leader, plan) == {"Duyệt": "", "Trả lại để sửa": ""}

    def test_a_drafter_sees_why_not_and_no_button_to_return(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "ticked twice")
        assert shown(stage.cast.hoa, plan) == {"Duyệt": "Không có quyền: người soạn không tự duyệt."}

    @pytest.mark.parametrize(
        ("state", "who", "label"),
        [
            ("approved", "leader", "Ghi nhận đã ký"),
            ("signed", "clerk", "Cấp số, ban hành"),
            ("numbered", "clerk", "Phát hành"),
        ],
    )
    def test_each_state_asks_one_person(self, stage: Stage, plan: Document, state: str, who: str, label: str) -> None:
        bring_to(stage, plan, state)
        work_off()
        plan.refresh_from_db()
        assert shown(getattr(stage.cast, who), plan)[label] == ""
        assert shown(stage.cast.technician, plan)[label].startswith("Không có quyền:")

    def test_nothing_is_dispatched_before_it_is_printed(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "numbered")
        assert shown(stage.cast.clerk, plan)["Phát hành"].startswith("Chưa phát hành được: đang tạo bản in.")

    def test_exactly_one_button_is_filled(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "in_review")
        html = browser(office_head(stage)).get(f"/van-ban/{plan.code}/").content.decode()
        assert html.count("btn-main") == 1
        nobody = browser(stage.cast.technician).get(f"/van-ban/{plan.code}/").content.decode()
        assert "btn-main" not in nobody
        assert 'aria-disabled="true" aria-describedby="w-noi-dung"' in nobody


class TestActs:
    def test_the_whole_way_from_draft_to_dispatch(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "numbered")
        assert plan.number_text == "214/KH-UBND"
        work_off()
        assert press(stage.cast.clerk, plan, "phat-hanh") == 302
        assert state_of(plan) == "dispatched"
        plan.refresh_from_db()
        assert acts_on(plan, stage.cast.leader.as_actor()) == []

    def test_the_page_says_what_was_done(self, stage: Stage, plan: Document) -> None:
        html = browser(stage.cast.hoa).post(f"/van-ban/{plan.code}/trinh/", follow=True).content.decode()
        assert '<p class="did" role="status">Đã trình.</p>' in html

    def test_returning_needs_a_reason_and_shows_it(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "in_review")
        with unchanged(Document):
            assert press(stage.cast.leader, plan, "tra-lai", **{"ly-do": "  "}) == 409
        assert press(stage.cast.leader, plan, "tra-lai", **{"ly-do": "Thiếu <b>căn cứ</b>."}) == 302
        html = browser(stage.cast.hoa).get(f"/van-ban/{plan.code}/").content.decode()
        assert "Thiếu &lt;b&gt;căn cứ&lt;/b&gt;." in html
        assert "Thiếu" not in "".join(str(line.facts) for line in story(stage.dialogue.chain))

    @pytest.mark.parametrize("typed", ["", "0", "abc", "-3", "12.5", "٢١٤x", "9999999"])
    def test_a_number_that_is_none_is_named_and_nothing_is_given(
        self, stage: Stage, plan: Document, typed: str
    ) -> None:
        bring_to(stage, plan, "signed")
        with unchanged(Document):
            response = browser(stage.cast.clerk).post(f"/van-ban/{plan.code}/cap-so/", {"so": typed})
        assert response.status_code == 409
        assert f"ghi “{typed}”. Cần một số nguyên" in response.content.decode()

    def test_an_office_without_a_document_system_reads_the_next_number_of_its_register(
        self, stage: Stage, plan: Document
    ) -> None:
        bring_to(stage, plan, "signed")
        Register.objects.create(
            agency=stage.dialogue.agency, issuer=stage.dialogue.agency.code, year=WEDNESDAY.year,
            number=41, symbol=plan.symbol, document=plan,
        )  # fmt: skip
        hints = [act.field.hint for act in acts_on(plan, stage.cast.clerk.as_actor()) if act.field]
        assert any(f"số tiếp theo trong sổ ở đây là 42/{plan.symbol}." in hint for hint in hints)

    def test_a_number_may_be_typed_with_its_symbol(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "signed")
        assert press(stage.cast.clerk, plan, "cap-so", so=" 214/KH-UBND ") == 302
        assert state_of(plan) == "numbered"

    @pytest.mark.parametrize("slug", ["noi-dung", "the-thuc", "duyet", "ky", "cap-so", "phat-hanh", "tra-lai", "in"])
    def test_what_the_state_forbids_is_refused_and_changes_nothing(
        self, stage: Stage, plan: Document, slug: str
    ) -> None:
        everybody = {"ky": stage.cast.leader, "cap-so": stage.cast.clerk, "phat-hanh": stage.cast.clerk}
        staff = everybody.get(slug, stage.cast.leader if slug in ("duyet", "tra-lai") else office_head(stage))
        with unchanged(Document):
            assert press(staff, plan, slug, so="5", **{"ly-do": "x"}) == 409

    def test_without_the_right_the_reason_names_whose_it_is(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "signed")
        with unchanged(Document):
            response = browser(stage.cast.leader).post(f"/van-ban/{plan.code}/cap-so/", {"so": "5"})
        assert response.status_code == 403
        assert "<b>Không có quyền:</b> việc này của văn thư." in response.content.decode()

    @pytest.mark.parametrize("slug", ["trinh", "noi-dung", "duyet", "cap-so"])
    def test_the_second_agency_finds_nothing(self, stage: Stage, plan: Document, slug: str) -> None:
        with unchanged(Document):
            assert press(stage.other.leader, plan, slug, so="5") == 404
        assert browser(stage.other.leader).get(f"/van-ban/{plan.code}/").status_code == 404

    def test_an_act_takes_a_button_and_a_known_name(self, stage: Stage, plan: Document) -> None:
        client = browser(stage.cast.hoa)
        with unchanged(Document):
            assert client.get(f"/van-ban/{plan.code}/trinh/").status_code == 405
            assert client.post(f"/van-ban/{plan.code}/bay/").status_code == 404
            assert browser().post(f"/van-ban/{plan.code}/trinh/")["Location"] == "/vao/"


class TestPage:
    def test_it_reads_the_paper_out_before_there_is_a_print(self, stage: Stage, plan: Document) -> None:
        html = browser(stage.cast.leader).get(f"/van-ban/{plan.code}/").content.decode()
        assert "KẾ HOẠCH" in html
        assert "I. MỤC ĐÍCH, YÊU CẦU" in html
        assert "Nơi nhận:" in html
        assert "Chưa có số, chưa có ngày." in html
        assert "Bản in được tạo khi văn bản có số." in html

    def test_looking_changes_nothing(self, stage: Stage, plan: Document) -> None:
        with unchanged(Document):
            browser(stage.cast.leader).get(f"/van-ban/{plan.code}/?da=document.sign")

    def test_a_drafter_full_of_markup_stays_text(self, stage: Stage, plan: Document) -> None:
        Document.objects.filter(pk=plan.pk).update(subject="<img src=x onerror=alert(1)>")
        html = browser(stage.cast.leader).get(f"/van-ban/{plan.code}/").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_a_long_paper_costs_as_little_as_a_short_one(self, stage: Stage, plan: Document) -> None:
        client = browser(stage.cast.leader)
        assert queries_of(client, f"/van-ban/{plan.code}/") <= 12

    def test_an_issued_paper_shows_its_head_in_groups(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "numbered")
        html = browser(stage.cast.leader).get(f"/van-ban/{plan.code}/").content.decode()
        assert f"<span>{plan.head[:8]}</span><span>{plan.head[8:16]}</span>" in html
        assert "Số 214/KH-UBND, thứ Tư 15/12/2021." in html


class TestFiles:
    @pytest.fixture
    def printed(self, stage: Stage, plan: Document) -> Document:
        bring_to(stage, plan, "numbered")
        work_off()
        plan.refresh_from_db()
        return plan

    @pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
    def test_staff_take_both_files_as_attachments(
        self, stage: Stage, printed: Document, kind: str, start: bytes
    ) -> None:
        response = browser(stage.cast.technician).get(f"/tep/{printed.code}.{kind}")
        assert response.status_code == 200
        assert response.content.startswith(start)
        assert response["Content-Disposition"] == f'attachment; filename="214-KH-UBND.{kind}"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"

    def test_a_stranger_is_asked_to_sign_in_whether_it_exists_or_not(self, stage: Stage, printed: Document) -> None:
        for code in (printed.code, "DH-2021-01-VB99"):
            assert browser().get(f"/tep/{code}.pdf")["Location"] == f"/vao/?toi=%2Ftep%2F{code}.pdf"

    def test_the_second_agency_finds_nothing(self, stage: Stage, printed: Document) -> None:
        assert browser(stage.other.leader).get(f"/tep/{printed.code}.pdf").status_code == 404

    def test_anyone_takes_what_has_been_made_public(self, stage: Stage, printed: Document) -> None:
        Document.objects.filter(pk=printed.pk).update(published_at=WEDNESDAY)
        for visitor in (browser(), browser(stage.other.leader)):
            response = visitor.get(f"/tep/{printed.code}.pdf")
            assert response.content.startswith(b"%PDF")
            assert response["Cache-Control"] == "public, max-age=300"

    def test_a_copy_stays_with_staff_even_when_the_paper_is_public(self, stage: Stage, printed: Document) -> None:
        Document.objects.filter(pk=printed.pk).update(published_at=WEDNESDAY)
        printed.copy_rows.create(ordinal=1, recipient="X", paper=printed.paper, pdf=printed.pdf, docx=printed.docx)
        assert browser().get(f"/tep/{printed.code}/1.pdf").status_code == 302
        assert browser(stage.other.leader).get(f"/tep/{printed.code}/1.pdf").status_code == 404
        unconcerned = stage.dialogue.sittings.order_by("ordinal")[0].lead
        assert browser(stage.cast.officers[unconcerned.code]).get(f"/tep/{printed.code}/1.pdf").status_code == 404
        taken = browser(stage.cast.hoa).get(f"/tep/{printed.code}/1.pdf")
        assert taken["Content-Disposition"] == 'attachment; filename="214-KH-UBND-ban-1.pdf"'
        assert browser(stage.cast.hoa).get(f"/tep/{printed.code}/2.pdf").status_code == 404

    def test_a_print_under_way_says_so(self, stage: Stage, plan: Document) -> None:
        bring_to(stage, plan, "numbered")
        response = browser(stage.cast.hoa).get(f"/tep/{plan.code}.pdf")
        assert response.status_code == 409
        assert "bản in chưa tạo xong" in response.content.decode()

    def test_a_lost_file_says_so_without_saying_where(self, stage: Stage, printed: Document) -> None:
        Document.objects.filter(pk=printed.pk).update(pdf="0" * 64)
        html = browser(stage.cast.hoa).get(f"/tep/{printed.code}.pdf").content.decode()
        assert "không thấy tệp trong kho" in html
        assert str(plugs.files().root) not in html  # type: ignore[attr-defined]  # the folder of the tests

    @pytest.mark.parametrize("address", ["exe", "html", "PDF"])
    def test_there_are_only_two_kinds(self, stage: Stage, printed: Document, address: str) -> None:
        assert browser(stage.cast.hoa).get(f"/tep/{printed.code}.{address}").status_code == 404

    def test_taking_a_file_changes_nothing(self, stage: Stage, printed: Document) -> None:
        with unchanged(Document):
            browser(stage.cast.hoa, now=WEDNESDAY + timedelta(hours=1)).get(f"/tep/{printed.code}.pdf")
