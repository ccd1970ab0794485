"""House rule 8: a template shows what the view gave it. It asks nothing about rights, computes nothing, knows no state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, engines
from django.template.base import FilterExpression, Node, VariableNode
from django.template.defaulttags import IfNode, WidthRatioNode
from django.template.loader import render_to_string
from django.template.smartif import TokenBase

ROOT = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
ARITHMETIC = {"add", "divisibleby"}
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
        for expression in expressions(node):
            faults += [
                f"arithmetic: {expression}"
                for function, _ in expression.filters
                if getattr(function, "__name__", "") in ARITHMETIC
            ]
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
        ("{% if perms.calls.open %}x{% endif %}", "permission: perms.calls.open"),
        ("{% for x in y %}{% if user.is_staff %}x{% endif %}{% endfor %}", "permission: user.is_staff"),
        ('{% if a and call.state == "open" %}x{% endif %}', 'state: call.state "open"'),
    ],
)
def test_logic_in_a_template_is_found(text: str, fault: str) -> None:
    assert faults_of(Template(text)) == [fault]


def test_a_variable_that_the_view_does_not_give_is_an_error() -> None:
    with pytest.raises(AssertionError, match=r"components/badge\.html names tone"):
        render_to_string("components/badge.html", {"label": "x"})


def test_the_templates_of_others_may_leave_variables_out() -> None:
    assert Template("a{{ nobody.gave_it }}b").render(Context()) == "ab"
