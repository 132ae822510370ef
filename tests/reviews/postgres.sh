#!/bin/sh
# Run a command against a throw-away PostgreSQL server: tests/reviews/postgres.sh COMMAND...
# Tests run without fsync, which halves their time; to measure a server as it would serve: POSTGRES_OPTIONS="-c fsync=on".
# It needs Debian's postgresql package; started by root, the server runs as user postgres, for it refuses to be root.
set -eu
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "PostgreSQL is not installed: apt-get install -y postgresql" >&2; exit 3; }
folder=$(mktemp -d /tmp/care_metrics_postgres.XXXXXX)
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$folder"
stop() { as_owner "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
trap 'exit 130' INT TERM
cd "$folder"
as_owner "$programs/initdb" -D "$folder/data" -U care -A trust --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=60 ${POSTGRES_OPTIONS:--c fsync=off}" start >/dev/null
cd - >/dev/null
PATH="$programs:$PATH"
CARE_METRICS_TEST_POSTGRES="postgresql://care@/postgres?host=$folder"
export PATH CARE_METRICS_TEST_POSTGRES
"$@"
