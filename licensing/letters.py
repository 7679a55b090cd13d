"""What this app writes. The words stand in templates/letters/licensing/."""

from casefile.letters import Letter

PERSON_ADDED = Letter("licensing.person_added", "You can act for a licensee", "You can now act for {{ licensee }}")
