"""The Django admin as a window: administrators look, nobody changes anything. It has no sign-in of its own."""

from functools import update_wrapper
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property

from accounts.permissions import allows
from accounts.rights import refusal

ROW = "accounts.see_records"
FAR = 10_000  # rows to leaf through; who looks for an older one searches
WIDE = 8


class House(admin.AdminSite):
    """The admin behind the sign-in of the house."""

    site_header = site_title = "Cannabis Control Division, records"
    index_title = "What is on record, to look at"
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and allows(request.user, ROW)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise refusal(request.user)
            return inner(request, *args, **kwargs)

        return update_wrapper(page, inner)

    def get_urls(self) -> list[Any]:
        """Without the doors that a window has no use for."""
        return [url for url in super().get_urls() if getattr(url, "name", "") not in ("autocomplete", "view_on_site")]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Send strangers to the one sign-in page."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise refusal(request.user)
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next", resolve_url("admin:index")))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Let windows in; what other packages bring could change something, and stays out."""
        if admin_class and issubclass(admin_class, Window):
            super().register(model_or_iterable, admin_class, **options)


class NearPaginator(Paginator):
    """Counts no further than somebody leafs."""

    @cached_property
    def count(self) -> int:
        rows = cast("models.QuerySet[Any]", self.object_list)
        return rows.order_by()[:FAR].count()


class Window(admin.ModelAdmin):
    """One table to look at: its plain columns, other rows by their number, so that a list asks nothing for each row."""

    actions = None
    view_on_site = False
    paginator = NearPaginator
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False

    def get_list_display(self, request: HttpRequest) -> Any:
        long = (models.TextField, models.JSONField, models.BinaryField, models.GeneratedField)
        fields = [field for field in self.model._meta.concrete_fields if not isinstance(field, long)]
        return [field.attname for field in fields if field.name not in (self.exclude or ())][:WIDE]
