"""What the clock starts: each task with its pause in seconds."""

CELERY_BEAT_SCHEDULE = {
    "return-lost-jobs": {"task": "kernel.sweep_jobs", "schedule": 10.0},
    "send-mail": {"task": "kernel.send_waiting_mail", "schedule": 15.0},
    "sweep-files": {"task": "kernel.sweep_files", "schedule": 86_400.0},
    "seal-audit": {"task": "kernel.seal_audit", "schedule": 30.0},
    "remind-of-evaluations": {"task": "program.remind_of_evaluations", "schedule": 3600.0},
    "open-due-calls": {"task": "program.open_due_calls", "schedule": 30.0},
    "pass-deadlines": {"task": "proposals.lock_overdue_calls", "schedule": 30.0},
    "index-submissions": {"task": "proposals.index_missing", "schedule": 900.0},
    "watch-awards": {"task": "proposals.watch_awards", "schedule": 3600.0},
    "look-after-teams": {"task": "proposals.look_after_teams", "schedule": 300.0},
    # Each hour, so that a list ends on the day after its last, wherever the programme is.
    "end-reserve-lists": {"task": "review.end_reserve_lists", "schedule": 3600.0},
    "remind-of-deadlines": {"task": "proposals.remind", "schedule": 600.0},
    "remind-reviewers": {"task": "review.remind", "schedule": 600.0},
    "end-reopenings": {"task": "review.end_reopenings", "schedule": 300.0},
}
