"""What a call says, in words: its caps, the steps of its scales, the designations that it may open on."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.languages import current, localized
from kernel.templatetags.kernel import day, money, plain_instant, yen
from program.enums import DesignationState, FieldKind, LimitUnit
from program.models import Call, CallCap, Criterion, Designation, FormField, FormVersion, SupportType
from program.queries import designation_name
from program.rules.form_files import MEGABYTE, kinds_in_letters


def notice_in_words(call: Call) -> str:
    """Whether a notice of intent is asked for, and until when."""
    words = label_of_field(call, "notice")
    if call.notice_deadline_at is None:
        return words
    at = plain_instant(call.notice_deadline_at)
    return _("Notice of intent (%(rule)s), until: %(at)s") % {"rule": words, "at": at}


def cap_in_words(cap: CallCap) -> str:
    """How much, of what, over which period, and of which support type; for foreign money also the yen at which it was
    fixed, and the rate's day."""
    if cap.support_type is None:
        return amount_in_words(cap)
    return _("%(type)s: %(cap)s") % {
        "type": localized(cap.support_type, "title"),
        "cap": amount_in_words(cap),
    }


def amount_in_words(cap: CallCap) -> str:
    """As `cap_in_words`, where it is said elsewhere for whom the cap holds."""
    foreign = cap.currency != "JPY"
    words = _("%(amount)s a project and %(period)s (%(basis)s)") % {
        "amount": money(cap.amount, cap.currency),
        "period": label_of_field(cap, "period"),
        "basis": label_of_field(cap, "basis"),
    }
    if not foreign:
        return words
    if cap.limit_yen is None or cap.rate is None:
        return _("%(cap)s; its amount in yen is fixed when the call opens") % {"cap": words}
    return _("%(cap)s; fixed at %(yen)s, rate of %(day)s") % {
        "cap": words,
        "yen": yen(cap.limit_yen),
        "day": day(cap.rate.on),
    }


def bounds_in_words(part: Any) -> str:
    """Within which bounds a section's text or a field must lie; empty where it has none."""
    kind = getattr(part, "kind", "")
    if kind in (FieldKind.CHOICE, FieldKind.YEN_TABLE):
        words = [localized_option(option) for option in part.options]
        return _(" / ").join(words)
    if kind == FieldKind.FILE:
        return file_bounds(part)
    if kind == FieldKind.NUMBER:
        measure = localized(part, "measure")
        least, most = (
            f"{bound.normalize():f}" if bound is not None else "" for bound in (part.lowest, part.highest)
        )
        return f"{least}–{most} {measure}".strip() if least or most else measure
    if kind != FieldKind.TEXT:
        return ""
    limit = {"limit": f"{part.limit:,}"}
    if part.unit == LimitUnit.WORDS:
        return _("at most %(limit)s words") % limit
    return _("at most %(limit)s characters") % limit


def file_bounds(field: FormField) -> str:
    """What a field for a file takes: its kinds, how large, of how many pages."""
    words = [
        kinds_in_letters(field.file_kinds),
        _("up to %(megabytes)s MB") % {"megabytes": most_bytes_of(field) // MEGABYTE},
    ]
    if field.most_pages:
        words.append(_("at most %(pages)s pages") % {"pages": f"{field.most_pages:,}"})
    return _("; ").join(words)


def most_bytes_of(field: FormField) -> int:
    """How large a file may be as an answer: as the call says, and never more than the portal takes."""
    own = (field.most_megabytes or 0) * MEGABYTE
    return min(own, settings.UPLOAD_LIMIT_BYTES) if own else int(settings.UPLOAD_LIMIT_BYTES)


def sections_in_words(version: FormVersion) -> list[dict[str, Any]]:
    """What a form asks: of each section `title`, `help` and `bounds`, and its `fields` (title, help, kind, bounds)."""
    return [
        {
            "title": localized(section, "title"),
            "help": localized(section, "help"),
            "bounds": bounds_in_words(section) if section.has_text else "",
            "fields": [
                {
                    "title": localized(field, "title"),
                    "help": localized(field, "help"),
                    "kind": label_of_field(field, "kind"),
                    "bounds": bounds_in_words(field),
                }
                for field in section.fields.all()
            ],
        }
        for section in version.sections.all()
    ]


def localized_option(option: dict[str, str]) -> str:
    """What may be chosen, in the reader's language."""
    return option.get(current()) or next((option[code] for code in ("ja", "en") if option.get(code)), "")


def steps_of(criterion: Criterion) -> list[dict[str, Any]]:
    """Every step of a criterion's scale with its words in the reader's language, where it has any."""
    words = criterion.anchors
    return [
        {
            "step": step,
            "words": words.get(str(step), {}).get(current())
            or next(iter(words.get(str(step), {}).values()), ""),
        }
        for step in range(criterion.lowest, criterion.highest + 1)
    ]


def support_type_in_words(support_type: SupportType) -> list[str]:
    """How long a type's projects run, what they may ask for, and who is early-career in it."""
    years = {"least": support_type.min_years, "most": support_type.max_years}
    found = [localized(support_type, "summary"), _("%(least)s to %(most)s years") % years]
    found += [
        _("At most %(cap)s") % {"cap": amount_in_words(cap)}
        for cap in support_type.caps.select_related("rate").order_by("id")
    ]
    early = localized(support_type, "early_career")
    if early:
        found.append(_("Early-career: %(words)s") % {"words": early})
    return [words for words in found if words]


def designation_with_dates(designation: Designation) -> str:
    """A designation as one chooses it: field × partner, from when until when it is in force, and its state where it is not
    simply decided."""
    values = {
        "name": designation_name(designation),
        "from": day(designation.valid_from),
        "until": day(designation.valid_until),
        "state": label(DesignationState(designation.state)),
    }
    if designation.state != DesignationState.DECIDED:
        return _("%(name)s, from %(from)s until %(until)s (%(state)s)") % values
    if designation.valid_until is None:
        return _("%(name)s, from %(from)s") % values
    return _("%(name)s, from %(from)s until %(until)s") % values
