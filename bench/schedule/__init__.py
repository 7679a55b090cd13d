"""How good and how fast the planner of the month is, on invented data with a seed."""
