"""Every act of the product has its sentence, and no sentence leaves a hole or tells a secret."""

import importlib
import importlib.util
import re

import pytest
from django.conf import settings

from doithoai.journal.queries import Line
from doithoai.kernel.verbs import REGISTRY
from doithoai.oversight.queries.sentences import SENTENCES, sentence, told, when, who

ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture
def acts() -> set[str]:
    """Every act that the rooms register."""
    for room in settings.ROOMS:
        name = f"doithoai.{room}.actions"
        if importlib.util.find_spec(name):
            importlib.import_module(name)
    return {name for name, verb in REGISTRY.items() if verb.act.__module__.startswith("doithoai.")}


def test_the_table_knows_exactly_the_acts(acts: set[str]) -> None:
    assert set(SENTENCES) == acts


@pytest.mark.parametrize("verb", sorted(SENTENCES))
def test_a_sentence_starts_like_one_and_does_not_shout(verb: str) -> None:
    shown = sentence(verb, {}, {})
    assert shown[:1].isupper() or shown.startswith("…")
    assert not re.search(r"[!%]|\(s\)", shown)
    assert shown != verb


def test_codes_become_what_people_call_them() -> None:
    facts = {"document": "DH-VB01", "office": "DV01"}
    assert sentence("document.approve", facts, {"DH-VB01": "“Kế hoạch”"}) == "Duyệt “Kế hoạch”"
    assert sentence("document.approve", facts, {}) == "Duyệt DH-VB01"


def test_a_day_is_shown_in_figures() -> None:
    facts = {"office": "Phòng X", "due": "2022-01-14"}
    assert sentence("commitment.make", facts, {}) == "Giao Phòng X, hẹn trả lời đến 14/01/2022"


def test_a_missing_fact_leaves_no_hole() -> None:
    assert sentence("document.issue", {}, {}) == "Ban hành văn bản số …"


def test_a_hidden_opinion_stays_hidden() -> None:
    assert sentence("opinion.receive", {"hidden": 1}, {}) == "Nhận ý kiến được bảo mật"


def test_an_unknown_act_keeps_its_name() -> None:
    assert sentence("weather.change", {"x": 1}, {}) == "weather.change"


def test_a_percent_sign_in_a_fact_is_only_a_sign() -> None:
    assert sentence("document.approve", {"document": "100%(x)s"}, {}) == "Duyệt 100%(x)s"


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("staff:DH-CB02", "Trần Thị Hoa"),
        ("staff:DH-CB99", "DH-CB99"),
        ("system:document.issue", "hệ thống"),
        ("public", "người dân"),
        ("link:DH-2021-01-B1-GM01", "người giữ đường dẫn riêng"),
        ("", ""),
    ],
)
def test_who(ref: str, name: str) -> None:
    assert who(ref, {"DH-CB02": "Trần Thị Hoa"}) == name


def test_when_is_told_on_the_clock_of_the_agency() -> None:
    line = Line("DH", 7, "document.sign", "staff:x", "2021-12-14T17:30:00+00:00", {"document": "A"})
    assert when(line, ZONE) == "15/12/2021 00:30"


def test_an_anonymous_act_has_a_day_and_nobody() -> None:
    line = Line("DH", 8, "survey.respond", "", "2021-12-22", {"responses": 1})
    shown = told(line, {}, {}, ZONE)
    assert (shown.number, shown.words, shown.who, shown.when) == (8, "Nhận một phiếu khảo sát", "", "22/12/2021")
