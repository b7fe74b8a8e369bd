# What scripts/run shows at its end: one order each way that there is, what became of it, and what to try next.
# Reads the deployment's settings, ORDERBUS_BINARY and DEPLOYMENT.
# shellcheck shell=bash

readonly events_queue=orderbus.demonstration

# A queue of the administrator's, which the broker drops after ten minutes if we do not come to it.
listen_to_events() {
    rabbitmq_management "queues/%2F/$events_queue" --request PUT \
        --data '{"durable": true, "arguments": {"x-expires": 600000}}'
    rabbitmq_management "bindings/%2F/e/orders.events/q/$events_queue" --data '{"routing_key": "#"}' >/dev/null
}

stop_listening() { rabbitmq_management "queues/%2F/$events_queue" --request DELETE || true; }

# Takes one event from the queue, if it is there, and keeps it in $event.
event_arrived() {
    event=$(rabbitmq_management "queues/%2F/$events_queue/get" \
        --data '{"count": 1, "ackmode": "ack_requeue_false", "encoding": "auto"}' | jq --raw-output '.[0].payload // ""')
    [[ -n $event ]]
}

example_order() {
    jq --null-input --compact-output --arg key "run-$(new_secret)" '{
        idempotencyKey: $key, customerId: "cust_123",
        items: [{sku: "ABC-001", quantity: 2, unitPrice: "10.00"}, {sku: "XYZ-777", quantity: 1, unitPrice: "5.50"}],
        totalAmount: {currency: "USD", value: "25.50"}, metadata: {sourceSystem: "scripts/run"}}'
}

show_order() {
    local order reply identifier
    order=$(example_order)
    listen_to_events
    step "an order over AMQP"
    say "$order"
    reply=$("$ORDERBUS_BINARY" order create --output json - <<<"$order")
    step "the reply"
    jq --compact-output . <<<"$reply"
    identifier=$(jq --raw-output '.. | .orderId? // empty' <<<"$reply" | head -n 1)
    step "the stored row"
    database_shell orderbus "$DATABASE_PASSWORD" orderbus --pset footer=off --set id="$identifier" <<<"
        SELECT order_id, status, customer_id, total, currency, created_at FROM order_overview WHERE id = order_id(:'id')"
    step "the event"
    event=
    wait_until 10 event_arrived || fail "no event within 10 s" "see .run/log/worker.log"
    jq --compact-output . <<<"$event"
    stop_listening
}

# The same command by the HTTP adapter: the same result, whichever way it came.
show_rest() {
    local order token
    order=$(example_order)
    token=$("$ORDERBUS_BINARY" token mint)
    step "an order over REST: POST $HTTP_URL/v1/orders"
    curl --silent --show-error --fail-with-body --max-time 20 "$HTTP_URL/v1/orders" \
        --config <(printf 'header = "authorization: Bearer %s"' "$token") \
        --header 'content-type: application/json' --header "idempotency-key: $(jq --raw-output .idempotencyKey <<<"$order")" \
        --data "$(jq --compact-output 'del(.idempotencyKey)' <<<"$order")" || fail "no order over REST" "see .run/log/http.log"
    say
}

demonstrate() {
    show_order
    ! has_http || show_rest
    say
    step "everything runs; settings are in .run/env, logs in .run/log"
}

what_next() {
    cat <<EOF

Try next, from $ROOT:

    source .run/env; PATH=\$PWD/.build/release:\$PATH
    orderbus order list
    orderbus bench --count 20000
    curl --silent "\$WORKER_ADMIN_URL/metrics" | grep orderbus_commands_total
    scripts/servers kill postgres --directory .run/servers; curl "\$WORKER_ADMIN_URL/health/ready"
    scripts/servers start --directory .run/servers

EOF
}
