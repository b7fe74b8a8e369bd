#pragma once

// The names of librabbitmq 0.11, which later versions keep as forwarding headers.
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <sys/time.h>

// Variadic functions cannot be called from Swift.

static inline amqp_rpc_reply_t orderbus_login_plain(
    amqp_connection_state_t state, const char *vhost, int frame_max, int heartbeat,
    const amqp_table_t *properties, const char *user, const char *password) {
    return amqp_login_with_properties(
        state, vhost, 1, frame_max, heartbeat, properties, AMQP_SASL_METHOD_PLAIN, user, password);
}

// The identity is not read by RabbitMQ, and must not be empty: librabbitmq 0.11 takes room for it, and takes none for
// a lack of memory.
static inline amqp_rpc_reply_t orderbus_login_external(
    amqp_connection_state_t state, const char *vhost, int frame_max, int heartbeat,
    const amqp_table_t *properties) {
    return amqp_login_with_properties(
        state, vhost, 1, frame_max, heartbeat, properties, AMQP_SASL_METHOD_EXTERNAL, "-");
}

// Macros with casts are not imported by Swift.

static const amqp_method_number_t orderbus_connection_close = AMQP_CONNECTION_CLOSE_METHOD;
static const amqp_method_number_t orderbus_connection_close_ok = AMQP_CONNECTION_CLOSE_OK_METHOD;
static const amqp_method_number_t orderbus_connection_blocked = AMQP_CONNECTION_BLOCKED_METHOD;
static const amqp_method_number_t orderbus_connection_unblocked = AMQP_CONNECTION_UNBLOCKED_METHOD;
static const amqp_method_number_t orderbus_channel_flow = AMQP_CHANNEL_FLOW_METHOD;
static const amqp_method_number_t orderbus_channel_flow_ok = AMQP_CHANNEL_FLOW_OK_METHOD;
static const amqp_method_number_t orderbus_channel_close = AMQP_CHANNEL_CLOSE_METHOD;
static const amqp_method_number_t orderbus_channel_close_ok = AMQP_CHANNEL_CLOSE_OK_METHOD;
static const amqp_method_number_t orderbus_basic_cancel = AMQP_BASIC_CANCEL_METHOD;
static const amqp_method_number_t orderbus_basic_cancel_ok = AMQP_BASIC_CANCEL_OK_METHOD;
static const amqp_method_number_t orderbus_basic_publish = AMQP_BASIC_PUBLISH_METHOD;
static const amqp_method_number_t orderbus_basic_return = AMQP_BASIC_RETURN_METHOD;
static const amqp_method_number_t orderbus_basic_deliver = AMQP_BASIC_DELIVER_METHOD;
static const amqp_method_number_t orderbus_basic_ack = AMQP_BASIC_ACK_METHOD;
static const amqp_method_number_t orderbus_basic_reject = AMQP_BASIC_REJECT_METHOD;
static const amqp_method_number_t orderbus_basic_nack = AMQP_BASIC_NACK_METHOD;
