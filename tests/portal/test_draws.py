"""The draw as anybody reads it, takes it away and runs it again."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from doithoai.kernel.access import ANYONE
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue
from doithoai.portal.queries import draws_of, published_draw
from doithoai.roster import actions as roster
from doithoai.roster.actions.gathering import Grounds, Table, by_share, counted, gather, table_for, values_of
from doithoai.roster.models import Draw
from doithoai.roster.queries import eligible
from doithoai.rules.draw import verify_published
from doithoai.rules.vietnamese import number as whole
from tests.cast import Stage
from tests.portal.scene import cost_of, seen, unchanged, visitor
from tests.roster.scene import DRAW_DAY, EVENT, EVENT_ON, EVENT_VALUE, Scene


@pytest.fixture
def frozen(stage: Stage) -> Scene:
    """The morning's list, frozen and committed to."""
    scene = Scene(stage, *stage.dialogue.sittings.order_by("starts_at"))
    scene.take()
    scene.freeze()
    return scene


@pytest.fixture
def drawn(frozen: Scene) -> Scene:
    """The morning, drawn before the observer of the Front."""
    pool = frozen.morning.pool
    witnesses = f"{frozen.stage.cast.observer.name}; bà Nguyễn Thị Chứng Kiến, tổ 3"
    roster.draw(
        pool, value=EVENT_VALUE, source="Biên bản bốc thẻ", witnesses=witnesses, actor=frozen.lead, now=DRAW_DAY
    )
    return frozen


def home(scene: Scene) -> str:
    return f"/cong-khai/{scene.stage.dialogue.code}/boc-tham/"


def test_before_the_event_only_the_commitment_is_shown(frozen: Scene) -> None:
    page = seen(home(frozen))
    pool = frozen.morning.pool
    assert all(pool.commitment[at : at + 8] in page for at in range(0, 64, 8))
    assert EVENT in page
    assert "Số chưa có." in page
    assert not any(member.code in page for member in pool.members.all())
    assert visitor().get(f"{home(frozen)}2.json").status_code == 404


def test_before_the_event_the_frozen_list_can_be_taken_and_checked(frozen: Scene) -> None:
    """Rules and list are public before the value is; there is no result in the file yet."""
    document = json.loads(visitor().get(f"{home(frozen)}1.json").content)
    assert document["commitment"] == frozen.morning.pool.commitment
    assert len(document["pool"]) == frozen.morning.pool.members.count()
    assert "result" not in document
    assert [found.what for found in verify_published(document, document["commitment"])] == ["Kết quả"]


def test_drawn_it_shows_value_source_and_codes(drawn: Scene) -> None:
    page = seen(home(drawn))
    document = Draw.objects.get().published
    assert EVENT_VALUE in page
    assert "Biên bản bốc thẻ" in page
    for codes in document["result"]["chosen"].values():
        assert all(f"<li>{code}</li>" in page for code in codes)
    assert document["seed"][:8] in page


def test_witnesses_are_named_only_when_they_are_officials(drawn: Scene) -> None:
    page = seen(home(drawn))
    assert drawn.stage.cast.observer.name in page
    assert "Chứng Kiến" not in page
    assert "đã che tên" in page or '<span class="masked">đã che tên</span>' in page


def test_nobody_is_named(drawn: Scene) -> None:
    page, document = seen(home(drawn)), published_draw(drawn.stage.dialogue.code, 1)
    assert document is not None
    names = list(Person.objects.values_list("name", flat=True))
    assert len(names) > 50
    assert [name for name in names if name in page or name in document.decode()] == []


def test_the_file_is_the_draw_and_can_be_run_again(drawn: Scene, tmp_path: Path) -> None:
    response = visitor().get(f"{home(drawn)}1.json")
    assert response.headers["Content-Type"] == "application/json"
    assert "attachment" in response.headers["Content-Disposition"]
    assert json.loads(response.content) == Draw.objects.get().published
    assert verify_published(response.content, drawn.morning.pool.commitment) == []
    (tmp_path / "draw.json").write_bytes(response.content)
    (tmp_path / "check.py").write_bytes(visitor().get("/cong-khai/kiem-tra-boc-tham.py").content)
    done = subprocess.run(
        [sys.executable, "check.py", "draw.json", drawn.morning.pool.commitment], cwd=tmp_path, capture_output=True, check=False
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.decode().startswith("Khớp hoàn toàn.")


def test_the_page_names_the_very_file(drawn: Scene) -> None:
    shown = draws_of(ANYONE, drawn.stage.dialogue.code)
    assert shown is not None
    (draw,) = shown.draws
    content = visitor().get(f"{home(drawn)}1.json").content
    assert (draw.digest, draw.size) == (sha256(content).hexdigest(), len(content))
    page = seen(home(drawn))
    assert f'href="{home(drawn)}1.json"' in page
    name = f"{drawn.stage.dialogue.code}-boc-tham-1.json"
    assert f"<code>python draw_verifier.py {name} {draw.commitment}</code>" in page
    assert name in visitor().get(f"{home(drawn)}1.json").headers["Content-Disposition"]


def test_the_wards_add_up(drawn: Scene) -> None:
    shown = draws_of(ANYONE, drawn.stage.dialogue.code)
    assert shown is not None
    (draw,) = shown.draws
    assert sum(ward.eligible for ward in draw.wards) == draw.eligible
    assert sum(len(ward.chosen) for ward in draw.wards) == draw.seats == 15
    assert all(len(ward.chosen) == ward.places for ward in draw.wards)


def test_a_dialogue_without_a_list_says_what_will_come(stage: Stage) -> None:
    page = seen(f"/cong-khai/{stage.dialogue.code}/boc-tham/")
    assert "Chưa chốt danh sách nào." in page
    assert "boc-tham" not in seen(f"/cong-khai/{stage.dialogue.code}/")


def test_what_is_not_public_has_no_draw_either(drawn: Scene) -> None:
    Dialogue.objects.filter(pk=drawn.stage.dialogue.pk).update(state="draft")
    for path in (home(drawn), f"{home(drawn)}1.json", "/cong-khai/KHONG-CO/boc-tham/"):
        assert visitor().get(path).status_code == 404


def test_looking_writes_nothing_and_costs_the_same_for_every_list(drawn: Scene) -> None:
    with unchanged():
        alone = cost_of(home(drawn))
        visitor().get(f"{home(drawn)}1.json")
    drawn.freeze(drawn.afternoon)
    assert cost_of(home(drawn)) == alone <= 4


def by_table(scene: Scene) -> Table:
    """A table for the quotas of ward, sex and age of the morning."""
    gathered = gather(scene.morning, Grounds())
    values = [values_of(one.person, scene.morning) for one in gathered.people]
    numbers = counted(scene.morning, gathered.wards, values)
    bounds = {name: by_share(of, 15) for name, of in numbers.items()}
    return table_for(scene.morning, gathered.people, bounds, 15, Grounds())


def test_several_quotas_are_public_with_their_table_before_the_event(stage: Stage) -> None:
    scene = Scene(stage, *stage.dialogue.sittings.order_by("starts_at"))
    scene.take()
    pool = roster.freeze_pool(
        scene.morning, event_name=EVENT, event_on=EVENT_ON, table=by_table(scene), actor=scene.lead, now=scene.now
    )
    page = seen(home(scene))
    assert "Các hạn ngạch và bảng vé" in page
    assert "1.000.000 vé" in page
    assert "Giới tính" in page
    scene.draw(pool)
    page, document = seen(home(scene)), published_draw(scene.stage.dialogue.code, 1)
    assert document is not None
    assert verify_published(document, pool.commitment) == []
    told = json.loads(document)["result"]
    assert f"trúng vé số {whole(told['ticket'])}, thuộc phương án {told['panel']}." in page
    assert all(f"<li>{code}</li>" in page for codes in told["chosen"].values() for code in codes)
    names = list(Person.objects.values_list("name", flat=True))
    assert [name for name in names if name in page or name in document.decode()] == []


def test_who_was_chosen_by_hand_is_counted_beside_the_draw(stage: Stage) -> None:
    """Choosing by hand is lawful, and is never passed off as drawn."""
    scene = Scene(stage, *stage.dialogue.sittings.order_by("starts_at"))
    scene.take()
    assert "được chọn mời" not in seen(home(scene))
    person = eligible(scene.morning)[0].person
    roster.choose_by_hand(scene.morning, person, reason="Đại diện tổ 3", actor=scene.lead, now=scene.now)
    scene.freeze()
    page = seen(home(scene))
    assert "Ngoài bốc thăm có 1 người được chọn mời" in page
    assert "mời 14 người" in page
    assert person.name not in page
    assert "Đại diện tổ 3" not in page
