"""The table of rights: rows are steps and pages, columns are roles, cells say how far a right reaches."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from accounts.models import Role, User

COLUMNS = ("officer", "supervisor", "administrator", "auditor", "owner", "manager", "viewer", "clockwork")


class Reach(StrEnum):
    """How far a right reaches."""

    ANY = "any"
    ASSIGNED = "assigned"
    OWN = "own"


ANY, ASSIGNED, OWN = Reach.ANY, Reach.ASSIGNED, Reach.OWN
Row = Mapping[str, Reach]


class Thing(Protocol):
    """What the table may ask of a thing."""

    def is_assigned_to(self, user: User) -> bool: ...

    def standing_of(self, user: User) -> str: ...


def row(**cells: Reach) -> Row:
    """One row of the table; a column that is not named has no right."""
    unknown = set(cells) - set(COLUMNS)
    if unknown:
        raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    return cells


STAFF_SEE = row(officer=ANY, supervisor=ANY, administrator=ANY, auditor=ANY)
STAFF_ACT = row(officer=ASSIGNED, supervisor=ANY)
SUPERVISOR = row(supervisor=ANY)
LICENSEE_ACT = row(owner=OWN, manager=OWN)
LICENSEE_SEE = row(owner=OWN, manager=OWN, viewer=OWN)

TABLE: dict[str, Row] = {
    # Steps of an inspection
    "inspections.begin_visit": STAFF_ACT,
    "inspections.record_entry_refused": STAFF_ACT,
    "inspections.end_visit": STAFF_ACT,
    "inspections.end_visit_in_compliance": STAFF_ACT,
    "inspections.reopen_findings": STAFF_ACT,
    "inspections.serve_nolv": STAFF_ACT,
    "inspections.serve_nolv_without_cap": SUPERVISOR,
    "inspections.stop_nolv": STAFF_ACT,
    "inspections.rescind_nolv": SUPERVISOR,
    "inspections.record_receipt": row(officer=ASSIGNED, supervisor=ANY, clockwork=ANY),
    "inspections.acknowledge_nolv": LICENSEE_ACT,
    "inspections.submit_cap": LICENSEE_ACT,
    "inspections.return_cap": STAFF_ACT,
    "inspections.approve_cap": STAFF_ACT,
    "inspections.send_evidence": LICENSEE_ACT,
    "inspections.review_evidence": STAFF_ACT,
    "inspections.close_out": STAFF_ACT,
    "inspections.refer_for_discipline": SUPERVISOR,
    "inspections.impose_penalty": SUPERVISOR,
    "inspections.suspend_license": SUPERVISOR,
    "inspections.revoke_license": SUPERVISOR,
    "inspections.return_to_corrections": SUPERVISOR,
    "inspections.dismiss_case": SUPERVISOR,
    "inspections.extend_deadline": SUPERVISOR,
    "inspections.reassign_case": SUPERVISOR,
    "inspections.cancel_inspection": STAFF_ACT,
    # What is more than a step
    "inspections.start_inspection": row(officer=ANY, supervisor=ANY),
    "inspections.plan_inspection": row(officer=ANY, supervisor=ANY),
    "inspections.record_violation": STAFF_ACT,
    "inspections.draft_nolv": STAFF_ACT,
    "inspections.add_note": row(officer=ANY, supervisor=ANY),
    "inspections.redirect_nolv": STAFF_ACT,
    # Pages
    "inspections.see": row(
        officer=ANY, supervisor=ANY, administrator=ANY, auditor=ANY, owner=OWN, manager=OWN, viewer=OWN
    ),
    "inspections.see_notice": LICENSEE_SEE,
    "inspections.see_work": STAFF_SEE,
    "inspections.see_cases": STAFF_SEE,
    "inspections.see_catalog": STAFF_SEE,
    # Licensees, licenses, premises, the register
    "licensing.see": row(
        officer=ANY, supervisor=ANY, administrator=ANY, auditor=ANY, owner=OWN, manager=OWN, viewer=OWN
    ),
    "licensing.see_premises": STAFF_SEE,
    "licensing.see_licensees": STAFF_SEE,
    "licensing.see_register": STAFF_SEE,
    "licensing.settle_held_row": row(officer=ANY, supervisor=ANY, administrator=ANY),
    "licensing.see_mine": LICENSEE_SEE,
    # Requests about mature plants
    "licensing.see_requests": STAFF_SEE,
    "licensing.submit_request": LICENSEE_ACT,
    "licensing.withdraw_request": LICENSEE_ACT,
    "licensing.take_request": row(officer=ANY, supervisor=ANY),
    "licensing.ask_for_information": STAFF_ACT,
    "licensing.find_complete": STAFF_ACT,
    "licensing.approve_request": STAFF_ACT,
    "licensing.deny_request": STAFF_ACT,
    "licensing.reassign_request": SUPERVISOR,
    # Licenses and their terms
    "licensing.see_licenses": STAFF_SEE,
    "licensing.see_plant_table": row(supervisor=ANY, administrator=ANY, auditor=ANY),
    "licensing.apply_license": row(officer=ANY, supervisor=ANY),
    "licensing.approve_license": row(officer=ANY, supervisor=ANY),
    "licensing.deny_license": row(officer=ANY, supervisor=ANY),
    "licensing.renew_license": row(officer=ANY, supervisor=ANY),
    "licensing.expire_license": row(clockwork=ANY),
    "licensing.end_license": row(officer=ANY, supervisor=ANY, clockwork=ANY),
    "licensing.follow_register": row(clockwork=ANY),
    "licensing.record_tax_clearance": row(officer=ANY, supervisor=ANY),
    "licensing.record_operations": row(officer=ANY, supervisor=ANY),
    "licensing.record_expiry": row(officer=ANY, supervisor=ANY),
    "licensing.lift_suspension": SUPERVISOR,
    # Shortage of medical cannabis
    "licensing.see_shortage": STAFF_SEE,
    "licensing.find_shortage": SUPERVISOR,
    "licensing.withdraw_finding": SUPERVISOR,
    "licensing.order_measure": SUPERVISOR,
    "licensing.record_exhausted": SUPERVISOR,
    "licensing.end_measure": SUPERVISOR,
    # People and contacts of a licensee
    "licensing.see_people": row(
        officer=ANY, supervisor=ANY, administrator=ANY, auditor=ANY, owner=OWN, manager=OWN, viewer=OWN
    ),
    "licensing.change_people": row(supervisor=ANY, administrator=ANY, owner=OWN),
    "licensing.change_contacts": row(officer=ANY, supervisor=ANY, administrator=ANY, owner=OWN, manager=OWN),
    # Monthly reports
    "licensing.see_reports": STAFF_SEE,
    "licensing.send_report": LICENSEE_ACT,
    "licensing.import_reports": row(officer=ANY, supervisor=ANY, administrator=ANY, clockwork=ANY),
    # Help and questions
    "help_center.take_question": row(officer=ANY, supervisor=ANY),
    "help_center.put_back_question": STAFF_ACT,
    "help_center.answer_question": STAFF_ACT,
    "help_center.correct_answer": STAFF_ACT,
    "help_center.close_question": row(officer=ANY, supervisor=ANY),
    "help_center.ask_question": row(officer=ANY, supervisor=ANY, owner=OWN, manager=OWN),
    "help_center.write_draft": row(officer=ANY, supervisor=ANY, administrator=ANY),
    "help_center.publish_article": row(supervisor=ANY, administrator=ANY),
    "help_center.change_contact": row(officer=ANY, supervisor=ANY, administrator=ANY),
    "help_center.see_questions": STAFF_SEE,
    "help_center.see_articles": STAFF_SEE,
    "help_center.see_localities": STAFF_SEE,
    "help_center.see_own_questions": LICENSEE_SEE,
    # Inventory windows, State approval of corrections
    "inventory_windows.begin_request": LICENSEE_ACT,
    "inventory_windows.submit_window_request": LICENSEE_ACT,
    "inventory_windows.send_documents": LICENSEE_ACT,
    "inventory_windows.withdraw_window_request": LICENSEE_ACT,
    "inventory_windows.begin_correction": LICENSEE_ACT,
    "inventory_windows.submit_correction": LICENSEE_ACT,
    "inventory_windows.answer_correction": LICENSEE_ACT,
    "inventory_windows.withdraw_correction": LICENSEE_ACT,
    "inventory_windows.begin_review": row(officer=ANY, supervisor=ANY),
    "inventory_windows.ask_documents": row(officer=ANY, supervisor=ANY),
    "inventory_windows.approve_window": row(officer=ANY, supervisor=ANY),
    "inventory_windows.reschedule_window": row(officer=ANY, supervisor=ANY),
    "inventory_windows.refuse_window": row(officer=ANY, supervisor=ANY),
    "inventory_windows.confirm_opened": row(officer=ANY, supervisor=ANY),
    "inventory_windows.confirm_shut": row(officer=ANY, supervisor=ANY),
    "inventory_windows.open_first_window": row(officer=ANY, supervisor=ANY, clockwork=ANY),
    "inventory_windows.shut_window": row(clockwork=ANY),
    "inventory_windows.shut_first_window": row(clockwork=ANY),
    "inventory_windows.ask_about_correction": row(officer=ANY, supervisor=ANY),
    "inventory_windows.approve_correction": row(officer=ANY, supervisor=ANY),
    "inventory_windows.refuse_correction": row(officer=ANY, supervisor=ANY),
    "inventory_windows.reassign_window_request": SUPERVISOR,
    "inventory_windows.reassign_correction": SUPERVISOR,
    "inventory_windows.see": row(
        officer=ANY, supervisor=ANY, administrator=ANY, auditor=ANY, owner=OWN, manager=OWN, viewer=OWN
    ),
    "inventory_windows.see_own": LICENSEE_SEE,
    "inventory_windows.see_desk": STAFF_SEE,
    "inventory_windows.see_figures": row(supervisor=ANY, administrator=ANY, auditor=ANY),
    # The plan of a month
    "schedules.propose_plan": row(supervisor=ANY, clockwork=ANY),
    "schedules.publish_plan": SUPERVISOR,
    "schedules.replace_plan": SUPERVISOR,
    "schedules.discard_plan": row(supervisor=ANY, clockwork=ANY),
    "schedules.make_plan": SUPERVISOR,
    "schedules.change_visit": SUPERVISOR,
    "schedules.skip_visit": STAFF_ACT,
    "schedules.change_officers": SUPERVISOR,
    "schedules.hand_over": SUPERVISOR,
    "schedules.see_plans": row(supervisor=ANY, auditor=ANY),
    "schedules.see_own_month": row(officer=ANY, supervisor=ANY),
    "schedules.see_day_sheet": row(officer=ASSIGNED, supervisor=ANY, auditor=ANY),
    "schedules.see_officers": row(supervisor=ANY, administrator=ANY, auditor=ANY),
    "schedules.see_reads": row(supervisor=ANY, administrator=ANY, auditor=ANY),
    # Team, mail
    "reports.see_team": row(supervisor=ANY, administrator=ANY, auditor=ANY),
    "casefile.see_mail": STAFF_SEE,
    "casefile.see_letter": row(
        officer=ANY, supervisor=ANY, administrator=ANY, auditor=ANY, owner=OWN, manager=OWN, viewer=OWN
    ),
    "casefile.settle_delivery": STAFF_ACT,
    "casefile.see_calendar": STAFF_SEE,
    "casefile.see_own_calendar": LICENSEE_SEE,
    "casefile.see_document": row(
        officer=ANY, supervisor=ANY, administrator=ANY, auditor=ANY, owner=OWN, manager=OWN, viewer=OWN
    ),
    # Settings
    "accounts.see_records": row(administrator=ANY),
    "accounts.see_staff": row(supervisor=ANY, administrator=ANY, auditor=ANY),
    "accounts.change_staff": row(administrator=ANY),
    "casefile.see_holidays": STAFF_SEE,
    "casefile.change_holidays": row(administrator=ANY),
    "casefile.see_policies": STAFF_SEE,
    "casefile.change_policies": row(administrator=ANY),
}


def allows(user: User, action: str, thing: Thing | None = None) -> bool:
    """Say whether `user` may take `action` on `thing`. An action with no row is a bug and raises KeyError."""
    cells = TABLE[action]
    if user.role == Role.REPRESENTATIVE:
        return thing is not None and user.is_active and cells.get(thing.standing_of(user)) is OWN
    if not user.is_active and user.role != Role.CLOCKWORK:
        return False
    match cells.get(user.role):
        case Reach.ANY:
            return True
        case Reach.ASSIGNED:
            return thing is not None and thing.is_assigned_to(user)
        case _:
            return False


def ever_allows(user: User, action: str) -> bool:
    """Say whether `action` can be open to `user` on anything at all; for menus, never for acts."""
    cells = TABLE[action]
    columns = ("owner", "manager", "viewer") if user.role == Role.REPRESENTATIVE else (user.role,)
    return user.is_active and any(column in cells for column in columns)
