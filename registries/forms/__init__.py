"""Forms of the registries."""
