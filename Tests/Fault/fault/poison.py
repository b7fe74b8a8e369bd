"""A command that ends every worker that takes it in hand, amid load."""

import pika
from outsider import database, settings
from outsider.bus import Bus, order
from outsider.lock import LockedOrder
from outsider.program import wait_for

from .deployment import Violation
from .scenarios import Scenario

LIVES = 25  # at most, until it is buried; the broker's own limit is 50
BLOCKED = """SELECT pid FROM pg_stat_activity
    WHERE application_name LIKE 'orderbus worker commands%' AND :'lock' = ANY (pg_blocking_pids(pid))"""
ORPHANS = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name LIKE 'orderbus worker%';"


class Poison(Scenario):
    """19: killed each time with the same command in hand; it is buried alone, and soon.

    The command waits for a locked row, so that it is seen in hand: no switch in the worker is needed.
    """

    name = "poison"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.bus = Bus()

    def fault(self, number):
        key = f"{self.prefix}-victim-{number}"
        self.history.add("attempted", {"id": key, "command": "order.create.v1", "key": key})
        victim = self.bus.send("victim", order(idempotencyKey=key))
        # After a poisoned round there may be thousands that are suspected with it, and are done before it.
        self.bus.wait(lambda: victim.replies, 120)
        order_id = victim.replies[0].body["orderId"]
        with LockedOrder(order_id) as lock:
            entry = self.bus.send("poison", {"orderId": order_id}, command="order.cancel.v1", reply=None)
            lives = 0
            while not entry.dead_letters:
                if lives == LIVES:
                    raise Violation(f"the command has ended {LIVES} workers and is not buried")
                if wait_for("it is in hand again, or buried", lambda: self.in_hand_or_buried(entry, lock)) == "in hand":
                    self.deployment.kill_worker()
                    lives += 1
                    # They would wait for the lock a little longer, and the innocent of the same batch for them.
                    database.run(ORPHANS)
                    self.deployment.start_worker(wait=False)
        wait_for("ready after it was buried", self.deployment.is_ready)
        self.check_letter(entry.dead_letters)
        self.notes.append(f"ended {lives} workers")

    def in_hand_or_buried(self, entry, lock):
        self.bus.turn()
        if entry.dead_letters:
            return "buried"
        return "in hand" if database.rows(BLOCKED, lock=lock.pid) else None

    def check_letter(self, letters):
        """One letter, with the reason; it is taken out so that the check of the queues can expect none."""
        codes = [letter.headers.get("failure-code") for letter in letters]
        if codes != ["DELIVERY_LIMIT"]:
            raise Violation(f"buried as {codes} and not once as DELIVERY_LIMIT")
        with pika.BlockingConnection(pika.URLParameters(settings.ADMINISTRATOR_URL)) as connection:
            channel = connection.channel()
            wait_for("the letter is in its queue", lambda: channel.basic_get("orders.dead", auto_ack=True)[0])
            method, properties, _ = channel.basic_get("orders.dead", auto_ack=True)
            if method is not None:
                raise Violation(f"a neighbour was buried: {properties.headers}")
