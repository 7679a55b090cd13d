"""Inspections count plants in the words of reports (16.8.8.8)."""

from inspections.models.records import GROWTH_STAGES
from licensing.rules import STAGE_LABELS


def test_inspections_and_reports_use_one_vocabulary() -> None:
    assert [(str(stage), label) for stage, label in GROWTH_STAGES] == [(str(s), v) for s, v in STAGE_LABELS.items()]
