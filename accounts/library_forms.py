"""The sign-in library's forms, as they are used here."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.forms import ResetPasswordKeyForm as LibraryResetPasswordKeyForm
from allauth.account.forms import SetPasswordForm as LibrarySetPasswordForm
from allauth.account.forms import SignupForm as LibrarySignupForm
from allauth.mfa.base.forms import AuthenticateForm as LibraryAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as LibraryReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as LibraryActivateTOTPForm
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from kernel.text import plain_digits


class TellsMismatch:
    """That two passwords differ is told also where the first is refused for another reason."""

    def clean(self) -> Any:
        values = super().clean()  # type: ignore[misc]  # mixed into forms
        form: Any = self
        typed = [form[name].value() for name in ("password1", "password2")]
        if all(typed) and typed[0] != typed[1] and "password2" not in form.errors:
            form.add_error("password2", gettext("You must type the same password each time."))
        return values


class ChangePasswordForm(TellsMismatch, LibraryChangePasswordForm):
    pass


class SetPasswordForm(TellsMismatch, LibrarySetPasswordForm):
    pass


class ResetPasswordKeyForm(TellsMismatch, LibraryResetPasswordKeyForm):
    pass


class AnyWidth:
    """A code of digits, in whichever width it was typed."""

    def clean_code(self) -> Any:
        form: Any = self
        form.cleaned_data["code"] = plain_digits(form.cleaned_data["code"])
        return super().clean_code()  # type: ignore[misc]  # mixed into forms


class AuthenticateForm(AnyWidth, LibraryAuthenticateForm):
    pass


class ReauthenticateForm(AnyWidth, LibraryReauthenticateForm):
    pass


class ActivateTOTPForm(AnyWidth, LibraryActivateTOTPForm):
    pass


class SignupForm(TellsMismatch, LibrarySignupForm):
    """A new account and its address, made together or not at all."""

    account_already_exists: bool  # the library knows, once the address is checked

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """As the library's; whoever was overtaken by another sign-up with the same address is answered as if the
        account had been there before: the page says the same, and the mail tells its owner."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                self.account_already_exists = True
        return super().try_save(request)
