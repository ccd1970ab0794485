"""Amounts of fiscal years that a shortened term has cut off: said wherever the budget or its term is changed."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.templatetags.kernel import fiscal_year_short, yen
from proposals.actions.budgets import beyond_term
from proposals.models import Proposal
from proposals.rules.answers import outside_term


def left_out(proposal: Proposal) -> str:
    """What stands outside the term of the proposal and does not count; blank for nothing."""
    asked, brought = beyond_term(proposal)
    amounts = [*asked.items(), *brought.items()]
    if not amounts:
        return ""
    years = sorted({year for (year, _kind), _amount in amounts})
    values = {
        "amount": yen(sum(amount for _cell, amount in amounts)),
        "first": fiscal_year_short(years[0]),
        "last": fiscal_year_short(years[-1]),
    }
    if len(years) == 1:
        words = _(
            "%(amount)s of %(first)s in the budget lies outside the term: it does not count and is not submitted. It is kept, and counts again once the term is longer."
        )
    else:
        words = _(
            "%(amount)s of %(first)s to %(last)s in the budget lies outside the term: it does not count and is not submitted. It is kept, and counts again once the term is longer."
        )
    return words % values


def tables_left_out(proposal: Proposal) -> list[str]:
    """The same of the tables in yen of the call's form, a sentence each."""
    prefetch_related_objects([proposal], "form_version__sections__fields")
    written = {entry.section_id: entry.answers for entry in proposal.sections.all()}
    found = []
    for section in proposal.form_version.sections.all():
        for field in section.fields.all():
            cut_off = outside_term(
                field.kind, written.get(section.pk, {}).get(field.key), proposal.fiscal_years
            )
            years = sorted({int(year) for cells in cut_off.values() for year in cells})
            if years:
                found.append(
                    _(
                        "“%(title)s”: %(amount)s of %(years)s lies outside the term: it does not count and is not submitted. It stands in its table until somebody takes it out, and counts again once the term is longer."
                    )
                    % {
                        "title": localized(field, "title"),
                        "amount": yen(sum(sum(cells.values()) for cells in cut_off.values())),
                        "years": _(", ").join(fiscal_year_short(year) for year in years),
                    }
                )
    return found


def last_year_with_money(proposal: Proposal) -> str:
    """What a shorter term would do to the budget as it stands; blank where nothing is asked for in a later year than the
    first."""
    years = {line.fiscal_year for line in proposal.budget.all() if line.amount}
    years |= {row.fiscal_year for row in proposal.other_funding.all()}
    if not years or max(years) <= proposal.fiscal_years[0]:
        return ""
    return _(
        "The budget has amounts up to %(year)s. With a shorter term those beyond it do not count; they are kept, and count again once the term is longer."
    ) % {"year": fiscal_year_short(max(years))}
