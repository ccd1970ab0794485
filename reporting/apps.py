from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from kernel import choices, violations
        from reporting import messages, tasks  # noqa: F401  the handler registers itself

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
