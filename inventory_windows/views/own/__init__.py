"""What a licensee sees of its windows and asks for. Never a red flag, an inspection, or a note of the office."""
