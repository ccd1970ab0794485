"""House rule 8: a template shows what the view gave it. It asks nothing about rights, computes nothing, knows no state."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import Context, Template, engines
from django.template.base import FilterExpression, Node, VariableNode
from django.template.defaulttags import AutoEscapeControlNode, IfNode, LoadNode, WidthRatioNode
from django.template.loader import render_to_string
from django.template.smartif import TokenBase

ROOT = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
ARITHMETIC = {"add", "divisibleby"}
UNESCAPED = {"safe", "safeseq"}
COMPARISONS = {"==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not"}
# Fields that say where a thing stands: what follows from them is the view's to say.
STANDING = {"state", "status", "outcome", "role", "kind"}
# What a template may know of its reader; whatever else depends on the reader comes from the view.
OF_THE_READER = {"is_authenticated", "email", "get_full_name"}


def nodes(template: Template) -> Iterator[Node]:
    yield from template.nodelist.get_nodes_by_type(Node)


def expressions(node: Node) -> Iterator[FilterExpression]:
    """The expressions that stand directly in a node, those of an `if` included."""
    if isinstance(node, VariableNode):
        yield node.filter_expression
    elif isinstance(node, IfNode):
        for condition, _ in node.conditions_nodelists:
            yield from operands(condition)
    else:
        yield from (value for value in vars(node).values() if isinstance(value, FilterExpression))
        for values in vars(node).values():
            if isinstance(values, dict):
                yield from (value for value in values.values() if isinstance(value, FilterExpression))


def operators(condition: TokenBase | None) -> Iterator[TokenBase]:
    if condition is None:
        return
    yield condition
    for part in (condition.first, condition.second):
        if isinstance(part, TokenBase):
            yield from operators(part)


def operands(condition: TokenBase | None) -> Iterator[FilterExpression]:
    for token in operators(condition):
        if isinstance(getattr(token, "value", None), FilterExpression):
            yield token.value


def words(expression: FilterExpression) -> list[str]:
    """`call.state|upper` -> ["call", "state"]; a literal has none."""
    return list(getattr(expression.var, "lookups", None) or ())


def faults_of(template: Template) -> list[str]:
    faults = []
    for node in nodes(template):
        if isinstance(node, WidthRatioNode):
            faults.append("arithmetic: widthratio")
        if isinstance(node, AutoEscapeControlNode) and not node.setting:
            faults.append("unescaped: autoescape off")
        for expression in expressions(node):
            filters = {getattr(function, "__name__", "") for function, _ in expression.filters}
            faults += [f"arithmetic: {expression}"] if filters & ARITHMETIC else []
            faults += [f"unescaped: {expression}"] if filters & UNESCAPED else []
            lookups = words(expression)
            if lookups[:1] == ["perms"] or any(word.startswith(("has_perm", "has_role")) for word in lookups):
                faults.append(f"permission: {expression}")
            if lookups[:1] == ["user"] and len(lookups) > 1 and lookups[1] not in OF_THE_READER:
                faults.append(f"permission: {expression}")
        if isinstance(node, IfNode):
            for condition, _ in node.conditions_nodelists:
                faults += [
                    f"state: {' '.join(map(str, operands(token)))}"
                    for token in operators(condition)
                    if token.id in COMPARISONS
                    and any(len(words(e)) > 1 and words(e)[-1] in STANDING for e in operands(token))
                ]
    return faults


@pytest.mark.parametrize("name", NAMES)
def test_template_holds_no_logic(name: str) -> None:
    assert faults_of(engines["django"].get_template(name).template) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ total|add:1 }}", "arithmetic: total|add:1"),
        ("{% widthratio part whole 100 %}", "arithmetic: widthratio"),
        ("{{ field.help_text|safe }}", "unescaped: field.help_text|safe"),
        ("{% autoescape off %}{{ name }}{% endautoescape %}", "unescaped: autoescape off"),
        ("{% if perms.calls.open %}x{% endif %}", "permission: perms.calls.open"),
        ("{% for x in y %}{% if user.is_staff %}x{% endif %}{% endfor %}", "permission: user.is_staff"),
        ('{% if a and call.state == "open" %}x{% endif %}', 'state: call.state "open"'),
    ],
)
def test_logic_in_a_template_is_found(text: str, fault: str) -> None:
    assert faults_of(Template(text)) == [fault]


@pytest.mark.parametrize("path", sorted((ROOT / "mail").glob("*.txt")), ids=lambda path: path.stem)
def test_a_mail_is_plain_text_whose_names_are_not_escaped(path: Path) -> None:
    nodelist = engines["django"].get_template(f"mail/{path.name}").template.nodelist
    plain = [node for node in nodelist if isinstance(node, AutoEscapeControlNode) and not node.setting]
    others = [node for node in nodelist if not isinstance(node, (AutoEscapeControlNode, LoadNode))]
    assert len(plain) == 1
    assert "".join(node.render(Context()) for node in others).strip() == ""


@pytest.mark.parametrize("path", sorted((ROOT / "mail").glob("*.txt")), ids=lambda path: path.stem)
def test_a_mail_has_no_mark_up_of_a_page(path: Path) -> None:
    """What makes mark-up (the filter `instant`, a tag of the source) ends as text."""
    source = path.read_text()
    assert re.findall(r"\|instant(?!_utc|\|striptags)\b", source) == []
    assert re.findall(r"</?[a-z]+[^{}]*>", source) == []


def test_code_calls_nothing_safe_but_a_data_block_that_it_has_escaped() -> None:
    """Mark-up is put together by `format_html`, which escapes what it puts in."""
    calling = re.compile(r"\b(mark_safe|SafeString|SafeText|safestring\.\w+)\(|def __html__")
    folders = [config.path for config in apps.get_app_configs() if Path(config.path).parent == ROOT.parent]
    paths = [path for folder in folders for path in Path(folder).rglob("*.py")]
    found = [path.relative_to(ROOT.parent).as_posix() for path in paths if calling.search(path.read_text())]
    assert found == ["program/structured.py"]


def test_a_variable_that_the_view_does_not_give_is_an_error() -> None:
    with pytest.raises(AssertionError, match=r"components/badge\.html names tone"):
        render_to_string("components/badge.html", {"label": "x"})


def test_the_templates_of_others_may_leave_variables_out() -> None:
    assert Template("a{{ nobody.gave_it }}b").render(Context()) == "ab"


def test_no_mail_prints_an_instant_as_markup() -> None:
    """`instant` is an element of a page; in a mail it would be read with its tags."""
    folders = (ROOT / "mail", ROOT / "account/email")
    found = [
        path.name
        for folder in folders
        for path in sorted(folder.glob("*.txt"))
        if re.search(r"\|instant\b", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_a_text_of_data_is_shown_in_the_readers_language(name: str) -> None:
    """`title_ja` alone would be Japanese to everybody: either both languages stand there, or the line says that it is Japanese."""
    text = (ROOT / name).read_text()
    alone = [
        line.strip()
        for line in text.splitlines()
        for field in re.findall(r"\{\{ [\w.]*?(\w+)_ja\b", line)
        if f"{field}_en" not in text and 'lang="ja"' not in line
    ]
    assert alone == []
