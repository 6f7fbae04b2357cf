#!/usr/bin/env bash
# A PostgreSQL and a Redis of our own for one test run; whatever else runs on the machine is left alone.
#
#   tools/services.sh start DIR   make them in DIR and print the environment that reaches them
#   tools/services.sh stop DIR    end them and remove DIR
#
# The role of the tests is no superuser: a superuser would walk through row-level security.
set -Eeuo pipefail

say() { echo "services: $*" >&2; }
die() { say "$@"; exit 1; }

as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

find_initdb() { compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1; }

ensure_programs() {
  local missing=()
  [ -n "$(find_initdb)" ] || command -v initdb >/dev/null || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ ${#missing[@]} -gt 0 ] || return 0
  local line="apt-get install -y --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die "PostgreSQL and Redis are needed. On Debian: sudo apt-get update && sudo $line"
  fi
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update >&2
  $line >&2
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start_postgres() {
  local port=$1 initdb programs
  initdb=$(find_initdb)
  initdb=${initdb:-$(command -v initdb)}
  programs=$(dirname "$(readlink -f "$initdb")")
  # Durability is off: the cluster lives as long as the run.
  as_postgres "$programs/initdb" --pgdata="$dir/postgres" --username=postgres --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log"
  as_postgres "$programs/pg_ctl" --pgdata="$dir/postgres" --log="$dir/postgres.log" --wait --silent \
    --options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60" start >&2
  echo "$programs/pg_ctl" >"$dir/pg_ctl"
  "$programs/psql" --quiet --no-psqlrc --host=127.0.0.1 --port="$port" --username=postgres \
    --set=ON_ERROR_STOP=1 <<'SQL'
CREATE ROLE hccp_ci LOGIN CREATEDB CREATEROLE NOSUPERUSER NOBYPASSRLS;
CREATE DATABASE hccp_ci OWNER hccp_ci;
SQL
}

start_redis() {
  redis-server --daemonize yes --bind 127.0.0.1 --port "$1" --dir "$dir/redis" --save '' \
    --databases 64 --maxmemory-policy noeviction --pidfile "$dir/redis/pid" --logfile "$dir/redis/log" >&2
  local try
  for try in $(seq 50); do
    if redis-cli -p "$1" ping >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  die "Redis did not answer after $try tries; see $dir/redis/log"
}

start() {
  ensure_programs
  mkdir -p "$dir/redis"
  chmod 711 "$dir"
  trap stop ERR
  if [ "$(id -u)" = 0 ]; then
    # The server refuses to run as root, and the folder above belongs to root.
    install -d -o postgres -m 700 "$dir/postgres"
    install -o postgres -m 600 /dev/null "$dir/postgres.log"
  fi
  local postgres_port redis_port
  postgres_port=$(free_port)
  redis_port=$(free_port)
  start_postgres "$postgres_port"
  start_redis "$redis_port"
  trap - ERR
  # A cache that is cleared must not empty the queue, so each has an index of its own; from these two the
  # workers of the tests count theirs (tests/redis_indexes.py).
  echo "export DATABASE_URL=postgres://hccp_ci@127.0.0.1:$postgres_port/hccp_ci"
  echo "export CELERY_BROKER_URL=redis://127.0.0.1:$redis_port/1"
  echo "export CACHE_URL=redis://127.0.0.1:$redis_port/2"
}

stop() {
  if [ -s "$dir/redis/pid" ]; then kill "$(cat "$dir/redis/pid")" 2>/dev/null || true; fi
  if [ -s "$dir/pg_ctl" ]; then
    as_postgres "$(cat "$dir/pg_ctl")" --pgdata="$dir/postgres" --mode=immediate --silent stop >&2 || true
  fi
  rm -rf -- "$dir"
}

[ $# = 2 ] || die "usage: tools/services.sh start|stop DIR"
dir=$2
case $1 in
  start) start ;;
  stop) [ ! -d "$dir/redis" ] || stop ;;
  *) die "usage: tools/services.sh start|stop DIR" ;;
esac
