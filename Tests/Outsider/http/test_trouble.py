"""What callers see while worker, broker or the way between them are in trouble, and that no order is lost or doubled."""

import collections
import contextlib
import os
import sys
import threading
import time
import unittest

import pika
import rest  # Finds the package of the next ones.
from outsider import database, tokens
from outsider.identity import order_id
from outsider.program import PATIENCE, ROOT, Program, rabbitmqctl, ready_state, servers, through, wait_for
from outsider.tokens import CLIENT, TENANT
from rest import Caller, new_key

sys.path.append(str(ROOT / "Tests/Fault"))
from fault.proxy import Proxy  # noqa: E402

REPLY_TIME = 1  # seconds that the adapter waits for a reply


def setUpModule():
    global worker, adapter, worker_proxy
    broker = os.environ["AMQP_URL"]
    worker_proxy = Proxy(int(broker.rsplit(":", 1)[1].split("/")[0]))
    worker = Program("worker", AMQP_URL=through(broker, worker_proxy.port))
    unittest.addModuleCleanup(worker.stop)
    adapter = Program("http", HTTP_REPLY_TIMEOUT=f"{REPLY_TIME}s", HTTP_CLIENT_RATE="off")
    unittest.addModuleCleanup(adapter.stop)


@contextlib.contextmanager
def alarm(setting, raised, cleared):
    """While the broker is short of memory or of room on its disk."""
    rabbitmqctl(setting, raised)
    try:
        yield
    finally:
        rabbitmqctl(setting, cleared)


class TroubleTest(unittest.TestCase):
    def caller(self):
        return Caller(url=adapter.url)

    def assertTaken(self, answer, key):
        """Confirmed and unanswered: a promise, where it will be, and how to hear of it."""
        self.assertEqual(answer.status, 202, answer.body)
        identifier = order_id(TENANT, CLIENT, key)
        self.assertEqual(answer.fields["Location"], f"/v1/orders/{identifier}")
        self.assertEqual((answer.json["orderId"], answer.json["outcome"]), (identifier, "UNKNOWN"))
        self.assertGreater(int(answer.fields["Retry-After"]), 0)

    def assertUnavailable(self, answer):
        self.assertEqual((answer.status, answer.code), (503, "SERVICE_UNAVAILABLE"), answer.body)
        self.assertGreater(int(answer.fields["Retry-After"]), 0)

    def outcome(self, key, body=None):
        """What the same request with the same key ends with, after all promises on the way."""
        caller = self.caller()

        def asked():
            answer = caller.create(key, body)
            self.assertIn(answer.status, (201, 202, 503, 504), answer.body)
            return answer.status == 201 and answer

        answer = wait_for("an order is created", asked, pause=0.2)
        self.assertEqual(answer.json["orderId"], order_id(TENANT, CLIENT, key))
        return answer

    def assertOneOrder(self, key):
        self.assertEqual(database.orders(order_id(TENANT, CLIENT, key)), 1)


class WorkerTests(TroubleTest):
    def test_without_a_worker_writes_are_taken_and_reads_time_out(self):
        path = self.outcome(new_key()).fields["Location"]
        worker.stop()
        try:
            key = new_key()
            caller = self.caller()
            self.assertTaken(caller.create(key), key)
            read = caller.send("GET", path)
            self.assertEqual((read.status, read.code), (504, "REPLY_TIMEOUT"))
            self.assertIsNotNone(read.fields["Retry-After"])
            self.assertEqual(adapter.ask("/health/ready")[0], 200, "the bus is there")
        finally:
            worker.start()
        self.assertEqual(self.outcome(key).fields["Idempotent-Replayed"], "true")
        self.assertOneOrder(key)
        self.assertEqual(self.caller().send("GET", path).status, 200)

    def test_late_reply_is_dropped_and_its_outcome_is_there(self):
        key, late = new_key(), adapter.metric("late_replies_total")
        worker_proxy.delay = 2.5 * REPLY_TIME
        try:
            answer = self.caller().create(key)
        finally:
            worker_proxy.delay = 0
        self.assertTaken(answer, key)
        wait_for("the late reply is counted", lambda: adapter.metric("late_replies_total") > late)
        self.assertEqual(self.outcome(key).fields["Idempotent-Replayed"], "true")
        self.assertOneOrder(key)


class ConnectionTests(TroubleTest):
    def test_lost_confirm_is_not_called_a_failure(self):
        url = os.environ["GATEWAY_AMQP_URL"]
        proxy = Proxy(int(url.rsplit(":", 1)[1].split("/")[0]))
        with Program("http", AMQP_URL=through(url, proxy.port)) as lonely:
            caller, key = Caller(url=lonely.url), new_key()
            proxy.swallowing = "to worker"
            answers = []
            sending = threading.Thread(target=lambda: answers.append(caller.create(key)))
            sending.start()
            wait_for("the confirm is swallowed", lambda: proxy.swallowed > 0)
            proxy.reset()
            proxy.swallowing = None
            sending.join(PATIENCE)
            answer = answers[0]
            self.assertEqual((answer.status, answer.code), (504, "REPLY_TIMEOUT"), answer.body)
            self.assertIn("same Idempotency-Key", answer.json["error"]["message"])
            wait_for("the adapter is connected again", lambda: ready_state(lonely)[0] == 200)
        self.outcome(key)
        self.assertOneOrder(key)


class BrokerTests(TroubleTest):
    def test_killed_broker_is_told_at_once_and_nothing_is_lost(self):
        customer = new_key()
        body = rest.order(customerId=customer)
        told, running = {}, threading.Event()
        running.set()

        def load():
            caller = self.caller()
            while running.is_set():
                key = new_key()
                answer = caller.create(key, body)
                told[key] = answer.status
                if answer.status == 503:
                    time.sleep(0.5)

        callers = [threading.Thread(target=load) for _ in range(8)]
        for one in callers:
            one.start()
        try:
            wait_for("orders are created", lambda: list(told.values()).count(201) > 50)
            servers("kill", "rabbitmq")
            wait_for("the adapter has noticed", lambda: ready_state(adapter) == (503, ["bus"]))
            times = []
            for _ in range(20):
                start = time.monotonic()
                self.assertUnavailable(self.caller().create(new_key(), body))
                times.append(time.monotonic() - start)
            self.assertLess(sorted(times)[len(times) // 2], 0.1)
            self.assertUnavailable(self.caller().send("GET", "/v1/orders"))
            self.assertEqual(adapter.ask("/health/live")[0], 200)
        finally:
            servers("start", "rabbitmq")
            wait_for("the adapter is ready again", lambda: ready_state(adapter)[0] == 200)
            time.sleep(0.5)
            running.clear()
            for one in callers:
                one.join(PATIENCE)
        counts = collections.Counter(told.values())
        print(f"{len(told)} attempts, answered {dict(counts)}")
        self.assertLessEqual(set(counts), {201, 202, 503, 504})
        for key, status in told.items():
            if status != 201:
                self.outcome(key, body)
        stored = database.rows("SELECT count(*) FROM orders WHERE customer_id = :'customer'", customer=customer)
        self.assertEqual(stored[0]["count"], len(told))

    def test_alarm_is_told_at_once_and_passes(self):
        path = self.outcome(new_key()).fields["Location"]
        # It has the patience of a minute, and is not to need it.
        with Program("http", HTTP_REPLY_TIMEOUT="60s") as patient:
            with alarm("set_vm_memory_high_watermark", "0.0000001", "0.4"):
                caller, start = Caller(url=patient.url), time.monotonic()
                # Questions first, so that it is one of them that the broker holds back.
                for _ in range(8):
                    self.assertUnavailable(caller.send("GET", path))
                self.assertUnavailable(caller.create(new_key()))
                self.assertLess(time.monotonic() - start, 20)  # milliseconds, on a machine with nothing else to do
                self.assertEqual(ready_state(patient), (503, ["bus"]))
                self.assertEqual(patient.ask("/health/live")[0], 200)
            wait_for("the adapter is ready again", lambda: ready_state(patient)[0] == 200)
            self.assertEqual(Caller(url=patient.url).send("GET", path).status, 200)
        self.outcome(new_key())

    def test_alarm_stops_questions_on_new_connections_too(self):
        """Why a second connection for reads would help nobody: neither a question nor its answer is let through."""
        for setting, raised, cleared in (("set_vm_memory_high_watermark", "0.0000001", "0.4"),
                                         ("set_disk_free_limit", "999GB", "50MB")):
            with self.subTest(setting):
                with alarm(setting, raised, cleared):
                    connection = pika.BlockingConnection(pika.URLParameters(os.environ["PRODUCER_AMQP_URL"]))
                    told, replies = [], []
                    connection.add_on_connection_blocked_callback(lambda *_: told.append("blocked"))
                    channel = connection.channel()
                    channel.basic_consume("amq.rabbitmq.reply-to", lambda *reply: replies.append(reply[2]), auto_ack=True)
                    channel.basic_publish(
                        "orders.commands", "order.get.v1", b'{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv"}',
                        pika.BasicProperties(reply_to="amq.rabbitmq.reply-to",
                                             headers={"authorization": f"Bearer {tokens.good()}"}))
                    wait_for("the broker has told", lambda: connection.process_data_events(0.1) or told)
                    connection.process_data_events(1)
                    self.assertEqual(replies, [])
                wait_for("the alarm over, it is answered", lambda: connection.process_data_events(0.1) or replies)
                self.assertEqual(replies[0].headers["status"], 404)
                connection.close()


if __name__ == "__main__":
    unittest.main()
