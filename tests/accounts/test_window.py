"""The Django admin: behind the one sign-in, for administrators, to look only."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.window import Window
from casefile.models import CaseFile
from tests import factories

OURS = ("accounts", "casefile", "licensing", "help_center", "inspections", "inventory_windows")
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]


@pytest.fixture
def looker(client, db):
    user = factories.user(Role.ADMINISTRATOR)
    client.force_login(user)
    return client


def page(model, name="changelist", *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


class TestSignIn:
    @pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/casefile/event/"])
    def test_strangers_go_to_the_one_sign_in_page(self, client, db, path):
        reply = client.get(path, follow=True)
        assert reply.redirect_chain[-1][0].startswith("/sign-in/?next=/admin/")

    def test_there_is_no_second_form(self, client, db):
        assert client.post("/admin/login/", {"username": "x", "password": "x"})["Location"].startswith("/sign-in/")

    @pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/casefile/event/", "/admin/jsi18n/"])
    def test_staff_are_told_and_licensees_find_nothing(self, client, dana, marco, tomas, path):
        for user, status in ((dana, 403), (marco, 403), (tomas, 404)):
            client.force_login(user)
            assert client.get(path).status_code == status


class TestWindows:
    def test_every_model_of_ours_has_one_and_nothing_else_is_there(self):
        assert set(admin.site._registry) == set(MODELS)
        assert all(isinstance(window, Window) for window in admin.site._registry.values())

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
    def test_lists_open_and_nothing_can_be_added(self, looker, model):
        shown = looker.get(page(model))
        assert shown.status_code == 200 and "add/" not in shown.content.decode()
        assert looker.get(page(model, "add")).status_code == 403
        assert looker.post(page(model, "add"), {}).status_code == 403

    def test_a_row_is_shown_and_cannot_be_changed_or_deleted(self, looker, dana):
        case = factories.with_findings(dana)
        for row in (case, case.file, case.file.events.first(), case.violations.first(), dana):
            model = type(row)
            shown = looker.get(page(model, "change", row.pk))
            assert shown.status_code == 200 and 'type="submit"' not in without_sign_out(shown.content.decode())
            assert looker.post(page(model, "change", row.pk), {}).status_code == 403
            assert looker.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
            picked = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            looker.post(page(model), picked)
            assert model.objects.filter(pk=row.pk).exists()

    def test_no_password_and_no_key_of_an_invitation_is_shown(self, looker, dana):
        shown = looker.get(page(type(dana), "change", dana.pk)).content.decode()
        assert dana.email in shown and dana.password not in shown

    def test_a_list_asks_the_same_whatever_it_holds(self, looker, dana, django_assert_max_num_queries):
        for _ in range(5):
            factories.with_findings(dana, findings=2)
        for model in MODELS:
            with django_assert_max_num_queries(7):
                looker.get(page(model))

    def test_a_count_has_an_end(self, looker):
        with CaptureQueriesContext(connection) as asked:
            looker.get(page(CaseFile))
        counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
        assert counts and all("LIMIT 10000" in sql for sql in counts)


def without_sign_out(text: str) -> str:
    """The page without the form in its header."""
    return text.split('<div id="container"')[-1].split("logout-form")[-1].split("</form>", 1)[-1]
