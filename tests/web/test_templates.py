"""Every template and module of the product: nothing inline, nothing unescaped, nothing from elsewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template

import doithoai

PACKAGE = Path(doithoai.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SHEETS = sorted(PACKAGE.glob("*/static/**/*.css"))


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_the_templates_are_found() -> None:
    names = {name_of(path) for path in TEMPLATES}
    assert {"web/templates/web/base.html", "oversight/templates/oversight/desk.html"} <= names
    assert len(SHEETS) >= 6


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
class TestTemplate:
    def test_it_has_no_inline_style_script_or_handler(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle\s*=|javascript:|\son[a-z]+\s*=", text, re.IGNORECASE)
        assert not re.search(r"<script(?![^>]*\ssrc=)", text, re.IGNORECASE)

    def test_it_escapes_everything(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*(safe|safeseq)\b|autoescape\s+off", text)

    def test_it_calls_no_other_place(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(src|href|action)\s*=\s*["']?(https?:)?//""", text)

    def test_it_compiles(self, path: Path) -> None:
        assert get_template(str(path).split("/templates/", 1)[1])

    def test_every_form_that_posts_carries_its_token(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL):
            assert "csrf_token" in form


@pytest.mark.parametrize("path", SHEETS, ids=name_of)
def test_a_stylesheet_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"@import|https?:|url\(\s*[\"']?//", text)
    assert text.count("{") == text.count("}")


def test_no_module_declares_text_safe() -> None:
    marked = [
        name_of(path)
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\bmark_safe\b|\bSafeString\b|\bSafeText\b", path.read_text(encoding="utf-8"))
    ]
    assert marked == []


def words_outside_tags(text: str) -> str:
    """What a template says in its own voice, outside gettext, tags and elements."""
    text = re.sub(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% block (page_look|body) %}.*?{% endblock %}", "", text)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.DOTALL)
    own = OwnVoice()
    own.feed(text)
    return " ".join(own.said)


class OwnVoice(HTMLParser):
    """The text of a template outside papers, which are Vietnamese always, and outside keys and what a machine is told."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag in ("code", "kbd") or ("lang", "vi") in attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.said.append(data)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_sentence_can_be_translated(path: Path) -> None:
    said = words_outside_tags(path.read_text(encoding="utf-8"))
    names = {"Đối", "Thoại", "PDF", "DOCX", "V/v", "doctype", "html"}
    left = [word for word in re.findall(r"[^\W\d_]{2,}(?:/\w)?", said) if word not in names]
    assert left == []
