from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"

    def ready(self) -> None:
        from kernel import choices, violations
        from proposals import messages

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
