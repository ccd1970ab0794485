"""Who may read and renew the registries."""

from typing import Any

from accounts.permissions import (
    is_home_agency_officer,
    is_ministry_officer,
    may_manage_memberships,
    may_see_registries,
)


def may_read_registries(user: Any) -> bool:
    """Officers of agencies and of the ministry, and those who keep the portal running."""
    return may_see_registries(user) or may_manage_memberships(user)


def may_import(user: Any) -> bool:
    """Officers of Japanese agencies, and those who keep the portal running."""
    return is_home_agency_officer(user) or may_manage_memberships(user)


def may_keep_papers(user: Any) -> bool:
    """Officers of the ministry, who work on evidence, and those who keep the portal running."""
    return is_ministry_officer(user) or may_manage_memberships(user)
