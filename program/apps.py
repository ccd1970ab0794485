from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "program"

    def ready(self) -> None:
        from kernel import choices, violations
        from program import messages

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
