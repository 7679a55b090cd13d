"""The settings of the house with the few differences that tests need. `tests.plugin` gives the addresses."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789" * 5)
os.environ.setdefault("DATABASE_URL", "postgresql://app@/postgres?host=/nonexistent")
os.environ.setdefault("REDIS_URL", "redis+socket:///nonexistent")
os.environ.setdefault("DATA_DIR", tempfile.gettempdir() + "/tests-without-plugin")
os.environ.setdefault("EMAIL_URL", "mailbox:")
os.environ["DEMO"] = os.environ["DEBUG"] = "0"

from config.settings import *  # noqa: E402, F403
from config.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PDF_AT_ONCE = False  # half a second for each letter; the tests of letters turn it on
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
