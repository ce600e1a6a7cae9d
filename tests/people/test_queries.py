"""Every text that lives has its digest in the journal, and every digest its text."""

from hashlib import sha256

import pytest

from doithoai.directory.models import Agency
from doithoai.people.actions import keep_text
from doithoai.people.models import Text
from doithoai.people.queries import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> Text:
    """Somebody's words."""
    agency = Agency.objects.create(code="DH", name="UBND", short_name="UBND", territory="thị xã", place="Đông Hòa")
    return keep_text(agency, "Hồ sơ của tôi chậm.")


def told(text: Text, **named: str) -> list[str]:
    """The faults when the journal names this text, and what else is said."""
    return [str(fault) for fault in faults({text.digest: "DH số 4", **named})]


def test_words_as_they_were_said_fit(text: Text) -> None:
    assert told(text) == []
    assert text.digest == sha256(f"{text.salt}\nHồ sơ của tôi chậm.".encode()).hexdigest()


def test_changed_words_are_named_by_their_row(text: Text) -> None:
    Text.objects.update(body="Hồ sơ của tôi nhanh.")
    (fault,) = told(text)
    assert fault == f"people_text {text.pk}: lời đã bị thay đổi, không khớp mã ghi trong nhật ký"


def test_words_that_the_journal_does_not_know_are_named(text: Text) -> None:
    (fault,) = [str(fault) for fault in faults({})]
    assert fault.startswith(f"people_text {text.pk}: nhật ký không có mã {text.digest[:16]}")


def test_a_digest_without_words_names_the_entry(text: Text) -> None:
    assert told(text, **{"f" * 64: "DH số 9"}) == [f"DH số 9: thiếu lời đã ghi, mã {'f' * 16}…"]


def test_erased_words_fit_only_when_the_journal_says_so(text: Text) -> None:
    Text.objects.update(body=None, salt="")
    assert told(text) == [f"people_text {text.pk}: lời đã mất mà nhật ký không ghi việc xóa"]
    assert not list(faults({text.digest: "DH số 4"}, {text.digest}))


def test_equal_words_have_different_digests(text: Text) -> None:
    other = keep_text(text.agency, text.body or "")
    assert other.digest != text.digest
    assert not list(faults({text.digest: "DH số 4", other.digest: "DH số 5"}))
