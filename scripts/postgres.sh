#!/bin/sh
# A throw-away PostgreSQL cluster for tests and trials.
#   postgres.sh start DIR [PID]   makes a cluster in DIR (new or empty), starts it and prints its URL;
#                                 with PID it also stops by itself when that process has ended
#   postgres.sh stop DIR          stops it and removes DIR
# It listens on a Unix socket in DIR and on nothing else: no port is taken, and nobody but this user
# reaches it. As root the server runs as the system's user postgres, for it refuses to run as root.
# Exit 3: PostgreSQL is not installed (scripts/prepare_machine.sh postgres).
# CHORA_POSTGRES_OPTIONS holds further options of the server, such as "-c fsync=off".

usage() {
    sed -n '2,8s/^# \{0,1\}//p' "$0"
    exit 2
}

# Debian keeps the server's programs out of the path, one folder per version: the newest counts.
programs() {
    for at in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
        [ -x "$at/initdb" ] && [ -x "$at/postgres" ] && echo "$at" && return 0
    done
    at=$(command -v initdb) && dirname "$at"
}

as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid postgres --regid postgres --clear-groups env HOME="$dir" LC_ALL=C.UTF-8 "$@"
    else
        LC_ALL=C.UTF-8 "$@"
    fi
}

start() {
    bin=$(programs)
    if [ -z "$bin" ]; then
        echo "PostgreSQL's server is not installed: run scripts/prepare_machine.sh postgres as root." >&2
        exit 3
    fi
    mkdir -p "$dir" && chmod 0700 "$dir" || exit 1
    if [ -n "$(ls -A "$dir")" ]; then
        echo "$dir is not empty: name a new folder." >&2
        exit 2
    fi
    # A socket's path has at most 107 bytes.
    if [ "${#dir}" -gt 80 ]; then
        echo "The path of $dir is too long for a Unix socket: name a shorter one." >&2
        exit 2
    fi
    [ "$(id -u)" -eq 0 ] && chown postgres "$dir"
    cd "$dir" || exit 1
    as_owner "$bin/initdb" --pgdata "$dir/data" --username postgres --auth trust --encoding UTF8 \
        --data-checksums --no-instructions --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
    as_owner "$bin/pg_ctl" --pgdata "$dir/data" --log "$dir/server.log" --silent --wait --timeout 60 \
        --options "-c listen_addresses= -c unix_socket_directories='$dir' $CHORA_POSTGRES_OPTIONS" \
        start </dev/null >/dev/null 2>&1 || { cat "$dir/server.log" >&2; stop; exit 1; }
    # The watcher keeps no file of ours open, so that whoever reads our output is not kept waiting.
    if [ -n "$watched" ]; then
        setsid sh "$script" watch "$dir" "$watched" </dev/null >/dev/null 2>&1 &
    fi
    echo "postgresql://postgres@/postgres?host=$dir"
}

stop() {
    bin=$(programs)
    if [ -f "$dir/data/postmaster.pid" ]; then
        as_owner "$bin/pg_ctl" --pgdata "$dir/data" --mode immediate --silent --wait stop >/dev/null 2>&1
    fi
    # Only what start made is removed.
    if [ -f "$dir/data/PG_VERSION" ]; then
        rm -rf "$dir/data" "$dir/initdb.log" "$dir/server.log"
        rmdir "$dir"
    fi
}

watch() {
    while [ -d "$dir" ] && kill -0 "$watched" 2>/dev/null; do sleep 1; done
    stop
}

[ $# -ge 2 ] || usage
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
case $2 in
/*) dir=$2 ;;
*) dir=$PWD/$2 ;;
esac
watched=$3
case $1 in
start) start ;;
stop) stop ;;
watch) watch ;;
*) usage ;;
esac
