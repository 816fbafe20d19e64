#!/usr/bin/env bash
# Makes a machine ready, and may be run again at any time: what is there is left alone.
#
#   scripts/setup.sh build   the source of Rust's standard library, npm's packages, wasm-bindgen, Trunk
#   scripts/setup.sh test    the same, and what the tests need besides: a Chromium, a font and a Java
#   scripts/setup.sh prove   the same, a Firefox, and what reads the files for Cloudflare, Netlify and Amazon S3
#   scripts/setup.sh release the same as build, and what links the static binary of a release
#   scripts/setup.sh mutants  cargo-mutants alone, which changes the rules to try their tests
#
# Wanted beforehand: git, rustup or cargo, node and npm, python3, make.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly TRUNK_VERSION=0.21.14
readonly MUTANTS_VERSION=27.1.0
goal="${1:-build}"
case "$goal" in
  build | test | prove | mutants | release) ;;
  *)
    echo "usage: scripts/setup.sh [build|test|prove|mutants|release]" >&2
    exit 2
    ;;
esac

say() { printf 'setup: %s\n' "$*"; }
fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}
on_path() { command -v "$1" >/dev/null 2>&1; }

# Runs one part and tells how long it took.
part() {
  local started=$SECONDS
  "$@"
  local took=$((SECONDS - started))
  if [ "$took" -gt 1 ]; then say "  took ${took} s"; fi
}

# --- apt, where there is one -------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    on_path sudo || return 1
    sudo "$@"
  fi
}

apt_updated=no
# --no-remove: Debian's Rust conflicts with Debian's own rustup package, and must never push it out.
apt_install() {
  on_path apt-get || return 1
  if [ "$apt_updated" = no ]; then
    as_root apt-get update -qq || say "  apt-get update had trouble; going on with the lists there are"
    apt_updated=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-remove --no-install-recommends "$@" >/dev/null
}

# --- the parts ---------------------------------------------------------------------------------------------------

check_prerequisites() {
  local missing=()
  local command
  for command in git cargo rustc node npm python3 make; do
    on_path "$command" || missing+=("$command")
  done
  if [ "${#missing[@]}" -gt 0 ]; then
    fail "not found: ${missing[*]}" "Rust comes from https://rustup.rs, Node from https://nodejs.org (20 or newer)."
  fi
  local node_major
  node_major="$(node -p 'process.versions.node.split(".")[0]')"
  [ "$node_major" -ge 20 ] || fail "Node 20 or newer is needed; this is $(node --version)."
  local wanted rust
  wanted="$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)"
  rust="$(rustc --version | awk '{ print $2 }')"
  if [ "$(printf '%s\n%s\n' "$wanted" "$rust" | sort -V | head -n 1)" != "$wanted" ]; then
    fail "Rust $wanted or newer is needed; this is $rust. With rustup: rustup update stable"
  fi
}

web_rust() {
  (
    # shellcheck source=scripts/env.sh
    . scripts/env.sh
    echo "$PUTRIGHT_WEB_RUST"
  )
}

# The standard library for WebAssembly is built from its source, for size: see scripts/env.sh.
rust_source() {
  case "$(web_rust)" in
    ordinary)
      say "source of Rust's standard library: there already"
      return
      ;;
    debian)
      say "source of Rust's standard library: Debian's, there already"
      return
      ;;
  esac
  if on_path rustup; then
    say "source of Rust's standard library: asking rustup for it"
    # A time limit, because behind some networks rustup waits for ever.
    if timeout 180 rustup component add rust-src >.tools/rustup.log 2>&1; then return; fi
    say "  rustup could not fetch it: $(tail -n 1 .tools/rustup.log)"
  fi
  say "source of Rust's standard library: installing Debian's Rust with its source instead"
  apt_install rustc-web cargo-web rust-web-src lld ||
    fail "no source of Rust's standard library. Install it with: rustup component add rust-src"
  # Only for `make lint`, which does without it.
  apt_install rust-web-clippy || say "  no Clippy for this compiler; make lint will leave out WebAssembly"
  [ "$(web_rust)" != none ] || fail "Debian's Rust is installed, but the source of its standard library is not where it should be."
}

npm_packages() {
  # npm writes this file when it has installed; it is older than the lock file after a change to the latter.
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then
    say "npm packages: there already"
    return
  fi
  say "npm packages: npm ci"
  # No install scripts: one of them would download a Java that the tests take from the machine.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
}

# Builds a tool with Cargo into .tools/bin, unless it, or one on PATH, is at the version wanted.
#   cargo_tool <command> <crate> <version> <arguments of cargo install…>
cargo_tool() {
  local command="$1" crate="$2" version="$3"
  shift 3
  local found
  for found in ".tools/bin/$command" "$(command -v "$command" || true)"; do
    if [ -n "$found" ] && [ -x "$found" ] && [[ " $("$found" --version 2>/dev/null) " == *" $version "* ]]; then
      say "$crate $version: there already ($found)"
      return
    fi
  done
  say "$crate $version: building it with cargo (some minutes, once)"
  # These run for seconds only: a quick build is worth more than a quick tool. One target directory, for what they share.
  CARGO_TARGET_DIR="$PWD/.tools/build" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install "$crate" --version "=$version" --no-default-features --root .tools --force --quiet "$@"
}

wasm_bindgen_tool() {
  # The command and the crate speak a private format: their versions must be the same.
  local version
  version="$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)"
  [ -n "$version" ] || fail "Cargo.lock names no wasm-bindgen."
  # Not --locked: its lock file has named crate versions that had been withdrawn.
  cargo_tool wasm-bindgen wasm-bindgen-cli "$version"
}

trunk_tool() { cargo_tool trunk trunk "$TRUNK_VERSION" --locked; }

mutants_tool() {
  # It tells its version to Cargo alone.
  if [ "$(PATH="$PWD/.tools/bin:$PATH" cargo mutants --version 2>/dev/null)" = "cargo-mutants $MUTANTS_VERSION" ]; then
    say "cargo-mutants $MUTANTS_VERSION: there already"
    return
  fi
  cargo_tool cargo-mutants cargo-mutants "$MUTANTS_VERSION" --locked
}

java_for_vnu() {
  local major=0
  if on_path java; then
    major="$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)"
  fi
  if [ "${major:-0}" -ge 17 ]; then
    say "Java $major, for the HTML checker: there already"
    return
  fi
  say "Java, for the HTML checker: installing default-jre-headless"
  apt_install default-jre-headless || fail "Java 17 or newer is needed for the HTML checker."
}

chromium_for_tests() {
  local found
  if found="$(scripts/chromium.sh)"; then
    say "Chromium: there already ($found)"
    return
  fi
  say "Chromium: installing it"
  apt_install chromium || npx --no-install playwright-core install --with-deps chromium ||
    fail "no Chromium. Install one and name it: PUTRIGHT_CHROMIUM=/path/to/chromium"
  scripts/chromium.sh >/dev/null || fail "Chromium was installed but is not found; name it: PUTRIGHT_CHROMIUM=/path/to/chromium"
}

# The kept pictures of pages were taken with it. Most Linux machines have it.
font_for_tests() {
  local path=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
  if [ -f "$path" ] || fc-list 2>/dev/null | grep -q "DejaVu Sans:"; then
    say "DejaVu Sans, for the pictures of pages: there already"
    return
  fi
  say "DejaVu Sans, for the pictures of pages: installing fonts-dejavu-core"
  apt_install fonts-dejavu-core || say "  it cannot be installed here; the test of the pictures will say so and leave them out"
}

# The tests of the configuration of hosts, of the virus scan and of the package start them; without one of them that test says so, and fails where CI is set.
servers_for_tests() {
  local missing=()
  local pair
  for pair in nginx:nginx-light apache2:apache2 caddy:caddy clamd:clamav-daemon systemd-analyze:systemd; do
    PATH="$PATH:/usr/sbin" on_path "${pair%%:*}" || missing+=("${pair##*:}")
  done
  if [ "${#missing[@]}" -eq 0 ]; then
    say "nginx, Apache, Caddy, clamd and systemd-analyze: there already"
    return
  fi
  say "servers, for the tests that start them: installing ${missing[*]}"
  apt_install "${missing[@]}" || say "  not all can be installed here; the tests will say so and leave them out"
}

# The test of examples/php starts PHP's own server; without it that test says so, and fails where CI is set.
php_for_tests() {
  if on_path php && php -m | grep -qx pdo_sqlite; then
    say "PHP with SQLite: there already"
    return
  fi
  say "PHP, for the test of examples/php: installing php-cli and php-sqlite3"
  apt_install php-cli php-sqlite3 || say "  it cannot be installed here; the test will say so and leave it out"
}

# The target of the static binary, and a C compiler for SQLite and ring.
static_target() {
  local target
  target="$(uname -m)-unknown-linux-musl"
  if [ -d "$(rustc --print target-libdir --target "$target" 2>/dev/null)" ] && on_path musl-gcc; then
    say "static binaries ($target): there already"
    return
  fi
  say "static binaries: installing $target and musl-tools"
  apt_install musl-tools || fail "no musl-gcc. Install it: apt-get install musl-tools"
  timeout 180 rustup target add "$target" >.tools/rustup.log 2>&1 ||
    fail "no $target: $(tail -n 1 .tools/rustup.log)" "Install it with: rustup target add $target"
}

hosts_for_tests() {
  say "tools of Cloudflare, Netlify and Amazon, for the tests of hosts"
  scripts/host-tools.sh || say "  they cannot be installed here; the tests will say so and leave them out"
}

# An empty machine for the archive; without it `make release` says so.
busybox_for_release() {
  if on_path busybox; then
    say "BusyBox: there already"
    return
  fi
  say "BusyBox, to try the archive with nothing else: installing busybox-static"
  apt_install busybox-static || say "  it cannot be installed here; make release will say so"
}

firefox_for_tests() {
  local found
  if found="$(scripts/firefox.sh)"; then
    say "Firefox: there already ($found)"
    return
  fi
  say "Firefox: installing it"
  apt_install firefox-esr || fail "no Firefox. Install one and name it: PUTRIGHT_FIREFOX=/path/to/firefox"
}

# ------------------------------------------------------------------------------------------------------------------

mkdir -p .tools
check_prerequisites
if [ "$goal" = mutants ]; then
  part mutants_tool
  rm -rf .tools/build
  say "ready for $goal (${SECONDS} s)"
  exit
fi
part npm_packages
part rust_source
part wasm_bindgen_tool
part trunk_tool
rm -rf .tools/build
if [ "$goal" = release ]; then
  part static_target
  part busybox_for_release
fi
if [ "$goal" != build ] && [ "$goal" != release ]; then
  part java_for_vnu
  part chromium_for_tests
  part font_for_tests
  part servers_for_tests
  part php_for_tests
fi
if [ "$goal" = prove ]; then
  part firefox_for_tests
  part hosts_for_tests
fi
say "ready to $goal (${SECONDS} s)"
