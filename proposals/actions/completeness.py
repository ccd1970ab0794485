"""A proposal as the rules of completeness look at it: what is written, and within which years and caps it must stay."""

from collections.abc import Iterable

from kernel.languages import localized
from program.models import Call, SupportType
from program.queries import caps_for
from proposals.actions.budgets import institutions_of, parts_of, stored_institutions
from proposals.actions.statement_content import statement_gaps
from proposals.actions.workload import loads_of
from proposals.award_periods import term_of
from proposals.models import Proposal
from proposals.questions import questions_of
from proposals.rules.answers import within_term
from proposals.rules.budget import Cap, sum_of
from proposals.rules.completeness import Written, WrittenSection
from proposals.rules.months import months_by_year, part_years
from proposals.rules.years import common_years


def written_of(proposal: Proposal) -> Written:
    """What the rules of completeness look at, for the proposal as it stands."""
    call = proposal.call
    written = {entry.section_id: entry for entry in proposal.sections.all()}
    sections = []
    for section in proposal.form_version.sections.all():
        entry = written.get(section.pk)
        answers = entry.answers if entry else {}
        sections.append(
            WrittenSection(
                key=section.key,
                text=entry.text if entry else "",
                limit=section.limit,
                is_required=section.is_required,
                is_complete=bool(entry and entry.is_complete),
                unit=section.unit,
                has_text=section.has_text,
                # What a shorter term has cut off answers nothing.
                answers=[
                    (question, within_term(question.kind, answers.get(question.key), proposal.fiscal_years))
                    for question in questions_of(section)
                ],
            )
        )
    parts = parts_of(proposal)
    chosen = proposal.support_type
    least_years, most_years = years_allowed(call, chosen)
    term = term_of(proposal)
    return Written(
        title_ja=proposal.title_ja,
        title_en=proposal.title_en,
        years=proposal.years,
        least_years=least_years,
        most_years=most_years,
        has_designation=proposal.designation_id is not None,
        has_support_types=chosen is not None or call.support_types.exists(),
        support_type=localized(chosen, "title") if chosen else "",
        sections=sections,
        partner_leaders=sum(member.role == "partner_pi" for member in proposal.team.all()),
        loads=loads_of(proposal),
        awards=len(proposal.awards.all()),
        dispatches=sum(plan.direction == "dispatch" for plan in proposal.exchange.all()),
        stays_outside=sum(
            plan.starts_on < term.first or plan.ends_on > term.last for plan in proposal.exchange.all()
        ),
        fiscal_years=proposal.fiscal_years,
        amounts=sum_of(parts.values()),
        parts=list(zip(names_of(proposal, parts), parts.values(), strict=True)),
        indirect_percent=call.indirect_percent,
        caps=caps_of(proposal),
        statements=statement_gaps(proposal, required=True),
    )


def years_allowed(call: Call, support_type: SupportType | None) -> tuple[int, int]:
    """From how many to how many fiscal years a proposal may last."""
    own = (support_type.min_years, support_type.max_years) if support_type else None
    return common_years((call.min_years, call.max_years), own)


def names_of(proposal: Proposal, keys: Iterable[str]) -> list[str]:
    """What the institutions of these keys are called."""
    known = {**institutions_of(proposal), **stored_institutions(proposal)}
    lead = localized(proposal.institution, "name")
    return [known[key].name if key else lead for key in keys]


def months_of(proposal: Proposal) -> dict[int, int]:
    """The months of each fiscal year in which the joint research runs."""
    calendar = proposal.call.programme.calendar
    return months_by_year(
        proposal.fiscal_years, proposal.first_month, proposal.last_month, calendar.first_month
    )


def caps_of(proposal: Proposal, months: dict[int, int] | None = None) -> list[Cap]:
    """The caps with a limit in yen that hold for this proposal: the call's own, and those of its support type. `months` are
    those of each fiscal year where they are not yet saved."""
    chosen = proposal.support_type
    reduced = part_years(months or months_of(proposal)) if proposal.call.caps_by_month else ()
    return [
        Cap(
            reduced=reduced,
            limit=cap.limit_yen,
            basis=cap.basis,
            period=cap.period,
            support_type=localized(chosen, "title") if chosen and cap.support_type_id else "",
        )
        for cap in caps_for(proposal.call, proposal.support_type_id)
        if cap.limit_yen is not None
    ]
