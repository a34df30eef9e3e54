"""Django settings: one SQLite file under var/ unless DUIKOU_DATABASE names PostgreSQL; strict headers from the start."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from .providers import read as read_providers

VAR = Path(os.environ.get("DUIKOU_VAR", "var")).resolve()
OUT = Path(os.environ.get("DUIKOU_OUT", "out")).resolve()
DEMONSTRATION = os.environ.get("DUIKOU_DEPLOYED") != "1"
PROXY = os.environ.get("DUIKOU_PROXY") == "1"  # a proxy before us speaks TLS and says so, and whose address it is


def _secret() -> str:
    """The signing key: from the environment, else made once and kept beside the book."""
    if key := os.environ.get("DUIKOU_SECRET_KEY"):
        return key
    file = VAR / "secret-key"
    if not file.exists():
        VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def _database() -> dict[str, object]:
    """SQLite in var/, or the server of DUIKOU_DATABASE (postgresql://user:password@host:port/name)."""
    if address := os.environ.get("DUIKOU_DATABASE"):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "book.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,  # seconds that a writer waits for its turn
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DUIKOU_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
DATABASES = {"default": _database()}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "ninja",
    "duikou.records",
    "duikou.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "duikou.web.limits.Size",
    "duikou.web.limits.Unkept",
    "allauth.account.middleware.AccountMiddleware",
    "duikou.web.sessions.Limits",
    "duikou.web.middleware.Readers",
    "duikou.web.middleware.Refusals",
]
ROOT_URLCONF = "duikou.config.urls"
WSGI_APPLICATION = "duikou.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "duikou.web.templatetags.figures"],
        },
    }
]

# Counts that all processes of a machine share; a table would make every question wait for the one writer of the book.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [VAR / "locale"]  # compiled from web/locale when the program starts
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PICTURES = Path(__file__).resolve().parents[3] / "docs" / "manual" / "pictures"  # of the manuals, under static/manual/
STATICFILES_DIRS = [("manual", PICTURES)] if PICTURES.exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMONSTRATION
SECURE_HSTS_SECONDS = 0 if DEMONSTRATION else 366 * 24 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY else None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE = 30 * 60
LOGIN_URL = "sign-in"  # by name: the address keeps the language of the page
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Passwords: one rule in the demonstration and in service, so that what was learned in the one holds in the other.
# Twelve characters outlast guessing even without the second factor; GB/T 22239-2019 (8.1.4.1) asks for mixed kinds
# of characters and regular change.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "duikou.web.passwords.Unlike"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "duikou.web.passwords.Mixed"},
]
PASSWORD_HASHERS = ["duikou.web.passwords.Dated"]
PASSWORD_DAYS = int(os.environ.get("DUIKOU_PASSWORD_DAYS") or (0 if DEMONSTRATION else 180))  # 0: no age
PASSWORD_RESET_TIMEOUT = 72 * 3600  # a one-time address
READS_KEPT = int(os.environ.get("DUIKOU_READS_KEPT") or 400)  # days that readings of personal data stay in their log
PHONE = os.environ.get("DUIKOU_PHONE", "")  # of the office, said where someone cannot sign in

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "duikou.web.adapters.Accounts"]
AXES_HANDLER = "duikou.web.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = "duikou.web.lockout.parameters"
AXES_CLIENT_IP_CALLABLE = "duikou.web.lockout.address"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [
    "username", "ip_address", "code", "credential", "oldpassword", "password1", "password2", "csrfmiddlewaretoken",
]  # fmt: skip
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # our sign-in page says itself that an account is locked

ACCOUNT_ADAPTER = "duikou.web.adapters.SignIns"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"change_password": "duikou.web.sign_in.NewPassword"}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": None}  # failures are counted by axes, in the database
MFA_ADAPTER = "duikou.web.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "对口一本账"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "duikou.web.second_factor.Code",
    "reauthenticate": "duikou.web.second_factor.CodeAgain",
    "activate_totp": "duikou.web.second_factor.FirstCode",
    "login_webauthn": "duikou.web.second_factor.PasskeyAlone",
    "authenticate_webauthn": "duikou.web.second_factor.PasskeyAfter",
    "reauthenticate_webauthn": "duikou.web.second_factor.PasskeyAgain",
    "add_webauthn": "duikou.web.second_factor.NewPasskey",
    "edit_webauthn": "duikou.web.second_factor.PasskeyName",
}
SOCIALACCOUNT_ADAPTER = "duikou.web.oidc.Offices"
PROVIDERS = read_providers(Path(os.environ.get("DUIKOU_OIDC") or VAR / "oidc.toml"))
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PROXY else 0

FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},  # anyone can ask by a wrong name
    "root": {"handlers": ["console"], "level": "WARNING"},
}
