#!/usr/bin/env bash
# Prove the two commands on a bare machine: a fresh Debian 12 with python3, make and nothing else.
#
#   tools/bare.sh                  the committed tree: make demo ARGS=--once, again, make test
#   tools/bare.sh 'make setup'     the committed tree, other commands, each as one word
#
# BARE_ROOT (default /var/tmp/hccp-bare) holds base/, kept between runs, and run/, made anew each time.
# Mounts live in a namespace of this run only, so nothing of the machine can be reached once it ends.
# The machine's own client settings (mirror, index, proxy, certificates) are carried over whatever they
# are; log-in data is not.
set -Eeuo pipefail

SUITE=bookworm
INCLUDE=python3,make,ca-certificates
root=${BARE_ROOT:-/var/tmp/hccp-bare}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { echo "bare: $*" >&2; }
die() { say "$@"; exit 1; }

# --- what the machine's clients are told -----------------------------------------------------------

debian_lists() {
  # shellcheck disable=SC2016  # apt-get fills these in
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
    awk -v suite="$SUITE" 'index($2, suite) == 1 { print "deb", $1, $2, $3 }' | sort -u
}

# pip merges its files and variables; as variables they hold in every virtual environment.
pip_settings() {
  python3 -m pip config list 2>/dev/null | python3 -c '
import ast, sys
settings = {}
for line in sys.stdin:
    name, found, value = line.rstrip("\n").partition("=")
    key = name.rpartition(".")[2]
    if found and key not in {"user", "target", "require-virtualenv"}:
        settings["PIP_" + key.upper().replace("-", "_")] = ast.literal_eval(value)
for name, value in settings.items():
    print(name + "=" + " ".join(value.split()))
'
}

npm_settings() {
  command -v npm >/dev/null || return 0
  local key value
  for key in registry cafile proxy https-proxy noproxy; do
    value=$(cd / && npm config get "$key" 2>/dev/null)
    case $value in '' | null | undefined) ;; *) echo "npm_config_${key//-/_}=$value" ;; esac
  done
}

network_settings() {
  env | grep -iE '^(https?_proxy|no_proxy|ssl_cert_file|requests_ca_bundle|node_extra_ca_certs)=' || true
}

# Folders that pip is told to look into, as paths or file: addresses. The files of an index kept in a
# folder lie beside its simple/, which links to them.
package_folders() {
  sed -nE 's/^PIP_(FIND_LINKS|INDEX_URL|EXTRA_INDEX_URL)=//p' "$1" | tr ' ' '\n' |
    sed -nE 's#^(file://)?(/.*)$#\2#p' | sed -E 's#(.)/simple/*$#\1#' | sort -u
}

# --- the machine ------------------------------------------------------------------------------------

make_base() {
  [ ! -e "$root/base/.complete" ] || return 0
  say "Debian $SUITE, minimal"
  local mirror
  mirror=$(debian_lists | awk -v suite="$SUITE" '$3 == suite { print $2; exit }')
  rm -rf --one-file-system "$root/base"
  debootstrap --variant=minbase --include="$INCLUDE" "$SUITE" "$root/base" "${mirror:-}" >"$root/debootstrap.log" ||
    die "debootstrap failed; see $root/debootstrap.log"
  touch "$root/base/.complete"
}

make_run() {
  rm -rf --one-file-system "$root/run"
  cp -a --reflink=auto "$root/base" "$root/run"
  debian_lists >"$root/run/etc/apt/sources.list"
  apt-config dump Acquire >"$root/run/etc/apt/apt.conf.d/90carried"
  cp -L /etc/resolv.conf /etc/hosts "$root/run/etc/"
  if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
    cp /usr/local/share/ca-certificates/*.crt "$root/run/usr/local/share/ca-certificates/"
    chroot "$root/run" update-ca-certificates >/dev/null 2>&1
  fi
  # Addresses are carried, the names and passwords inside them are not.
  { pip_settings; npm_settings; network_settings; } | sed -E 's#(://)[^/@ ]+@#\1#g' >"$root/settings"
  mkdir -p "$root/run/srv/hccp"
  git -C "$here" archive HEAD | tar -x -C "$root/run/srv/hccp"
}

mount_run() {
  local folder
  mount -t proc proc "$root/run/proc"
  mount -t tmpfs tmpfs "$root/run/tmp"
  mount -t tmpfs tmpfs "$root/run/dev"
  mkdir -p "$root/run/dev/shm" "$root/run/dev/pts"
  mount -t tmpfs tmpfs "$root/run/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/run/dev/pts"
  ln -s pts/ptmx "$root/run/dev/ptmx"
  ln -s /proc/self/fd "$root/run/dev/fd"
  for node in null zero full random urandom tty; do
    touch "$root/run/dev/$node"
    mount --bind "/dev/$node" "$root/run/dev/$node"
  done
  while read -r folder; do
    [ -d "$folder" ] || continue
    mkdir -p "$root/run$folder"
    mount --bind "$folder" "$root/run$folder"
    mount -o remount,bind,ro "$root/run$folder"
  done < <(package_folders "$root/settings")
}

inside() {
  local settings=()
  mapfile -t settings <"$root/settings"
  env -i "${settings[@]}" HOME=/root LC_ALL=C.UTF-8 PORT="${PORT:-8765}" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    chroot "$root/run" /bin/bash -c "cd /srv/hccp && $1" </dev/null
}

main() {
  local command start
  mount_run
  for command in "$@"; do
    say "$command"
    start=$SECONDS
    inside "$command" || die "failed with exit code $?: $command"
    say "$command: $((SECONDS - start)) s"
  done
  say 'all commands ran'
}

if [ "${1:-}" = --in-namespace ]; then
  shift
  main "$@"
  exit
fi
[ "$(id -u)" = 0 ] || die 'this must run as root: it makes a root file system and enters it'
command -v debootstrap >/dev/null || die 'debootstrap is needed: apt-get install debootstrap'
[ $# -gt 0 ] || set -- 'make demo ARGS=--once' 'make demo ARGS=--once' 'make test'
mkdir -p "$root"
make_base
make_run
# With its own process ids: whatever a command leaves behind ends with the run.
unshare --mount --pid --fork --kill-child "$0" --in-namespace "$@"
