"""What the settings promise as a whole."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from config.celery import app
from tools.check import PRODUCTION


def settings_say(expression: str, **env: str) -> subprocess.CompletedProcess:
    """Read the settings in a process of their own, as production would."""
    command = [sys.executable, "-c", f"from django.conf import settings; print(({expression}))"]
    return subprocess.run(command, env=os.environ | PRODUCTION | env, capture_output=True, text=True, timeout=30)


class TestProduction:
    def test_https_brings_secure_cookies_and_strict_transport(self):
        said = settings_say(
            "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0"
        )
        assert said.stdout == "(True, True, True)\n"

    @pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"])
    def test_nothing_stands_in_for_what_is_missing(self, name):
        said = settings_say("settings.DEBUG", **{name: ""})
        assert said.returncode != 0
        assert f"{name} is not set" in said.stderr

    def test_proxies_are_believed_only_when_they_are_counted(self):
        read = "settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT"
        assert settings_say(read, TRUSTED_PROXY_COUNT="0").stdout == "(None, 0)\n"
        assert settings_say(read, TRUSTED_PROXY_COUNT="2").stdout == "(('HTTP_X_FORWARDED_PROTO', 'https'), 2)\n"


class TestPages:
    def test_the_policy_lets_nothing_in_that_is_not_ours(self, client):
        policy = client.get("/-/live/").headers["Content-Security-Policy"]
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert parts["default-src"] == "'none'"
        assert parts["script-src"] == parts["style-src"] == "'self'"
        assert "unsafe" not in policy
        assert "http" not in policy

    def test_liveness_asks_nobody(self, client, django_assert_num_queries, db):
        with django_assert_num_queries(0):
            assert client.get("/-/live/").content == b"ok"

    def test_a_page_is_closed_unless_it_says_otherwise(self):
        layers = [import_string(name) for name in settings.MIDDLEWARE]
        assert any(isinstance(layer, type) and issubclass(layer, LoginRequiredMiddleware) for layer in layers)


@pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored")
@pytest.mark.parametrize("broker", ["redis://127.0.0.1:1/0", "redis+socket:///nonexistent"])
def test_a_doorbell_that_is_out_of_order_costs_less_than_a_second(broker):
    """By the path a view takes: `send_task` publishes, whatever the eager setting of the tests."""
    began = time.monotonic()
    with app.connection_for_write(broker) as connection, pytest.raises(OperationalError):
        app.send_task("casefile.tasks.sweep", connection=connection)
    assert time.monotonic() - began < 1


@pytest.mark.django_db
def test_sign_in_limits_live_in_the_database():
    from django.core.cache import cache
    from django.db import connection

    cache.set("kept", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] > 0
