"""What this app writes. The words stand in templates/letters/reports/."""

from casefile.letters import Letter

WEEKLY = Letter("reports.weekly", "The week", "The week: {{ overdue }} overdue, {{ open }} open", to="supervisors")
