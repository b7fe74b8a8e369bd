# One orderbus deployment for development or tests below $DEPLOYMENT: servers, users, database, key and settings.
# shellcheck shell=bash
source "$ROOT/scripts/library/rabbitmq.sh"

# The program as it is released, named by ORDERBUS_BINARY.
build_release() {
    need_swift
    cd -- "$ROOT"
    swift build --configuration release --product orderbus
    ORDERBUS_BINARY=$(swift build --configuration release --show-bin-path)/orderbus
    export ORDERBUS_BINARY
}

# temporary_deployment NAME: an empty folder as $DEPLOYMENT, and the script's own `clean_up` at its end.
temporary_deployment() {
    DEPLOYMENT=$(mktemp -d "${TMPDIR:-/tmp}/orderbus-$1.XXXXXX")
    export DEPLOYMENT
    chmod 755 "$DEPLOYMENT"
    trap clean_up EXIT
    trap 'exit 130' INT TERM HUP
}

# Passwords are made once and stay, as the servers' data does; `orderbus topology apply` gives the users theirs.
deployment_secrets() {
    mkdir -p "$DEPLOYMENT"
    local name names=(PRODUCER_PASSWORD WORKER_PASSWORD GATEWAY_PASSWORD CONSOLE_PASSWORD DATABASE_PASSWORD)
    # shellcheck source=/dev/null
    [[ ! -f $DEPLOYMENT/passwords ]] || source "$DEPLOYMENT/passwords"
    for name in "${names[@]}"; do export "$name=${!name:-$(new_secret)}"; done
    export_lines "${names[@]}" | write_private "$DEPLOYMENT/passwords"
}

deployment_servers() {
    "$ROOT/scripts/servers" start --directory "$DEPLOYMENT/servers"
    # shellcheck source=/dev/null
    source "$DEPLOYMENT/servers/env"
}

# broker_url USER: as that user of topology/definitions.json.
broker_url() {
    local password=${1^^}_PASSWORD
    printf 'amqp://%s:%s@127.0.0.1:%s\n' "$1" "${!password}" "$RABBITMQ_PORT"
}

database_url() { printf 'postgresql://orderbus:%s@127.0.0.1:%s/%s\n' "$DATABASE_PASSWORD" "$POSTGRES_PORT" "$1"; }

# database_shell USER PASSWORD DATABASE [OPTION...]: psql, with a password that no list of processes shows.
database_shell() {
    PGPASSWORD=$2 psql --host=127.0.0.1 --port="$POSTGRES_PORT" --username="$1" --dbname="$3" --no-psqlrc \
        --set ON_ERROR_STOP=1 "${@:4}"
}

# deployment_database NAME: a role that owns one database and nothing else; both may be there already.
deployment_database() {
    database_shell postgres "$POSTGRES_ADMIN_PASSWORD" postgres --quiet --set database="$1" <<'EOF'
\getenv password DATABASE_PASSWORD
SELECT 'CREATE ROLE orderbus' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orderbus') \gexec
ALTER ROLE orderbus LOGIN PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER orderbus', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
EOF
}

# The key that signs development tokens, RS256 with kid `dev`, and the set that verifies them.
deployment_key() {
    local folder=$DEPLOYMENT/idp
    mkdir -p "$folder"
    [[ -s $folder/private.pem ]] ||
        "$ORDERBUS_BINARY" token keygen --algorithm RS256 | write_private "$folder/private.pem"
    "$ORDERBUS_BINARY" token jwks --key "$folder/private.pem" --kid dev >"$folder/jwks.json"
}

# The settings of contract §6 for the worker, exported.
deployment_settings() {
    AMQP_URL=$(broker_url worker)
    PRODUCER_AMQP_URL=$(broker_url producer)
    GATEWAY_AMQP_URL=$(broker_url gateway)
    CONSOLE_AMQP_URL=$(broker_url console)
    DATABASE_URL=$(database_url "$1")
    export AMQP_URL PRODUCER_AMQP_URL GATEWAY_AMQP_URL CONSOLE_AMQP_URL DATABASE_URL
    export AMQP_MANAGEMENT_URL=$BROKER_MANAGEMENT_URL
    export OIDC_ISSUER=https://idp.orderbus.test OIDC_AUDIENCE=orderbus OIDC_TENANT_CLAIM=tenant
    export OIDC_JWKS_FILE=$DEPLOYMENT/idp/jwks.json DEVELOPMENT_KEY_FILE=$DEPLOYMENT/idp/private.pem
}

# deployment_prepare DATABASE: all of the above; needs ORDERBUS_BINARY.
deployment_prepare() {
    deployment_secrets
    deployment_servers
    deployment_database "$1"
    deployment_key
    deployment_settings "$1"
    logged topology "$ORDERBUS_BINARY" topology apply
    logged migration "$ORDERBUS_BINARY" database migrate
}

# logged NAME COMMAND...: shows what the command said only when it fails.
logged() {
    local log=$DEPLOYMENT/log/$1.log
    shift
    mkdir -p "$DEPLOYMENT/log"
    "$@" >"$log" 2>&1 || fail "'${*##*/}' failed" "$(cat "$log")"
}

# program_pid NAME: of `orderbus NAME`, if it runs.
program_pid() {
    local pid
    pid=$(cat "$DEPLOYMENT/$1.pid" 2>/dev/null) || return 1
    runs "$pid" "orderbus $1" && printf '%s\n' "$pid"
}

# start_program NAME ADMIN_PORT [SETTING=VALUE...]: `orderbus NAME` in the background; returns once it is ready.
start_program() {
    local name=$1 port=$2 log=$DEPLOYMENT/log/$1.log pid
    shift 2
    stop_program "$name"
    # Else whoever is there would be asked whether we are ready.
    port_is_free "$port" || fail "port $port is taken: orderbus $name cannot listen there"
    mkdir -p "$DEPLOYMENT/log"
    launch "$log" env ADMIN_PORT="$port" "$@" "$ORDERBUS_BINARY" "$name" >"$DEPLOYMENT/$name.pid"
    pid=$(cat "$DEPLOYMENT/$name.pid")
    { wait_until 30 ready_or_gone "$pid" "$port" && alive "$pid"; } ||
        fail "orderbus $name did not become ready" "see $log" "$(tail -n 3 "$log")"
}

ready_or_gone() { not alive "$1" || curl --silent --fail --max-time 2 "http://127.0.0.1:$2/health/ready"; }

# The worker answers SIGTERM within SHUTDOWN_GRACE, 15 s.
stop_program() {
    local pid
    if pid=$(program_pid "$1"); then stop_process "$pid" "orderbus $1" 25; fi
    rm -f "$DEPLOYMENT/$1.pid"
}
