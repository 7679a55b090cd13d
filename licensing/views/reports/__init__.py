"""Monthly reports: as licensees send them, and as the office sees them."""
