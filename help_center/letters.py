"""What this app writes to those who ask. The words stand in templates/letters/help_center/."""

from casefile.letters import Letter

RECEIPT = Letter("help_center.receipt", "Question received", "We got your question", to="asker")
ANSWER = Letter("help_center.answer", "Answer", "We answered your question", to="asker")
CORRECTION = Letter("help_center.correction", "Corrected answer", "We changed our answer to you", to="asker")
CLOSED = Letter("help_center.closed", "Question closed", "We closed your question", to="asker")
