from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "program"

    def ready(self) -> None:
        from program import messages
        from kernel import choices, violations

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
