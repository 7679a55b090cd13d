"""What an extract of the register says: reading a file and its rows, comparing them. Nothing is written here."""
