"""What is done to the deployment while the producers publish. The numbers are those of the usual list of faults."""

import random
import time

from outsider import database
from outsider.program import wait_for

from .checker import TYPES, Checker, missing_events, stored
from .deployment import Violation
from .history import History
from .load import Load

DATABASE = "database"
LOG_LINES_AN_OUTAGE = 25  # a handful for each connection; a thousand orders wait meanwhile


class Scenario:
    """Load, faults at random moments, calm, and the check."""

    name = ""
    everything_answered = False  # neither a reply's queue nor its connection was harmed

    def __init__(self, deployment, seed, rounds, seconds):
        self.deployment = deployment
        self.choices = random.Random(f"{seed}/{self.name}/faults")
        self.rounds = rounds
        self.seconds = seconds
        self.prefix = f"{self.name}-{seed}"
        self.history = History(deployment.folder / "history" / self.name)
        self.load = None
        self.seed = seed
        self.notes = []

    def run(self):
        """The summary, and a list of violations."""
        violations = []
        self.deployment.start_worker()
        self.load = Load(self.prefix, f"{self.seed}/{self.name}/load", self.history)
        try:
            for number in range(self.rounds):
                self.pause(self.choices.uniform(0.3, 2 * self.seconds))
                self.fault(number)
            self.pause(self.seconds)
            self.drain()
            self.deployment.stop_worker()
            self.check_queues()
        except AssertionError as violation:
            violations.append(str(violation))
        violations += self.load.troubles()
        self.load.end()
        self.deployment.end_worker()
        self.history.add("stored", *stored(self.prefix))
        checker = Checker(self.history, self.everything_answered)
        violations += checker.check() + self.struck(checker)
        self.history.close()
        return "; ".join([checker.summary(), *self.notes]), violations

    def pause(self, seconds):
        time.sleep(seconds)

    def fault(self, number):
        raise NotImplementedError

    def struck(self, checker):
        """Violations if the fault did not do what it is there for."""
        return []

    def drain(self):
        """Until the producers have nothing more to say, nothing waits anywhere, and nothing more is heard."""
        self.load.stop_generating()
        wait_for("the producers are done", self.load.idle)
        wait_for("the worker is ready again", self.deployment.is_ready)
        wait_for("orders.commands and the outbox are empty, and all events are told", self.is_drained, pause=0.3)

    def is_drained(self):
        before = [len(self.history.of(name)) for name in History.NAMES]
        if not self.load.idle() or self.deployment.queues("orders.commands")[0][0] or self.deployment.outbox():
            return False
        if missing_events(stored(self.prefix), self.history.of("events")):
            return False
        checker = Checker(self.history, self.everything_answered)
        if checker.refusals_unanswered() or self.everything_answered and checker.unanswered():
            return False
        time.sleep(0.7)
        return self.load.idle() and before == [len(self.history.of(name)) for name in History.NAMES]

    def check_queues(self):
        """The worker has gone, so what it had not acknowledged would be back in its queue."""
        names = ["orders.commands", "orders.dead", "orders.retry.5s", "orders.retry.30s", "orders.retry.5m"]
        wait_for("the broker saw the consumers leave", lambda: not self.deployment.queues("orders.commands")[0][1])
        for name, (messages, _) in zip(names, self.deployment.queues(*names)):
            if messages:
                raise Violation(f"{name} holds {messages} messages after the last was settled")
        if left := self.deployment.outbox():
            raise Violation(f"the outbox holds {len(left)} events after the worker left")


class WorkerKill(Scenario):
    """1, and by chance 2, 3 and 4: kill -9 at any moment, also while it is starting."""

    name = "worker-kill"

    def fault(self, number):
        self.deployment.kill_worker()
        self.deployment.start_worker(wait=self.choices.random() < 0.7)


class Swallowing(Scenario):
    """The proxy swallows one direction for a moment, then kill -9."""

    direction = ""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.kept = 0  # events in the outbox when the worker was killed
        self.told = 0  # of these, how many had been published

    def fault(self, number):
        """Again until it strikes: at a given moment there may be nothing on its way."""
        for _ in range(5):
            kept, told = self.strike()
            self.kept += kept
            self.told += told
            if self.has_struck(kept, told):
                return

    def strike(self):
        self.deployment.proxy.swallowing = self.direction
        self.pause(self.choices.uniform(0.1, 0.6))
        self.deployment.kill_worker()
        kept = {(row["subject"], row["version"]) for row in self.deployment.outbox()}
        self.pause(0.2)  # for the listener to write down what it hears
        told = {(event["subject"], TYPES[event["type"]]) for event in self.history.of("events")}
        self.deployment.start_worker()
        self.pause(self.choices.uniform(0.3, 1))
        return len(kept), len(kept & told)

    def has_struck(self, kept, told):
        raise NotImplementedError

    def struck(self, checker):
        self.notes.append(f"{self.kept} events in the outbox when it was killed, {self.told} of them published")
        return [] if self.has_struck(self.kept, self.told) else ["the fault did not strike"]


class LostAcks(Swallowing):
    """2 and 3: killed between commit and acknowledgement, and between commit and the event's publishing."""

    name = "lost-acks"
    direction = "to broker"

    def has_struck(self, kept, told):
        return kept > told


class LostConfirms(Swallowing):
    """4: killed after the broker took the event, before the outbox knew."""

    name = "lost-confirms"
    direction = "to worker"

    def has_struck(self, kept, told):
        return told > 0


class BrokerReset(Scenario):
    """6: all connections between worker and broker end with RST."""

    name = "broker-reset"

    def fault(self, number):
        if not self.deployment.proxy.reset():
            raise Violation("the worker had no connection to reset")
        wait_for("ready after the reset", self.deployment.is_ready)


class Outage(Scenario):
    """A server goes and comes back; the worker says so, keeps everything, and goes on by itself."""

    dependency = None  # what readiness calls the server, if the contract of this test names it

    def outage(self, take_away, bring_back):
        log = self.deployment.log_size()
        take_away()
        away = wait_for("/health/ready says 503", self.unready, patience=15)
        self.pause(self.choices.uniform(1, 1 + self.seconds))
        if self.dependency is not None:
            wait_for(f"/health/ready names the {self.dependency}", lambda: self.dependency in self.unready(), patience=5)
            self.expect_no_dead_letters()
        bring_back()
        started = time.monotonic()
        wait_for("ready after the outage", self.deployment.is_ready)
        self.notes.append(f"ready {time.monotonic() - started:.1f} s after (was away: {', '.join(away)})")
        lines = self.deployment.log_lines(log)
        if len(lines) > LOG_LINES_AN_OUTAGE:
            raise Violation(f"{len(lines)} lines in the log for one outage, such as: {lines[-1]}")

    def unready(self):
        status, away = self.deployment.readiness()
        return away if status == 503 else []

    def expect_no_dead_letters(self):
        if dead := self.deployment.queues("orders.dead")[0][0]:
            raise Violation(f"{dead} dead letters during the outage")


class BrokerKill(Outage):
    """10: kill -9 of the broker."""

    name = "broker-kill"
    queues_age = 6  # seconds; RabbitMQ 3.10 forgets half of a quorum queue that was declared just before it is killed

    def fault(self, number):
        if number == 0:
            self.pause(self.queues_age)
        self.outage(lambda: self.deployment.servers("kill", "rabbitmq"),
                    lambda: self.deployment.servers("start", "rabbitmq"))


class DatabaseKill(Outage):
    """15: PostgreSQL killed, stopped as in an emergency, or one session of it killed."""

    name = "database-kill"
    everything_answered = True
    dependency = DATABASE

    def fault(self, number):
        deployment = self.deployment
        if number % 3 == 2:
            deployment.kill_database_session()
            wait_for("the database is back", self.database_answers)
            wait_for("ready after the session was killed", deployment.is_ready)
        else:
            self.outage([lambda: deployment.servers("kill", "postgres"), deployment.stop_database_immediately][number % 3],
                        lambda: deployment.servers("start", "postgres"))
        self.expect_no_dead_letters()

    def database_answers(self):
        try:
            return database.rows("SELECT 1 AS one")
        except Exception:
            return False


class WorkerStop(Scenario):
    """SIGTERM under load: exit code 0 within the grace, everything in hand finished or handed back."""

    name = "worker-stop"
    everything_answered = True

    def fault(self, number):
        self.notes.append(f"left in {self.deployment.stop_worker():.1f} s")
        self.deployment.start_worker()


ALL = [WorkerKill, LostAcks, LostConfirms, BrokerReset, BrokerKill, DatabaseKill, WorkerStop]
