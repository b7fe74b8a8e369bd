"""Contract §5: every refusal, as a producer sees it."""

import base64
import json
import time

from outsider import tokens
from outsider.bus import order
from outsider.case import OutsiderTest


def bearer(token):
    return f"Bearer {token}"


def signed(payload=None, **header):
    return bearer(tokens.sign(tokens.header(**header), tokens.claims() if payload is None else payload))


def claimed(**claims):
    return bearer(tokens.mint(**claims))


def tampered():
    """A good signature over other claims."""
    head, _, signature = tokens.good().split(".")
    return bearer(f"{head}.{tokens.base64url(json.dumps(tokens.claims(tenant='other')).encode())}.{signature}")


def duplicate_members():
    payload = json.dumps(tokens.claims())
    return bearer(tokens.sign(tokens.header(), (payload[:-1] + ', "tenant": "other"}').encode()))


def invalid_tokens():
    now = int(time.time())
    good = tokens.good()
    head, payload, signature = good.split(".")
    jwk = {"kty": "RSA", "n": "AQAB", "e": "AQAB"}
    return {
        "garbage": "Bearer garbage",
        "empty": "Bearer ",
        "another scheme": f"Basic {base64.b64encode(b'a:b').decode()}",
        "no scheme": good,
        "two segments": bearer(f"{head}.{payload}"),
        "four segments": bearer(f"{good}.{signature}"),
        "five segments": bearer(f"{good}.a.b"),
        "JSON serialisation": bearer(json.dumps({"payload": payload, "signature": signature, "protected": head})),
        "padding": bearer(good + "="),
        "base64 that is not base64url": bearer(good.replace(signature, "+" + signature[1:])),
        "a line feed within": bearer(f"{head}.\n{payload}.{signature}"),
        "over 8 KiB": claimed(padding="x" * 9000),
        "tampered claims": tampered(),
        "no signature": bearer(f"{head}.{payload}."),
        "another key's signature": bearer(f"{head}.{payload}.{tokens.base64url(b'x' * 256)}"),
        "a signature cut short": bearer(f"{head}.{payload}.{signature[:-4]}"),
        "duplicate members": duplicate_members(),
        "claims that are a list": signed([1]),
        "claims that are not JSON": signed(b"{"),
        "claims in bad UTF-8": signed(b'{"iss": "\xff"}'),
        "a header that is not JSON": bearer(tokens.sign(b"alg", tokens.claims())),
        "a nested header": signed(x=json.loads("[" * 50 + "]" * 50)),
        "alg none": bearer(tokens.sign(tokens.header(alg="none"), tokens.claims(), "none")),
        "alg nOnE": bearer(tokens.sign(tokens.header(alg="nOnE"), tokens.claims(), "none")),
        "alg missing": signed(alg=None),
        "alg a number": signed(alg=1),
        "alg PS256 over an RS256 signature": signed(alg="PS256"),
        "alg RS512": signed(alg="RS512"),
        "alg ES256": signed(alg="ES256"),
        "alg lower case": signed(alg="rs256"),
        "HS256 with the public key": bearer(tokens.sign(tokens.header(alg="HS256"), tokens.claims(), "HS256")),
        "unknown kid": signed(kid="other"),
        "kid of another case": signed(kid="DEV"),
        "kid a path": signed(kid="../../dev"),
        "kid a number": signed(kid=1),
        "kid a list": signed(kid=["dev"]),
        "kid very long": signed(kid="k" * 4000),
        "typ not allowed": signed(typ="logout+jwt"),
        "typ a number": signed(typ=7),
        "crit": signed(crit=["exp"]),
        "b64": signed(b64=False),
        "cty": signed(cty="JWT"),
        "jku": signed(jku="http://127.0.0.1:1/keys"),
        "x5u": signed(x5u="http://127.0.0.1:1/certificate"),
        "x5c": signed(x5c=["MIIB"]),
        "jwk": signed(jwk=jwk),
        "expired": claimed(exp=now - 61),
        "no exp": claimed(exp=None),
        "exp a string": claimed(exp=str(now + 600)),
        "exp true": claimed(exp=True),
        "exp huge": claimed(exp=1e308),
        "exp negative": claimed(exp=-1),
        "not yet": claimed(nbf=now + 120),
        "nbf a string": claimed(nbf="0"),
        "issued in the future": claimed(iat=now + 120),
        "iat a list": claimed(iat=[now]),
        "wrong iss": claimed(iss="https://idp.example"),
        "iss with a slash more": claimed(iss=tokens.settings.ISSUER + "/"),
        "no iss": claimed(iss=None),
        "iss a list": claimed(iss=[tokens.settings.ISSUER]),
        "wrong aud": claimed(aud="another"),
        "no aud": claimed(aud=None),
        "aud empty": claimed(aud=[]),
        "aud null within": claimed(aud=[None]),
        "aud nested": claimed(aud=[[tokens.settings.AUDIENCE]]),
        "aud of another case": claimed(aud=tokens.settings.AUDIENCE.upper()),
        "aud only begins like ours": claimed(aud=tokens.settings.AUDIENCE + "-test"),
        "bound to a key (cnf)": claimed(cnf={"x5t#S256": "abc"}),
        "nobody (no client_id, azp or sub)": claimed(client_id=None, sub=None),
    }


class TokenTests(OutsiderTest):
    def test_no_token(self):
        self.assertReply(self.bus.ask("no token", order(), token=None), 401, "UNAUTHORIZED")

    def test_invalid_tokens(self):
        body = order()
        for label, token in invalid_tokens().items():
            with self.subTest(label):
                self.assertReply(self.bus.ask(f"token: {label}", body, token=token), 401, "INVALID_TOKEN")
        with self.subTest("a refused command takes no key"):
            reply = self.bus.ask("mended and sent again", body)
            self.assertReply(reply, 201)
            self.assertFalse(reply.replayed)

    def test_tokens_that_are_good(self):
        now = int(time.time())
        for label, token in {
            "scheme in another case": f"bearer {tokens.good()}",
            "typ JWT": signed(typ="JWT"),
            "typ application/at+jwt": signed(typ="application/at+jwt"),
            "no kid, and one key": signed(kid=None),
            "aud a list": claimed(aud=["another", tokens.settings.AUDIENCE]),
            "just expired, within the leeway": claimed(exp=now - 30),
            "just begun, within the leeway": claimed(nbf=now + 30, iat=now + 30),
            "a huge number in an unknown header": signed(x=1e300),
            "exp a fraction": claimed(exp=now + 600.5),
            "scp a list": claimed(scope=None, scp=["orders:read", "orders:write"]),
        }.items():
            with self.subTest(label):
                self.assertReply(self.bus.ask(f"token: {label}", order(), token=token), 201)

    def test_scopes(self):
        for scope in ("", "orders:read", "orders:writes", "ORDERS:WRITE", "orders:write,orders:read"):
            with self.subTest(scope=scope):
                reply = self.bus.ask(f"scope '{scope}'", order(), token=claimed(scope=scope))
                self.assertReply(reply, 403, "INSUFFICIENT_SCOPE")
        reply = self.bus.ask("no scope", order(), token=claimed(scope=None))
        self.assertReply(reply, 403, "INSUFFICIENT_SCOPE")
        for command, body in (("order.get.v1", {"orderId": "ord_" + "0" * 26}), ("order.list.v1", {})):
            with self.subTest(command=command):
                reply = self.bus.ask("read without its scope", body, command=command, token=claimed(scope="orders:write"))
                self.assertReply(reply, 403, "INSUFFICIENT_SCOPE")

    def test_refusal_without_a_reply_is_a_dead_letter_with_its_code(self):
        for label, token, code in (
            ("no token", None, "UNAUTHORIZED"),
            ("bad token", "Bearer x", "INVALID_TOKEN"),
            ("no scope", claimed(scope=""), "INSUFFICIENT_SCOPE"),
        ):
            with self.subTest(label):
                letter = self.bus.bury(f"{label}, no reply-to", order(), token=token, reply=None)
                self.assertEqual(letter.headers["failure-code"], code)
                self.assertNotIn("authorization", letter.headers, "a token must not be kept")
