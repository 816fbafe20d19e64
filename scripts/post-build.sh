#!/usr/bin/env bash
# Trunk's post-build hook: puts the page that tries an endpoint beside the one that Trunk has just staged, makes a release smaller,
# then puts the prerendered guide and first screens, the styles that they need, and the policy into them.
set -euo pipefail

if [ "$TRUNK_PROFILE" = release ]; then
  "$TRUNK_SOURCE_DIR/scripts/check-page.sh" "$TRUNK_STAGING_DIR"
  node "$TRUNK_SOURCE_DIR/scripts/shrink.mjs" "$TRUNK_STAGING_DIR"
fi
putright="$TRUNK_SOURCE_DIR/target/release/putright"
if [ ! -x "$putright" ]; then
  # `make build` builds the command line first; a bare `trunk build` or `trunk serve` works without the prerendered page.
  echo "post-build: no $putright, so the page is not prerendered (make cli builds it)" >&2
  exit 0
fi
"$putright" build "$TRUNK_STAGING_DIR"
