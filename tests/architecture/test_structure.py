"""The house rules that a machine can hold (see docs/architecture.md)."""

import ast
import importlib
import inspect
import pkgutil
from enum import StrEnum
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from kernel.choices import unlabelled

ROOT = Path(settings.BASE_DIR)
LAYERS = (
    "kernel",
    "accounts",
    "registries",
    "program",
    "proposals",
    "projects",
    "review",
    "reporting",
    "portal",
)
MODULES = sorted(
    path
    for package in (*LAYERS, "config")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
LONGEST_MODULE = 300  # lines
# Whose calls ask the machine for the time.
CLOCK_CALLS = {("timezone", "now"), ("datetime", "now"), ("datetime", "today"), ("date", "today")}
CLOCK_CALLS |= {("datetime", "utcnow"), ("timezone", "localdate"), ("timezone", "localtime")}
# Where an instant's date is taken by `.date()`, in a zone that was put on before; elsewhere by `kernel.clock.day_of`.
TAKES_DATES = {
    "kernel/clock.py",
    "kernel/documents/workbooks.py",
    "kernel/templatetags/kernel.py",
    "kernel/years.py",
    "program/actions/call_copies.py",
    "program/calendar.py",
    "program/documents.py",
    "registries/rules/partner_awards/ukri.py",
}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_foreign_key_points_to_a_later_app() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False) or (getattr(field, "one_to_one", False) and field.concrete)
        if field.related_model._meta.app_label in LAYERS
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
        and LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(model._meta.app_label)
    ]
    assert wrong == []


def test_no_day_is_taken_from_an_instant_without_its_zone() -> None:
    """An instant is kept in UTC: its date there is yesterday's until nine in the morning of Japan."""
    wrong = [
        f"{relative(path)}:{node.lineno}"
        for path in MODULES
        if relative(path) not in TAKES_DATES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
    ]
    assert wrong == []


def test_every_function_that_takes_a_doer_is_an_action() -> None:
    wrong = []
    for app in LAYERS:
        package = f"{app}.actions"
        try:
            module = importlib.import_module(package)
        except ModuleNotFoundError:
            continue
        names = [name for _, name, _ in pkgutil.iter_modules(getattr(module, "__path__", []), f"{package}.")]
        for name in [package, *names]:
            for function_name, function in inspect.getmembers(
                importlib.import_module(name), inspect.isfunction
            ):
                if function.__module__ != name or function_name.startswith("_"):
                    continue
                parameters = inspect.signature(function).parameters
                if "by" in parameters and not getattr(function, "is_action", False):
                    wrong.append(f"{name}.{function_name}")
    assert wrong == []


def test_nothing_but_the_clock_asks_for_the_time() -> None:
    wrong = []
    for path in MODULES:
        if relative(path) == "kernel/clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if (name, node.func.attr) in CLOCK_CALLS:
                wrong.append(f"{relative(path)}:{node.lineno}")
    assert wrong == []


def test_no_module_is_too_long() -> None:
    lengths = {relative(path): len(path.read_text().splitlines()) for path in MODULES}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def enumerations_in_fields() -> list[type[StrEnum]]:
    """Every enumeration of an app whose values are the choices of some field."""
    choices = {
        tuple(value for value, _ in field.flatchoices)
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.concrete_fields
        if field.flatchoices
    }
    found = []
    for path in MODULES:
        if path.name not in {"enums.py", "states.py"}:
            continue
        module = importlib.import_module(relative(path).removesuffix(".py").replace("/", "."))
        for _, member in inspect.getmembers(module, inspect.isclass):
            if (
                issubclass(member, StrEnum)
                and member.__module__ == module.__name__
                and tuple(item.value for item in member) in choices
            ):
                found.append(member)
    return found


def test_fields_use_enumerations() -> None:
    assert len(enumerations_in_fields()) >= 20


def test_every_value_of_an_enumeration_has_words() -> None:
    wrong = {enum.__name__: missing for enum in enumerations_in_fields() if (missing := unlabelled(enum))}
    assert wrong == {}


@pytest.mark.parametrize("path", [path for path in MODULES if "rules" in path.parts], ids=relative)
def test_rules_import_no_django(path: Path) -> None:
    imported = [
        name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
        if name.split(".")[0] == "django"
    ]
    assert imported == []
