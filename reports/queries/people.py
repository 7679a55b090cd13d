"""Whose work a list may be narrowed to."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from inspections.models import Inspection


def people() -> QuerySet[User]:
    """Everybody by whom a list may be narrowed: who may have cases, and who has some."""
    has_cases = Exists(Inspection.objects.filter(officer=OuterRef("pk")))
    return User.objects.filter(Q(role__in=[Role.OFFICER, Role.SUPERVISOR]) | Q(has_cases))
