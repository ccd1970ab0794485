"""An outcome report as files: made from its snapshot alone, in the language that is activated."""
