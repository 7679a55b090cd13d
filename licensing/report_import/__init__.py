"""What a file of monthly reports says: its columns, its numbers, its rows. Nothing is written here."""
