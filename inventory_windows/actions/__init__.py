"""What people and the clockwork do with windows and corrections."""
