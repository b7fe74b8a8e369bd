# A private PostgreSQL below $DIRECTORY on loopback TCP; for root it runs as the package's user postgres.
# Reads POSTGRES_PORT and POSTGRES_ADMIN_PASSWORD.
# shellcheck shell=bash

# as_postgres COMMAND...: as ourselves, or, for root (whom the server refuses), as postgres. Where a folder above is
# closed to that user, as in root's home, it keeps the one capability that lets it pass.
as_postgres() {
    if ((EUID != 0)); then
        "$@"
        return $?
    fi
    local drop=(setpriv --reuid=postgres --regid=postgres --init-groups)
    if ! "${drop[@]}" test -x "$DIRECTORY"; then
        drop+=(--inh-caps=+dac_override --ambient-caps=+dac_override)
    fi
    "${drop[@]}" "$@"
}

# Of the version that made the data, as no other can read them; else of the newest.
postgres_program() {
    local version='*' data=$DIRECTORY/postgres/data found
    [[ ! -f $data/PG_VERSION ]] || version=$(<"$data/PG_VERSION")
    # shellcheck disable=SC2206 # the asterisk is meant to be one
    found=(/usr/lib/postgresql/$version/bin/"$1")
    [[ -x ${found[-1]} ]] || fail "${found[-1]} is missing" "run scripts/install, which installs PostgreSQL 15"
    printf '%s\n' "${found[-1]}"
}

postgres_pid() {
    local pid
    pid=$(head -n 1 "$DIRECTORY/postgres/data/postmaster.pid" 2>/dev/null) || return 1
    runs "$pid" "$DIRECTORY/postgres/data" && printf '%s\n' "$pid"
}

postgres_ports() { printf '%s\n' POSTGRES_PORT; }

postgres_initialise() {
    local data=$DIRECTORY/postgres/data initdb
    [[ ! -f $data/PG_VERSION ]] || return 0
    initdb=$(postgres_program initdb)
    rm -rf "$data"
    write_private "$DIRECTORY/postgres/password" <<<"$POSTGRES_ADMIN_PASSWORD"
    ((EUID != 0)) || chown -R postgres: "$DIRECTORY/postgres"
    as_postgres "$initdb" --pgdata="$data" --username=postgres --pwfile="$DIRECTORY/postgres/password" \
        --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums >>"$DIRECTORY/log/initdb.log" 2>&1 ||
        fail "PostgreSQL's initdb failed" "see $DIRECTORY/log/initdb.log"
    rm -f "$DIRECTORY/postgres/password"
    printf "include 'orderbus.conf'\n" >>"$data/postgresql.conf"
}

# After a crash, the id in the lock file may belong to someone else by now, or to a process that nobody has buried:
# PostgreSQL would refuse to start. An id that is surely gone lets it go on with its own, finer checks.
postgres_unlock() {
    local lock=$DIRECTORY/postgres/data/postmaster.pid
    [[ ! -f $lock ]] || sed -i "1s/.*/$(bash -c 'echo $$')/" "$lock"
}

# As durable as production: what these figures and fault tests show must not rest on a database that forgets.
postgres_configure() {
    cat >"$DIRECTORY/postgres/data/orderbus.conf" <<EOF
listen_addresses = '127.0.0.1'
port = $POSTGRES_PORT
unix_socket_directories = ''
fsync = on
full_page_writes = on
synchronous_commit = on
wal_compression = lz4
max_wal_size = 4GB
checkpoint_timeout = 15min
shared_buffers = 256MB
EOF
}

postgres_start() {
    local control log=$DIRECTORY/log/postgres.log
    postgres_pid >/dev/null && return 0
    control=$(postgres_program pg_ctl)
    mkdir -p "$DIRECTORY/postgres"
    postgres_initialise
    postgres_configure
    postgres_unlock
    touch "$log"
    ((EUID != 0)) || chown postgres: "$log"
    # Not waited for here: both servers start at the same time. From / because postgres may not read our folder.
    (cd / && as_postgres "$control" start --no-wait --silent --pgdata="$DIRECTORY/postgres/data" --log="$log") 2>>"$log"
}

postgres_wait() {
    wait_until 60 postgres_answers || fail "PostgreSQL did not start" "see $DIRECTORY/log/postgres.log" \
        "$(tail -n 3 "$DIRECTORY/log/postgres.log" 2>/dev/null)"
}

postgres_answers() { postgres_pid && "$(postgres_program pg_isready)" --host=127.0.0.1 --port="$POSTGRES_PORT"; }

# SIGINT is PostgreSQL's "fast": sessions are ended, everything is written.
postgres_stop() {
    local pid
    pid=$(postgres_pid) || return 0
    kill -INT "$pid" 2>/dev/null || true
    wait_until 60 not runs "$pid" "$DIRECTORY/postgres/data" || postgres_kill
}

# A crash: postmaster and sessions at once, so that nothing of theirs is finished.
postgres_kill() {
    local pid child children
    pid=$(postgres_pid) || return 0
    children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || true)
    kill -KILL "$pid" 2>/dev/null || true
    for child in $children; do kill -KILL "$child" 2>/dev/null || true; done
    for child in $pid $children; do wait_until 10 not runs "$child" postgres; done
}
