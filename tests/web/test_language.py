"""Vietnamese first, English for whoever asks for it."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
ENGLISH_BROWSER = {"accept-language": "en-US,en;q=0.9"}


def test_an_english_browser_still_gets_vietnamese() -> None:
    page = Client(headers=ENGLISH_BROWSER).get(reverse("sign-in"))
    assert '<html lang="vi">' in page.content.decode()
    assert page.headers["Content-Language"] == "vi"


def test_who_asks_for_english_keeps_it_and_lands_where_they_were() -> None:
    client = Client()
    chosen = client.post(reverse("language"), {"language": "en", "back": reverse("sign-in")})
    assert (chosen.status_code, chosen.headers["Location"]) == (302, reverse("sign-in"))
    page = client.get(reverse("sign-in"))
    assert '<html lang="en">' in page.content.decode()
    assert "Cookie" in page.headers["Vary"]


def test_the_link_to_the_other_language_is_in_that_language() -> None:
    client = Client()
    assert '<a href="/ngon-ngu/" lang="en">English</a>' in client.get(reverse("sign-in")).content.decode()
    client.post(reverse("language"), {"language": "en"})
    assert '<a href="/ngon-ngu/" lang="vi">Tiếng Việt</a>' in client.get(reverse("sign-in")).content.decode()


def test_looking_at_the_choice_changes_nothing() -> None:
    client = Client()
    page = client.get(reverse("language"), headers={"referer": f"http://testserver{reverse('sign-in')}"})
    assert f'value="{reverse("sign-in")}"' in page.content.decode()
    assert "ngon-ngu" not in client.cookies


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_never_leads_elsewhere(back: str) -> None:
    chosen = Client().post(reverse("language"), {"language": "en", "back": back})
    assert chosen.headers["Location"] == reverse("desk")


def test_an_unknown_language_is_not_kept() -> None:
    client = Client()
    client.post(reverse("language"), {"language": "xx", "back": "/"})
    assert "ngon-ngu" not in client.cookies
