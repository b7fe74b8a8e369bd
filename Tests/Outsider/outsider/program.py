"""Programs and servers of the deployment under test: start, stop, break and ask them."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from . import ending

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120  # seconds for anything that must happen by itself, on a busy machine too


def wait_for(what, condition, patience=PATIENCE, pause=0.05):
    """The condition's first true value."""
    deadline = time.monotonic() + patience
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(pause)
    return result


def free_port():
    """One below the kernel's range for outgoing connections, any of which could seize it before we listen."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def through(url, port):
    """The same server by another port, such as a proxy's."""
    parts = urlsplit(url)
    user = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{port}"))


class Program:
    """`orderbus NAME` with settings of its own; ready when it is made."""

    def __init__(self, name, **changes):
        self.name = name
        self.port, self.admin_port = free_port(), free_port()
        # Its own connections, and none of what is meant for another adapter.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("HTTP_")}
        environment.update(PORT=str(self.port), CONSOLE_PORT=str(self.port), ADMIN_PORT=str(self.admin_port),
                           LOG_FORMAT="json", LOG_LEVEL="info")
        if name == "http":
            environment["AMQP_URL"] = os.environ["GATEWAY_AMQP_URL"]
        environment.update(changes)
        self.environment = {key: value for key, value in environment.items() if value is not None}
        self.process = None
        self.start()

    @property
    def url(self):
        scheme = "https" if "HTTP_TLS_CERT_FILE" in self.environment else "http"
        return f"{scheme}://127.0.0.1:{self.port}"

    @property
    def admin_url(self):
        return f"http://127.0.0.1:{self.admin_port}"

    def start(self):
        folder = Path(os.environ["DEPLOYMENT"]) / "log"
        folder.mkdir(exist_ok=True)
        self.log = folder / f"{self.name}-{self.admin_port}.log"
        with open(self.log, "ab") as log:
            self.process = ending.start([os.environ["ORDERBUS_BINARY"], self.name], env=self.environment,
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_for(f"orderbus {self.name} is ready, see {self.log}", self.is_ready_or_gone)
        except BaseException:
            self.stop()
            raise
        if self.process.poll() is not None:
            raise AssertionError(f"orderbus {self.name} ended with {self.process.returncode}, see {self.log}")

    def is_ready_or_gone(self):
        return self.process.poll() is not None or self.ask("/health/ready")[0] == 200

    def ask(self, path):
        """Status and body of the admin listener; status 0 where nobody answers."""
        try:
            with urllib.request.urlopen(self.admin_url + path, timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def metric(self, name, label=""):
        """The sum of a metric's series whose labels contain the text."""
        lines = [line for line in self.ask("/metrics")[1].splitlines()
                 if line.split("{")[0].split(" ")[0] == name and label in line]
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines)

    def memory(self):
        """Resident, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        if self.process.poll() is None:
            self.resume()
            self.process.terminate()
            try:
                self.process.wait(25)
            except subprocess.TimeoutExpired:
                self.kill()
            if self.process.returncode != 0:
                raise AssertionError(f"orderbus {self.name} left with {self.process.returncode}, see {self.log}")

    def kill(self):
        """As a crash does it."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


# The servers


def servers(command, server):
    subprocess.run([ROOT / "scripts/servers", command, "--directory", Path(os.environ["DEPLOYMENT"]) / "servers", server],
                   check=True, stdout=subprocess.DEVNULL)


def rabbitmqctl(*arguments):
    """As scripts/library/rabbitmq.sh starts the broker: own home, own port mapper."""
    folder = Path(os.environ["DEPLOYMENT"]) / "servers"
    ports = dict(line.removeprefix("export ").split("=", 1) for line in (folder / "env").read_text().splitlines())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RABBITMQ_")}
    environment.update(HOME=str(folder / "rabbitmq"), ERL_EPMD_PORT=ports["RABBITMQ_EPMD_PORT"],
                       RABBITMQ_NODENAME="orderbus@localhost", RABBITMQ_CONF_ENV_FILE=str(folder / "rabbitmq/none"))
    program = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmqctl"))[-1]
    return subprocess.run([program, *arguments], env=environment, cwd="/", check=True, capture_output=True, text=True).stdout


def ready_state(program):
    """What /health/ready says: its status, and the names of what is not up."""
    status, body = program.ask("/health/ready")
    return status, [one["name"] for one in json.loads(body)["dependencies"] if one["state"] != "up"] if body else []
