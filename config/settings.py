"""One settings file. Environments differ by environment variables only (deploy/README.md)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config.env import BASE_DIR, env, kept_secret, secret, secrets_by_name
from config.private import private_file, private_folder

#: Where one machine keeps its database, queue and secret.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
private_folder(VAR_DIR)

# --- identity of this installation --------------------------------------------------------------
#: Shown in the page header. A force sets its own.
ORG_NAME = env.str("ORG_NAME", default="Example Constabulary")
#: Code of the force that imports and pages use when none is named.
DEFAULT_FORCE = env.str("DEFAULT_FORCE", default="EXA")
# A file of further versions of the static scores' tables (risk/static_scores/versions.yaml).
STATIC_SCORE_VERSIONS = env.str("STATIC_SCORE_VERSIONS", default="")
#: Where whoever uses the pages finds the source of what runs (AGPL section 13). Empty: no link.
SOURCE_URL = env.str("SOURCE_URL", default="")
#: Says on every page that nobody on it is real. True once the example force was loaded here.
EXAMPLE_DATA = env.bool("EXAMPLE_DATA", default=(VAR_DIR / "example-sign-ins.json").exists())

# --- security -----------------------------------------------------------------------------------
SECRET_KEY = secret("SECRET_KEY", default=lambda: kept_secret(VAR_DIR / "secret-key"))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
#: What feeds of indicators sign their deliveries with, by the name of the feed.
INDICATOR_FEED_SECRETS = secrets_by_name(secret("INDICATOR_FEED_SECRETS", default=""))
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
#: True where a proxy ends TLS in front of us and sets X-Forwarded-Proto.
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
#: The API answers plain http with a refusal (config.edge), never with a redirect that hides a
#: leaked token.
SECURE_REDIRECT_EXEMPT = [r"^api/", r"^healthz$", r"^readyz$"]
#: Nothing to other sites. `no-referrer` would make browsers send `Origin: null` with our own forms,
#: which the CSRF check refuses; our addresses hold public ids only.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
#: Idle limit, seconds, counted from the last request (trust promise 17; `ui.middleware` renews).
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=15 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
#: A form that was open while somebody signed in elsewhere is drawn again as it was typed.
CSRF_FAILURE_VIEW = "ui.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE, "'strict-dynamic'"],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "require-trusted-types-for": ["'script'"],
    }
}

# --- apps ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "ui",
    "api",
    "workflows",
    "risk",
    "offenders",
    "rules",
    "accounts",
    "audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "csp",
    "viewflow",
    "viewflow.workflow",
    "rest_framework",
    "drf_spectacular",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.requests.RequestContextMiddleware",
    "config.edge.EdgeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ui.middleware.PagesMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.page",
            ],
            "builtins": ["ui.templatetags.ui"],
        },
    }
]

# --- database -----------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url_config(
        secret("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/mosovo.sqlite3")
    )
}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    if _database["NAME"] != ":memory:":
        private_file(Path(_database["NAME"]))
    # DEFERRED loses 707 of 800 read-then-write transactions to "database is locked"; IMMEDIATE, 1.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=67108864; PRAGMA temp_store=MEMORY;"
        ),
    }
    # A file, not memory: threads that share a database in memory lock each other out at once.
    _database["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # random_page_cost: PostgreSQL's default of 4 is for spinning disks, and has it read a whole
    # table to find the fifty rows of a list by key.
    _database.setdefault("OPTIONS", {})["options"] = (
        "-c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s "
        "-c random_page_cost=1.1"
    )
    _database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=300)
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- sign-in ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "ui:sign-in"
LOGIN_REDIRECT_URL = "ui:tasks"
LOGOUT_REDIRECT_URL = "ui:sign-in"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURE_LIMIT", default=10)
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_TEMPLATE = "ui/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
#: Tokens for integrations (accounts/oidc.py). Opaque and hashed, so no signing key is needed.
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = env.int("ACCESS_TOKEN_SECONDS", default=30 * 60)
#: How long an integration works before its secret is renewed, and at most (trust promise 18).
INTEGRATION_DAYS = env.int("INTEGRATION_DAYS", default=90)
INTEGRATION_LONGEST_DAYS = env.int("INTEGRATION_LONGEST_DAYS", default=365)
#: allauth's own sign-in pages are not mounted; it sends no mail.
ACCOUNT_EMAIL_VERIFICATION = "none"
#: By name alone is meant: an attacker who changes address is still stopped after ten guesses.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# --- language, dates, static files --------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
STATIC_URL = "/static/"
# Only ours: packages bring megabytes for pages that we do not show, and viewflow's style sheet
# names a font that it does not ship, which would stop the collecting.
STATICFILES_DIRS = [BASE_DIR / "ui" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC_ROOT = BASE_DIR / "static" / "collected"
WHITENOISE_MAX_AGE = 31_536_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "STATICFILES_STORAGE",
            default="whitenoise.storage.CompressedManifestStaticFilesStorage",
        )
    },
}

# --- REST API -----------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.auth.ClientTokenAuthentication",
        "api.auth.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.auth.IsActor"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.problem_handler",
    "DATETIME_INPUT_FORMATS": ["iso-8601"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Offender management",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    # Words are listed where they are used: naming each set would say nothing more.
    "POSTPROCESSING_HOOKS": ["api.token_schema.with_token_route"],
}
#: Largest upload of an extract, bytes (100,000 rows are about 26 MB).
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=64 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Celery -------------------------------------------------------------------------------------
# Files have no host, but where none is named every connection warns that it takes this one.
CELERY_BROKER_URL = secret("CELERY_BROKER_URL", default="filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem"):
    for _folder in ("", "messages", "control"):
        private_folder(VAR_DIR / "queue" / _folder)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": f"{VAR_DIR}/queue/messages",
        "data_folder_out": f"{VAR_DIR}/queue/messages",
        "control_folder": f"{VAR_DIR}/queue/control",
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = f"{VAR_DIR}/beat-schedule"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- logs: no personal data, no paths with ids, no query strings --------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "without_path": {"()": "config.logs.WithoutPath"},
        "without_words": {"()": "config.logs.WithoutWords"},
    },
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_words"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's request logger writes paths; ids of people are in some of them.
        "django.request": {"level": "ERROR", "filters": ["without_path"]},
        "django.security": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
