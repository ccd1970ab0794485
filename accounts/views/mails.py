"""Which mails somebody gets: the settings of an account, and the link of a mail, which needs none (RFC 8058)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.forms import MailKindsForm
from accounts.queries import addresses_beside
from kernel.choices import label_of_field
from kernel.methods import reads_and_writes, writes
from kernel.outbox import MailKind
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import mail_of_link, resume_kind, set_kinds, stop_kind, stopped_kinds


@reads_and_writes
def mail_settings(request: HttpRequest) -> HttpResponse:
    """The kinds of mails that the account may do without; what is part of the procedure goes to everybody."""
    address = request.user.email  # type: ignore[union-attr]  # nobody gets here without signing in
    form = MailKindsForm(
        request.POST if request.method == "POST" else None,
        initial=MailKindsForm.initial_for(stopped_kinds(address)),
    )
    if request.method == "POST" and form.is_valid():
        set_kinds(address=address, stopped=form.stopped)
        messages.success(request, _("Your choice of mails was saved."))
        return redirect("accounts:mail_settings")
    context = {
        "form": form,
        "breadcrumbs": [
            {"label": _("Profile"), "url": reverse("accounts:profile")},
            {"label": _("Your mails"), "url": ""},
        ],
    }
    return render(request, "accounts/mail_settings.html", context)


def _mail(public_id: str, signature: str) -> OutboxMail:
    mail = mail_of_link(public_id, signature)
    if mail is None:
        raise Http404
    return mail


def _answer(request: HttpRequest, mail: OutboxMail, signature: str) -> HttpResponse:
    """Where the kind of this mail stands for its reader, with the button that changes it. The address is not shown: who
    was forwarded the mail learns nothing."""
    is_stopped = MailKind(mail.kind) in stopped_kinds(mail.recipient)
    route = "accounts:mail_resume" if is_stopped else "accounts:mail_stop"
    context = {
        "heading": _("You get no more mails of this kind")
        if is_stopped
        else _("Do without mails of this kind"),
        "kind": label_of_field(mail, "kind"),
        "is_stopped": is_stopped,
        "url": reverse(route, args=[mail.public_id, signature]),
    }
    return render(request, "accounts/mail_stop.html", context)


# The address is its own proof, and a mail program that posts has no cookie: RFC 8058 wants neither that nor a redirect.
@csrf_exempt
@reads_and_writes
@login_not_required
@never_cache
def mail_stop(request: HttpRequest, public_id: str, signature: str) -> HttpResponse:
    """To open the link does nothing, since scanners of mail open links; its button does, and so does a mail program's."""
    mail = _mail(public_id, signature)
    if request.method == "POST":
        stop_kind(mail=mail, besides=addresses_beside(mail.recipient))
    return _answer(request, mail, signature)


@csrf_exempt
@writes
@login_not_required
@never_cache
def mail_resume(request: HttpRequest, public_id: str, signature: str) -> HttpResponse:
    """The way back."""
    mail = _mail(public_id, signature)
    resume_kind(mail=mail, besides=addresses_beside(mail.recipient))
    return _answer(request, mail, signature)
