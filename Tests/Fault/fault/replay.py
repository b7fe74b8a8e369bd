"""A job that sends many dead letters again, while database, broker and console break."""

import random
import sys
import time
from pathlib import Path

from outsider import database, tokens
from outsider.program import Program, wait_for

from .checker import some
from .deployment import Violation
from .history import History
from .letters import Letters, break_release, mend_release
from .load import Listener

sys.path.append(str(Path(__file__).resolve().parents[2] / "Outsider/console"))
from desk import Desk, operator  # noqa: E402

SENDING = 3  # seconds that a short job would take undisturbed
RATE = 1000  # letters a second of a long one, at most


class Replay:
    name = "replay"
    letters = 1000

    def __init__(self, deployment, seed, rounds, seconds):
        self.deployment = deployment
        self.rounds = rounds
        self.choices = random.Random(f"{seed}/{self.name}")
        self.history = History(deployment.folder / "history" / self.name)
        self.listener = Listener(self.history)
        self.set = Letters(self.letters, mark=f"{self.name}-{seed}")
        self.notes = []

    def run(self):
        """The summary, and a list of violations."""
        violations = []
        self.listener.start()
        try:
            self.make()
            violations += self.replay()
        except AssertionError as violation:
            violations.append(str(violation))
        finally:
            if self.console:
                self.console.kill()
            self.deployment.end_worker()
            self.listener.end()
            self.history.close()
        violations += [self.listener.trouble] if self.listener.trouble else []
        return "; ".join(self.notes), violations

    console = None

    def make(self):
        started = time.monotonic()
        before = self.kept()
        break_release()
        try:
            self.deployment.start_worker()
            self.console = Program("console")
            self.set.send()
            wait_for("all letters are kept", lambda: self.kept() - before == self.letters, 60 + self.letters / 50, 0.5)
        finally:
            mend_release()
        groups = database.rows("SELECT count(DISTINCT group_id) FROM dead_letters WHERE state = 0")[0]["count"]
        self.notes.append(f"{self.letters} letters of {groups} kinds in {time.monotonic() - started:.0f} s")

    @staticmethod
    def kept():
        return database.rows("SELECT count(*) FROM dead_letters WHERE state = 0")[0]["count"]

    def replay(self):
        started = time.monotonic()
        rate = min(RATE, self.letters / SENDING)
        self.desk = Desk(operator(exp=int(time.time()) + 7200), self.console.url)
        self.job = self.desk.replay({"filter": {"state": "kept"}}, "the release is mended", ratePerSecond=rate,
                                    canary=None, stopAbove=1)
        if self.job["counts"]["total"] != self.letters:
            raise Violation(f"the job has {self.job['counts']['total']} letters, not {self.letters}")
        faults = self.faults()
        for number, fault in enumerate(faults):
            self.wait_for_progress((number + self.choices.uniform(0.3, 0.9)) / len(faults))
            fault()
        self.wait_for_end()
        took = time.monotonic() - started
        self.notes.append(f"sent in {took:.0f} s ({self.letters / took:.0f}/s with {len(faults)} faults, of {rate:.0f}/s)")
        wait_for("all events are told", self.is_told, 60, 0.5)
        violations = self.check()
        self.deployment.stop_worker()
        return violations

    def faults(self):
        """One at a time in a long job; a short one has the console killed while the broker is away."""
        if self.rounds == 1:
            return [self.break_database, self.break_broker_and_console]
        chosen = [self.break_database, self.break_broker, self.kill_console] * self.rounds
        self.choices.shuffle(chosen)
        return chosen

    def break_database(self):
        if self.choices.random() < 0.5:
            self.deployment.servers("kill", "postgres")
        else:
            self.deployment.stop_database_immediately()
        self.deployment.servers("start", "postgres")

    def break_broker(self):
        self.deployment.servers("kill", "rabbitmq")
        self.deployment.servers("start", "rabbitmq")

    def break_broker_and_console(self):
        self.deployment.servers("kill", "rabbitmq")
        self.console.kill()
        self.deployment.servers("start", "rabbitmq")
        self.bring_console_back()

    def kill_console(self):
        self.console.kill()
        self.bring_console_back()

    def bring_console_back(self):
        """The token was only in its memory: an operator lends theirs again."""
        self.console.start()
        path = f"/v1/dead/replays/{self.job['id']}/resume"
        wait_for("the job is resumed", lambda: self.desk.call("POST", path, {}).status in (200, 409))

    def progress(self):
        """What the console says of the job, if it can say anything."""
        answer = self.desk.call("GET", f"/v1/dead/replays/{self.job['id']}")
        if answer.status not in (200, 503):
            raise Violation(f"the console answers {answer.status}: {answer.raw[:300]}")
        return answer.json if answer.status == 200 else None

    def wait_for_progress(self, share):
        def reached():
            job = self.progress()
            return job and (job["state"] != "running" or job["counts"]["waiting"] <= (1 - share) * self.letters)
        wait_for(f"{share:.0%} of the letters are sent", reached, 120 + self.letters / 50)

    def wait_for_end(self):
        def ended():
            job = self.progress()
            return job and job["state"] != "running" and job
        self.job = wait_for("the job ends", ended, 180 + self.letters / 50, 0.3)

    # What became of it

    def stored(self):
        return database.rows("SELECT order_id AS id, idempotency_key AS key, tenant, client_id FROM order_overview"
                             " WHERE starts_with(idempotency_key, :'mark')", mark=self.set.mark)

    def is_told(self):
        return {row["id"] for row in self.stored()} <= {event["subject"] for event in self.history.of("events")}

    def check(self):
        violations = []

        def expect(what, found, wanted):
            if found != wanted:
                violations.append(f"{what}: {found}, not {wanted}")

        good, bad = len(self.set.mended), self.letters - len(self.set.mended)
        expect("the job's end", self.job["state"], "finished")
        counts = {name: count for name, count in self.job["counts"].items() if count}
        expect("the job's counts", counts, {"succeeded": good, "failed": bad, "total": self.letters})
        # Refused, or dead again where the refusal could not be told, or not sent where it was for want of a scope.
        results = database.rows("SELECT result = 'succeeded' AS is_success, count(*), count(DISTINCT letter_id) AS letters"
                                " FROM replay_messages WHERE result <> 'unanswered' GROUP BY 1 ORDER BY 1")
        expect("results of messages", [tuple(row.values()) for row in results], [(False, bad, bad), (True, good, good)])
        states = database.rows("SELECT state, count(*) FROM dead_letter_overview GROUP BY state ORDER BY state")
        expect("states of letters", [tuple(row.values()) for row in states], [("kept", bad), ("replayed", good)])
        groups = database.rows("SELECT sum(kept) AS kept, sum(replaying) AS replaying, sum(replayed) AS replayed"
                               " FROM dead_letter_groups")
        expect("the groups' counters", groups, [{"kept": bad, "replaying": 0, "replayed": good}])
        violations += self.check_orders()
        expect("the audit's breach", self.desk.ask("GET", "/v1/audit/verify")["breach"], None)
        for name, (messages, _) in zip(("orders.commands", "orders.dead"),
                                       self.deployment.queues("orders.commands", "orders.dead")):
            expect(f"messages in {name}", messages, 0)
        again = database.rows("SELECT count(*) FROM replay_messages WHERE sends > 1")[0]["count"]
        repeated = database.rows("SELECT count(*) FROM replay_messages WHERE is_replay")[0]["count"]
        self.notes.append(f"{good} succeeded, {bad} refused again; {again} were taken again after a crash,"
                          f" {repeated} were stored by an earlier sending")
        return violations

    def check_orders(self):
        violations = []
        rows = {row["key"]: row for row in self.stored()}
        for what, keys in (("LOST: replayed and not stored", set(self.set.mended) - set(rows)),
                           ("stored and never mended", set(rows) - set(self.set.mended)),
                           ("stored under another id or tenant", {
                               key for key, row in rows.items()
                               if row["id"] != self.set.mended.get(key) or row["tenant"] != tokens.TENANT})):
            if keys:
                violations.append(f"{what}: {some(keys)}")
        ids = {}
        for event in self.history.of("events"):
            ids.setdefault(event["subject"], set()).add(event["id"])
        if doubled := {subject for subject, each in ids.items() if len(each) > 1}:
            violations.append(f"DOUBLED: several events of one order: {some(doubled)}")
        return violations
