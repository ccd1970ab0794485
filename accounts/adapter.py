"""How the sign-in library saves users and sends its mails here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.actions.addresses import follow_address
from kernel.actions import action


class AccountAdapter(DefaultAccountAdapter):
    """E-mails in lower case; the language of the page as the user's own."""

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def format_email_subject(self, subject: str) -> str:
        """Under the portal's name, not under the host that a browser happened to ask."""
        return _("Kakehashi: %(subject)s") % {"subject": subject}

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        values = {"site": settings.SITE_ADDRESS, "contact": settings.CONTACT_EMAIL, **context}
        super().send_mail(template_prefix, email, values)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language of the page on which somebody signed out."""
        return reverse("portal:home")

    @action
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = (get_language() or "ja")[:2]
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.lower()
        if commit:
            user.save()
        return user


def on_email_changed(
    sender: Any, user: Any, from_email_address: Any, to_email_address: Any, **_more: Any
) -> None:
    """Another verified address has become the account's own."""
    if from_email_address is not None:
        follow_address(user=user, old=from_email_address.email, new=to_email_address.email)
