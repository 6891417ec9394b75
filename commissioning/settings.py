"""Settings, all from the environment. Nothing set means production: the safe choice."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# A demonstration on one machine: http instead of https, demo accounts, no second factor asked.
DEMO = env.bool("PBR_DEMO", default=False)
DEBUG = False
# Empty is refused by Django as soon as anything needs the key: the command line works without one and no server does.
SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEMO else [])
# Where people reach this copy: mail that no request asked for needs it.
PUBLIC_ADDRESS = env(
    "PUBLIC_ADDRESS",
    default=f"http://localhost:{env('PORT', default='8000')}" if DEMO else f"https://{(ALLOWED_HOSTS or [''])[0]}",
).rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "commissioning.apps.CommissioningConfig",
    "tariffs.apps.TariffsConfig",
    "markets.apps.MarketsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "django_htmx",
    "pgtrigger",
]

# The first cleans up when all else is done. The next three add security headers and stand before WhiteNoise, so that
# static files carry them too.
MIDDLEWARE = [
    "commissioning.views.secret_addresses.SecretAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "commissioning.views.headers.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commissioning.views.kept_texts.SignedOutMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commissioning.views.second_factor.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "commissioning.urls"
WSGI_APPLICATION = "commissioning.wsgi.application"

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
                "commissioning.views.frame.everywhere",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# PostgreSQL holds everything, sessions and rate limits too, so that losing Redis costs only time.
DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/workbench"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What may be written down nowhere is counted in the memory of each process.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "memory"},
}
# Requests of one address to pages of an outcomes room, a minute and process: many people may sit at one address.
TAKE_PART_A_MINUTE = 240

AUTH_USER_MODEL = "commissioning.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Accounts come by invitation, which proves the e-mail address; so nobody signs up and nothing is left to verify.
ACCOUNT_ADAPTER = "commissioning.views.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/15m/key",
    "accept_invitation": "60/m/ip",
    "answer_survey": "60/m/ip",
    "keep_text": "120/m/user",
}
ACCOUNT_FORMS = {
    "login": "commissioning.forms.accounts.SignInForm",
    "change_password": "commissioning.forms.accounts.ChangePasswordForm",
    "reset_password": "commissioning.forms.accounts.ForgottenPasswordForm",
    "reset_password_from_key": "commissioning.forms.accounts.NewPasswordForm",
    "reauthenticate": "commissioning.forms.accounts.ConfirmPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
MFA_ADAPTER = "commissioning.views.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "PbR Workbench"
MFA_TOTP_TOLERANCE = 1  # A code typed as the next one begins still counts (RFC 6238, 5.2, allows one step)
MFA_RECOVERY_CODE_COUNT = 10
MFA_FORMS = {
    "authenticate": "commissioning.forms.accounts.CodeForm",
    "reauthenticate": "commissioning.forms.accounts.ConfirmCodeForm",
    "activate_totp": "commissioning.forms.accounts.ActivateForm",
    "deactivate_totp": "commissioning.forms.accounts.DeactivateForm",
    "generate_recovery_codes": "commissioning.forms.accounts.RecoveryCodesForm",
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Files that people put in: never served as static files, only through pages that ask who reads. Only we enter it.
MEDIA_ROOT = env("MEDIA_ROOT", default=str(Path(env("PBR_DATA", default=str(BASE_DIR / "var"))) / "files"))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "commissioning.views.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="PbR Workbench <workbench@localhost>")

SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked from inside, without a proxy in between
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 0 if DEMO else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "session" if DEMO else "__Host-session"
SESSION_COOKIE_SECURE = not DEMO
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "csrf" if DEMO else "__Host-csrf"
CSRF_COOKIE_SECURE = not DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commissioning.views.kept_texts.not_sent"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # the second factor's QR code
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# The database row is the job; the message is only a hint, so a lost one costs seconds.
CELERY_BROKER_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
# How long a worker that is not heard of keeps its block of a run. A block or a merge takes a small part of it.
RUN_LEASE_SECONDS = env.int("RUN_LEASE_SECONDS", default=30)
CELERY_TASK_TIME_LIMIT = 2 * RUN_LEASE_SECONDS
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "retry_policy": {"timeout": 2.0},
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
