"""Everything that can be done with an answer: by whom, in which states, and what it asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.answers import actions, permissions
from doithoai.answers.actions.writing import WRITABLE
from doithoai.answers.forms import ExtensionForm
from doithoai.answers.models import Answer, Wording
from doithoai.answers.papers import Wish
from doithoai.answers.queries import LACKING, brought_about, lacking
from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import open_offices
from doithoai.intake.views.boxes import Ask, Box, Option
from doithoai.kernel.access import Actor, NotNow, Role, Verdict
from doithoai.people.models import Staff
from doithoai.web.acts import Look
from doithoai.web.numbers import small_number

ANSWERING = (Office.Kind.SECRETARIAT, Office.Kind.DIVISION, Office.Kind.ONE_STOP, Office.Kind.WARD, Office.Kind.OTHER)
Post = Mapping[str, str]
Do = Callable[[Answer, Post, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class _Door:
    verb: str
    label: str
    states: frozenset[str]
    may: Callable[[Actor, Answer], Verdict]
    do: Do
    look: Look = ""


ON_THE_PAGE = frozenset({"phoi-hop", "mau", "bo-mau", "lay-loi"})
"""Acts whose forms stand beside what they are about, not among the buttons."""


def doors() -> dict[str, _Door]:
    """Every act by its place in the address, in the order of an answer's life."""
    written, running = frozenset({"drafted", "returned"}), frozenset({*WRITABLE, "in_review", "approved"})
    every = frozenset({*running, "issued"})
    return {
        "nhan": _Door(
            "answer.take_over", _("Nhận trả lời ý kiến này"), frozenset({"offered"}), permissions.may_reply_to_offer,
            lambda row, _post, who, now: actions.take_over(row, actor=who, now=now), "main",
        ),
        "khong-nhan": _Door(
            "answer.hand_back", _("Không nhận, trả lại đơn vị đề nghị"), frozenset({"offered"}),
            permissions.may_reply_to_offer,
            lambda row, post, who, now: actions.hand_back(row, reason=post.get("ly-do", ""), actor=who, now=now),
        ),
        "trinh": _Door(
            "answer.submit", _("Trình duyệt"), written, permissions.may_write,
            lambda row, post, who, now: actions.submit_answer(
                row, despite=post.get("van-trinh", ""), actor=who, now=now
            ),
            "main",
        ),
        "duyet": _Door(
            "answer.approve", _("Duyệt"), frozenset({"in_review"}), permissions.may_approve,
            lambda row, _post, who, now: actions.approve_answer(row, actor=who, now=now), "main",
        ),
        "tra-lai": _Door(
            "answer.return", _("Trả lại để sửa"), frozenset({"in_review", "approved"}), permissions.may_approve,
            lambda row, post, who, now: actions.return_answer(row, reason=post.get("ly-do", ""), actor=who, now=now),
            "risk",
        ),
        "hinh-thuc": _Door(
            "answer.choose_form", _("Đổi hình thức trả lời"), running, permissions.may_write, _choose_form
        ),
        "van-ban": _Door(
            "answer.letter", _("Soạn văn bản trả lời riêng"), frozenset({"approved"}), permissions.may_write, _letter
        ),
        "gop-y": _Door(
            "answer.remark", _("Góp ý"), running, permissions.may_remark,
            lambda row, post, who, now: actions.remark(row, text=post.get("gop-y", ""), actor=who, now=now),
        ),
        "phoi-hop": _Door("answer.support", _("Cử đơn vị phối hợp"), running, permissions.may_hand_over, _support),
        "de-nghi": _Door(
            "answer.offer", _("Đề nghị đơn vị khác nhận"), frozenset({"assigned"}), permissions.may_hand_over, _offer
        ),
        "hoi": _Door(
            "answer.ask", _("Ghi đã hỏi cơ quan khác"), frozenset({"assigned"}), permissions.may_write,
            lambda row, post, who, now: actions.ask(row, authority=post.get("co-quan", ""), actor=who, now=now),
        ),
        "da-co": _Door(
            "answer.hear_back", _("Cơ quan được hỏi đã trả lời"), frozenset({"asked"}), permissions.may_write,
            lambda row, _post, who, now: actions.hear_back(row, actor=who, now=now),
        ),
        "gia-han": _Door("answer.extend", _("Gia hạn"), running, permissions.may_extend, _extend),
        "thu-gia-han": _Door(
            "answer.extension_letter", _("Soạn văn bản báo gia hạn"), running, permissions.may_write,
            lambda row, _post, who, now: actions.draft_extension_letter(row, actor=who, now=now),
        ),
        "mau": _Door("wording.save", _("Lưu làm mẫu của đơn vị"), every, permissions.may_write, _save_wording),
        "bo-mau": _Door("wording.retire", _("Thôi dùng mẫu"), every, permissions.may_write, _retire_wording),
        "lay-loi": _Door(
            "answer.take_wording", _("Lấy lời văn trong tệp"), every, permissions.may_write, _take_wording
        ),
        "kien-nghi": _Door(
            "proposal.draft", _("Kiến nghị sửa quy định"), every,
            lambda who, row: permissions.may_propose(who, row.opinion), _propose,
        ),
    }  # fmt: skip


def _choose_form(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    if post.get("hinh-thuc") not in Answer.Form.values:
        raise NotNow(_("Chưa đổi được: cần chọn mục trong thông báo hoặc văn bản riêng."))
    actions.choose_form(answer, post["hinh-thuc"], actor=actor, now=now)


def _letter(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    signer = next((row for row in signers_of(answer.lead) if row.code == post.get("nguoi-ky")), None)
    if signer is None:
        raise NotNow(_("Chưa soạn được văn bản: cần chọn người ký trong danh sách."))
    actions.draft_letter(answer, signer=signer, actor=actor, now=now)


def _extend(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    form = ExtensionForm(dict(post))
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        raise NotNow(_("Chưa gia hạn được: %(what)s") % {"what": first})
    actions.extend(answer, **form.cleaned_data, actor=actor, now=now)


def _office(answer: Answer, code: str | None, refusal: str) -> Office:
    """An office of the agency by its code; NotNow where none was chosen, or one of another agency."""
    found = Office.objects.filter(agency=answer.agency, code=code or "").first()
    if found is None:
        raise NotNow(refusal)
    return found


def _offer(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    to = _office(answer, post.get("don-vi"), _("Chưa đề nghị được: cần chọn một đơn vị trong danh sách."))
    actions.offer(answer, to=to, reason=post.get("ly-do", ""), actor=actor, now=now)


def _support(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    chosen = [name.removeprefix("pv-") for name in post if name.startswith("pv-")]
    offices = [_office(answer, code, _("Chưa ghi được: có đơn vị không còn trong danh sách.")) for code in chosen]
    actions.set_supporting(answer, offices, actor=actor, now=now)


def _save_wording(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    procedure = answer.opinion.procedure if post.get("thu-tuc") else None
    words = {"title": post.get("ten", "")[:120], "body": post.get("loi", ""), "basis": answer.basis}
    actions.save_wording(answer.lead, **words, procedure=procedure, actor=actor, now=now)


def _retire_wording(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    row = Wording.objects.filter(office=answer.lead, ordinal=small_number(post.get("mau", "")) or 0).first()
    if row is None:
        raise NotNow(_("Chưa bỏ được mẫu: mẫu này không còn."))
    actions.retire_wording(row, actor=actor, now=now)


def _take_wording(answer: Answer, _post: Post, actor: Actor, now: datetime) -> None:
    found = brought_about(answer)
    if found is None:
        raise NotNow(_("Chưa lấy được: không còn tệp nào có lời khác lời đang giữ."))
    actions.take_wording(answer, found[0], actor=actor, now=now)


def _propose(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    signer = next((row for row in leaders_of(answer.agency) if row.code == post.get("nguoi-ky")), None)
    if signer is None:
        raise NotNow(_("Chưa soạn được kiến nghị: cần chọn người ký trong danh sách."))
    words = (post.get(name, "") for name in ("noi-gui", "quy-dinh", "vuong-mac", "de-xuat"))
    actions.propose(answer.opinion, Wish(answer.lead, *words), signer=signer, actor=actor, now=now)


def leaders_of(agency: Agency) -> list[Staff]:
    """Who signs what the agency itself issues."""
    rows = Staff.objects.filter(agency=agency, is_active=True, holdings__until=None, holdings__role=Role.LEADER)
    return list(rows.distinct().order_by("code"))


def signers_of(office: Office) -> list[Staff]:
    """Who may sign what an office issues: its head where it has a seal, otherwise the leaders of the agency."""
    held = (
        {"holdings__role": Role.HEAD, "holdings__office": office}
        if office.has_seal
        else {"holdings__role": Role.LEADER}
    )
    rows = Staff.objects.filter(agency_id=office.agency_id, is_active=True, holdings__until=None, **held)
    return list(rows.distinct().order_by("code"))


def signer_options(office: Office) -> tuple[Option, ...]:
    """The same, to choose from."""
    return tuple(Option(row.code, f"{row.name}, {row.title}") for row in signers_of(office))


def boxes_for(answer: Answer, actor: Actor) -> list[Box]:
    made: list[Box] = []
    for slug, door in doors().items():
        if slug in ON_THE_PAGE or answer.state not in door.states or not _makes_sense(answer, slug):
            continue
        verdict = door.may(actor, answer)
        if not verdict and door.look != "main":
            continue  # whose turn it is, is said once
        asks = _asks(answer, slug) if verdict else ()
        url = reverse("answer-act", args=(answer.opinion.code, slug))
        made.append(Box(slug, door.label, url, verdict, asks, door.look))
    return made


def _makes_sense(answer: Answer, slug: str) -> bool:
    if slug == "thu-gia-han":
        last = actions.last_extension(answer)
        return last is not None and (last.document is None or last.document.state in ("draft", "returned"))
    if slug == "gia-han":
        return answer.due_on is not None
    return slug != "van-ban" or answer.form == Answer.Form.LETTER or answer.document is None


def _asks(answer: Answer, slug: str) -> tuple[Ask, ...]:
    if slug == "trinh" and (missing := lacking(answer)):
        words = "; ".join(str(LACKING[name]) for name in missing)
        hint = _("Còn thiếu: %(what)s. Nên bổ sung; vẫn trình được, người duyệt thấy chỗ thiếu.") % {"what": words}
        return (Ask("van-trinh", _("Nói thêm với người duyệt"), hint, "text", is_needed=False),)
    if slug == "tra-lai":
        return (Ask("ly-do", _("Lý do trả lại"), _("Người soạn đọc câu này."), "text"),)
    if slug == "hinh-thuc":
        options = tuple(Option(value, label) for value, label in Answer.Form.choices)
        return (Ask("hinh-thuc", _("Hình thức"), "", "radio", answer.form, options),)
    if slug == "van-ban":
        return (Ask("nguoi-ky", _("Người ký"), "", "select", "", signer_options(answer.lead)),)
    if slug in ("khong-nhan", "de-nghi"):
        reason = Ask("ly-do", _("Lý do"), _("Đơn vị kia đọc câu này."), "text")
        if slug == "khong-nhan":
            return (reason,)
        return (Ask("don-vi", _("Đơn vị"), "", "select", "", other_offices(answer)), reason)
    if slug == "gop-y":
        hint = _("Nêu số liệu, quy định thuộc lĩnh vực của đơn vị; đơn vị chủ trì viết câu trả lời.")
        return (Ask("gop-y", _("Nội dung góp ý"), hint, "text"),)
    if slug == "hoi":
        return (Ask("co-quan", _("Cơ quan được hỏi"), _("Ví dụ: Sở Tài nguyên và Môi trường.")),)
    if slug == "kien-nghi":
        return _asks_of_proposal(answer)
    if slug == "gia-han":
        return (Ask("to_on", _("Hạn mới"), "", "date"), Ask("reason", _("Lý do"), _("Lãnh đạo ký gia hạn."), "text"))
    return ()


def _asks_of_proposal(answer: Answer) -> tuple[Ask, ...]:
    signers = tuple(Option(row.code, f"{row.name}, {row.title}") for row in leaders_of(answer.agency))
    summary = str(answer.opinion.summary or "")
    return (
        Ask("noi-gui", _("Nơi gửi"), _("Cơ quan có thẩm quyền sửa quy định, ví dụ Ủy ban nhân dân tỉnh.")),
        Ask("quy-dinh", _("Quy định cần sửa"), _("Điều, khoản, số văn bản."), "line", answer.basis),
        Ask("vuong-mac", _("Vướng mắc trong thực tế"), _("Không ghi tên người gửi ý kiến."), "text", summary),
        Ask("de-xuat", _("Đề xuất sửa thế nào"), "", "text"),
        Ask("nguoi-ky", _("Người ký"), "", "select", "", signers),
    )


def other_offices(answer: Answer) -> tuple[Option, ...]:
    """The offices of the agency that may answer, the lead left out."""
    rows = open_offices(answer.agency).filter(kind__in=ANSWERING).exclude(pk=answer.lead_id)
    return tuple(Option(row.code, row.name) for row in rows)


def did(verb: str) -> str:
    """What was done, in words, for the page that an act leads back to."""
    words = {
        "answer.draft": _("Đã lưu."),
        "answer.submit": _("Đã trình."),
        "answer.approve": _("Đã duyệt."),
        "answer.return": _("Đã trả lại, kèm lý do."),
        "answer.choose_form": _("Đã đổi hình thức trả lời."),
        "answer.letter": _("Đã soạn văn bản trả lời."),
        "answer.extend": _("Đã gia hạn. Soạn văn bản báo cho người gửi ở mục bên cạnh."),
        "answer.extension_letter": _("Đã soạn văn bản báo gia hạn; mở văn bản để trình duyệt."),
        "answer.take_over": _("Đã nhận. Đơn vị nay chủ trì trả lời."),
        "answer.hand_back": _("Đã trả lại đơn vị đề nghị, kèm lý do."),
        "answer.offer": _("Đã đề nghị. Đơn vị vẫn chủ trì cho đến khi bên kia nhận."),
        "answer.support": _("Đã cử đơn vị phối hợp và báo cho từng đơn vị."),
        "answer.remark": _("Đã gửi góp ý cho đơn vị chủ trì."),
        "answer.ask": _("Đã ghi. Hạn trả lời vẫn giữ nguyên."),
        "answer.hear_back": _("Đã ghi; viết trả lời được rồi."),
        "answer.take_wording": _("Đã lấy lời văn trong tệp làm bản mới; bản trước vẫn còn."),
        "wording.save": _("Đã lưu mẫu của đơn vị."),
        "wording.retire": _("Mẫu này thôi dùng."),
        "proposal.draft": _("Đã soạn kiến nghị; mở văn bản để trình duyệt."),
    }
    return words.get(verb, "")
