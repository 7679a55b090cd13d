"""The pages of the schedule."""
