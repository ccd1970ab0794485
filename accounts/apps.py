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

        from allauth.account.signals import email_changed

        from accounts import contributions
        from accounts.adapter import on_email_changed
        from kernel.contributions import navigation, waiting

        # The library's own way of saying so; between our apps there are no signals.
        email_changed.connect(on_email_changed, dispatch_uid="accounts.follow_address")

        navigation.add("accounts", contributions.navigation)
        waiting.add("accounts", contributions.waiting)
