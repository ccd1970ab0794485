from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from kernel.audit.downloads import download_words, register_downloads
        from kernel.audit.words import register_words
        from portal.trail_downloads import DOWNLOADS, FOR_EVERYBODY, TOLD_BY_THEMSELVES
        from portal.trail_fields import FIELDS
        from portal.trail_subjects import SUBJECTS
        from portal.trail_values import ENUMS, PAIRS
        from portal.trail_words import VERBS

        register_downloads(DOWNLOADS, unnoted=FOR_EVERYBODY | TOLD_BY_THEMSELVES)
        register_words(
            verbs=VERBS,
            subjects=SUBJECTS,
            fields=FIELDS,
            enums=ENUMS,
            pairs=PAIRS,
            values={"download": download_words()},
        )
