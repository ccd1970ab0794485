from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import messages
        from kernel import choices, violations
        from kernel import messages as kernel_messages

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
        choices.register_labels(kernel_messages.LABELS)

        from accounts import contributions
        from kernel.contributions import navigation, waiting

        navigation.add("accounts", contributions.navigation)
        waiting.add("accounts", contributions.waiting)
