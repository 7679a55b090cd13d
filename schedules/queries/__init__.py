"""The lists and values of the schedule."""
