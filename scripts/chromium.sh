#!/usr/bin/env bash
# Prints the path of the Chromium that the tests use: PUTRIGHT_CHROMIUM, else one on PATH, else Playwright's own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -n "${PUTRIGHT_CHROMIUM:-}" ]; then
  [ -x "$PUTRIGHT_CHROMIUM" ] || { echo "PUTRIGHT_CHROMIUM is not a program: $PUTRIGHT_CHROMIUM" >&2; exit 1; }
  echo "$PUTRIGHT_CHROMIUM"
  exit
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name"; then exit; fi
done
path="$(node -p 'require("playwright-core").chromium.executablePath()' 2>/dev/null)" || exit 1
[ -x "$path" ] || exit 1
echo "$path"
