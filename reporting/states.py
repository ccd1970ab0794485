"""No object of this app has a workflow yet: reports are jobs, and their versions never change."""
