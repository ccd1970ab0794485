from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from kernel.audit.words import register_words
        from portal.trail_words import FIELDS, SUBJECTS, VERBS

        register_words(verbs=VERBS, subjects=SUBJECTS, fields=FIELDS)
