"""Compares the histories of one scenario. Every line that it returns is a violation."""

import collections
import datetime

from outsider import database, identity, tokens

from .load import REFUSED

TYPES = {"order.created.v1": 1, "order.cancelled.v1": 2}


def stored(prefix):
    return database.rows(
        "SELECT order_id AS id, idempotency_key AS key, status, version, created_at FROM order_overview"
        " WHERE starts_with(idempotency_key, :'prefix')", prefix=f"{prefix}-")


def missing_events(rows, events):
    told = {(event["subject"], TYPES.get(event["type"])) for event in events}
    return {(row["id"], version) for row in rows for version in range(1, row["version"] + 1)} - told


def some(values):
    values = sorted(values)
    return f"{len(values)}, such as {', '.join(map(str, values[:3]))}"


class Checker:
    def __init__(self, history, everything_answered):
        self.attempted = history.of("attempted")
        self.confirmed = history.of("confirmed")
        self.replied = history.of("replied")
        self.events = history.of("events")
        self.stored = history.of("stored")
        self.everything_answered = everything_answered
        self.rows = {row["key"]: row for row in self.stored}
        self.violations = []

    def check(self):
        self.check_orders()
        self.check_cancellations()
        self.check_events()
        self.check_replies()
        return self.violations

    def expect_none(self, what, values):
        if values:
            self.violations.append(f"{what}: {some(values)}")

    def check_orders(self):
        keys = collections.Counter(row["key"] for row in self.stored)
        self.expect_none("keys stored twice", {key for key, count in keys.items() if count > 1})
        attempted = {each["key"] for each in self.attempted if each["command"] == "order.create.v1"}
        confirmed = {each["key"] for each in self.confirmed if each["command"] == "order.create.v1"}
        refused = {key for key in attempted if key.endswith(REFUSED)}
        self.expect_none("stored in spite of a refusal", refused & set(keys))
        confirmed -= refused
        self.expect_none("LOST: confirmed and not stored", confirmed - set(keys))
        self.expect_none("stored and never attempted", set(keys) - attempted)
        self.expect_none("stored under another id", {
            key for key, row in self.rows.items() if row["id"] != identity.order_id(tokens.TENANT, tokens.CLIENT, key)})

    def check_cancellations(self):
        attempted = {each["key"] for each in self.attempted if each["command"] == "order.cancel.v1"}
        confirmed = {each["key"] for each in self.confirmed if each["command"] == "order.cancel.v1"}
        cancelled = {key for key, row in self.rows.items() if row["status"] == "CANCELLED"}
        self.expect_none("LOST: cancellation confirmed and not stored", confirmed - cancelled)
        self.expect_none("cancelled and never asked for", cancelled - attempted)
        self.expect_none("wrong version", {
            key for key, row in self.rows.items() if row["version"] != (2 if key in cancelled else 1)})

    def check_events(self):
        ids, types, first = collections.defaultdict(set), collections.defaultdict(set), {}
        for position, event in enumerate(self.events):
            version = event["subject"], TYPES.get(event["type"])
            ids[version].add(event["id"])
            types[event["id"]].add(version)
            first.setdefault(version, position)
        self.expect_none("LOST: stored and never told", missing_events(self.stored, self.events))
        self.expect_none("DOUBLED: several event ids of one version", {v for v, each in ids.items() if len(each) > 1})
        self.expect_none("one event id for several versions", {i for i, each in types.items() if len(each) > 1})
        versions = {row["id"]: row["version"] for row in self.stored}
        self.expect_none("told and not stored", {f"{s} {v}" for s, v in ids if not v or v > versions.get(s, 0)})
        self.expect_none("cancelled told before created", {
            subject for subject, version in first
            if version == 2 and first.get((subject, 1), len(self.events)) > first[subject, 2]})

    def check_replies(self):
        attempts = {each["id"]: each for each in self.attempted}
        wrong = set()
        for reply in self.replied:
            attempt = attempts.get(reply["id"])
            if attempt is None or not self.agrees(reply, attempt):
                wrong.add(f"{reply['id']}: {reply['status']} {reply['body']}")
        self.expect_none("replies that disagree with what is stored", wrong)
        self.expect_none("orders created for the first time twice", self.created_twice(attempts))
        self.expect_none("LOST: refused and never answered", self.refusals_unanswered())
        if self.everything_answered:
            self.expect_none("confirmed and never answered", self.unanswered())

    def created_twice(self, attempts):
        """A command that is redelivered may be told twice that it was the first; two commands may not."""
        firsts = collections.defaultdict(set)
        for reply in self.replied:
            if reply["status"] == 201 and not reply["replayed"] and reply["id"] in attempts:
                firsts[attempts[reply["id"]]["key"]].add(reply["id"])
        return {key for key, ids in firsts.items() if len(ids) > 1}

    def agrees(self, reply, attempt):
        row, body = self.rows.get(attempt["key"]), reply["body"]
        if attempt["key"].endswith(REFUSED):
            return (reply["status"], body["error"]["code"]) == (400, "ORDER_VALIDATION_FAILED")
        if row is None or reply["type"] != attempt["command"] + ".reply":
            return False
        status, state = {"order.create.v1": (201, "PENDING"), "order.cancel.v1": (200, "CANCELLED")}[attempt["command"]]
        created = datetime.datetime.fromisoformat(row["created_at"]).astimezone(datetime.timezone.utc)
        written = created.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return (reply["status"], body.get("status"), body.get("orderId"), body.get("createdAt", written)) == \
            (status, state, row["id"], written)

    def refusals_unanswered(self):
        refused = {each["id"] for each in self.confirmed if each["key"].endswith(REFUSED)}
        return refused & self.unanswered()

    def unanswered(self):
        return {each["id"] for each in self.confirmed} - {each["id"] for each in self.replied}

    def repeats(self):
        """Events published more than once, not counting what the broker itself delivered again."""
        return len([e for e in self.events if not e["redelivered"]]) - len({e["id"] for e in self.events})

    def summary(self):
        replays = sum(1 for reply in self.replied if reply["replayed"])
        return f"{len(self.attempted)} attempted, {len(self.confirmed)} confirmed, {len(self.stored)} orders stored " \
            f"({sum(1 for row in self.stored if row['version'] > 1)} cancelled), {len(self.replied)} replies " \
            f"({replays} replays, {len(self.unanswered())} unanswered), {len(self.events)} events " \
            f"({max(0, self.repeats())} repeated)"
