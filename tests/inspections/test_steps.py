"""The machine of an inspection, as one table: which step leads from which state to which. The test only reads it.

A dot: the step is not possible there. `same`: the state stays. Two states with a stroke: the facts of the case decide.
"""

import pytest
from django_fsm import GET_STATE

from casefile.actions import move, refusals
from inspections.models import Inspection
from inspections.stages import State
from tests import factories

SHORT = {
    "plan": State.PLANNED, "vis": State.IN_PROGRESS, "draft": State.FINDINGS_RECORDED, "cap": State.CAP_DUE,
    "capR": State.CAP_IN_REVIEW, "cor": State.CORRECTIONS_DUE, "corR": State.CORRECTIONS_IN_REVIEW,
    "end": State.CLOSED, "disc": State.DISCIPLINE, "off": State.CANCELLED,
}  # fmt: skip

SPECIFICATION = """
step                     plan   vis    draft  cap    capR     cor      corR     end  disc     off
begin_visit              vis    .      .      .      .        .        .        .    .        .
record_entry_refused     draft  draft  .      .      .        .        .        .    .        .
end_visit                .      draft  .      .      .        .        .        .    .        .
end_visit_in_compliance  .      end    .      .      .        .        .        .    .        .
reopen_findings          .      .      vis    .      .        .        .        .    .        .
serve_nolv               .      .      cap    .      .        .        .        .    .        .
serve_nolv_without_cap   .      .      disc   .      .        .        .        .    .        .
stop_nolv                .      .      .      draft  .        .        .        .    draft    .
rescind_nolv             .      .      .      draft  draft    draft    draft    .    .        .
record_receipt           .      .      .      cap    .        .        .        .    disc     .
acknowledge_nolv         .      .      .      cap    .        .        .        .    disc     .
submit_cap               .      .      .      capR   .        .        .        .    .        .
return_cap               .      .      .      .      cap      .        .        .    .        .
approve_cap              .      .      .      .      cor/corR .        .        .    .        .
send_evidence            .      .      .      cap    capR     corR     corR     .    .        .
review_evidence          .      .      .      .      .        .        cor/corR .    .        .
close_out                .      .      .      .      .        .        end      .    .        .
refer_for_discipline     .      .      disc   disc   disc     disc     disc     .    .        .
impose_penalty           .      .      .      .      .        .        .        .    end      .
suspend_license          .      .      .      .      .        .        .        .    end      .
revoke_license           .      .      .      .      .        .        .        .    end      .
return_to_corrections    .      .      .      .      .        .        .        .    cor/corR .
dismiss_case             .      .      .      .      .        .        .        .    end      .
extend_deadline          .      .      .      same   same     same     same     .    .        .
reassign_case            same   same   same   same   same     same     same     .    same     .
cancel_inspection        off    off    off    .      .        .        .        .    .        .
"""

HEAD, *ROWS = [line.split() for line in SPECIFICATION.strip().splitlines()]
CELLS = [(SHORT[name], row[0], cell) for row in ROWS for name, cell in zip(HEAD[1:], row[1:], strict=True)]


def targets(state: State, step: str) -> set[str]:
    """Where the machine goes; nothing where it does not go."""
    found = move(Inspection(state=state), step)
    if found is None:
        return set()
    if found.target is None:
        return {state}
    return set(found.target.allowed_states) if isinstance(found.target, GET_STATE) else {found.target}


@pytest.mark.parametrize(("state", "step", "cell"), CELLS, ids=[f"{state}-{step}" for state, step, _ in CELLS])
def test_every_step_leads_where_the_table_says(state, step, cell):
    expected = (
        {".": set(), "same": {state}}.get(cell) if cell in (".", "same") else {SHORT[to] for to in cell.split("/")}
    )
    assert targets(state, step) == expected


def test_the_table_names_every_state_and_every_step():
    moves = Inspection._meta.get_field("state").get_all_transitions(Inspection)
    assert [SHORT[name] for name in HEAD[1:]] == list(State)
    assert {row[0] for row in ROWS} == {found.name for found in moves}


def test_nothing_leads_out_of_the_end():
    for step in (row[0] for row in ROWS):
        assert targets(State.CLOSED, step) == targets(State.CANCELLED, step) == set()


def test_a_step_that_is_not_possible_says_so(dana):
    case = factories.planned(dana)
    assert refusals(case, "close_out") == ["Not possible while this case is: planned."]
