"""Callers that are slow, silent or no callers at all; each must be cut off while others are served.

Needs an adapter started with HTTP_HEAD_TIMEOUT=2s HTTP_BODY_TIMEOUT=2s HTTP_IDLE_TIMEOUT=4s.
"""

import json
import re
import socket
import subprocess
import time
import unittest

from rest import URL, Caller, new_key, order
from outsider import tokens

LIMIT = 2  # seconds, as the adapter was told
PATIENCE = LIMIT + 8  # for a busy machine; what is sent slowly takes longer still


def connect():
    return socket.create_connection((URL.hostname, URL.port), timeout=PATIENCE + 5)


def head(method="POST", path="/v1/orders", token=True, **fields):
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
    if token:
        lines.append(f"Authorization: Bearer {tokens.good()}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def everything(connection):
    """What comes until the other side ends it."""
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


def dribble(connection, data, pause=0.2):
    """Sends a byte at a time until all is sent or the other side has had enough."""
    for index in range(len(data)):
        try:
            connection.sendall(data[index : index + 1])
        except OSError:
            return
        time.sleep(pause)


def time_to_create():
    caller = Caller()
    start = time.monotonic()
    status = caller.create(new_key()).status
    return time.monotonic() - start if status == 201 else PATIENCE


class SlowTests(unittest.TestCase):
    def timed(self, work):
        start = time.monotonic()
        result = work()
        self.assertLess(time.monotonic() - start, PATIENCE)
        return result

    def test_silent_connection_is_ended(self):
        with connect() as connection:
            self.assertEqual(self.timed(lambda: everything(connection)), b"")

    def test_dribbled_head_is_ended(self):
        with connect() as connection:
            data = head()[:100]
            self.timed(lambda: (dribble(connection, data), everything(connection)))

    def test_dribbled_body_is_told_and_ended(self):
        with connect() as connection:
            connection.sendall(head(Idempotency_Key=new_key(), Content_Length=1000))
            answer = self.timed(lambda: (dribble(connection, b"{" + b" " * 99), everything(connection))[1])
        self.assertIn(b" 408 ", answer.split(b"\r\n")[0])
        self.assertIn(b"REQUEST_TIMEOUT", answer)

    def test_others_are_served_meanwhile(self):
        slow = [connect() for _ in range(300)]
        for connection in slow:
            connection.sendall(b"POST /v1/orders HTTP/1.1\r\nX-Slow: ")
        try:
            self.assertLess(min(time_to_create() for _ in range(5)), 1)
        finally:
            for connection in slow:
                connection.close()


class SlowHTTPTest(unittest.TestCase):
    """Debian's slowhttptest: 500 connections that send or read as slowly as they can."""

    KINDS = {
        "heads": ["-H", "-u", "/v1/orders"],
        "bodies": ["-B", "-s", "8192", "-t", "POST", "-u", "/v1/orders"],
        "readers": ["-X", "-w", "1", "-y", "2", "-n", "1", "-z", "32", "-k", "3", "-u", "/openapi.json"],
    }

    def test_others_are_served_meanwhile(self):
        address = URL.geturl().rstrip("/")
        for name, (*kind, path) in self.KINDS.items():
            with self.subTest(name):
                command = ["slowhttptest", *kind, address + path, "-c", "500", "-r", "250", "-i", "1", "-p", "3", "-l", "5"]
                slow = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                times = []
                while slow.poll() is None:
                    times.append(time_to_create())
                    time.sleep(0.1)
                output = re.sub(r"\x1b\[[0-9;]*m", "", slow.communicate()[0])
                self.assertEqual(slow.returncode, 0, output)
                self.assertEqual(set(re.findall(r"service available: *(\w+)", output)), {"YES"}, "by its own probes")
                self.assertGreater(len(times), 5)
                self.assertLess(sorted(times)[len(times) // 2], 0.5, times)


class HostileTests(unittest.TestCase):
    def ask(self, data):
        with connect() as connection:
            try:
                connection.sendall(data)
            except OSError:
                pass
            return everything(connection)

    def test_large_fields_are_refused(self):
        for name, field in {"one": b"X-Large: " + b"a" * 40_000, "many": b"\r\n".join([b"X-Many: a"] * 300)}.items():
            with self.subTest(name):
                answer = self.ask(b"GET /docs HTTP/1.1\r\nHost: x\r\n" + field + b"\r\n\r\n")
                self.assertTrue(answer.startswith(b"HTTP/1.1 431 "), answer[:80])
                self.assertEqual(json.loads(answer.split(b"\r\n\r\n")[1])["error"]["code"], "HEADERS_TOO_LARGE")

    def test_what_is_no_http_is_refused(self):
        for data in (b"\x16\x03\x01\x02\x00\x01\x00", b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nA\x00B: c\r\n\r\n"):
            with self.subTest(data):
                # To the parser, what is no method is a method that nobody knows.
                self.assertIn(self.ask(data)[:13], (b"HTTP/1.1 400 ", b"HTTP/1.1 501 ", b""))

    def test_two_lengths_are_refused(self):
        for fields in (b"Content-Length: 2\r\nContent-Length: 3", b"Content-Length: 2\r\nTransfer-Encoding: chunked"):
            with self.subTest(fields):
                answer = self.ask(head()[:-2] + fields + b"\r\n\r\n{}")
                self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), answer[:80])

    def test_large_body_without_token_is_not_read(self):
        with connect() as connection:
            connection.sendall(head(token=False, Transfer_Encoding="chunked"))
            sent = 0
            try:
                while sent < 50_000_000:
                    connection.sendall(b"10000\r\n" + b"a" * 65536 + b"\r\n")
                    sent += 65536
            except OSError:
                pass
            self.assertLess(sent, 50_000_000)

    def test_leave_to_send_is_given_to_those_who_may(self):
        body = json.dumps(order()).encode()
        with connect() as connection:
            connection.sendall(head(Idempotency_Key=new_key(), Content_Length=len(body), Expect="100-continue"))
            self.assertTrue(connection.recv(65536).startswith(b"HTTP/1.1 100 "))
            connection.sendall(body)
            self.assertTrue(connection.recv(65536).startswith(b"HTTP/1.1 201 "))
        with connect() as connection:
            connection.sendall(head(token=False, Content_Length=len(body), Expect="100-continue"))
            self.assertTrue(connection.recv(65536).startswith(b"HTTP/1.1 401 "))

    def test_requests_sent_ahead_are_answered_in_order(self):
        ids = ["ahead-0001", "ahead-0002", "ahead-0003"]
        requests = [head("GET", token=False, X_Request_Id=one) for one in ids[:2]]
        answer = self.ask(b"".join(requests) + head("GET", token=False, X_Request_Id=ids[2], Connection="close"))
        places = [answer.find(f"X-Request-Id: {one}".encode()) for one in ids]
        self.assertEqual(places, sorted(places))
        self.assertNotIn(-1, places)


if __name__ == "__main__":
    unittest.main()
