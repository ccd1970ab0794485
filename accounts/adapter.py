"""How the sign-in library saves users and sends its mails here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from kernel.actions import action


class AccountAdapter(DefaultAccountAdapter):
    """E-mails in lower case; the language of the page as the user's own."""

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    @action
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = (get_language() or "ja")[:2]
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.lower()
        if commit:
            user.save()
        return user
