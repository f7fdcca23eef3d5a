"""The one settings file. Runs with no configuration on SQLite; every knob is an environment variable."""

from __future__ import annotations

import base64
import os
import warnings
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from anwang.adapters.crypto import load_or_create_key

from . import env

PACKAGE_DIR = Path(__file__).parents[1]
BASE_DIR = PACKAGE_DIR.parents[1]
ANWANG_DATA = Path(env.text("ANWANG_DATA") or BASE_DIR / "data").absolute()
KEYS_DIR = ANWANG_DATA / "keys"
MEDIA_ROOT = ANWANG_DATA / "media"
POLICIES_DIR = Path(env.text("ANWANG_POLICIES") or BASE_DIR / "policies")
POLICY_NAME = env.text("ANWANG_POLICY", "linyi-2020-9")
DEMO = env.flag("ANWANG_DEMO")
DEBUG = env.flag("ANWANG_DEBUG")
os.environ.setdefault("NUMBA_CACHE_DIR", str(ANWANG_DATA / "cache" / "numba"))

SECRET_KEY = (
    env.text("ANWANG_SECRET_KEY") or base64.urlsafe_b64encode(load_or_create_key(KEYS_DIR / "secret.key", 48)).decode()
)
ALLOWED_HOSTS = env.words("ANWANG_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in {"127.0.0.1", "localhost", "[::1]"}]
HTTPS = env.flag("ANWANG_HTTPS")
PUBLIC_URL = env.text("ANWANG_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "anwang.web",
    "anwang.features.audit",
    "anwang.features.accounts",
    "anwang.features.work",
    "anwang.features.documents",
    "anwang.features.notices",
    "anwang.features.policies",
    "anwang.features.grid",
    "anwang.features.enterprises",
    "anwang.features.assignments",
    "anwang.features.duties",
    "anwang.features.problems",
    "anwang.features.advice",
    "anwang.features.dispatch",
    "anwang.features.reports",
    "anwang.features.visits",
    "anwang.features.hints",
    "anwang.features.paper",
    "anwang.features.statistics",
    "anwang.features.timeline",
    "anwang.features.discipline",
    "anwang.features.reminders",
    "anwang.features.burden",
    "anwang.features.portal",
    "anwang.features.public",
    "anwang.features.home",
    "anwang.features.demo",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anwang.config.compression.PageGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "anwang.config.openly.OpenlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "anwang.config.language.OwnLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "anwang.config.access.ActorMiddleware",
    "anwang.config.access.AccessMiddleware",
    "anwang.config.errors.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "anwang.config.urls"
WSGI_APPLICATION = "anwang.config.wsgi.application"
TEMPLATE_LOADERS = [
    "anwang.web.loading.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Both libraries would set the loaders by themselves, each without the other.
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)])
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "anwang.web.templatetags.web",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "anwang.config.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(env.text("DATABASE_URL"), ANWANG_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Progress of long work is seen by every process; it is no lasting fact.
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ANWANG_DATA / "cache" / "progress",
        "TIMEOUT": 86400,
    },
}

# --- sign-in -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "anwang.config.sign_in.ClosedAdapter"
ACCOUNT_FORMS = {"change_password": "anwang.features.accounts.forms.OwnPasswordForm"}
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # django-axes counts failures, per account and address
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "安网"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # an attacker elsewhere cannot lock out the owner
AXES_IPWARE_PROXY_COUNT = env.number("ANWANG_PROXIES", 0, low=0, high=5)
AXES_RESET_ON_SUCCESS = True
# Failed sign-ins are counted against guessing; that somebody signed in is kept nowhere (red line 1).
AXES_DISABLE_ACCESS_LOG, AXES_ENABLE_ACCESS_FAILURE_LOG = True, False
AXES_LOCKOUT_TEMPLATE = "web/locked.html"
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "anwang.config.pages.csrf_failure"
SESSION_COOKIE_AGE = 14 * 86400
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if AXES_IPWARE_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- language, time ------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE, USE_TZ, USE_I18N = "Asia/Shanghai", True, True
FORMAT_MODULE_PATH = ["anwang.config.formats"]

# --- files ---------------------------------------------------------------------------------------
STATIC_URL, STATIC_ROOT = "static/", Path(env.text("ANWANG_STATIC") or ANWANG_DATA / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600
MAX_UPLOAD_BYTES = env.number("ANWANG_MAX_UPLOAD_MB", 30, low=1, high=500) * 2**20

# --- long work, mail, logs -----------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
globals().update(env.mail(env.text("ANWANG_MAIL_URL"), env.text("ANWANG_MAIL_FROM")))
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "web/table.html"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("ANWANG_LOG", "WARNING")},
}
# security.W021: whether a name is preloaded as HTTPS for ever is its owner's to decide.
SILENCED_SYSTEM_CHECKS = ["axes.W003", "security.W021"]
warnings.filterwarnings("ignore", message="No directory at", module="whitenoise.base")
