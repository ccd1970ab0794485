"""Forms of the programme: shape only. Rules come back from the actions."""
