"""What somebody had sent when their session had ended: to be sent now, or thrown away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.kept_forms import kept_forms, throw_away
from kernel.methods import reads_and_writes


@reads_and_writes
def kept(request: HttpRequest) -> HttpResponse:
    forms = kept_forms(request)
    if not forms:
        return redirect("portal:home")
    if request.method == "POST":
        # One that is not there any more, as after a second click, is gone already.
        found = next((form for form in forms if str(form.number) == request.POST.get("number", "0")), None)
        if found is not None:
            throw_away(request, found.number)
            messages.success(request, _("What you had typed was thrown away."))
        return redirect("accounts:kept" if len(forms) > 1 else forms[0].page)
    return render(request, "accounts/kept.html", {"forms": forms})
