"""What can be done with one opinion, in the order in which it is done, and the one door through which it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doithoai.directory.models import Procedure
from doithoai.intake import actions, permissions
from doithoai.intake.actions.telling import LAW_OF_COMPLAINTS
from doithoai.intake.models import Opinion
from doithoai.intake.papers import guidance_wording
from doithoai.intake.queries import OPEN, Alike, visible_to
from doithoai.intake.views.boxes import Ask, Box, Option
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Role, Verdict
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import sittings_of
from doithoai.web.acts import Look
from doithoai.web.doors import actor_of, agency_id_of, staff_only
from doithoai.web.templatetags.parts import day_month

Post = Mapping[str, str]
Do = Callable[[Opinion, Post, Actor, datetime], object]
May = Callable[[Actor, Opinion], Verdict]
RECEIVED = frozenset({"received"})
OPENED = frozenset(OPEN)
ACCEPTED = frozenset({"accepted"})
HEARD = (Opinion.Door.PHONE, Opinion.Door.PAPER, Opinion.Door.DESK)
MERGED, HANDED_ON, ENDED = frozenset({"merged"}), frozenset({"transferred"}), frozenset({"closed"})


@dataclass(frozen=True, slots=True)
class _Door:
    """One act: what the journal calls it, its button, who may, in which states, and what is done with what was typed."""

    verb: str
    label: str
    states: frozenset[str]
    do: Do
    may: May = permissions.may_sort
    look: Look = ""


def _doors() -> dict[str, _Door]:
    return {
        "tiep-nhan": _Door(
            "opinion.accept", _("Tiếp nhận"), RECEIVED, lambda row, _p, who, now: actions.accept(row, actor=who, now=now)
        ),
        "phan-loai": _Door("opinion.classify", _("Phân loại"), OPENED, _classify),
        "hoan-tac": _Door(
            "opinion.undo_classify", _("Hoàn tác phân loại"), OPENED,
            lambda row, _p, who, now: actions.undo_classify(row, actor=who, now=now),
        ),
        "doc-lai": _Door(
            "opinion.read_back", _("Đã đọc lại cho người trình bày"), OPENED,
            lambda row, _p, who, now: actions.read_back(row, actor=who, now=now), permissions.may_read_back,
        ),
        "tom-tat": _Door(
            "opinion.summarise", _("Ghi tóm tắt"), OPENED,
            lambda row, post, who, now: actions.summarise(row, summary=post.get("tom-tat", ""), actor=who, now=now),
        ),
        "gop": _Door("opinion.merge", _("Gộp vào ý kiến khác"), OPENED, _merge),
        "tach-ra": _Door(
            "opinion.unmerge", _("Tách khỏi ý kiến đã gộp"), MERGED,
            lambda row, post, who, now: actions.unmerge(row, reason=post.get("ly-do", ""), actor=who, now=now),
        ),
        "chia": _Door("opinion.split", _("Chia thành nhiều ý kiến"), OPENED, _split),
        "chuyen": _Door("opinion.transfer", _("Chuyển cơ quan có thẩm quyền"), OPENED, _transfer),
        "ket-qua": _Door(
            "opinion.transfer_result", _("Ghi kết quả cơ quan nhận đã báo"), HANDED_ON,
            lambda row, post, who, now: actions.record_transfer_result(
                row, result=post.get("ket-qua", ""), actor=who, now=now
            ),
        ),
        "nhan-lai": _Door(
            "opinion.take_back", _("Nhận lại, cơ quan kia không giải quyết"), HANDED_ON,
            lambda row, post, who, now: actions.take_back(row, reason=post.get("ly-do", ""), actor=who, now=now),
        ),
        "huong-dan": _Door(
            "opinion.guide", _("Hướng dẫn nơi gửi đơn"), OPENED,
            lambda row, post, who, now: actions.guide(row, wording=post.get("loi", "").strip(), actor=who, now=now),
        ),
        "mo-lai": _Door(
            "opinion.reopen", _("Mở lại"), ENDED,
            lambda row, post, who, now: actions.reopen(row, reason=post.get("ly-do", ""), actor=who, now=now),
            permissions.may_reopen,
        ),
        "dang": _Door(
            "opinion.show", _("Đăng để người dân cùng xác nhận"), ACCEPTED,
            lambda row, _p, who, now: actions.show(row, actor=who, now=now),
        ),
        "thoi-dang": _Door(
            "opinion.hide", _("Thôi đăng"), ACCEPTED, lambda row, _p, who, now: actions.hide(row, actor=who, now=now)
        ),
        "khong-nhan": _Door(
            "opinion.not_take", _("Không tiếp nhận"), RECEIVED,
            lambda row, post, who, now: actions.not_take(row, reason=post.get("ly-do", ""), actor=who, now=now),
            look="risk",
        ),
        "rut": _Door(
            "opinion.withdraw", _("Ghi nhận người gửi rút"), OPENED,
            lambda row, post, who, now: actions.withdraw(row, reason=post.get("ly-do", ""), actor=who, now=now),
            permissions.may_withdraw, "risk",
        ),
    }  # fmt: skip


def _classify(opinion: Opinion, post: Post, actor: Actor, now: datetime) -> None:
    kind, topic = post.get("loai", ""), post.get("chu-de", Opinion.Topic.ON)
    if kind not in Opinion.Kind.values or topic not in Opinion.Topic.values:
        raise NotNow(_("Chưa phân loại được: cần chọn một loại và một chủ đề trong danh sách."))
    chosen = post.get("thu-tuc", "")
    procedure = get_object_or_404(_procedures(opinion), code=chosen) if chosen else None
    place = post.get("buoi", "")
    sitting = get_object_or_404(Sitting, dialogue=opinion.dialogue_id, code=place) if place else None
    actions.classify(
        opinion, kind=kind, topic=topic, procedure=procedure, competent=post.get("co-quan"), sitting=sitting,
        actor=actor, now=now,
    )  # fmt: skip


def _merge(opinion: Opinion, post: Post, actor: Actor, now: datetime) -> None:
    code = post.get("vao", "").strip()
    into = visible_to(actor, opinion.dialogue).filter(code=code).first()
    if into is None:
        raise NotNow(_("Chưa gộp được: không thấy ý kiến mã “%(code)s” trong cuộc đối thoại này.") % {"code": code})
    actions.merge(opinion, into, reason=post.get("ly-do", ""), actor=actor, now=now)


def _split(opinion: Opinion, post: Post, actor: Actor, now: datetime) -> None:
    blocks = post.get("phan", "").replace("\r\n", "\n").split("\n\n")
    actions.split(opinion, blocks, actor=actor, now=now)


def _transfer(opinion: Opinion, post: Post, actor: Actor, now: datetime) -> None:
    signer = next((row for row in signers_of(opinion) if row.code == post.get("nguoi-ky")), None)
    if signer is None:
        raise NotNow(_("Chưa chuyển được: cần chọn người ký phiếu chuyển trong danh sách."))
    actions.transfer(opinion, body=post.get("noi-nhan", ""), signer=signer, actor=actor, now=now)


def signers_of(opinion: Opinion) -> list[Staff]:
    """Who may sign a slip that leaves the agency: its leaders."""
    held = {"holdings__role": Role.LEADER, "holdings__until": None}
    return list(Staff.objects.filter(agency=opinion.agency, is_active=True, **held).distinct().order_by("code"))


def _procedures(opinion: Opinion) -> QuerySet[Procedure]:
    rows = Procedure.objects.filter(sector__agency=opinion.agency).order_by("name")
    return rows.filter(sector=opinion.sitting.sector_id) if opinion.sitting else rows


def boxes_for(opinion: Opinion, actor: Actor, near: list[Alike]) -> list[Box]:
    """Everything that the state of an opinion allows, grey with the reason where it is another's or not yet possible."""
    made: list[Box] = []
    is_filled = False
    for slug, door in _doors().items():
        if opinion.state not in door.states or not _makes_sense(opinion, slug):
            continue
        verdict = door.may(actor, opinion)
        if not verdict and made:
            continue  # one grey button with its reason is enough
        look = door.look
        if verdict and not look and not is_filled and slug in ("tiep-nhan", "huong-dan", "ket-qua"):
            look, is_filled = "main", True
        url = reverse("opinion-act", args=(opinion.code, slug))
        made.append(Box(slug, door.label, url, verdict, _asks(opinion, slug, near), look, _notes().get(slug, "")))
    return made


def _makes_sense(opinion: Opinion, slug: str) -> bool:
    """A complaint or denunciation is guided and nothing else; anything else is never guided."""
    if slug == "hoan-tac":
        return opinion.sortings.filter(undone_at=None).exists()
    if slug == "tach-ra":
        return is_parted_still(opinion)
    if slug == "doc-lai":
        return opinion.received_by_id is not None and opinion.read_back_at is None and opinion.door in HEARD
    if slug in ("dang", "thoi-dang"):
        return (opinion.shown_at is None) == (slug == "dang") and opinion.is_public_confirmed
    by_law = opinion.kind in LAW_OF_COMPLAINTS
    return slug not in ("tiep-nhan", "gop", "chuyen", "khong-nhan") if by_law else slug != "huong-dan"


def is_parted_still(opinion: Opinion) -> bool:
    """Whether a merged opinion can still be parted: their common answer has not been given."""
    return opinion.closed_at is None and (opinion.merged_into is None or opinion.merged_into.state != "closed")


def _notes() -> dict[str, str]:
    return {
        "gop": _("Hai ý kiến được trả lời chung; lời của mỗi người vẫn giữ riêng và vẫn được đếm."),
        "chuyen": _("Soạn Phiếu chuyển; ý kiến rời cơ quan khi phiếu có số, người gửi được báo."),
        "tom-tat": _("Lời gốc không sửa; bản tóm tắt đứng bên cạnh."),
    }


def _asks(opinion: Opinion, slug: str, near: list[Alike]) -> tuple[Ask, ...]:
    reason = Ask("ly-do", _("Lý do"), _("Một câu; đứng trong hồ sơ."), "text")
    asked: dict[str, Callable[[], tuple[Ask, ...]]] = {
        "phan-loai": lambda: _asks_kind(opinion),
        "tom-tat": lambda: (Ask("tom-tat", _("Tóm tắt"), kind="text", value=str(opinion.summary or "")),),
        "gop": lambda: _asks_merge(near),
        "chia": lambda: (
            Ask("phan", _("Các phần"), _("Mỗi phần cách nhau một dòng trống."), "text", str(opinion.words)),
        ),
        "chuyen": lambda: _asks_transfer(opinion),
        "ket-qua": lambda: (Ask("ket-qua", _("Kết quả"), _("Người gửi đọc câu này."), "text"),),
        "huong-dan": lambda: (
            Ask("loi", _("Lời hướng dẫn"), _("Nói hoặc gửi cho đúng người này."), "text", guidance_wording(opinion)),
        ),
    }
    if slug in ("tiep-nhan", "hoan-tac", "doc-lai", "dang", "thoi-dang"):
        return ()
    return asked[slug]() if slug in asked else (reason,)


def _asks_kind(opinion: Opinion) -> tuple[Ask, ...]:
    procedures = [
        Option("", _("Chưa rõ, hoặc việc khác")),
        *(Option(row.code, row.name) for row in _procedures(opinion)),
    ]
    kinds = tuple(Option(value, label) for value, label in Opinion.Kind.choices)
    topics = tuple(Option(value, label) for value, label in Opinion.Topic.choices)
    chosen = opinion.procedure.code if opinion.procedure else ""
    law = _(
        "Khiếu nại, tố cáo không đưa vào đối thoại. Nội dung tố cáo chỉ người nhận và người tiếp công dân đọc được."
    )
    return (
        Ask("loai", _("Loại"), law, "radio", opinion.kind, kinds),
        Ask("chu-de", _("Chủ đề"), "", "radio", opinion.topic, topics),
        _asks_sitting(opinion),
        Ask("thu-tuc", _("Thủ tục"), "", "select", chosen, tuple(procedures), is_needed=False),
        Ask(
            "co-quan", _("Cơ quan, đơn vị có thẩm quyền"), _("Tên đầy đủ; để trống khi chưa rõ."), "line",
            opinion.competent, is_needed=False,
        ),
    )  # fmt: skip


def _asks_sitting(opinion: Opinion) -> Ask:
    """The sittings that an opinion may belong to; that nobody knows can be said only while nobody knows."""
    own, rows = opinion.sitting, sittings_of(opinion.dialogue)
    held = [row for row in rows if row == own or row.state != "cancelled" or opinion.dialogue.is_written]
    options = [Option(row.code, f"{row.sector.name}, {day_month(row.day)}") for row in held]
    if own is None:
        options.insert(0, Option("", _("Chưa rõ buổi nào")))
    hint = _("Chưa chọn buổi thì không buổi nào trình tổng hợp được.") if own is None else ""
    return Ask("buoi", _("Buổi đối thoại"), hint, "select", own.code if own else "", tuple(options), is_needed=False)


def _asks_merge(near: list[Alike]) -> tuple[Ask, ...]:
    value = near[0].opinion.code if near else ""
    hint = _("Mã của ý kiến giữ lại, ví dụ mã gợi ý bên cạnh.") if near else _("Mã của ý kiến giữ lại.")
    return (Ask("vao", _("Gộp vào"), hint, "line", value), Ask("ly-do", _("Lý do"), "", "text", _("Trùng nội dung.")))


def _asks_transfer(opinion: Opinion) -> tuple[Ask, ...]:
    signers = tuple(Option(row.code, f"{row.name}, {row.title}") for row in signers_of(opinion))
    return (
        Ask(
            "noi-nhan", _("Cơ quan có thẩm quyền"), _("Tên đầy đủ, như ghi ở mục Kính gửi."), "line", opinion.competent
        ),
        Ask("nguoi-ky", _("Người ký phiếu chuyển"), "", "select", "", signers),
    )


def opinion_seen_by(actor: Actor, code: str) -> Opinion:
    """An opinion that the actor may read; a wrong code, another agency's and a hidden one look the same (404)."""
    rows = Opinion.objects.filter(dialogue__agency_id=agency_id_of(actor)).select_related("dialogue__agency")
    found = get_object_or_404(rows, code=code)
    return get_object_or_404(visible_to(actor, found.dialogue), pk=found.pk)


@require_POST
@staff_only
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Do one act on an opinion and go back to where it was asked for; a refusal says why and changes nothing."""
    actor = actor_of(request)
    opinion = opinion_seen_by(actor, code)
    door = _doors().get(slug)
    if door is None:
        raise Http404
    door.do(opinion, request.POST.dict(), actor, clock.now())
    return HttpResponseRedirect(_back(request, opinion, actor, door.verb))


def _back(request: HttpRequest, opinion: Opinion, actor: Actor, verb: str) -> str:
    """The board where the button stood there, as it was filtered, and also once the opinion is hidden from whoever
    classified it; otherwise the page of the opinion."""
    told = urlencode({"da": verb, "ma": opinion.code})
    is_seen = visible_to(actor, opinion.dialogue).filter(pk=opinion.pk).exists()
    if request.POST.get("ve") != "bang" and is_seen:
        return f"{reverse('opinion', args=(opinion.code,))}?{told}"
    place = urlencode([pair for pair in parse_qsl(request.POST.get("loc", "")[:600]) if pair[0] in FILTERS])
    address = reverse("opinions", args=(opinion.dialogue.code,))
    return f"{address}?{'&'.join(filter(None, (place, told)))}#{opinion.code}"


FILTERS = ("q", "buoi", "trang-thai", "loai", "co-quan", "trang")


@dataclass(frozen=True, slots=True)
class Did:
    """What was done just now, in words, and where it can be undone."""

    words: str
    undo_url: str = ""
    undo_label: str = ""
    undo_reason: str = ""


def did_on_board(given: Mapping[str, str], actor: Actor, dialogue: Dialogue) -> Did | None:
    """The line at the top of the board after an act: what was done to which opinion, and its undoing while that is lawful."""
    words, code = did(given.get("da", "")), given.get("ma", "")[:28]
    if not words:
        return None
    row = visible_to(actor, dialogue).filter(code=code).first()
    if row is None:
        hidden = _("Nay chỉ người nhận và người tiếp công dân đọc được; phân loại nhầm thì báo người tiếp công dân.")
        return Did(f"{words} {hidden}")
    told = f"{words} {row.code}: {row.get_kind_display()}."
    undone = {"opinion.classify": "hoan-tac", "opinion.merge": "tach-ra"}.get(given.get("da", ""), "")
    door = _doors().get(undone)
    if door is None or row.state not in door.states or not _makes_sense(row, undone) or not door.may(actor, row):
        return Did(told)
    return Did(told, reverse("opinion-act", args=(row.code, undone)), _("Hoàn tác"), _("Gộp nhầm, hoàn tác ngay."))


def did(verb: str) -> str:
    """What was done, in words, for the page one comes back to."""
    words = {door.verb: door.label for door in _doors().values()}
    return _("Xong: %(act)s.") % {"act": words[verb]} if verb in words else ""
