from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "program"

    def ready(self) -> None:
        from kernel import choices, violations
        from program import evidence_tasks, messages  # noqa: F401  the handler registers itself

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)

        from kernel.contributions import navigation, waiting
        from program.waiting import entries, waiting_for

        navigation.add("program", entries)
        waiting.add("program", waiting_for)
