"""Pages about a shortage of medical cannabis: what was found, what was ordered, and who did it."""
