"""An officer's saved filters: made, made the first one, taken away."""

from typing import Any

from accounts.models import Organisation
from accounts.permissions import is_agency_officer, organisation_ids
from kernel import audit
from kernel.actions import action, require
from kernel.text import without_debris
from kernel.violations import Violation, refuse_if
from program.permissions import SEATS
from proposals.models import SavedFilter
from proposals.rules.texts import text_violation

MOST_FILTERS = 50
LONGEST_NAME = 60
LONGEST_QUERY = 1000


@action
def save_filter(
    *, by: Any, name: str, query: str, agency: Organisation | None = None, is_default: bool = False
) -> SavedFilter:
    """Keep a filter under a name; the own one that has the name already becomes this one.

    Raises:
        NotAllowed: `by` is no officer, or has no seat in `agency`.
        RuleBroken: `filter_name_missing`, `text_over_limit`, `text_has_nul`, `filter_too_long`; `too_many_filters`.
    """
    require(is_agency_officer(by) and (agency is None or agency.pk in organisation_ids(by, *SEATS)))
    name = without_debris(name)
    own = SavedFilter.objects.select_for_update().filter(user=by)
    refuse_if(
        None if name else Violation("filter_name_missing", "name"),
        text_violation(name, LONGEST_NAME, "name"),
        Violation("filter_too_long") if len(query) > LONGEST_QUERY else None,
    )
    refuse_if(
        Violation("too_many_filters", "name", {"most": MOST_FILTERS})
        if own.exclude(name=name).count() >= MOST_FILTERS
        else None,
    )
    if is_default:
        own.filter(is_default=True).exclude(name=name).update(is_default=False)
    saved, _ = SavedFilter.objects.update_or_create(
        user=by, name=name, defaults={"query": query, "agency": agency, "is_default": is_default}
    )
    # What it is called and what it looks for may name people.
    audit.record(
        "filter_saved",
        saved,
        by=by,
        details={"shared": agency is not None, "default": is_default},
        private={"name": name, "query": query},
    )
    return saved


@action
def make_default(*, saved: SavedFilter, by: Any, is_default: bool = True) -> None:
    """Let the list open with this filter when nothing is asked, and with no other one; or with none.

    Raises:
        NotAllowed: it is not the filter of `by`.
    """
    require(saved.user_id == by.pk)
    SavedFilter.objects.filter(user=by, is_default=True).exclude(pk=saved.pk).update(is_default=False)
    SavedFilter.objects.filter(pk=saved.pk).update(is_default=is_default)
    audit.record("filter_default_set", saved, by=by, details={"default": is_default})


@action
def remove_filter(*, saved: SavedFilter, by: Any) -> None:
    """Take a saved filter away, from those with whom it was shared too.

    Raises:
        NotAllowed: it is not the filter of `by`.
    """
    require(saved.user_id == by.pk)
    audit.record("filter_removed", saved, by=by)
    saved.delete()
