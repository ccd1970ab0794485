"""Scenarios of a portfolio: made, changed, computed, discarded. None of it touches a proposal or an envelope."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.jobs import cancel, enqueue
from kernel.revisions import refuse_stale
from kernel.violations import RuleBroken, Violation, refuse_if
from program.models import Call
from review.enums import ScenarioKind
from review.models import Scenario
from review.permissions import may_plan
from review.portfolio import Portfolio, candidates_of, portfolio_of, threshold_of, wish_of
from review.rules.best_choice import best_choice, nearest_choice, prices
from review.rules.portfolio import above_line, missed_by

JOB = "review.scenario"
MOST_SCENARIOS = 30


@action
def make_scenario(
    *, call: Call, agency: Organisation, by: Any, title: str, kind: str, settings: Mapping[str, Any]
) -> Scenario:
    """A scenario of an agency's officers. The best choice is computed in the background.

    Raises:
        RuleBroken: `scenario_title_taken`, `scenarios_too_many`, and what `settings_violations` says.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "lead_agency")
        .get(pk=call.pk)
    )
    require(may_plan(by, call, agency))
    others = Scenario.objects.filter(call=call, agency=agency)
    refuse_if(
        Violation("scenarios_too_many", params={"limit": MOST_SCENARIOS})
        if others.count() >= MOST_SCENARIOS
        else None,
        Violation("scenario_title_taken", "title") if others.filter(title=title).exists() else None,
    )
    scenario = Scenario(call=call, agency=agency, title=title, kind=kind, made_by=by)
    _settle(scenario, settings, by)
    audit.record("made", scenario, by=by, details=_told(scenario))
    return scenario


@action
def change_scenario(
    *, scenario: Scenario, by: Any, title: str, kind: str, settings: Mapping[str, Any], seen: str = ""
) -> Scenario:
    """Change what a scenario wishes for, and compute it anew. `seen` is what the form was made from.

    Raises:
        RuleBroken: as `make_scenario`; `stale_version`.
    """
    scenario = _locked(scenario)
    require(may_plan(by, scenario.call, scenario.agency))
    refuse_stale(shape_of(scenario), seen, writer=by, verb="changed", subject=scenario)
    others = Scenario.objects.filter(call=scenario.call, agency=scenario.agency).exclude(pk=scenario.pk)
    refuse_if(Violation("scenario_title_taken", "title") if others.filter(title=title).exists() else None)
    before = _told(scenario)
    scenario.title, scenario.kind = title, kind
    _settle(scenario, settings, by)
    audit.record("changed", scenario, by=by, details={"before": before, "after": _told(scenario)})
    return scenario


@action
def discard_scenario(*, scenario: Scenario, by: Any) -> None:
    """Throw a scenario away; what was wished for stays in the trail."""
    scenario = _locked(scenario)
    require(may_plan(by, scenario.call, scenario.agency))
    if scenario.job is not None:
        cancel(job=scenario.job)
    audit.record("discarded", scenario, by=by, details=_told(scenario))
    scenario.delete()


def shape_of(scenario: Scenario) -> dict[str, Any]:
    """What a form of the scenario is made from; a computation that ends meanwhile changes nothing of it."""
    return {"title": scenario.title, "kind": str(scenario.kind), "wishes": scenario.wishes}


def _locked(scenario: Scenario) -> Scenario:
    return (
        Scenario.objects.select_for_update(of=("self",))
        .select_related("call__programme", "call__lead_agency", "agency", "job")
        .get(pk=scenario.pk)
    )


def _told(scenario: Scenario) -> dict[str, Any]:
    return {"call": scenario.call.public_id, **shape_of(scenario)}


def _settle(scenario: Scenario, settings: Mapping[str, Any], by: Any) -> None:
    """Keep the wish, and what follows from it at once; the best choice is asked of a worker."""
    portfolio = portfolio_of(by, scenario.call)
    violations = settings_violations(scenario.kind, settings, portfolio)
    if violations:
        raise RuleBroken(violations)
    if scenario.job is not None:
        cancel(job=scenario.job)
    scenario.wishes, scenario.job = dict(settings), None
    scenario.chosen, scenario.outcome = [], {}
    if scenario.kind != ScenarioKind.BEST:
        _choose_at_once(scenario, portfolio)
    scenario.save()
    if scenario.kind == ScenarioKind.BEST:
        scenario.job = enqueue(JOB, {"scenario": scenario.public_id, "call": scenario.call.public_id}, by=by)
        scenario.save(update_fields=["job"])


def settings_violations(kind: str, settings: Mapping[str, Any], portfolio: Portfolio) -> list[Violation]:
    """What is wrong with a wish: `scenario_kind_unknown`, `proposal_in_and_out`, `proposal_not_ranked`."""
    if kind not in list(ScenarioKind):
        return [Violation("scenario_kind_unknown", "kind")]
    known = {entry.key: entry.proposal.receipt_number or "" for entry in portfolio.entries}
    pinned, left_out = set(settings.get("pinned", [])), set(settings.get("left_out", []))
    found = [Violation("proposal_not_ranked") for key in (pinned | left_out) - set(known)][:1]
    return found + [
        Violation("proposal_in_and_out", f"place_{key}", {"number": known[key]})
        for key in sorted(pinned & left_out & set(known))
    ]


def _choose_at_once(scenario: Scenario, portfolio: Portfolio) -> None:
    candidates = candidates_of(portfolio, threshold_of(scenario.wishes))
    if scenario.kind == ScenarioKind.LINE:
        chosen = above_line(candidates, int(scenario.wishes.get("count") or 0))
    else:
        chosen = frozenset(scenario.wishes.get("pinned", []))
    scenario.chosen = [one.key for one in candidates if one.key in chosen]
    missed = missed_by(candidates, wish_of(scenario.wishes), chosen)
    scenario.outcome = {"digest": portfolio.digest, "missed": [_as_plain(m.rule, by=m.by) for m in missed]}


def _as_plain(rule: Any, **more: Any) -> dict[str, Any]:
    return {
        "kind": rule.kind.value,
        "subject": rule.subject,
        "year": rule.year,
        "amount": rule.amount,
        **more,
    }


def computed(scenario: Scenario, reader: Any) -> tuple[list[str], dict[str, Any]]:
    """The best choice for a scenario and what is to be said of it, as `Scenario.chosen` and `outcome` keep them. Writes
    nothing: a worker may take its time over it, outside any transaction."""
    portfolio = portfolio_of(reader, scenario.call)
    candidates = candidates_of(portfolio, threshold_of(scenario.wishes))
    keys = {one.key for one in candidates}
    wish = wish_of(
        {
            **scenario.wishes,
            "pinned": [key for key in scenario.wishes.get("pinned", []) if key in keys],
            "left_out": [key for key in scenario.wishes.get("left_out", []) if key in keys],
        }
    )
    best = best_choice(candidates, wish)
    outcome: dict[str, Any] = {"digest": portfolio.digest, "missed": [], "prices": []}
    if best is None:
        best, missed = nearest_choice(candidates, wish)
        outcome["missed"] = [_as_plain(m.rule, by=m.by) for m in missed]
    else:
        outcome["prices"] = [
            _as_plain(p.rule, points=p.points, comes=sorted(p.comes), goes=sorted(p.goes))
            for p in prices(candidates, wish, best)
        ]
    outcome["gap"] = best.gap
    return [one.key for one in candidates if one.key in best.chosen], outcome


@action
def keep_computed(*, scenario: Scenario, job: Any, chosen: list[str], outcome: dict[str, Any]) -> bool:
    """Keep what a worker has computed, if the scenario is still there and waits for it; returns whether it does."""
    if Scenario.objects.select_for_update().filter(pk=scenario.pk, job=job).first() is None:
        return False
    scenario.chosen, scenario.outcome = chosen, outcome
    scenario.save(update_fields=["chosen", "outcome"])
    return True
