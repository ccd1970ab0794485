from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        from kernel import choices, violations
        from review import messages

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
