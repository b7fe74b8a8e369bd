# What every script here starts from: strict mode, messages, privileges, ports, waiting, private files.
# shellcheck shell=bash
set -euo pipefail
unset CDPATH
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
export ROOT

say() { printf '%s\n' "$*"; }
step() { printf '==> %s\n' "$*"; }

# fail MESSAGE [HINT...]: what went wrong and, a line each, what to do about it.
fail() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    shift
    (($# == 0)) || printf '    %s\n' "$@" >&2
    exit 1
}

# misused MESSAGE: a wrong command line; `usage` is the script's own.
misused() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    usage >&2
    exit 2
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "this needs root: $*" "run it as root, or install sudo"
    fi
}

need_swift() {
    command -v swift >/dev/null || fail "the Swift toolchain is missing (no 'swift' in PATH)" \
        "install Swift 6.3 for Debian 12 from https://www.swift.org/install/linux/ and run this again"
}

# wait_until SECONDS COMMAND...: runs COMMAND until it succeeds; fails when SECONDS have passed.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

# Nobody listens there on loopback.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port [PREFERRED]: PREFERRED if it is free, else one below the kernel's range for outgoing connections.
free_port() {
    local port=${1:-0}
    until ((port > 0)) && port_is_free "$port"; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    done
    printf '%s\n' "$port"
}

new_secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# Writes standard input to FILE, readable by its owner alone, whole or not at all.
write_private() {
    local new
    new=$(mktemp "$1.XXXXXX")
    cat >"$new"
    mv -f -- "$new" "$1"
}

# export_lines NAME...: lines that set these variables when sourced.
export_lines() {
    local name
    for name in "$@"; do printf 'export %s=%q\n' "$name" "${!name}"; done
}

# Empty for a process that has ended, even if nobody has asked for its exit code yet.
command_line() { { tr '\0' ' ' <"/proc/$1/cmdline"; } 2>/dev/null || true; }

alive() { [[ -n ${1:-} && -n $(command_line "$1") ]]; }

# runs PID TEXT: the process is alive and its command line contains TEXT, so a stale id never stands for a stranger.
runs() { [[ -n ${1:-} && $(command_line "$1") == *"$2"* ]]; }

# stop_process PID TEXT SECONDS: SIGTERM, and SIGKILL if it has not gone by then.
stop_process() {
    runs "$1" "$2" || return 0
    kill -TERM "$1" 2>/dev/null || return 0
    wait_until "$3" not runs "$1" "$2" && return 0
    say "process $1 did not stop within $3 s: killed" >&2
    kill_process "$1" "$2"
}

kill_process() {
    runs "$1" "$2" || return 0
    kill -KILL "$1" 2>/dev/null || true
    wait_until 10 not runs "$1" "$2"
}

# Every `return` above names its status: in a trap, a bare one would give that of the command interrupted.
not() { ! "$@"; }
