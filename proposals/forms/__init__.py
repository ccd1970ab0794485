"""Forms of proposals: shape only."""
