"""Where the venues are, and the online room: filled in late, each by whoever knows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.kernel import clock
from doithoai.planning.actions import placing
from doithoai.planning.models import Dialogue, Venue
from doithoai.planning.permissions import may_link, may_locate, may_see_link
from doithoai.planning.views.visible import dialogue_of
from doithoai.web.doors import actor_of, done, staff_only


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def addresses(request: HttpRequest, code: str) -> HttpResponse:
    """Addresses for everybody of the staff; the room's address only for venues, technicians and the Office."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _write(request, dialogue)
    actor = actor_of(request)
    rows = list(Venue.objects.filter(dialogue=dialogue).select_related("office", "dialogue"))
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "rows": [(row, bool(may_locate(actor, row))) for row in rows],
        "may_link": may_link(actor, dialogue),
        "sees_link": may_see_link(actor, dialogue),
        "is_online": dialogue.mode != "in_person",
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/addresses.html", facts)


def _write(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    back = reverse("venue-addresses", args=(dialogue.code,))
    actor, now = actor_of(request), clock.now()
    if request.POST.get("viec") == "duong-dan":
        placing.link(dialogue, request.POST.get("duong-dan", ""), actor=actor, now=now)
        return done(back, "dialogue.link")
    rows = Venue.objects.filter(dialogue=dialogue).select_related("dialogue__agency", "office")
    venue = get_object_or_404(rows, code=request.POST.get("diem-cau", ""))
    placing.locate(venue, request.POST.get("dia-chi", ""), actor=actor, now=now)
    return done(back, "venue.locate")


def _did(verb: str) -> str:
    words = {
        "venue.locate": _("Đã ghi địa chỉ điểm cầu. Giấy mời, thông báo soạn từ lúc này có địa chỉ."),
        "dialogue.link": _("Đã ghi đường dẫn phòng họp."),
    }
    return words.get(verb, "")
