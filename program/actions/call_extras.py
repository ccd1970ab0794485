"""What a call offers and shows beside its form: support types and documents."""

from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action
from kernel.files import store_upload
from kernel.revisions import refuse_stale
from kernel.violations import Violation, refuse_if
from program.actions.call_changes import announce_change
from program.actions.call_parts import ENDED, locked_call
from program.actions.constraints import constraints_speak
from program.models import Call, CallDocument, SupportType

DOCUMENT_TYPES = (".pdf", ".docx", ".xlsx")


def _years(call: Call, min_years: int, max_years: int) -> Violation | None:
    if call.min_years <= min_years <= max_years <= call.max_years or min_years > max_years:
        return None
    params = {"least": call.min_years, "most": call.max_years}
    return Violation("support_type_years_outside_call", "max_years", params)


@action
def add_support_type(
    *,
    call: Call,
    by: User,
    key: str,
    title_ja: str,
    title_en: str,
    min_years: int,
    max_years: int,
    **values: Any,
) -> SupportType:
    """Add a support type to a call that is being prepared. `values` are its other fields.

    Raises:
        RuleBroken: `call_no_longer_prepared`, `support_type_years_outside_call`, `call_years_out_of_order`,
            `support_type_key_taken`.
    """
    call = locked_call(call, by, in_preparation=True)
    refuse_if(_years(call, min_years, max_years))
    with constraints_speak(Violation("support_type_key_taken", "key")):
        made = SupportType.objects.create(
            call=call,
            key=key,
            title_ja=title_ja,
            title_en=title_en,
            min_years=min_years,
            max_years=max_years,
            **values,
        )
    audit.record("support_type_added", call, by=by, details={"key": key, "years": [min_years, max_years]})
    return made


@action
def change_support_type(*, support_type: SupportType, by: User, seen: str = "", **values: Any) -> SupportType:
    """Change a support type of a call that is being prepared; its key stays.

    Raises:
        RuleBroken: as `add_support_type`; `stale_version` if the support type was changed since `seen`.
    """
    call = locked_call(support_type.call, by, in_preparation=True)
    support_type = SupportType.objects.select_for_update().get(pk=support_type.pk)
    refuse_stale(support_type, seen, writer=by, verb="support_type_changed", subject=call)
    for name, value in values.items():
        setattr(support_type, name, value)
    refuse_if(_years(call, support_type.min_years, support_type.max_years))
    with constraints_speak():
        support_type.save(update_fields=list(values))
    audit.record("support_type_changed", call, by=by, details={"key": support_type.key})
    return support_type


@action
def remove_support_type(*, support_type: SupportType, by: User) -> None:
    """Take a support type out of a call that is being prepared, with its caps.

    Raises:
        RuleBroken: `call_no_longer_prepared`.
    """
    call = locked_call(support_type.call, by, in_preparation=True)
    audit.record("support_type_removed", call, by=by, details={"key": support_type.key})
    support_type.delete()


@action
def add_document(
    *,
    call: Call,
    by: User,
    title_ja: str,
    title_en: str,
    upload: Any,
    reason_ja: str = "",
    reason_en: str = "",
) -> CallDocument:
    """Publish a file with the call; with an announced one with the reason, which is published and told.

    Raises:
        RuleBroken: `call_has_ended`, `reason_missing`, or what `kernel.files.store_upload` finds.
    """
    call = locked_call(call, by)
    refuse_if(Violation("call_has_ended") if call.state in ENDED else None)
    file = store_upload(upload=upload, by=by, allowed=DOCUMENT_TYPES, field="file")
    document = CallDocument.objects.create(call=call, title_ja=title_ja, title_en=title_en, file=file)
    row = {"what": "document", "before": None, "after": _document_as_plain(document)}
    announce_change(call=call, by=by, rows=[row], reason_ja=reason_ja, reason_en=reason_en)
    audit.record("document_added", call, by=by, details={"name": file.name, "sha256": file.sha256})
    return document


def _document_as_plain(document: CallDocument) -> dict[str, str]:
    return {
        "title_ja": document.title_ja,
        "title_en": document.title_en,
        "name": document.file.name,
        "sha256": document.file.sha256,
    }


@action
def remove_document(*, document: CallDocument, by: User, reason_ja: str = "", reason_en: str = "") -> None:
    """Take a document away from the call's page; from an announced one's with the reason, which is published and told.

    Raises:
        RuleBroken: `call_has_ended`, `reason_missing`.
    """
    call = locked_call(document.call, by)
    refuse_if(Violation("call_has_ended") if call.state in ENDED else None)
    row = {"what": "document", "before": _document_as_plain(document), "after": None}
    announce_change(call=call, by=by, rows=[row], reason_ja=reason_ja, reason_en=reason_en)
    audit.record(
        "document_removed", call, by=by, details={"name": document.file.name, "sha256": document.file.sha256}
    )
    document.delete()
