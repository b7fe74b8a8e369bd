"""What README and the alerts say of the worker's metrics."""

import re
import time

from outsider import promises
from outsider.bus import order
from outsider.case import OutsiderTest, fetch, metric


def series():
    """Each series of the worker, spelled as it is there, with its value."""
    lines = [line.rpartition(" ") for line in fetch("/metrics")[1].splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def commands(command, outcome, code=""):
    return f'orderbus_commands_total{{code="{code}",command="{command}",outcome="{outcome}"}}'


def dead_letters(code):
    return f'orderbus_dead_letters_total{{code="{code}"}}'


class CountTests(OutsiderTest):
    COUNTED = ("orderbus_commands_total", "orderbus_dead_letters_total")

    def setUp(self):
        super().setUp()
        self.before = None
        self.bus.wait(self.is_quiet)

    def counted(self):
        return {name: value for name, value in series().items() if name.startswith(self.COUNTED)}

    def is_quiet(self):
        """The last answers of the tests before are counted too."""
        earlier, self.before = self.before, self.counted()
        self.bus.wait(lambda: False, 0.2)
        return earlier == self.before

    def grown(self):
        return {name: value - self.before.get(name, 0) for name, value in self.counted().items()
                if value != self.before.get(name, 0)}

    def assertGrown(self, expected):
        """An answer may be here before it is counted."""
        self.bus.wait(lambda: self.grown() == expected)
        self.assertEqual(self.grown(), expected)

    def test_each_command_is_counted_once_by_how_it_ended(self):
        body, bad = order(), order(customerId="")
        self.assertReply(self.bus.ask("done", body), 201)
        self.assertTrue(self.bus.ask("replayed", body).replayed)
        self.assertReply(self.bus.ask("refused", bad), 400, "ORDER_VALIDATION_FAILED")
        self.bus.bury("dead", b"x", reply=None)
        self.assertGrown({
            commands("order.create.v1", "done"): 1,
            commands("order.create.v1", "replayed"): 1,
            commands("order.create.v1", "refused", "ORDER_VALIDATION_FAILED"): 1,
            commands("order.create.v1", "refused", "MALFORMED_MESSAGE"): 1,
            dead_letters("MALFORMED_MESSAGE"): 1,
        })

    def test_a_question_that_nobody_asked_to_hear_of_is_counted_as_the_dead_letter_that_it_becomes(self):
        letter = self.bus.bury("a question without reply-to", {}, command="order.list.v1", reply=None)
        self.assertEqual(letter.headers["failure-code"], "ORDER_VALIDATION_FAILED")
        self.assertGrown({commands("order.list.v1", "done"): 1, dead_letters("ORDER_VALIDATION_FAILED"): 1})

    def test_invented_names_are_no_series_of_their_own(self):
        for name in ("order.explode.v1", "order.create.v9"):
            self.bus.ask("invented", order(), command=name, routing_key="order.create.v1")
        self.assertGrown({commands("unknown", "refused", "UNSUPPORTED_COMMAND"): 2})

    def test_what_alerts_wait_for_is_there_before_it_happens(self):
        """To Prometheus, a series that begins with a count has not risen."""
        awaited = {dead_letters("DELIVERY_LIMIT")} | {
            commands(command, "failed", code) for code in ("INTERNAL", "DELIVERY_LIMIT")
            for command in ("order.create.v1", "order.cancel.v1", "order.get.v1", "order.list.v1")}
        self.assertEqual(awaited - set(self.before), set())


class GaugeTests(OutsiderTest):
    def published(self):
        """By the broker's word; whether a queue listens is not the worker's to choose."""
        return sum(metric("orderbus_events_total", outcome=outcome) for outcome in ("confirmed", "unheard"))

    def test_an_event_leaves_the_outbox(self):
        before = self.published()
        self.assertReply(self.bus.ask("an order with an event", order()), 201)
        self.assertTrue(self.bus.wait(lambda: self.published() > before), "its event is not published")
        self.assertTrue(self.bus.wait(lambda: metric("orderbus_outbox_events") == 0), "the outbox is not empty")
        self.assertEqual(metric("orderbus_outbox_oldest_seconds"), 0)

    def test_every_connection_is_up(self):
        for name in ("database", "publisher", "keys", "queries"):
            self.assertEqual(metric("orderbus_connection_up", connection=name), 1, name)
        up = {name: value for name, value in series().items() if name.startswith("orderbus_connection_up")}
        self.assertEqual(set(up.values()), {1})
        self.assertGreaterEqual(len(up), 5, "and a lane for the writes")

    def test_the_keys_are_there_and_fresh(self):
        self.assertGreaterEqual(metric("orderbus_jwks_keys"), 1)
        self.assertLess(metric("orderbus_jwks_age_seconds"), 3600)

    def test_a_command_with_a_time_is_counted_by_how_long_it_waited(self):
        before = metric("orderbus_command_queue_seconds_count") or 0
        self.assertReply(self.bus.ask("with a timestamp", order(), properties={"timestamp": int(time.time())}), 201)
        self.assertTrue(self.bus.wait(lambda: metric("orderbus_command_queue_seconds_count") == before + 1))
        infinite = metric("orderbus_command_queue_seconds_bucket", le="+Inf")
        self.assertEqual(infinite, before + 1)


class NameTests(OutsiderTest):
    def test_every_metric_of_the_alerts_exists(self):
        text = fetch("/metrics")[1]
        series = set(re.findall(r"(?m)^(orderbus_\w+)", text))
        named = promises.of_worker("docker/prometheus/alerts.yml")
        self.assertIn("orderbus_commands_total", named)
        self.assertEqual(named - promises.told(text) - series, set())

    def test_every_metric_of_readme_exists_and_the_other_way_round(self):
        readme, metrics = promises.of_worker("README.md"), promises.told(fetch("/metrics")[1])
        self.assertEqual(metrics - readme, set(), "not in README")
        self.assertEqual(readme - metrics, set(), "in README alone")
