"""What a call says, part by part in words: to this its agencies agree."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.languages import localized
from kernel.templatetags.kernel import day, fiscal_year, plain_instant, yen
from program.calendar import dates_of
from program.enums import OWN_MILESTONES, CallTerm
from program.models import Call, CallAgency
from program.queries import designation_name
from program.statement_words import statement_words
from program.versions import latest_form
from program.wording import cap_in_words, notice_in_words, support_type_in_words


def terms_in_words(call: Call, changed: Collection[CallTerm] = ()) -> list[dict[str, Any]]:
    """Of each part its `label`, its `lines`, and whether it `is_changed`."""
    lines = {
        CallTerm.WORDS: [call.title_ja, call.title_en, localized(call, "summary")],
        CallTerm.MODE: [label_of_field(call, name) for name in ("mode", "tier", "agreement")],
        CallTerm.DATES: [
            _("Opens: %(at)s") % {"at": plain_instant(call.opens_at)},
            *([notice_in_words(call)] if call.notice_deadline_at else []),
            _("Deadline: %(at)s") % {"at": plain_instant(call.deadline_at)},
        ],
        CallTerm.YEARS: [
            _("%(least)s to %(most)s years") % {"least": call.min_years, "most": call.max_years},
            _("First fiscal year of the projects: %(year)s") % {"year": fiscal_year(call.first_year)},
        ],
        CallTerm.RULES: _rules(call),
        CallTerm.OUTCOME: [
            _("Applicants read of the review: %(what)s") % {"what": label_of_field(call, "feedback")},
            _("Objections: within %(days)s days from the publication") % {"days": call.appeal_days}
            if call.appeal_days
            else _("Objections: none in the portal"),
        ],
        CallTerm.DESIGNATIONS: [
            designation_name(link.designation)
            for link in call.call_designations.select_related(
                "designation__field", "designation__country", "designation__group"
            ).order_by("id")
        ],
        CallTerm.AGENCIES: [
            _agency(part) for part in call.call_agencies.select_related("agency").order_by("starts_on", "id")
        ],
        CallTerm.CAPS: [
            cap_in_words(cap)
            for cap in call.caps.filter(support_type=None).select_related("rate").order_by("id")
        ],
        CallTerm.TYPES: [
            _("%(title)s: %(facts)s")
            % {"title": localized(one, "title"), "facts": _(" / ").join(support_type_in_words(one))}
            for one in call.support_types.all()
        ],
        CallTerm.MILESTONES: _milestones(call),
        CallTerm.DOCUMENTS: [
            f"{localized(one, 'title')} ({one.file.name})" for one in call.documents.select_related("file")
        ],
        CallTerm.FORM: _form(call),
    }
    return [
        {
            "label": label(term),
            "lines": [line for line in lines[term] if line],
            "is_changed": term in changed,
            "is_form": term is CallTerm.FORM,
        }
        for term in CallTerm
    ]


def _rules(call: Call) -> list[str]:
    found = [
        _("Indirect cost: at most %(percent)s%% of direct cost") % {"percent": call.indirect_percent},
        _("Partner award: sufficient from %(amount)s a year") % {"amount": yen(call.sufficient_yearly_yen)}
        if call.sufficient_yearly_yen
        else _("Partner award: no threshold"),
    ]
    if call.exchange_target_percent:
        found.append(
            _("Exchange of people: target of %(percent)s%% of the budget")
            % {"percent": call.exchange_target_percent}
        )
    if call.caps_by_month:
        found.append(_("The yearly caps of a part year are reduced by month"))
    if call.needs_approval:
        found.append(_("The institution must approve before submission"))
    if call.required_statements:
        found.append(
            _("Statements needed before submission: %(kinds)s")
            % {"kinds": statement_words(call.required_statements)}
        )
    return found


def _agency(part: CallAgency) -> str:
    values = {
        "agency": part.agency.short_name,
        "from": day(part.starts_on),
        "until": day(part.ends_on) if part.ends_on else "",
    }
    words = (
        _("%(agency)s, from %(from)s until %(until)s") if part.ends_on else _("%(agency)s, from %(from)s")
    ) % values
    return words if part.must_agree else _("%(agency)s (its yes is not needed)") % {"agency": words}


def _milestones(call: Call) -> list[str]:
    found = []
    for date in dates_of(call):
        if date.event.kind in OWN_MILESTONES:
            continue
        when = plain_instant(date.event.instant) if date.event.instant else day(date.event.starts_on)
        if date.event.ends_on:
            when = f"{when} – {day(date.event.ends_on)}"
        found.append(_("%(milestone)s: %(when)s") % {"milestone": date.label, "when": when})
    return found


def _form(call: Call) -> list[str]:
    version = latest_form(call)
    if version is None:
        return []
    values = {
        "number": version.number,
        "sections": len(version.sections.all()),
        "criteria": len(version.criteria.all()),
    }
    return [_("Version %(number)s: %(sections)s sections, %(criteria)s criteria") % values]
