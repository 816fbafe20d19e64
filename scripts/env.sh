# shellcheck shell=bash
# Sourced by whatever compiles to WebAssembly: the tools of this repository first on PATH, and a compiler that can do it.
# The native command line is never built under this file, so that it always comes from the ordinary toolchain.

putright_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# True where the ordinary toolchain (rustup's or any other) has the source of the standard library.
putright_has_rust_source() {
  [ -f "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}

# True where Debian's second Rust and the source of its standard library are installed.
putright_has_debian_rust() {
  [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && [ -f /usr/lib/rustlib/src/rust/library/std/Cargo.toml ]
}

export PATH="$putright_root/.tools/bin:$putright_root/node_modules/.bin:$PATH"
# A target directory of its own: another compiler or profile here must not make the host's build start again.
export CARGO_TARGET_DIR="$putright_root/target/web"

# The standard library is built with the app, for size and without the texts of panics, which nobody would see: measured, a
# tenth of the download. Both are unstable features; RUSTC_BOOTSTRAP lets a stable compiler use them.
export RUSTC_BOOTSTRAP=1
export CARGO_UNSTABLE_BUILD_STD=std,panic_abort
export CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"

if putright_has_rust_source; then
  PUTRIGHT_WEB_RUST=ordinary
elif putright_has_debian_rust; then
  PUTRIGHT_WEB_RUST=debian
  # Only Rust's own commands are put first; the whole of /usr/bin would hide a newer node.
  mkdir -p "$putright_root/.tools/debian-rust"
  for command in cargo rustc rustdoc cargo-clippy clippy-driver; do
    if [ -x "/usr/bin/$command" ]; then ln -sfn "/usr/bin/$command" "$putright_root/.tools/debian-rust/$command"; fi
  done
  # Asked of the ordinary compiler, whose linker it is; hence before it leaves the head of PATH.
  for linker in "$(rustc --print target-libdir 2>/dev/null)/../bin/rust-lld" /usr/bin/rust-lld /usr/bin/wasm-ld; do
    if [ -x "$linker" ]; then
      export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker"
      break
    fi
  done
  export PATH="$putright_root/.tools/debian-rust:$PATH"
else
  PUTRIGHT_WEB_RUST=none
fi
export PUTRIGHT_WEB_RUST
