"""Who may use the portal's own pages."""

from typing import Any


def can_see_design(user: Any) -> bool:
    """Those who keep the portal running (staff)."""
    return bool(user.is_authenticated and user.is_active and user.is_staff)
