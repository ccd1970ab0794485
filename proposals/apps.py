from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"

    def ready(self) -> None:
        from proposals import messages
        from kernel import choices, violations

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
