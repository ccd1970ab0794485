"""What somebody had sent when their session had ended: to be sent now, or thrown away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.kept_forms import kept_form, throw_away
from kernel.methods import reads_and_writes


@reads_and_writes
def kept(request: HttpRequest) -> HttpResponse:
    form = kept_form(request)
    if form is None:
        return redirect("portal:home")
    if request.method == "POST":
        throw_away(request)
        messages.success(request, _("What you had typed was thrown away."))
        return redirect(form.page)
    return render(request, "accounts/kept.html", {"kept": form})
