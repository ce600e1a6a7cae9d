"""What everybody is told: the announcement, the loudspeaker, materials to read, the opening report, the evidence."""

from hashlib import sha256
from pathlib import Path

from django.urls import reverse

from doithoai.directory.models import Procedure
from doithoai.documents.papers import working
from doithoai.documents.rendering import render_pdf
from doithoai.kernel import clock, plugs
from doithoai.ops.rehearse.world import World
from doithoai.oversight.papers import bundle
from doithoai.oversight.queries import evidence_of
from doithoai.planning.actions import informing, preparing
from doithoai.planning.actions.carrying_out import Attachment
from doithoai.planning.models import Dialogue, Sitting
from doithoai.rules.paper import Item, Paper, para, runs

EVIDENCE = "minh-chung.zip"


def announce(world: World) -> None:
    """The public announcement goes out in time and onto the public page; the loudspeaker gets its own text."""
    world.at(world.day(-17), 8)
    announcement = preparing.draft_announcement(world.dialogue, actor=world.hoa, now=world.tick(minutes=20))
    world.publish(world.send(announcement))
    spoken = preparing.draft_broadcast(world.dialogue, actor=world.hoa, now=world.tick(minutes=10))
    world.print_working([spoken])


def give_materials(world: World) -> None:
    """The lead office of each sitting lets the people read which procedures it is about."""
    for sitting in world.sittings:
        data = render_pdf(_material(sitting), created_at=clock.now())
        file = Attachment(f"thu-tuc-{sitting.ordinal}.pdf", "pdf", plugs.files().put(data), len(data))
        informing.publish(
            world.dialogue,
            file,
            title=f"Thủ tục hành chính lĩnh vực {sitting.sector.name}: đọc trước khi đối thoại",
            sitting=sitting,
            actor=world.cast.officer(sitting.lead),
            now=world.tick(minutes=20),
        )


def _material(sitting: Sitting) -> Paper:
    names = Procedure.objects.filter(sector=sitting.sector).order_by("code").values_list("name", flat=True)
    listed = [Item(runs(f"{name}."), f"{at}.") for at, name in enumerate(names, start=1)]
    return working(
        sitting.agency,
        "list",
        title="TÀI LIỆU ĐỌC TRƯỚC",
        subject=f"Thủ tục hành chính lĩnh vực {sitting.sector.name}",
        blocks=[
            para(f"Ông (bà) đã làm một trong các thủ tục sau đây, {sitting.lead.name} mong nghe những chỗ còn vướng:"),
            *listed,
            para("Khi phát biểu, ông (bà) nêu tên thủ tục, mã hồ sơ trên giấy hẹn và việc đang vướng."),
        ],
    )


def report_opening(world: World) -> None:
    """What the lead office of each sitting reads out first, with the figures as they then are."""
    world.at(world.day(-1), 13)
    for sitting in world.sittings:
        signer, officer = world.head_staff(sitting.lead), world.cast.officer(sitting.lead)
        report = preparing.draft_opening_report(sitting, signer=signer, actor=officer, now=world.tick(minutes=5))
        world.send(report)


def leave_evidence(dialogue: Dialogue, out: Path) -> dict[str, object]:
    """Write the bundle that a scorer of administrative reform gets, and say what it is and what it lacks."""
    found = evidence_of(dialogue)
    data = bundle(found, address=plugs.link(reverse("public-dialogue", args=(dialogue.code,))), now=clock.now())
    (out / EVIDENCE).write_bytes(data)
    return {"file": EVIDENCE, "sha256": sha256(data).hexdigest(), "missing": list(found.missing)}
