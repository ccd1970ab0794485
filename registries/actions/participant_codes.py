"""Giving participating institutions the e-Rad codes that the registry has for them, once a person has confirmed each."""

from collections.abc import Collection

from accounts.actions.organisations import change_institution
from accounts.models import User
from accounts.permissions import may_keep_institutions
from kernel.actions import action, require
from kernel.violations import Violation, refuse_if
from registries.participants import code_offers


@action
def take_codes(*, confirmed: Collection[str], by: User) -> int:
    """Give each institution the code that was confirmed for it; `confirmed` are values of `CodeOffer`. Returns how many.

    Raises:
        RuleBroken: `erad_codes_none_chosen`; `erad_codes_changed`, where one of them is no longer offered as it was seen.
            Nothing is taken then.
    """
    require(may_keep_institutions(by))
    refuse_if(None if confirmed else Violation("erad_codes_none_chosen", "take"))
    offers = {offer.value: offer for offer in code_offers(by).offers}
    refuse_if(Violation("erad_codes_changed", "take") if set(confirmed) - offers.keys() else None)
    for value in sorted(set(confirmed)):
        change_institution(organisation=offers[value].organisation, by=by, erad_code=offers[value].code)
    return len(set(confirmed))
