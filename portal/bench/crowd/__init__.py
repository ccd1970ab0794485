"""The crowd of a bench: made-up applicants with complete drafts, who are signed in, and what they do at once."""
