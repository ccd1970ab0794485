from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "program"

    def ready(self) -> None:
        from kernel import choices, violations
        from program import (  # the modules of tasks register their handlers
            call_messages,
            designation_messages,
            evidence_tasks,  # noqa: F401
            indicator_messages,
            messages,
            tasks,  # noqa: F401
        )

        violations.register(
            messages.VIOLATIONS
            | call_messages.VIOLATIONS
            | designation_messages.VIOLATIONS
            | indicator_messages.VIOLATIONS
        )
        choices.register_labels(messages.LABELS + call_messages.LABELS)

        from kernel.contributions import navigation, waiting
        from program.waiting import entries, waiting_for

        navigation.add("program", entries)
        waiting.add("program", waiting_for)
