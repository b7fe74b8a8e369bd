"""The base of every test: one bus for all, and a worker that must be the same one after each."""

import re
import unittest
import urllib.error
import urllib.request

from . import settings
from .bus import Bus


def fetch(path):
    """Status and body of the worker's admin listener."""
    try:
        with urllib.request.urlopen(settings.WORKER_ADMIN_URL + path, timeout=5) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def metric(name, **labels):
    """The sum of a metric's series that carry these labels, or None."""
    _, text = fetch("/metrics")
    found = None
    for line in text.splitlines():
        match = re.fullmatch(rf"{name}(?:{{(.*)}})? (\S+)", line)
        if match and all(f'{label}="{value}"' in (match[1] or "") for label, value in labels.items()):
            found = (found or 0) + float(match[2])
    return found


class OutsiderTest(unittest.TestCase):
    maxDiff = None
    _bus = None
    _started = None

    @property
    def bus(self):
        if OutsiderTest._bus is None:
            OutsiderTest._bus = Bus()
        return OutsiderTest._bus

    def setUp(self):
        if OutsiderTest._started is None:
            OutsiderTest._started = metric("process_start_time_seconds")

    def tearDown(self):
        status, _ = fetch("/health/live")
        self.assertEqual(status, 200, "the worker is not alive")
        self.assertEqual(metric("process_start_time_seconds"), OutsiderTest._started, "the worker was restarted")

    def assertReply(self, reply, status, code=None):
        self.assertEqual((reply.status, reply.code), (status, code), reply.body)
        if code is not None:
            error = reply.body["error"]
            self.assertEqual(set(error) - {"details"}, {"code", "message", "correlationId"})
            self.assertEqual(error["correlationId"], reply.headers.get("request-id"))

    @classmethod
    def bus_if_any(cls):
        return OutsiderTest._bus
