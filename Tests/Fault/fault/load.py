"""Producers that race each other with the same keys, and a listener to the events."""

import collections
import json
import random
import threading
import time

import pika
from outsider import settings, tokens
from outsider.bus import order

WINDOW = 100  # unconfirmed messages of one producer
TICK = 0.02  # seconds between two bursts of a producer
BURST = 6  # new messages a tick
REFUSED = "-refused"  # ends the key of a command that breaks a rule
REPLY_QUEUE = {"x-queue-type": "quorum", "x-expires": 600_000}  # keeps what it confirmed when the broker is killed
EVENTS_QUEUE = "fault.events"


class Client(threading.Thread):
    """A connection with a thread of its own that comes back by itself for as long as it is wanted."""

    def __init__(self, name, url):
        super().__init__(name=name, daemon=True)
        self.parameters = pika.URLParameters(url)
        self.connection = None
        self.wanted = True
        self.trouble = None

    def run(self):
        while self.wanted:
            try:
                self.connection = pika.SelectConnection(
                    self.parameters,
                    on_open_callback=lambda connection: connection.channel(on_open_callback=self.opened),
                    on_open_error_callback=lambda connection, error: connection.ioloop.stop(),
                    on_close_callback=self.closed,
                )
                self.connection.ioloop.start()
            except pika.exceptions.AMQPError:
                pass
            except Exception as error:  # the checker reports it: then this test itself is at fault
                self.trouble = f"{self.name}: {error!r}"
                self.lost()
            time.sleep(0.2)

    def closed(self, connection, error):
        self.lost()
        connection.ioloop.stop()

    def lost(self):
        """The connection has gone, and what was under way with it."""

    def end(self):
        self.wanted = False
        connection = self.connection
        if connection is not None and connection.is_open:
            connection.ioloop.add_callback_threadsafe(connection.close)
        self.join(10)


class Load:
    """All that is published in one scenario. Every choice comes from the seed."""

    def __init__(self, prefix, seed, history, producers=3):
        self.prefix = prefix
        self.history = history
        self.choices = random.Random(seed)
        self.lock = threading.Lock()
        self.number = 0
        self.cancel_wanted = set()
        self.generating = True
        self.authorization = f"Bearer {tokens.mint()}"
        self.producers = [Producer(self, number) for number in range(producers)]
        self.listener = Listener(history)
        for client in (self.listener, *self.producers):
            client.start()

    def refill(self, producer):
        """A new key for this producer, and perhaps copies for any of them."""
        with self.lock:
            refused = self.choices.random() < 0.03
            key = f"{self.prefix}-{self.number:07}{REFUSED if refused else ''}"
            self.number += 1
            customer = "" if refused else f"cust_{self.choices.randrange(50)}"
            body = json.dumps(order(idempotencyKey=key, customerId=customer))
            if self.choices.random() < 0.3:
                self.cancel_wanted.add(key)
            rivals = self.choices.choices(self.producers, k=self.choices.randrange(3))
            for each in (producer, *rivals):
                each.waiting.append((key, "order.create.v1", body))

    def cancel(self, key, order_id, producer):
        """After the order is known to be there, once decided; sometimes twice, from two producers."""
        with self.lock:
            if key not in self.cancel_wanted:
                return
            self.cancel_wanted.discard(key)
            others = self.choices.choices(self.producers, k=self.choices.randrange(2))
        body = json.dumps({"orderId": order_id, "reason": "fault test"})
        for each in (producer, *others):
            each.waiting.append((key, "order.cancel.v1", body))

    def stop_generating(self):
        self.generating = False

    def idle(self):
        return all(not each.waiting and not each.unconfirmed for each in self.producers)

    def troubles(self):
        return [each.trouble for each in (self.listener, *self.producers) if each.trouble]

    def end(self):
        for client in (*self.producers, self.listener):
            client.end()


class Producer(Client):
    def __init__(self, load, number):
        super().__init__(f"producer-{number}", settings.PRODUCER_URL)
        self.load = load
        self.reply_queue = f"reply.fault.{load.prefix}.{number}"
        self.waiting = collections.deque()
        self.unconfirmed = {}  # delivery tag: attempt
        self.keys = {}  # attempt: key, until its first answer
        self.sequence = 0
        self.attempts = 0
        self.replies = []
        self.confirms = []
        self.channel = None

    def opened(self, channel):
        self.sequence = 0
        channel.confirm_delivery(self.settled, callback=lambda _: self.prepare(channel))

    def prepare(self, channel):
        channel.queue_declare(self.reply_queue, durable=True, arguments=REPLY_QUEUE,
                              callback=lambda _: self.ready(channel))

    def ready(self, channel):
        channel.basic_consume(self.reply_queue, self.replied, auto_ack=True)
        self.channel = channel
        self.tick(channel)

    def tick(self, channel):
        if channel is not self.channel or not channel.is_open:
            return
        self.flush()
        burst = []
        while len(burst) < BURST and len(self.unconfirmed) + len(burst) < WINDOW:
            if not self.waiting:
                if not self.load.generating:
                    break
                self.load.refill(self)
            burst.append(self.attempt(*self.waiting.popleft()))
        self.load.history.add("attempted", *({**each, "body": None} for each in burst))
        for each in burst:
            self.publish(channel, each)
        self.connection.ioloop.call_later(TICK, lambda: self.tick(channel))

    def attempt(self, key, command, body):
        self.attempts += 1
        identifier = f"{self.load.prefix}/{self.name}/{self.attempts}"
        self.keys[identifier] = key
        return {"id": identifier, "key": key, "command": command, "body": body}

    def publish(self, channel, attempt):
        self.sequence += 1
        self.unconfirmed[self.sequence] = attempt
        channel.basic_publish("orders.commands", attempt["command"], attempt["body"], pika.BasicProperties(
            content_type="application/json", delivery_mode=2, message_id=attempt["id"], correlation_id=attempt["id"],
            reply_to=self.reply_queue, type=attempt["command"],
            headers={"authorization": self.load.authorization, "request-id": attempt["id"]}))

    def settled(self, frame):
        method = frame.method
        tags = [tag for tag in self.unconfirmed if tag <= method.delivery_tag] if method.multiple \
            else [method.delivery_tag]
        attempts = [self.unconfirmed.pop(tag) for tag in tags]
        if isinstance(method, pika.spec.Basic.Ack):
            self.confirms.extend({"id": each["id"], "key": each["key"], "command": each["command"]}
                                 for each in attempts)
        else:
            self.again(attempts)

    def again(self, attempts):
        """Nobody knows what became of these. Some producers try again, others give up."""
        for each in attempts:
            with self.load.lock:
                resend = self.load.choices.random() < 0.7
            if resend:
                self.waiting.append((each["key"], each["command"], each["body"]))

    def replied(self, channel, method, properties, body):
        headers = properties.headers or {}
        body = json.loads(body)
        identifier = properties.correlation_id
        self.replies.append({"id": identifier, "type": properties.type, "status": headers.get("status"),
                             "replayed": headers.get("idempotent-replayed"), "body": body})
        key = self.keys.pop(identifier, None)
        if key and properties.type == "order.create.v1.reply" and headers.get("status") == 201:
            self.load.cancel(key, body["orderId"], self)

    def lost(self):
        self.channel = None
        attempts, self.unconfirmed = list(self.unconfirmed.values()), {}
        self.flush()
        self.again(attempts)

    def flush(self):
        replies, self.replies = self.replies, []
        confirms, self.confirms = self.confirms, []
        self.load.history.add("replied", *replies)
        self.load.history.add("confirmed", *confirms)


class Listener(Client):
    """Acknowledges an event once it is in the history."""

    def __init__(self, history):
        super().__init__("listener", settings.ADMINISTRATOR_URL)
        self.history = history
        self.seen = []
        self.tag = 0

    def opened(self, channel):
        self.seen = []
        channel.basic_qos(prefetch_count=2000)
        channel.basic_consume(EVENTS_QUEUE, self.heard)
        self.tick(channel)

    def heard(self, channel, method, properties, body):
        event = json.loads(body)
        self.seen.append({"id": event["id"], "type": event["type"], "subject": event["subject"],
                          "redelivered": method.redelivered})
        self.tag = method.delivery_tag

    def tick(self, channel):
        if not channel.is_open:
            return
        if self.seen:
            seen, self.seen = self.seen, []
            self.history.add("events", *seen)
            channel.basic_ack(self.tag, multiple=True)
        self.connection.ioloop.call_later(0.05, lambda: self.tick(channel))
