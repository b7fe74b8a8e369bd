# A private RabbitMQ below $DIRECTORY, with the management plugin, on loopback; root and ordinary users alike.
# Reads RABBITMQ_PORT, RABBITMQ_TLS_PORT, RABBITMQ_MANAGEMENT_PORT, RABBITMQ_DIST_PORT, RABBITMQ_EPMD_PORT and
# RABBITMQ_ADMIN_PASSWORD. Certificates in $DIRECTORY/tls (see certificates.sh) make it listen with TLS as well.
# shellcheck shell=bash

# The distribution's wrapper in /usr/sbin runs for root and its own user only; the server's own script for everyone.
rabbitmq_program() {
    local found=(/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server)
    [[ -x ${found[-1]} ]] || fail "RabbitMQ is not installed" "run scripts/install"
    printf '%s\n' "${found[-1]}"
}

rabbitmq_pid() {
    local pid
    pid=$(cat "$DIRECTORY/rabbitmq/pid" 2>/dev/null) || return 1
    runs "$pid" "-home $DIRECTORY/rabbitmq " && printf '%s\n' "$pid"
}

# The script that starts Erlang and waits for it: all there is to go by until Erlang has written its own id.
rabbitmq_launcher() {
    local pid
    pid=$(cat "$DIRECTORY/rabbitmq/launcher.pid" 2>/dev/null) || return 1
    runs "$pid" /sbin/rabbitmq-server && printf '%s\n' "$pid"
}

rabbitmq_ports() {
    printf '%s\n' RABBITMQ_PORT RABBITMQ_TLS_PORT RABBITMQ_MANAGEMENT_PORT RABBITMQ_DIST_PORT RABBITMQ_EPMD_PORT
}

rabbitmq_configure() {
    local home=$DIRECTORY/rabbitmq
    mkdir -p "$home/mnesia"
    printf '[rabbitmq_auth_mechanism_ssl,rabbitmq_management].\n' >"$home/enabled_plugins"
    # Named users log in from loopback and there is no guest: default_user takes its place at the first start.
    write_private "$home/rabbitmq.conf" <<EOF
listeners.tcp.loopback = 127.0.0.1:$RABBITMQ_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $RABBITMQ_MANAGEMENT_PORT
default_user = admin
default_pass = $RABBITMQ_ADMIN_PASSWORD
loopback_users = none
log.file.level = info
# The management API is here for topology and health; per-message statistics cost every message something.
management.rates_mode = none
collect_statistics_interval = 60000
EOF
    [[ ! -d $DIRECTORY/tls ]] || rabbitmq_tls_settings >>"$home/rabbitmq.conf"
}

# A client certificate is welcome and not demanded; with auth_mechanism=external its common name is the user.
rabbitmq_tls_settings() {
    cat <<EOF
listeners.ssl.loopback = 127.0.0.1:$RABBITMQ_TLS_PORT
ssl_options.cacertfile = $DIRECTORY/tls/authority.pem
ssl_options.certfile = $DIRECTORY/tls/server.pem
ssl_options.keyfile = $DIRECTORY/tls/server-key.pem
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = false
auth_mechanisms.1 = PLAIN
auth_mechanisms.2 = EXTERNAL
ssl_cert_login_from = common_name
EOF
}

# Own home (so an own Erlang cookie), own epmd, nothing from /etc/rabbitmq.
rabbitmq_environment() {
    local home=$DIRECTORY/rabbitmq
    unset "${!RABBITMQ_@}"
    export HOME=$home ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$epmd_port
    export RABBITMQ_NODENAME=orderbus@localhost RABBITMQ_DIST_PORT=$dist_port RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
    export RABBITMQ_CONF_ENV_FILE=$home/none RABBITMQ_CONFIG_FILE=$home/rabbitmq.conf
    export RABBITMQ_ADVANCED_CONFIG_FILE=$home/none RABBITMQ_ENABLED_PLUGINS_FILE=$home/enabled_plugins
    export RABBITMQ_MNESIA_BASE=$home/mnesia RABBITMQ_PID_FILE=$home/pid
    export RABBITMQ_LOG_BASE=$DIRECTORY/log RABBITMQ_LOGS=$DIRECTORY/log/rabbitmq.log
    # Room for what a thousand orders in flight allocate: with the small carriers that are usual, a fifth of the
    # broker's time goes into asking the kernel for memory and giving it back.
    local memory='+MHsbct 16384 +MBsbct 16384 +MHsmbcs 4096 +MBsmbcs 4096 +MHlmbcs 32768 +MBlmbcs 32768 +hms 4000'
    export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} $memory"
}

# launch LOG COMMAND...: in a session of its own, so that no Ctrl-C meant for a script reaches it; prints its id.
launch() {
    local log=$1
    shift
    setsid "$@" </dev/null >>"$log" 2>&1 &
    printf '%s\n' $!
}

rabbitmq_start() {
    local home=$DIRECTORY/rabbitmq program
    rabbitmq_pid >/dev/null && return 0
    program=$(rabbitmq_program)
    rabbitmq_configure
    rm -f "$home/pid"
    (
        epmd_port=$RABBITMQ_EPMD_PORT dist_port=$RABBITMQ_DIST_PORT
        cd /
        rabbitmq_environment
        launch "$DIRECTORY/log/epmd.log" epmd -port "$epmd_port" -address 127.0.0.1 >"$home/epmd.pid"
        launch "$DIRECTORY/log/rabbitmq-console.log" "$program" >"$home/launcher.pid"
    )
}

rabbitmq_management() {
    curl --silent --show-error --fail --max-time 10 --config <(printf 'user = "admin:%s"' "$RABBITMQ_ADMIN_PASSWORD") \
        --header 'content-type: application/json' "http://127.0.0.1:$RABBITMQ_MANAGEMENT_PORT/api/$1" "${@:2}"
}

rabbitmq_wait() {
    wait_until 60 rabbitmq_pid || rabbitmq_failed
    wait_until 60 rabbitmq_answers_or_died || rabbitmq_failed
    rabbitmq_pid >/dev/null || rabbitmq_failed
}

rabbitmq_answers_or_died() {
    ! rabbitmq_pid >/dev/null || { ! port_is_free "$RABBITMQ_PORT" && rabbitmq_management overview; }
}

rabbitmq_failed() {
    fail "RabbitMQ did not start" "see $DIRECTORY/log/rabbitmq.log and rabbitmq-console.log" \
        "$(grep -hE '\[error\]|BOOT FAILED' "$DIRECTORY/log/rabbitmq.log" 2>/dev/null | tail -n 3)"
}

rabbitmq_stop() {
    local pid
    if pid=$(rabbitmq_pid); then
        stop_process "$pid" "-home $DIRECTORY/rabbitmq " 60
    elif pid=$(rabbitmq_launcher); then
        stop_process "$pid" /sbin/rabbitmq-server 60
    fi
    rabbitmq_kill
}

# A crash: what Erlang had not yet written is lost. Ends a left-over epmd too.
rabbitmq_kill() {
    local pid
    if pid=$(rabbitmq_pid); then kill_process "$pid" "-home $DIRECTORY/rabbitmq "; fi
    # Its group is Erlang's too.
    if pid=$(rabbitmq_launcher); then kill -KILL -- "-$pid" 2>/dev/null || true; fi
    rm -f "$DIRECTORY/rabbitmq/launcher.pid"
    # A process as large as this has lost its memory, and so its name, some time before its sockets are closed: whoever
    # started the broker again at once would find its ports taken, and take others.
    [[ -z ${RABBITMQ_PORT:-} ]] || wait_until 10 port_is_free "$RABBITMQ_PORT" || true
    pid=$(cat "$DIRECTORY/rabbitmq/epmd.pid" 2>/dev/null) || return 0
    kill_process "$pid" "epmd -port ${RABBITMQ_EPMD_PORT:-}"
    rm -f "$DIRECTORY/rabbitmq/epmd.pid"
}
