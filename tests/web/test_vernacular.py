"""What stays Vietnamese on an English page says so; nothing else about the page changes."""

import re
from html import unescape
from importlib import resources

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from doithoai.kernel.words import LETTERS
from doithoai.sample.people import ATTACK_NAME
from doithoai.web.retold import retold_if_sure
from doithoai.web.vernacular import stretches, with_languages
from tests.web.visitors import ESCAPED_ATTACK

SPEECH = ("speech-chung.toml", "speech-ho-kinh-doanh.toml", "speech-xay-dung.toml")
TAGS = re.compile(r"<[^>]*>")


def marked(html: str) -> str:
    with override("en"):
        return with_languages(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<td>UBND phường Hòa Vinh</td>", '<td><bdi lang="vi">UBND phường Hòa Vinh</bdi></td>'),
        (
            "<p>Assign Phòng Kinh tế to answer.</p>",
            '<p><bdi>Assign <bdi lang="vi">Phòng Kinh tế</bdi> to answer.</bdi></p>',
        ),
        ("<p> Mr Lê Văn An </p>", '<p> <bdi>Mr <bdi lang="vi">Lê Văn An</bdi></bdi> </p>'),
        ("<p>Nothing here.</p>", "<p>Nothing here.</p>"),
        ("<option>Hòa Vinh</option>", '<option lang="vi">Hòa Vinh</option>'),
        ("<title>Đối Thoại</title>", '<title lang="vi">Đối Thoại</title>'),
        (
            '<div lang="vi"><p>Kính gửi</p></div><b>Ý</b>',
            '<div lang="vi"><p>Kính gửi</p></div><b><bdi lang="vi">Ý</bdi></b>',
        ),
        ("<script>const a = 'ý'</script>", "<script>const a = 'ý'</script>"),
        ("<svg><text>Hòa Vinh</text></svg>", '<svg><text lang="vi">Hòa Vinh</text></svg>'),
    ],
)
def test_each_kind_of_place(html: str, expected: str) -> None:
    assert marked(html) == expected


def test_a_sentence_of_a_rule_is_said_in_english() -> None:
    assert marked("<p>Đồng hồ của lượt này đang chạy.</p>") == "<p>The clock of this turn is running.</p>"


def test_what_is_typed_is_never_said_again_for_it_is_sent_back() -> None:
    typed = "<textarea name=loi>Đồng hồ của lượt này đang chạy.</textarea>"
    assert "Đồng hồ của lượt này đang chạy.</textarea>" in marked(typed)


def test_long_words_are_not_searched_for_sentences() -> None:
    words = "Đồng hồ của lượt này đang chạy. " * 40
    assert marked(f"<p>{words.strip()}</p>").count("đang chạy.") == 40


def test_a_hostile_name_stays_text() -> None:
    assert ESCAPED_ATTACK in marked(f"<b>{ESCAPED_ATTACK} Bà Sáu</b>")
    assert "<img" not in marked(f"<b>{ESCAPED_ATTACK} Bà Sáu</b>")
    assert ATTACK_NAME.startswith("<img")


@given(st.text(alphabet="abc ăđệ ÂZ.,“”:;–123", max_size=60))
def test_the_text_is_the_same(text: str) -> None:
    assert "".join(piece for piece, _ours in stretches(text)) == text
    shown = marked(f"<p>{text}</p>")
    assert unescape(TAGS.sub("", shown)) == text
    unmarked = re.sub(r'<bdi lang="vi">.*?</bdi>', "", shown)
    assert not LETTERS.search(unmarked)


def test_what_people_say_is_never_said_otherwise() -> None:
    sample = resources.files("doithoai.sample") / "data"
    texts = [
        text for name in SPEECH for text in re.findall(r'"([^"\n]{4,})"', (sample / name).read_text(encoding="utf-8"))
    ]
    sentences = [part.strip() for text in texts for part in (text, *re.split(r"(?<=[.?])\s", text))]
    assert len(sentences) > 200
    with override("en"):
        assert [text for text in sentences if retold_if_sure(text) != text] == []


def test_vietnamese_pages_are_left_alone() -> None:
    page: HttpResponse = Client().get(reverse("sign-in"))  # type: ignore[assignment]  # the test client's own class
    assert b"<bdi" not in page.content


def test_english_pages_pass_through_it() -> None:
    client = Client()
    client.post(reverse("language"), {"language": "en", "back": reverse("sign-in")})
    page = client.get(reverse("sign-in")).content.decode()
    assert '<html lang="en">' in page
    assert '<bdi lang="vi">Đối Thoại</bdi>' in page


pytestmark = pytest.mark.django_db
