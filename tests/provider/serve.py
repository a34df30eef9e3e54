"""Start the provider: python serve.py FOLDER PORT CALLBACK; it says `ready` when it answers."""

import os
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).parents[1]))
folder, port, callback = sys.argv[1:]
os.environ |= {"DJANGO_SETTINGS_MODULE": "provider.settings", "PROVIDER_FOLDER": folder}

import django  # noqa: E402  after the settings are named

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from oauth2_provider.models import get_application_model  # noqa: E402

call_command("migrate", verbosity=0)
for name in ("caiwu", "yewu", "qianfang", "closed-here", "stranger", "silent", "two-faced"):
    get_user_model().objects.create_user(name, password="at-the-office")
get_application_model().objects.create(
    name="Duikou", client_id="duikou", client_secret="secret-of-duikou", client_type="confidential",
    authorization_grant_type="authorization-code", redirect_uris=callback, algorithm="RS256",
)  # fmt: skip


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


with make_server("127.0.0.1", int(port), get_wsgi_application(), handler_class=Quiet) as server:
    print("ready", flush=True)
    server.serve_forever()
