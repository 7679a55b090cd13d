"""The pages of supervisors: dashboards, the lists behind their numbers, and both as files."""
