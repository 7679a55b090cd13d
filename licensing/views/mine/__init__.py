"""What a licensee sees of its licenses and asks of the Division: a level, more plants, fewer plants."""
