#!/usr/bin/env bash
# Refuses files of a release that name a folder of the machine that built them: such a file tells strangers about the machine, and is another one in
# each folder.
#
#   scripts/no-paths.sh FILE_OR_FOLDER…
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
[ "$#" -gt 0 ] || {
  echo "usage: scripts/no-paths.sh FILE_OR_FOLDER…" >&2
  exit 2
}
folders=("$root/" "${CARGO_HOME:-${HOME:-/root}/.cargo}/" "${RUSTUP_HOME:-${HOME:-/root}/.rustup}/")
if [ "${#HOME}" -gt 1 ]; then folders+=("$HOME/"); fi
failed=0
for folder in "${folders[@]}"; do
  while IFS= read -r file; do
    echo "no-paths: $file names $folder, a folder of the machine that built it" >&2
    failed=1
  done < <(grep -rlaF -- "$folder" "$@" || true)
done
exit "$failed"
