"""Settings, read from the environment. Embedded by default: one PC, SQLite, files as broker and mailbox."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config import environment
from config.environment import env

BASE_DIR = Path(__file__).resolve().parent.parent

environment.refuse_misspelt(list(os.environ))
APP_MODE = environment.mode()
PRODUCTION = APP_MODE == "production"
DEMO = APP_MODE == "demo"
if PRODUCTION:
    environment.refuse_incomplete_production()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
# Database, queue and papers are nobody else's business on this machine.
os.umask(0o077)
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
environment.close_to_others(DATA_DIR)

DEBUG = False
SECRET_KEY = environment.secret_key(DATA_DIR)
# The installation's own key, made when a file is first signed, and the others it knows (docs/adr/0019).
SIGNING_KEY = DATA_DIR / "keys" / "signing.pem"
if PRODUCTION:
    environment.refuse_open_key(SIGNING_KEY)
TRUSTED_KEYS = environment.trusted_keys()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# Links for staff and advisers; outsiders' links (surveys, cards) only with PUBLIC_BASE_URL.
BASE_URL = env.str("BASE_URL", default="").rstrip("/")
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="").rstrip("/")

INSTALLED_APPS = [
    "municipalities",
    "logicmodels",
    "indicators",
    "councils",
    "coordinators",
    "surveys",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "crispy_forms",
    "ninja",
]
MIDDLEWARE = [
    "reports.api.middleware.JsonErrors",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "municipalities.entrance.middleware.SameForEveryCookie",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "municipalities.entrance.middleware.NoStore",
    "municipalities.entrance.middleware.RefuseLargeBodies",
    "municipalities.entrance.middleware.RefuseNullBytes",
    "municipalities.entrance.middleware.ScopeMiddleware",
    "municipalities.entrance.middleware.ExplainMethod",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "municipalities.menus.navigation.navigation",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "dads"
CRISPY_FAIL_SILENTLY = False

# --- databases ---------------------------------------------------------------------------------
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "db.sqlite3",
            "CONN_MAX_AGE": 60,
        }
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Measured (docs/adr/0005): without IMMEDIATE and WAL a third of concurrent saves fail.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-16000;",
    }
else:
    # The second wall sets its municipality per statement; a server-side cursor outlives one.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # The login limits live here: a flood of names must not push them out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
if env.str("CACHE_URL", default=""):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.str("CACHE_URL"),
            "OPTIONS": {
                "serializer": "config.cache.JsonSerializer",
                "socket_timeout": 1,
                "socket_connect_timeout": 1,
            },
        }
    }

# --- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "municipalities.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "municipalities.login.passwords.SimilarityValidator"},
    {"NAME": "municipalities.login.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "municipalities.login.passwords.CommonValidator"},
    {"NAME": "municipalities.login.passwords.NumericValidator"},
    {"NAME": "municipalities.login.passwords.ContextWordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "municipalities.login.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
# No mail to addresses that nobody has here: visitors could have us write to anybody.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【在宅医療・介護連携PDCA】"
ACCOUNT_FORMS = {
    "login": "municipalities.login.account_forms.LoginForm",
    "change_password": "municipalities.login.account_forms.ChangePasswordForm",
    "reset_password": "municipalities.login.account_forms.ResetPasswordForm",
    "reset_password_from_key": "municipalities.login.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "municipalities.login.account_forms.ReauthenticateForm",
}
ACCOUNT_SESSION_REMEMBER = False
# A whole prefecture leaves through one address: accounts are limited, addresses hardly.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/5m/key,300/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "signup": "1/m/ip",
}
MFA_ADAPTER = "municipalities.login.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "municipalities.login.account_forms.AuthenticateForm",
    "reauthenticate": "municipalities.login.account_forms.ReauthenticateCodeForm",
    "activate_totp": "municipalities.login.account_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "在宅医療・介護連携PDCA"
MFA_TOTP_TOLERANCE = 1
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=PRODUCTION)
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "municipalities.entrance.error_views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    if env.bool("TRUST_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, NONCE],
        # allauth draws the TOTP code as a data image.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A file of 5 MB, the fields beside it, and room: nothing that is sent to us is larger.
LARGEST_BODY = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# --- files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- mail ----------------------------------------------------------------------------------------
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "municipalities.kernel.mailbox.FileMailbox"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 30
# Off where a mail gateway strips attachments: the mail then brings a link behind the login.
ATTACH_REPORTS = env.bool("ATTACH_REPORTS", default=True)
# An officer of many towns gets one mail about what was submitted within so many minutes.
REPORT_DIGEST_MINUTES = env.float("REPORT_DIGEST_MINUTES", default=30)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="hccp-pdca@localhost")

# --- background work -----------------------------------------------------------------------------
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", default=60)
JOB_HEARTBEAT_SECONDS = env.float("JOB_HEARTBEAT_SECONDS", default=20)
JOB_SWEEP_SECONDS = env.float("JOB_SWEEP_SECONDS", default=15)

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
CELERY_BROKER_TRANSPORT_OPTIONS: dict = {}
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "queue" / "messages"),
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_TIME_LIMIT = 330
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A broker that restarts must not cost a running job its attempt: the lease says whose it is.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "municipalities.tasks.sweep",
        "schedule": JOB_SWEEP_SECONDS,
    },
    "recount_progress": {
        "task": "reports.tasks.recount_progress",
        "schedule": 300,
    },
    "begin_morning_letters": {
        "task": "reports.tasks.begin_morning_letters",
        "schedule": 600,
    },
    "count_findings": {
        "task": "reports.tasks.count_findings",
        "schedule": 86400,
    },
    "remove_old_files": {
        "task": "reports.tasks.remove_old_files",
        "schedule": 3600,
    },
    "remind_of_inquiries": {
        "task": "reports.tasks.remind_of_inquiries",
        "schedule": 3600,
    },
    "empty_due_rounds": {
        "task": "surveys.tasks.empty_due_rounds",
        "schedule": 3600,
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"invitations": {"()": "municipalities.people.secrecy.HideInvitations"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["invitations"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
        "django.server": {"level": "WARNING"},
    },
}
