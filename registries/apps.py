from django.apps import AppConfig


class RegistriesConfig(AppConfig):
    name = "registries"

    def ready(self) -> None:
        from kernel import choices, violations
        from registries import messages, tasks  # noqa: F401  the handlers register themselves

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)

        from kernel.contributions import navigation
        from registries.navigation import entries

        navigation.add("registries", entries)
