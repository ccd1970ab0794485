from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from kernel import choices, violations
        from projects import messages

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)

        from kernel.contributions import navigation, waiting
        from projects import contributions

        navigation.add("projects", contributions.navigation)
        waiting.add("projects", contributions.waiting)

        from proposals.contributions import erad_facts, proposal_moves

        erad_facts.add("projects", contributions.erad_facts)
        proposal_moves.add("projects", contributions.proposal_moves)
