from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        from kernel import choices, violations
        from review import (
            decision_messages,
            matching_tasks,  # noqa: F401
            messages,
            panel_messages,
            pool_messages,
            pool_tasks,  # noqa: F401
            portfolio_tasks,  # noqa: F401  the import registers the handlers of jobs
        )

        violations.register(pool_messages.VIOLATIONS)
        for words in (messages, decision_messages, panel_messages):
            violations.register(words.VIOLATIONS)
            choices.register_labels(words.LABELS)

        from kernel.contributions import navigation, waiting
        from program.contributions import call_moves, public_call_moves
        from proposals.contributions import proposal_moves
        from review import waiting as own

        navigation.add("review", own.entries)
        waiting.add("review", own.waiting_for)
        call_moves.add("review", own.call_moves)
        public_call_moves.add("review", own.public_call_moves)
        proposal_moves.add("review", own.proposal_moves)
