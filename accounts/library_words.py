"""Sentences of the sign-in library that our catalogue says in our own Japanese: nothing but their English stands here."""

from django.utils.translation import gettext_noop

SAID = (
    # the list of e-mail addresses
    gettext_noop("Primary"),
    gettext_noop("Make Primary"),
)
