"""Who does without mails of a kind, and the signed link by which anybody says so, with or without an account (RFC 8058)."""

import hmac
from collections.abc import Collection, Iterable

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils import translation

from kernel.actions import action
from kernel.outbox.kinds import OPTIONAL, MailKind
from kernel.outbox.models import MailOptOut, OutboxMail

# The page of the link; it belongs to an app above.
ROUTE = "accounts:mail_stop"


def _signer() -> Signer:
    """Made when it is asked for: a program that needs no mails starts without the portal's secret."""
    return Signer(salt="kernel.outbox.optout")


def link_of(public_id: str, language: str) -> str:
    """The whole address by which the reader of this mail does without its kind."""
    with translation.override(language):
        path = reverse(ROUTE, args=[public_id, _signer().signature(public_id)])
    return f"{settings.SITE_ADDRESS}{path}"


def mail_of_link(public_id: str, signature: str) -> OutboxMail | None:
    """The mail with which this link came; None where the signature is not ours, or the mail was erased."""
    if not hmac.compare_digest(_signer().signature(public_id).encode(), signature.encode()):
        return None
    return OutboxMail.objects.filter(public_id=public_id, kind__in=OPTIONAL).exclude(recipient="").first()


def stopped_kinds(address: str) -> set[MailKind]:
    """The kinds that this address does without."""
    rows = MailOptOut.objects.filter(address=address.strip().lower())
    return {MailKind(kind) for kind in rows.values_list("kind", flat=True)}


def stopped_addresses(kind: MailKind, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in lower case, that do without mails of this kind. Of required mails nobody does."""
    if kind not in OPTIONAL:
        return set()
    wanted, found = sorted({address.lower() for address in addresses if address}), set()
    for start in range(0, len(wanted), 500):
        rows = MailOptOut.objects.filter(kind=kind, address__in=wanted[start : start + 500])
        found |= set(rows.values_list("address", flat=True))
    return found


@action
def set_kinds(*, address: str, stopped: Collection[MailKind]) -> None:
    """Let this address do without exactly these kinds; a required kind is never among them. Doing it twice changes nothing."""
    address = address.strip().lower()
    for kind in OPTIONAL:
        if kind in stopped:
            MailOptOut.objects.get_or_create(address=address, kind=kind)
        else:
            MailOptOut.objects.filter(address=address, kind=kind).delete()


@action
def stop_kind(*, mail: OutboxMail, besides: Collection[str] = ()) -> None:
    """Let the reader of this mail do without its kind from now on; `besides` are addresses to which their mails go today."""
    for address in {mail.recipient, *besides}:
        set_kinds(address=address, stopped=stopped_kinds(address) | {MailKind(mail.kind)})


@action
def resume_kind(*, mail: OutboxMail, besides: Collection[str] = ()) -> None:
    """Let the reader of this mail get its kind again, `besides` as in `stop_kind`."""
    for address in {mail.recipient, *besides}:
        set_kinds(address=address, stopped=stopped_kinds(address) - {MailKind(mail.kind)})


@action
def move_kinds(*, old: str, new: str) -> None:
    """Let the new address of somebody do without what the old one did without. The old one keeps its choice: whoever reads it
    has made it. Doing it twice changes nothing."""
    kinds = stopped_kinds(old) | stopped_kinds(new)
    if kinds:
        set_kinds(address=new, stopped=kinds)
