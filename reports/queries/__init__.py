"""What supervisors read, as questions to the database."""
