"""Every setting of the house, read once from the environment. A wrong or missing value stops the start."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import addresses
from config.environment import flag, folder, number, secret, text, words

ROOT = Path(__file__).resolve().parent.parent

# Where we run

DEMO = flag("DEMO", default=False)
DEBUG = flag("DEBUG", default=False)
DATA_DIR = folder("DATA_DIR", default=ROOT / "var")
SECRET_KEY = secret("SECRET_KEY", at_least=50)
_BASE = addresses.base("BASE_URL", default="http://127.0.0.1:8000")
BASE_URL = _BASE.geturl().rstrip("/")
TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", default=0, high=9)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", default=(_BASE.hostname or "",))
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", default=(BASE_URL,))
ENCRYPTED = _BASE.scheme == "https"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# What the house is made of

PARTS = [  # our own, each with its addresses
    "accounts",
    "casefile",
    "licensing",
    "help_center",
    "inspections",
    "inventory_windows",
    "schedules",
    "reports",
    "demonstration",
]
INSTALLED_APPS = [
    *PARTS,
    "accounts.apps.WindowConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "pgtrigger",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.sessions.KeepSession",
    "config.sessions.AskToSignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.frame",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "uswds"
CRISPY_TEMPLATE_PACK = "uswds"

# PostgreSQL: the only place where a fact lives

DB_POOL = flag("DB_POOL", default=False)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": addresses.database("DATABASE_URL")}
DATABASES["default"]["OPTIONS"] |= {
    "options": " ".join(
        [
            f"-c statement_timeout={number('DB_STATEMENT_TIMEOUT_MS', default=15_000)}",
            f"-c lock_timeout={number('DB_LOCK_TIMEOUT_MS', default=5_000)}",
            f"-c idle_in_transaction_session_timeout={number('DB_IDLE_TIMEOUT_MS', default=30_000)}",
        ]
    ),
    "connect_timeout": 5,
}
if DB_POOL:  # for the web process only: a pool in beat would not let it end while the database is away
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": number("DB_POOL_SIZE", default=8),
        "timeout": 5,
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# In the database, so that sign-in limits and sessions survive the loss of Redis
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # a flood of tries must not push out the counts of earlier ones
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Celery: a doorbell. It may ring twice, late or not at all

_VISIBILITY = timedelta(minutes=15)
REDIS_URL = addresses.redis("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 0.5
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": _VISIBILITY.total_seconds(),
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": _VISIBILITY.total_seconds()}
CELERY_VISIBILITY_TIMEOUT = _VISIBILITY.total_seconds()
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 180
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "casefile.tasks.sweep", "schedule": 60.0, "options": {"expires": 55}}}

# What a lower storey asks of a higher one, by name

DOORBELL = "casefile.tasks.deliver"  # rung after a commit that wrote a letter
CHORES = [  # what the sweep does besides deadlines and letters; each takes `at`
    "inspections.digest.write",
    "reports.weekly.write",
    "licensing.actions.keep_terms.keep_terms",
    "licensing.actions.measure_letters.write_measure_letters",
    "inventory_windows.endings.shut_what_is_over",
    "licensing.actions.late_reports.write_late_reports",
    "schedules.tasks.pick_up",
]
DELIVERY_SETTLED = "inspections.receipts.letter_settled"  # told what became of each copy of a letter
COMPLIANCE_RECORD = "inspections.queries.compliance.compliance_record"  # what is known of the cases at some premises
VISITS = "inspections.queries.compliance.visits"  # when each of some premises was last seen
ENFORCEMENT = "inspections.queries.enforcement.enforcement"  # what stands against a licensee, and plants counted there
WORK_OF = [  # the kinds of work that somebody may have open, each a casefile.work.Kind
    "inspections.actions.handing.CASES",
    "licensing.actions.handing.REQUESTS",
    "help_center.actions.handing.QUESTIONS",
    "inventory_windows.actions.handing.REQUESTS",
    "inventory_windows.actions.handing.CORRECTIONS",
    "schedules.actions.handing.VISITS",
    "schedules.actions.handing.COVERS",
]
COVERS = "schedules.queries.covering.covers_on"  # who stands in for whom on a day
SECRET_FOLDERS = ["schedules.queries.folders.of_plans"]  # that the window on all records leaves out
LICENSE_APPROVED = [  # told, in the transaction, of each license that is approved; each takes license, at
    "inventory_windows.actions.openings.license_approved",
]

# Mail

MAIL_FROM = text("MAIL_FROM", "Cannabis Control Division <no-reply@ccd.example>")
MAIL = addresses.mail(
    "EMAIL_URL",
    default="mailbox:" if DEMO or DEBUG else None,
    mailbox=DATA_DIR / "mail",
    sender=MAIL_FROM,
    archive=text("MAIL_ARCHIVE", ""),
)
PDF_AT_ONCE = flag("PDF_AT_ONCE", default=True)  # else a letter is put on paper when somebody first wants it so
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "mailbox": "config.mailbox.MaildirBackend",
}[MAIL.transport]
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls == "starttls", MAIL.tls == "implicit"
EMAIL_TIMEOUT = 10

# Who comes in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.adapter.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())
HOMES = {  # where `/` sends each role
    "officer": "inspections:work",
    "supervisor": "reports:team",
    "administrator": "casefile:staff",
    "auditor": "inspections:work",
    "representative": "inspections:notices",
}
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.AskForLinkForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "login_anywhere": "100/h/key",
    "ask_question": "10/h/ip,30/d/ip,3/h/key",  # the contact form of the help, signed out; key is the address
    "ask_question_as": "30/d/user",
    "wrong_feed": "60/h/ip",  # keys of calendar feeds that are not, or no longer, somebody's
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation, sent to the address itself
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _BASE.scheme
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# What a browser may do with our pages

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENCRYPTED
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.sessions.form_too_old"
SECURE_REDIRECT_EXEMPT = [r"^-/live/$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if ENCRYPTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENCRYPTED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None

# What comes in and where it is kept

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
FILE_UPLOAD_HANDLERS = [
    "casefile.documents.LimitUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STATIC_URL = "/static/"
STATIC_ROOT = folder("STATIC_ROOT", default=DATA_DIR / "static")
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR
            / "documents",  # never served: files leave only through a view that asks who wants them
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

# Language and time

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Denver"

# What is written down

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "config.logs.JsonLines"},
        "text": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "text" if DEMO or DEBUG else "json"},
    },
    "root": {"handlers": ["stderr"], "level": text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "weasyprint": {"level": "WARNING"},  # and the fonts it draws with: they tell of every step
        "fontTools": {"level": "WARNING"},
    },
}
