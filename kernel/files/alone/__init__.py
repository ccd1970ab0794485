"""Programs that run alone, each as a process with its own bounds of time and memory: they import nothing of the portal."""
