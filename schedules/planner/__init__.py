"""The planner: from premises, officers and days to a proposal. Knows no database."""
