"""The planner: from premises, officers and days to a proposal. Knows no database."""

from schedules.planner.problem import (
    COMPLAINT,
    FOLLOW_UP,
    INVESTIGATION,
    ROUTINE,
    Candidate,
    Figures,
    Fixed,
    LeftOut,
    Officer,
    Problem,
    Proposal,
    Proposed,
    Wishes,
)

__all__ = [
    "COMPLAINT",
    "FOLLOW_UP",
    "INVESTIGATION",
    "ROUTINE",
    "Candidate",
    "Figures",
    "Fixed",
    "LeftOut",
    "Officer",
    "Problem",
    "Proposal",
    "Proposed",
    "Wishes",
]
