from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"

    def ready(self) -> None:
        from kernel import choices, violations
        from proposals import messages, tasks  # noqa: F401  the import registers the handlers of jobs

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
