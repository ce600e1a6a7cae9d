"""Profiles: the two that are shipped, the agency's choices, and refusals that name file and key."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import doithoai.directory
from doithoai.rules.deadlines import Term, compare, compute
from doithoai.rules.profiles import Profile, ProfileError, parse_profile
from doithoai.rules.workdays import parse_calendar

REFERENCE = Path(doithoai.directory.__file__).parent / "reference"
VIETNAM = parse_calendar((REFERENCE / "calendar-vn.toml").read_text(encoding="utf-8"), "calendar-vn.toml")


def shipped(key: str) -> Profile:
    path = REFERENCE / "profiles" / f"{key}.toml"
    return parse_profile(path.read_text(encoding="utf-8"), path.name)


SEED = shipped("dong-hoa-2021")
COMMUNE = shipped("cap-xa-2026")
BOTH = pytest.mark.parametrize("profile", [SEED, COMMUNE], ids=lambda profile: profile.key)
HELD = date(2021, 12, 22)


def by_slug(terms: tuple[Term, ...]) -> dict[str, Term]:
    return {term.slug: term for term in terms}


class TestSeed:
    """The founding plan's own rules."""

    def test_who_it_is(self) -> None:
        assert (SEED.key, SEED.level, SEED.version) == ("dong-hoa-2021", "district", 1)
        assert "17/KH-UBND ngày 26/01/2021" in SEED.basis[0]

    @pytest.mark.parametrize(
        ("slug", "due_on", "binding"),
        [
            ("submission_calendar", date(2021, 12, 17), True),
            ("submission_clear", date(2021, 12, 16), False),
            ("submission_working", date(2021, 12, 15), False),
            ("result_notice", date(2021, 12, 31), True),
            ("result_notice_art_43", date(2022, 1, 1), False),
            ("invitations", date(2021, 12, 15), False),
            ("announcement", date(2021, 12, 15), False),
        ],
    )
    def test_dates_for_22_december_2021(self, slug: str, due_on: date, binding: bool) -> None:
        term = SEED.term(slug)
        assert compute(term, HELD, VIETNAM).due_on == due_on
        assert term.binding is binding

    def test_the_words_are_the_plans(self) -> None:
        result = SEED.term("result_notice")
        assert result.words == "Chậm nhất là 07 ngày làm việc sau khi kết thúc hội nghị đối thoại"
        assert (result.law, result.anchor) == ("Mục III.1 Kế hoạch đối thoại", "conference_end")
        assert SEED.term("submission").words == "trình UBND thị xã trước 05 ngày diễn ra đối thoại"

    def test_draft_notice_two_working_days_before_the_notice(self) -> None:
        notice = compute(SEED.term("result_notice"), HELD, VIETNAM)
        draft = SEED.term("result_notice_draft")
        assert draft.anchor == "result_notice"
        assert compute(draft, notice.due_on, VIETNAM).due_on == date(2021, 12, 29)

    def test_later_law_is_marked_as_borrowed(self) -> None:
        for slug in ("publication", "invitations", "result_notice_art_43", "data_request_received"):
            assert not SEED.term(slug).binding
        assert "Luật sau này" in SEED.term("result_notice_art_43").note

    def test_the_other_law_is_shown_beside_the_same_duty(self) -> None:
        assert [term.slug for term in SEED.readings("result_notice")] == ["result_notice", "result_notice_art_43"]
        assert SEED.term("result_notice").slug == "result_notice"
        with pytest.raises(ProfileError, match="không có cách hiểu khác để chọn"):
            SEED.with_reading("result_notice_art_43")

    def test_who_must_be_asked_where(self) -> None:
        central = [invitee.slug for invitee in SEED.invitees if invitee.venue == "central"]
        local = [invitee.slug for invitee in SEED.invitees if invitee.venue == "local"]
        assert central == ["leadership", "front", "finance", "urban", "secretariat", "one_stop"]
        assert local == ["ward_head", "ward_front", "ward_officials", "citizens"]
        assert [invitee.slug for invitee in SEED.invitees if invitee.role == "chair"] == [
            "leadership",
            "ward_head",
        ]

    def test_parts_of_the_plan(self) -> None:
        required = {part.slug for part in SEED.plan_parts if part.required}
        assert {"parent", "purpose", "venues", "time", "change", "turns", "submission", "result"} <= required
        assert [part.slug for part in SEED.plan_parts if not part.required] == ["health"]


class TestCommune:
    """A commune after 1 July 2026."""

    def test_who_it_is(self) -> None:
        assert (COMMUNE.key, COMMUNE.level) == ("cap-xa-2026", "commune")

    def test_article_43_terms(self) -> None:
        announcement, result = COMMUNE.term("announcement"), COMMUNE.term("result_notice")
        assert (announcement.count, announcement.unit, announcement.side) == (7, "day", "before")
        assert (result.count, result.unit, result.side) == (10, "day", "after")
        assert announcement.binding
        assert result.binding

    def test_a_no_to_article_43_leaves_its_terms_for_comparison(self) -> None:
        terms = by_slug(COMMUNE.terms_for({"article_43": False}))
        assert not terms["announcement"].binding
        assert not terms["result_notice"].binding
        assert terms["publication"].binding
        assert set(terms) == set(by_slug(COMMUNE.terms))

    def test_unanswered_counts_as_yes(self) -> None:
        assert COMMUNE.terms_for({}) == COMMUNE.terms == COMMUNE.terms_for({"article_43": True})

    def test_over_tet_the_statutory_ten_days_are_the_earlier(self) -> None:
        held = date(2026, 2, 11)
        working = compute(COMMUNE.term("result_notice_7_working"), held, VIETNAM)
        statutory = compute(COMMUNE.term("result_notice"), held, VIETNAM)
        assert (statutory.due_on, statutory.plan_for) == (date(2026, 2, 21), date(2026, 2, 13))
        (sentence,) = compare(working, [statutory])
        assert "Khoản 3 Điều 43" in sentence
        assert sentence.endswith("quy định này cũng bắt buộc.")

    def test_chairs_and_organisers(self) -> None:
        roles = {invitee.slug: invitee.role for invitee in COMMUNE.invitees}
        assert (roles["leadership"], roles["council"], roles["front"]) == ("chair", "co_chair", "organiser")


@BOTH
class TestEveryProfile:
    """What both profiles must hold."""

    def test_every_rule_quotes_words_and_law(self, profile: Profile) -> None:
        groups = (
            profile.terms,
            profile.gates,
            profile.questions,
            profile.separations,
            profile.plan_parts,
            profile.owned_duties,
            profile.invitees,
            (profile.overhead, profile.reply, profile.survey),
        )
        for rule in (rule for group in groups for rule in group):
            assert rule.words, rule.slug
            assert rule.law, rule.slug

    def test_what_does_not_bind_says_why(self, profile: Profile) -> None:
        silent = [term.slug for term in profile.terms if not term.binding and not term.note]
        assert silent == []

    def test_gates_warn_in_three_steps(self, profile: Profile) -> None:
        assert [(gate.slug, gate.count, gate.unit) for gate in profile.gates] == [
            ("participants_notified", 5, "working_day"),
            ("connection_tested", 1, "working_day"),
            ("all_connected", 1, "hour"),
        ]
        assert all("Điều 23 Nghị định 154/2026" in gate.law for gate in profile.gates)

    def test_gates_of_days_are_terms_that_do_not_bind(self, profile: Profile) -> None:
        notified, tested, connected = (gate.term for gate in profile.gates)
        assert notified is not None
        assert tested is not None
        assert connected is None
        assert compute(notified, HELD, VIETNAM).due_on == date(2021, 12, 15)
        assert compute(tested, HELD, VIETNAM).due_on == date(2021, 12, 21)
        assert not notified.binding

    def test_gates_of_hours_are_instants(self, profile: Profile) -> None:
        start = datetime(2021, 12, 22, 0, 30, tzinfo=UTC)
        assert [gate.ready_by(start) for gate in profile.gates] == [
            None,
            None,
            datetime(2021, 12, 21, 23, 30, tzinfo=UTC),
        ]

    def test_turns_with_overhead(self, profile: Profile) -> None:
        assert profile.overhead.minutes == 30
        assert profile.turn_minutes(240, 15) == 14
        assert profile.turn_minutes(210, 15) == 12
        assert profile.turn_minutes(20, 15) == 0

    def test_duties_that_the_plan_gives_to_nobody(self, profile: Profile) -> None:
        assert [duty.slug for duty in profile.owned_duties] == [
            "minutes",
            "survey",
            "publication",
            "replies",
            "merge",
        ]

    def test_drafter_does_not_approve(self, profile: Profile) -> None:
        flags = {(rule.first, rule.second): rule.default for rule in profile.separations}
        assert flags[("draft", "approve")] is True
        assert flags[("sign", "number")] is False

    def test_transfers(self, profile: Profile) -> None:
        transfer, told = profile.term("transfer"), profile.term("handling_told")
        assert (transfer.count, transfer.unit, transfer.anchor) == (5, "working_day", "receipt")
        assert (told.count, told.unit, told.anchor) == (10, "working_day", "receipt")
        assert "Nghị định 20/2008" in transfer.law
        assert "Điều 28 Luật Tiếp công dân" in told.law

    def test_survey_form(self, profile: Profile) -> None:
        assert profile.survey.points == 5
        assert profile.survey.levels == ("Rất hài lòng", "Hài lòng", "Chưa hài lòng")
        assert [slug for slug, _ in profile.survey.elements] == [
            "access",
            "procedure",
            "officials",
            "result",
            "feedback",
        ]


@BOTH
class TestReadings:
    """The three readings of "trước 05 ngày" and the agency's choice."""

    def test_three_readings_of_one_duty(self, profile: Profile) -> None:
        dates = [compute(term, HELD, VIETNAM).due_on.day for term in profile.readings("submission")]
        assert dates == [17, 16, 15]
        assert {term.duty for term in profile.readings("submission")} == {"submission"}

    def test_default_is_calendar_days(self, profile: Profile) -> None:
        assert profile.term("submission").slug == "submission_calendar"

    def test_choosing_another(self, profile: Profile) -> None:
        chosen = profile.with_reading("submission_working")
        assert chosen.term("submission").slug == "submission_working"
        assert [(term.slug, term.binding) for term in chosen.readings("submission")] == [
            ("submission_calendar", False),
            ("submission_clear", False),
            ("submission_working", True),
        ]
        assert chosen.term("result_notice") == profile.term("result_notice")
        assert profile.term("submission").slug == "submission_calendar"

    def test_choosing_back_and_forth_changes_nothing(self, profile: Profile) -> None:
        assert profile.with_reading("submission_clear").with_reading("submission_calendar") == profile

    @pytest.mark.parametrize("slug", ["result_notice", "submission"])
    def test_only_a_reading_can_be_chosen(self, profile: Profile, slug: str) -> None:
        with pytest.raises(ProfileError, match="không có cách hiểu khác để chọn"):
            profile.with_reading(slug)

    def test_unknown_names(self, profile: Profile) -> None:
        with pytest.raises(ProfileError, match=rf"Bộ quy định {profile.key} không có thời hạn 'nghi'"):
            profile.term("nghi")


MINIMAL = """
key = "mau"
name = "Mẫu"
level = "commune"
version = 1
basis = ["Luật"]
[overhead]
slug = "o"
minutes = 0
words = "w"
law = "l"
[reply]
slug = "r"
working_days = 3
remind_before = 1
from_hour = 8
until_hour = 20
late_hour = 10
words = "w"
law = "l"
[survey]
slug = "s"
points = 5
words = "w"
law = "l"
levels = ["tốt", "kém"]
elements = [{ slug = "a", words = "A" }]
[[question]]
slug = "hoi"
default = false
words = "w"
law = "l"
[[term]]
slug = "chat"
reading_of = "trinh"
chosen = true
count = 5
unit = "day"
side = "before"
anchor = "dialogue"
binding = true
clear = true
condition = "hoi"
words = "w"
law = "l"
[[term]]
slug = "khac"
reading_of = "trinh"
count = 5
unit = "working_day"
side = "before"
anchor = "dialogue"
binding = true
words = "w"
law = "l"
[[gate]]
slug = "g"
count = 1
unit = "hour"
words = "w"
law = "l"
[[separation]]
slug = "t"
first = "a"
second = "b"
default = true
words = "w"
law = "l"
[[plan_part]]
slug = "p"
required = true
words = "w"
law = "l"
[[owned_duty]]
slug = "d"
words = "w"
law = "l"
[[invitee]]
slug = "i"
venue = "all"
role = "invited"
words = "w"
law = "l"
"""


class TestReading:
    """Mistakes in a profile file are named by file and key."""

    def test_the_sample_reads(self) -> None:
        profile = parse_profile(MINIMAL, "mau.toml")
        assert profile.chosen == ("chat",)
        assert [term.binding for term in profile.terms] == [True, False]

    def test_a_default_no_makes_the_term_a_comparison(self) -> None:
        profile = parse_profile(MINIMAL, "mau.toml")
        assert not profile.terms_for({})[0].binding
        assert profile.terms_for({"hoi": True})[0].binding

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ('key = "mau"', "", "mau.toml: mục key: thiếu khóa này, cần một chuỗi chữ."),
            ("version = 1", "version = 1\nversoin = 1", "mau.toml: mục versoin: không có khóa này."),
            (
                'level = "commune"',
                'level = "xa"',
                "mau.toml: mục level: cần một trong province, district, commune",
            ),
            ("count = 5", "count = 0", "mau.toml: mục term[1].count: cần một số nguyên từ 1 trở lên"),
            ('unit = "day"', 'unit = "ngày"', "mau.toml: mục term[1].unit: cần một trong day, working_day"),
            ('anchor = "dialogue"', 'anchor = "x"', "mau.toml: mục term[1].anchor: cần một trong dialogue"),
            ('side = "before"', 'side = "after"', "mau.toml: mục term[1].clear: Thời hạn chat: số ngày trọn"),
            (
                'condition = "hoi"',
                'condition = "x"',
                "mau.toml: mục term[1].condition: không có câu hỏi 'x'.",
            ),
            (
                "chosen = true",
                "",
                "mau.toml: mục term: cần đúng một cách hiểu được chọn (chosen = true)",
            ),
            ('slug = "khac"', 'slug = "khac"\nchosen = true', "mau.toml: mục term: cần đúng một cách hiểu"),
            ('slug = "khac"', 'slug = "trinh"', "mau.toml: mục term: 'trinh' vừa là slug vừa là reading_of"),
            ('slug = "khac"', 'slug = "khac"\nbeside = "x"', "mau.toml: mục term: beside nêu 'x' nhưng không có"),
            ('slug = "khac"', 'slug = "chat"', "mau.toml: mục term: cần đúng một cách hiểu"),
            ('unit = "hour"', 'unit = "day"', "mau.toml: mục gate[1].unit: cần một trong working_day, hour"),
            (
                'venue = "all"',
                'venue = "hall"',
                "mau.toml: mục invitee[1].venue: cần một trong central, local",
            ),
            ("minutes = 0", "minutes = -1", "mau.toml: mục overhead.minutes: cần một số nguyên từ 0 trở lên"),
            (
                "working_days = 3",
                "working_days = 0",
                "mau.toml: mục reply.working_days: cần một số nguyên từ 1 trở lên",
            ),
            (
                "late_hour = 10",
                "late_hour = 8",
                "mau.toml: mục reply.late_hour: cần from_hour < late_hour <= until_hour",
            ),
            (
                "until_hour = 20",
                "until_hour = 25",
                "mau.toml: mục reply.late_hour: cần from_hour < late_hour <= until_hour",
            ),
            (
                'levels = ["tốt", "kém"]',
                "levels = []",
                "mau.toml: mục survey.levels: cần một danh sách",
            ),
            (
                'words = "A" }',
                'words = "A", x = 1 }',
                "mau.toml: mục survey.elements[1].x: không có khóa này.",
            ),
        ],
    )
    def test_a_mistake_is_named(self, old: str, new: str, sentence: str) -> None:
        assert old in MINIMAL
        with pytest.raises(ProfileError) as refusal:
            parse_profile(MINIMAL.replace(old, new, 1), "mau.toml")
        assert str(refusal.value).startswith(sentence)

    def test_a_slug_used_twice(self) -> None:
        doubled = MINIMAL + '[[owned_duty]]\nslug = "d"\nwords = "w"\nlaw = "l"\n'
        with pytest.raises(ProfileError, match=r"^mau\.toml: mục owned_duty: slug 'd' dùng hai lần\.$"):
            parse_profile(doubled, "mau.toml")

    def test_chosen_without_a_reading(self) -> None:
        stray = MINIMAL + (
            '[[term]]\nslug = "le"\nchosen = true\ncount = 1\nunit = "day"\nside = "after"\n'
            'anchor = "issue"\nbinding = true\nwords = "w"\nlaw = "l"\n'
        )
        with pytest.raises(ProfileError, match="'le' ghi chosen nhưng không thuộc reading_of nào"):
            parse_profile(stray, "mau.toml")

    def test_not_toml(self) -> None:
        with pytest.raises(ProfileError, match=r"^mau\.toml: không đọc được tệp TOML"):
            parse_profile("key = ", "mau.toml")
