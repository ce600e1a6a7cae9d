"""A public paper that was taken back: its name stays with the word, its file is gone; “Như ý kiến số 2” leads there."""

import pytest
from django.template import Context, Template

from doithoai.documents import actions as documents
from tests.answers import scene as answering
from tests.cast import Stage
from tests.portal.scene import home, publish_paper, sealed, seen, visitor
from tests.results import scene as ending
from tests.results.scene import LAST_DAY
from tests.web.visitors import ESCAPED_ATTACK


def test_the_public_page_says_that_it_was_recalled_and_gives_no_file(stage: Stage) -> None:
    answering.approved(stage)
    document = sealed(ending.paper_of(ending.issued(stage)))
    publish_paper(stage, document)
    address = f"/tep/{document.code}.pdf"
    assert address in seen(home(stage))
    clerk = stage.cast.clerk.as_actor()
    documents.dispatch(document, actor=clerk, now=LAST_DAY)
    documents.recall(document, reason="Sai số liệu.", by="98/TB-UBND", actor=clerk, now=LAST_DAY)
    html = seen(home(stage))
    assert address not in html
    assert "Đã thu hồi" in html
    assert "thu hồi theo Văn bản số 98/TB-UBND" in html
    assert "Sai số liệu." not in html  # the reason is the recalling paper's to tell
    assert visitor().get(address).status_code == 302


@pytest.mark.parametrize(
    ("paragraph", "shown"),
    [
        ("Như ý kiến số 12.", '<a href="#y-12">Như ý kiến số 12.</a>'),
        ("Như ý kiến số 12 và số 13.", "Như ý kiến số 12 và số 13."),
        ("<img src=x onerror=alert(1)>", ESCAPED_ATTACK),
    ],
)
def test_a_line_that_points_to_another_leads_there(paragraph: str, shown: str) -> None:
    assert Template("{{ paragraph|likewise }}").render(Context({"paragraph": paragraph})) == shown
