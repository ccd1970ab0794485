"""What Django's own fields and validators say when something is not right, in our words and in one place.

Every form of the portal and of the libraries speaks so. A field says more only where there is more to say.
"""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

CHOOSE: dict[str, Any] = {
    "required": _("Choose one."),
    "invalid_choice": _("“%(value)s” is not offered. Choose one of those offered."),
}
CHOOSE_SOME: dict[str, Any] = {
    "required": _("Choose at least one."),
    "invalid_choice": _("Choose among those offered."),
    "invalid_list": _("Choose among those offered."),
}
FIELDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.BooleanField: {"required": _("Tick the box once you have read it.")},
    forms.IntegerField: {"invalid": _("Enter a whole number in digits.")},
    forms.FloatField: {"invalid": _("Enter a number in digits.")},
    forms.DecimalField: {"invalid": _("Enter a number in digits.")},
    forms.DateField: {"invalid": _("Enter a date like 2027-03-15.")},
    forms.TimeField: {"invalid": _("Enter a time like 17:00.")},
    forms.DateTimeField: {"invalid": _("Enter a day and a time like 2027-03-15 17:00.")},
    forms.URLField: {"invalid": _("Enter an address of the web, beginning with https://.")},
    forms.FileField: {
        "required": _("Choose a file."),
        "invalid": _("The file did not arrive. Choose it once more."),
        "missing": _("The file did not arrive. Choose it once more."),
        "empty": _("The file is empty."),
        "max_length": ngettext_lazy(
            "The name of the file has %(length)d characters; %(max)d at most.",
            "The name of the file has %(length)d characters; %(max)d at most.",
            "max",
        ),
        "contradiction": _("Either choose a file or have the one that is there removed, not both."),
    },
    forms.ChoiceField: CHOOSE,
    # Its values are keys, which say nothing to a person.
    forms.ModelChoiceField: {**CHOOSE, "invalid_choice": _("Choose one of those offered.")},
    forms.MultipleChoiceField: CHOOSE_SOME,
    forms.ModelMultipleChoiceField: {**CHOOSE_SOME, "invalid_pk_value": _("Choose among those offered.")},
}
VALIDATORS: dict[type[Any], Any] = {
    validators.ProhibitNullCharactersValidator: _(
        "The text holds a character that no text may have (NUL). Delete it and save again."
    ),
    validators.RegexValidator: _("This is not written as it must be."),
    validators.EmailValidator: _("Enter an e-mail address like name@univ.example.jp."),
    validators.URLValidator: _("Enter an address of the web, beginning with https://."),
    validators.MaxValueValidator: _("%(limit_value)s at most."),
    validators.MinValueValidator: _("%(limit_value)s at least."),
    validators.StepValueValidator: _("Enter a multiple of %(limit_value)s."),
    validators.MaxLengthValidator: ngettext_lazy(
        "%(limit_value)d character at most; this has %(show_value)d.",
        "%(limit_value)d characters at most; this has %(show_value)d.",
        "limit_value",
    ),
    validators.MinLengthValidator: ngettext_lazy(
        "%(limit_value)d character at least; this has %(show_value)d.",
        "%(limit_value)d characters at least; this has %(show_value)d.",
        "limit_value",
    ),
}
DECIMALS: dict[str, Any] = {
    "invalid": _("Enter a number in digits."),
    "max_digits": ngettext_lazy(
        "%(max)s digit at most.",
        "%(max)s digits at most.",
        "max",
    ),
    "max_decimal_places": ngettext_lazy(
        "%(max)s decimal place at most.",
        "%(max)s decimal places at most.",
        "max",
    ),
    "max_whole_digits": ngettext_lazy(
        "%(max)s digit before the decimal point at most.",
        "%(max)s digits before the decimal point at most.",
        "max",
    ),
}
# English that needs no other words; its Japanese is in our catalogue instead of the libraries'.
IN_JAPANESE = (
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("This password is too common."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("This email address is already associated with this account."),
    gettext_noop("Please type your current password."),
    gettext_noop("Incorrect password."),
    gettext_noop("Incorrect code."),
    gettext_noop("Too many failed login attempts. Try again later."),
)


class LongEnough(password_validation.MinimumLengthValidator):
    """Django's rule; it says how long the password is to be, and how long it is."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            message = ngettext_lazy(
                "A password has at least %(least)d character; this has %(length)d.",
                "A password has at least %(least)d characters; this has %(length)d.",
                "least",
            )
            values = {"least": self.min_length, "length": len(password)}
            raise forms.ValidationError(message, code="password_too_short", params=values)

    def get_help_text(self) -> str:
        return str(_("At least %(least)d characters.") % {"least": self.min_length})


def speak_in_our_words() -> None:
    """Let every field and validator say so; before the first form is made."""
    for field, messages in FIELDS.items():
        # Of a class of its own: a class without messages would share its parent's.
        own: Any = vars(field).get("default_error_messages", {})
        field.default_error_messages = own | messages
    for validator, message in VALIDATORS.items():
        validator.message = message
    validators.DecimalValidator.messages = DECIMALS
    # Before a choice the library's own says dashes, which say nothing to whoever hears them.
    defaults: Any = forms.ModelChoiceField.__init__.__kwdefaults__
    defaults["empty_label"] = _("Choose")
    let_long_text_stay()


def let_long_text_stay() -> None:
    """No browser cuts what is pasted: it is told when it is too long, and sent back as it was typed.

    `maxlength` would cut it unseen. The script counts instead (static/js/counters.js): in a box of several lines always, in
    a line once the limit is near.
    """
    of_library = forms.CharField.widget_attrs

    def widget_attrs(self: forms.CharField, widget: forms.Widget) -> dict[str, Any]:
        attrs = of_library(self, widget)
        if limit := attrs.pop("maxlength", None):
            is_long = isinstance(widget, forms.Textarea)
            attrs["data-max-codepoints" if is_long else "data-longest"] = limit
        return attrs

    forms.CharField.widget_attrs = widget_attrs  # type: ignore[method-assign]  # one place for every form, the libraries' too
