#!/usr/bin/env bash
# Builds the static binary of a release, for Linux with any C library or none, and prints its path. `scripts/setup.sh release` installs what it needs.
#
# It has every feature, and names no folder of this machine: built in another folder it has the same bytes. Names of hosts are looked up by musl, which reads /etc/resolv.conf and /etc/hosts alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target="$(uname -m)-unknown-linux-musl"
fail() {
  echo "static: $*" >&2
  exit 1
}
[ -d "$(rustc --print target-libdir --target "$target" 2>/dev/null)" ] || fail "no $target: rustup target add $target"
command -v musl-gcc >/dev/null || fail "no musl-gcc: apt-get install musl-tools"
# Folders under other names, in Rust and in the C of SQLite and ring.
remapped=("$PWD=putright" "${CARGO_HOME:-$HOME/.cargo}=cargo" "$(rustc --print sysroot)=rust")
export CARGO_ENCODED_RUSTFLAGS="" TARGET_CFLAGS="${TARGET_CFLAGS:-}"
for names in "${remapped[@]}"; do
  CARGO_ENCODED_RUSTFLAGS+="${CARGO_ENCODED_RUSTFLAGS:+$'\x1f'}--remap-path-prefix=$names"
  TARGET_CFLAGS+=" -ffile-prefix-map=$names"
done
cargo build --locked --release --target "$target" --package putright-cli --features notify,postgres,inbox-oidc,s3 >&2
program="${CARGO_TARGET_DIR:-target}/$target/release/putright"
# A program with an interpreter would need the C library of the machine that built it.
if LC_ALL=C readelf --program-headers "$program" | grep -q INTERP; then fail "$program is not static"; fi
scripts/no-paths.sh "$program" || fail "$program names a folder of this machine"
echo "$program"
