"""A private Glewlwyd, Debian's OAuth 2 and OpenID Connect server: gives tokens by client credentials, rotates its keys."""

import base64
import json
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from outsider import ending
from outsider.program import free_port, wait_for

SCHEMA = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
AUDIENCE = "https://orderbus.test/"
SCOPES = "orders:write orders:read"


def signing_key(kid):
    """A private RSA key as a JWK, made by rnbyc, which comes with Glewlwyd's own libraries."""
    made = subprocess.run(["rnbyc", "-j", "-g", "RSA2048", "-a", "RS256", "-k", kid], capture_output=True, check=True)
    return json.loads(made.stdout)["keys"][0]


class Provider:
    def __init__(self, keys):
        self.folder = Path(tempfile.mkdtemp(prefix="orderbus-provider."))
        self.address = f"http://localhost:{free_port()}"
        self.issuer, self.jwks_url = f"{self.address}/", f"{self.address}/api/oidc/jwks"
        self.cookie = None
        self._configure()
        with open(self.folder / "log", "ab") as log:
            self.process = ending.start(["glewlwyd", "--config-file", self.folder / "glewlwyd.conf"],
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_for("the provider answers", self._log_in)
            for scope in SCOPES.split():
                self._administrate("POST", "scope/", {"name": scope, "display_name": scope})
            self._administrate("POST", "mod/plugin/", {"module": "oidc", "name": "oidc", "display_name": "oidc",
                                                       "parameters": self._parameters(keys)})
        except BaseException:
            self.stop()
            raise

    def _configure(self):
        database = self.folder / "glewlwyd.db"
        with sqlite3.connect(database) as connection:
            connection.executescript(SCHEMA.read_text())
        (self.folder / "glewlwyd.conf").write_text(f"""
port = {urllib.parse.urlsplit(self.address).port}
bind_address = "127.0.0.1"
external_url = "{self.address}"
api_prefix = "api"
static_files_path = "/usr/share/glewlwyd/webapp/"
log_mode = "console"
log_level = "WARNING"
cookie_domain = "localhost"
cookie_secure = 0
user_module_path = "/usr/lib/glewlwyd/user"
user_middleware_module_path = "/usr/lib/glewlwyd/user_middleware"
client_module_path = "/usr/lib/glewlwyd/client"
user_auth_scheme_module_path = "/usr/lib/glewlwyd/scheme"
plugin_module_path = "/usr/lib/glewlwyd/plugin"
hash_algorithm = "SHA512"
database = {{ type = "sqlite3", path = "{database}" }};
""")

    def _parameters(self, keys):
        """Of the plugin; the first key signs, all are published."""
        return {
            "iss": self.issuer, "jwt-type": "rsa", "jwt-key-size": "256", "jwks-private": json.dumps({"keys": keys}),
            "default-kid": keys[0]["kid"], "jwks-show": True, "access-token-duration": 600, "refresh-token-duration": 600,
            "code-duration": 60, "refresh-token-rolling": False, "allow-non-oidc": True, "auth-type-client-enabled": True,
            "auth-type-code-enabled": False, "auth-type-token-enabled": False, "auth-type-id-token-enabled": False,
            "auth-type-none-enabled": False, "auth-type-password-enabled": False, "auth-type-device-enabled": False,
            "auth-type-refresh-enabled": False, "subject-type": "public", "scope": [], "resource-allowed": True,
            "resource-scope": {scope: [AUDIENCE] for scope in SCOPES.split()},
        }

    def _request(self, method, path, body, content_type, **fields):
        request = urllib.request.Request(f"{self.address}/api/{path}", method=method, data=body,
                                         headers={"Content-Type": content_type, **fields})
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.headers, response.read()

    def _log_in(self):
        """As the administrator that the schema comes with; only this machine can reach it."""
        body = json.dumps({"username": "admin", "password": "password"}).encode()
        try:
            fields, _ = self._request("POST", "auth/", body, "application/json")
        except OSError:
            if self.process.poll() is not None:
                raise AssertionError((self.folder / "log").read_text()) from None
            return False
        self.cookie = fields["Set-Cookie"].split(";")[0]
        return True

    def _administrate(self, method, path, value):
        try:
            self._request(method, path, json.dumps(value).encode(), "application/json", Cookie=self.cookie)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None

    def add_client(self, name):
        """A confidential client; its secret."""
        secret = secrets.token_urlsafe(24)
        self._administrate("POST", "client/", {
            "client_id": name, "name": name, "confidential": True, "enabled": True, "client_secret": secret,
            "authorization_type": ["client_credentials"], "token_endpoint_auth_method": ["client_secret_basic"],
            "scope": SCOPES.split()})
        return secret

    def token(self, client, secret):
        form = {"grant_type": "client_credentials", "scope": SCOPES, "resource": AUDIENCE}
        login = base64.b64encode(f"{client}:{secret}".encode()).decode()
        _, body = self._request("POST", "oidc/token", urllib.parse.urlencode(form).encode(),
                                "application/x-www-form-urlencoded", Authorization=f"Basic {login}")
        return json.loads(body)["access_token"]

    def rotate(self, keys):
        """From now on these keys are published, and the first of them signs."""
        value = {"display_name": "oidc", "parameters": self._parameters(keys)}
        self._administrate("PUT", "mod/plugin/oidc", value)
        self._administrate("PUT", "mod/plugin/oidc/reset", None)

    def published(self):
        """The names of the keys that it shows."""
        with urllib.request.urlopen(self.jwks_url, timeout=60) as response:
            return [key["kid"] for key in json.load(response)["keys"]]

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder)
