"""Two worlds that differ only in plans read the same, byte by byte, to a licensee and to a stranger."""
