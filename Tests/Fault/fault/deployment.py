"""The worker and the two servers of one run: start, stop and break them, and ask how they are."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pika
from outsider import database, ending, settings
from outsider.program import wait_for

from .load import EVENTS_QUEUE
from .proxy import Proxy

ROOT = Path(__file__).resolve().parents[3]
GRACE = 15  # seconds, the worker's SHUTDOWN_GRACE


class Violation(AssertionError):
    """Something that must always hold did not."""


class Deployment:
    def __init__(self):
        self.folder = Path(settings.required("DEPLOYMENT"))
        self.log = self.folder / "log" / "worker.log"
        self.worker = None
        broker = urlsplit(settings.required("AMQP_URL"))
        self.proxy = Proxy(broker.port)
        user = broker.netloc.rpartition("@")[0]
        self.worker_url = urlunsplit(broker._replace(netloc=f"{user}@127.0.0.1:{self.proxy.port}"))
        with pika.BlockingConnection(pika.URLParameters(settings.ADMINISTRATOR_URL)) as connection:
            channel = connection.channel()
            channel.queue_declare(EVENTS_QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
            channel.queue_bind(EVENTS_QUEUE, "orders.events", "#")

    # The worker

    def start_worker(self, wait=True):
        self.proxy.swallowing = None
        environment = {**os.environ, "AMQP_URL": self.worker_url, "LOG_LEVEL": "info", "LOG_FORMAT": "json",
                       "SHUTDOWN_GRACE": f"{GRACE}s"}
        with open(self.log, "ab") as log:
            self.worker = ending.start([environment["ORDERBUS_BINARY"], "worker"], env=environment,
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if wait:
            wait_for("the worker is ready", self.is_ready)

    def kill_worker(self):
        self.expect_worker_alive()
        self.worker.kill()
        self.worker.wait()

    def stop_worker(self):
        """SIGTERM; the seconds that it took to leave."""
        self.expect_worker_alive()
        started = time.monotonic()
        self.worker.terminate()
        try:
            code = self.worker.wait(GRACE + 5)
        except subprocess.TimeoutExpired:
            self.worker.kill()
            self.worker.wait()
            raise Violation(f"the worker did not leave within {GRACE + 5} s of SIGTERM") from None
        if code != 0:
            raise Violation(f"the worker's exit code after SIGTERM is {code}, not 0")
        took = time.monotonic() - started
        if took > GRACE + 1:
            raise Violation(f"the worker took {took:.1f} s to leave, more than its grace of {GRACE} s")
        return took

    def expect_worker_alive(self):
        if (code := self.worker.poll()) is not None:
            raise Violation(f"the worker ended by itself with exit code {code}")

    def end_worker(self):
        if self.worker is not None and self.worker.poll() is None:
            self.worker.kill()
            self.worker.wait()

    def readiness(self):
        """The status of /health/ready and the names of what is not up; None where nobody answers."""
        self.expect_worker_alive()
        try:
            with urllib.request.urlopen(settings.WORKER_ADMIN_URL + "/health/ready", timeout=5) as response:
                status, body = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        except OSError:
            return None, []
        return status, [each["name"] for each in json.loads(body)["dependencies"] if each["state"] != "up"]

    def is_ready(self):
        return self.readiness()[0] == 200

    def log_size(self):
        return self.log.stat().st_size

    def log_lines(self, offset):
        """What the worker said since, but for its line on each command."""
        with open(self.log, "rb") as log:
            log.seek(offset)
            return [line for line in log.read().decode().splitlines() if '"message":"command finished"' not in line]

    # The servers

    def servers(self, command, server):
        subprocess.run([ROOT / "scripts" / "servers", command, "--directory", self.folder / "servers", server],
                       check=True, stdout=subprocess.DEVNULL)

    def postmaster(self):
        return int((self.folder / "servers/postgres/data/postmaster.pid").read_text().splitlines()[0])

    def stop_database_immediately(self):
        """As `pg_ctl stop -m immediate`."""
        process = self.postmaster()
        os.kill(process, signal.SIGQUIT)
        wait_for("PostgreSQL has stopped", lambda: not Path(f"/proc/{process}/cmdline").exists()
                 or not Path(f"/proc/{process}/cmdline").read_bytes())

    def kill_database_session(self):
        """With one session killed, PostgreSQL ends all the others and recovers by itself."""
        sessions = database.rows("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                                 " AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
        os.kill(sessions[0]["pid"], signal.SIGKILL)

    def queues(self, *names):
        """Ready messages and consumers of each queue, from the queue itself."""
        with pika.BlockingConnection(pika.URLParameters(settings.ADMINISTRATOR_URL)) as connection:
            channel = connection.channel()
            methods = [channel.queue_declare(name, passive=True).method for name in names]
            return [(method.message_count, method.consumer_count) for method in methods]

    def outbox(self):
        return database.rows("SELECT order_reference(order_id) AS subject, version FROM outbox")
