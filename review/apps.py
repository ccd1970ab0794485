from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        from review import messages
        from kernel import choices, violations

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
