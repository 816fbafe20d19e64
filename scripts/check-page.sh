#!/usr/bin/env bash
# Puts the page that tries a council's endpoint into a built site: check.html and the folder check/.
#
#   scripts/check-page.sh DIST
#
# Trunk builds one page; this is the other one. Its WebAssembly is the rules of sending alone (crates/endpoint-test), so the app is
# none the larger for it, and it has the app's own stylesheet.
set -euo pipefail
dist="$(cd "${1:?usage: scripts/check-page.sh DIST}" && pwd)"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/env.sh
source scripts/env.sh

cargo build --quiet --package putright-endpoint-test --profile web --target wasm32-unknown-unknown
mkdir -p "$dist/check"
wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section --out-dir "$dist/check" \
  "$CARGO_TARGET_DIR/wasm32-unknown-unknown/web/putright-trial.wasm"
# The same as for the app: see index.html.
wasm-opt -Oz --low-memory-unused --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
  --enable-mutable-globals --enable-reference-types --enable-multivalue \
  "$dist/check/putright-trial_bg.wasm" -o "$dist/check/putright-trial_bg.wasm"
esbuild --minify --format=esm --target=es2022 --allow-overwrite --log-level=warning \
  "$dist/check/putright-trial.js" --outfile="$dist/check/putright-trial.js"
esbuild --minify --format=esm --target=es2022 --log-level=warning check/check.js --outfile="$dist/check/check.js"
cp check/check.css "$dist/check/check.css"

# Trunk names the stylesheet by what is in it.
styles=("$dist"/main-*.css)
[ -f "${styles[0]}" ] && [ "${#styles[@]}" -eq 1 ] || { echo "check-page: not one main-*.css in $dist: build it with Trunk first" >&2; exit 1; }
sed "s|main\.css|$(basename "${styles[0]}")|" check/check.html >"$dist/check.html"
