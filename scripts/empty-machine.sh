#!/usr/bin/env bash
# Tries the archive of a release on an empty machine: a root that holds the archive and BusyBox, and nothing else. There a council's site is
# started, checked, built and served; a complaint is sent to it from outside.
#
#   scripts/empty-machine.sh ARCHIVE.tar.gz
#
# It needs busybox-static, unshare and curl, and either root or user namespaces.
set -euo pipefail
fail() {
  echo "empty-machine: $*" >&2
  exit 1
}
[ "$#" -eq 1 ] && [ -f "$1" ] || fail "usage: scripts/empty-machine.sh ARCHIVE.tar.gz"
busybox="$(command -v busybox)" || fail "no busybox: apt-get install busybox-static"
command -v curl >/dev/null || fail "no curl: apt-get install curl"
if LC_ALL=C readelf --program-headers "$busybox" | grep -q INTERP; then fail "$busybox is not static: apt-get install busybox-static"; fi
archive="$(readlink -f "$1")"
name="$(basename "$archive" .tar.gz)"
root="$(mktemp -d)"
server=""
leave() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$root"
}
trap leave EXIT
mkdir -p "$root/bin" "$root/tmp" "$root/dev"
# An ordinary file takes what is to be thrown away: a device needs more rights than a try should have.
: >"$root/dev/null"
cp "$busybox" "$root/bin/busybox"
for command in sh tar gzip sha256sum sed grep ls tail cat; do ln -s busybox "$root/bin/$command"; done
cp "$archive" "$root/"
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"

# Neither the variables nor the files of this machine; its network, so that the complaint can be sent from outside.
inside=(env -i PATH=/bin unshare --map-root-user --user --root="$root" --wd=/)
if ! "${inside[@]}" /bin/sh -c : 2>/dev/null; then inside=(env -i PATH=/bin:/usr/sbin:/usr/bin chroot "$root"); fi
"${inside[@]}" /bin/sh -c : || fail "neither user namespaces nor chroot: run it as root"
"${inside[@]}" /bin/sh -euc "
  tar xzf '$name.tar.gz'
  cd '$name'
  sha256sum -c SHA256SUMS >/dev/null
  ./putright --version
  ./putright init site --council anytown --name 'Anytown Borough Council' --short-name Anytown --endpoint api/submissions \
    --source https://www.anytown.gov.uk/complaints --safeguarding '0115 000 0200' \
    --safeguarding-source https://www.anytown.gov.uk/safeguarding --privacy https://www.anytown.gov.uk/privacy
  if ./putright check site --over dist >told 2>&1; then echo 'a blank was not told' >&2; exit 1; fi
  grep -q telephone told || { cat told >&2; exit 1; }
  sed -i 's/FILL IN: the telephone number of the complaints team[^\"]*/0115 000 0100/' site/councils/anytown.json
  ./putright check site --over dist
  ./putright build site --over dist --out www --host nginx >/dev/null
  ls www/anytown.html www/anytown-form.html
  ./putright check site --over dist --show-request anytown --curl --site http://127.0.0.1:$port/ >/send.sh
"
"${inside[@]}" /bin/sh -c "cd '$name' && exec ./putright serve --dist www --data data --port $port" >/dev/null &
server=$!
for _ in $(seq 100); do
  curl -s -o /dev/null "http://127.0.0.1:$port/anytown.html" && break
  sleep 0.1
done
curl -s "http://127.0.0.1:$port/anytown.html" | grep -q "0115 000 0100" || fail "the page of the council is not served"
# The files that curl names lie beside the command.
told="$(cd "$root" && sh send.sh | tail -n 1)"
reference="$(printf %s "$told" | sed -n 's/.*"reference":"\([^"]*\)".*/\1/p')"
[ -n "$reference" ] || fail "a complaint was not taken: $told"
"${inside[@]}" /bin/sh -c "cd '$name' && ./putright submissions list --data data" | grep -q "$reference" || fail "$reference is not stored"
echo "empty-machine: $name works with the archive alone"
