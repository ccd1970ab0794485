"""Where the registries stand in the navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from registries.permissions import may_read_registries


def entries(user: Any) -> list[tuple[Any, str]]:
    """One entry, for those who may read the registries as a whole."""
    return [(_("Registries"), "registries:overview")] if may_read_registries(user) else []
