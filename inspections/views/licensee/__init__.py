"""What a licensee sees of a notice and does about it. Never a visit that is planned, a note, or a reason of staff."""
