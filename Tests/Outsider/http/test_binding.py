"""Tokens bound to a certificate, over real mutual TLS: RFC 8705 §3."""

import hashlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

from rest import Caller, new_key, order  # Finds the package of the next ones.
from outsider import tokens
from outsider.bus import Bus
from outsider.program import Program, wait_for


class Authority:
    """Signs certificates, with openssl."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                     "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def certificate(self, name, alternative):
        """Makes NAME.key and NAME.pem with a subject alternative name."""
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                     "-keyout", f"{name}.key", "-out", f"{name}.csr")
        (self.folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\n")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{self.name}.pem", "-CAkey", f"{self.name}.key",
                     "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext", "-out", f"{name}.pem")
        return self.folder / f"{name}.pem"


def setUpModule():
    global folder, authority, worker, adapter
    folder = Path(tempfile.mkdtemp(prefix="orderbus-binding."))
    unittest.addModuleCleanup(shutil.rmtree, folder)
    authority = Authority(folder, "authority")
    authority.certificate("server", "IP:127.0.0.1,DNS:localhost")
    for name in ("alice", "mallory"):
        authority.certificate(name, f"URI:spiffe://orderbus.test/{name}")
    Authority(folder, "stranger").certificate("eve", "URI:spiffe://orderbus.test/alice")
    worker = Program("worker")
    unittest.addModuleCleanup(worker.stop)
    adapter = start_adapter()
    unittest.addModuleCleanup(adapter.stop)


def start_adapter(**settings):
    return Program("http", HTTP_TLS_CERT_FILE=str(folder / "server.pem"), HTTP_TLS_KEY_FILE=str(folder / "server.key"),
                   HTTP_TLS_CLIENT_CA_FILE=str(folder / "authority.pem"), **{"HTTP_TLS_CLIENTS": "optional", **settings})


def context(certificate=None):
    made = ssl.create_default_context(cafile=folder / "authority.pem")
    if certificate:
        made.load_cert_chain(folder / f"{certificate}.pem", folder / f"{certificate}.key")
    return made


def thumbprint(name):
    """Of a certificate: SHA-256 over its DER form, base64url."""
    text = (folder / f"{name}.pem").read_text()
    return tokens.base64url(hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).digest())


def bound_token(name, **claims):
    return tokens.mint(cnf={"x5t#S256": thumbprint(name)}, **claims)


def create(token, certificate=None, of=None):
    return Caller(token=token, url=(of or adapter).url, context=context(certificate)).create(new_key())


class BindingTests(unittest.TestCase):
    def assertRefused(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer.body)

    def test_bound_token_needs_its_certificate(self):
        token = bound_token("alice")
        self.assertEqual(create(token, "alice").status, 201)
        for certificate in (None, "mallory"):
            with self.subTest(certificate):
                refused = create(token, certificate)
                self.assertRefused(refused, 401, "INVALID_TOKEN")
                self.assertIn('error="invalid_token"', refused.fields["WWW-Authenticate"])

    def test_token_that_is_not_bound_needs_none(self):
        self.assertEqual(create(tokens.good()).status, 201)

    def test_bound_token_that_cannot_be_proven_is_refused(self):
        for confirmation in ({}, {"jkt": thumbprint("alice")}, {"x5t#S256": 7}, {"x5t#S256": "AAAA"}):
            with self.subTest(confirmation):
                self.assertRefused(create(tokens.mint(cnf=confirmation), "alice"), 401, "INVALID_TOKEN")

    def test_bound_token_is_worth_nothing_to_a_producer(self):
        bus = Bus()
        try:
            reply = bus.ask("a bound token", order(idempotencyKey=new_key()), token=f"Bearer {bound_token('alice')}")
            self.assertEqual((reply.status, reply.code), (401, "INVALID_TOKEN"))
        finally:
            bus.close()

    def test_certificate_of_a_stranger_does_not_get_in(self):
        with self.assertRaises((ssl.SSLError, ConnectionError, http.client.RemoteDisconnected)):
            create(tokens.good(), "eve")


class ClientNameTests(unittest.TestCase):
    def test_certificates_stand_for_their_clients_alone(self):
        names = "uri:spiffe://orderbus.test/alice=alice,uri:spiffe://orderbus.test/mallory=mallory"
        with start_adapter(HTTP_TLS_CLIENTS="required", HTTP_TLS_CLIENT_NAMES=names) as strict:
            self.assertEqual(create(tokens.good(client="alice"), "alice", of=strict).status, 201)
            refused = create(tokens.good(client="alice"), "mallory", of=strict)
            self.assertEqual((refused.status, refused.code), (403, "CERTIFICATE_NOT_ALLOWED"), refused.body)
            with self.assertRaises((ssl.SSLError, ConnectionError, http.client.RemoteDisconnected)):
                create(tokens.good(client="alice"), of=strict)


class ReloadTests(unittest.TestCase):
    def served(self):
        with socket.create_connection(("127.0.0.1", adapter.port), timeout=30) as connection:
            with context().wrap_socket(connection, server_hostname="localhost") as secure:
                return secure.getpeercert()["serialNumber"]

    def test_new_certificate_is_served_without_a_restart(self):
        open_before = Caller(url=adapter.url, context=context())
        self.assertEqual(open_before.create(new_key()).status, 201)
        old = self.served()
        authority.certificate("next", "IP:127.0.0.1,DNS:localhost")
        for suffix in ("key", "pem"):
            os.replace(folder / f"next.{suffix}", folder / f"server.{suffix}")
        wait_for("the new certificate is served", lambda: self.served() != old)
        self.assertEqual(open_before.create(new_key()).status, 201, "connections that are open go on")
        # Half a pair does not take the good one away.
        (folder / "server.pem").write_text("no certificate")
        wait_for("the bad file is told", lambda: "certificates not reloaded" in adapter.log.read_text())
        self.assertEqual(create(tokens.good()).status, 201)


if __name__ == "__main__":
    unittest.main()
