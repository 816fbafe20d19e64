#!/usr/bin/env bash
# Prints the path of the Firefox that the tests use: PUTRIGHT_FIREFOX, else one on PATH.
set -euo pipefail
if [ -n "${PUTRIGHT_FIREFOX:-}" ]; then
  [ -x "$PUTRIGHT_FIREFOX" ] || { echo "PUTRIGHT_FIREFOX is not a program: $PUTRIGHT_FIREFOX" >&2; exit 1; }
  echo "$PUTRIGHT_FIREFOX"
  exit
fi
for name in firefox-esr firefox; do
  if command -v "$name"; then exit; fi
done
exit 1
