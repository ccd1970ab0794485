from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from reporting import messages
        from kernel import choices, violations

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
