#!/usr/bin/env bash
# Builds what is committed twice, in two folders of other names and depths, and says which files differ.
#
#   scripts/reproduce.sh program     the static binary of a release
#   scripts/reproduce.sh dist        the built app
#   scripts/reproduce.sh             both, and the archive of a release made of them
#
# `scripts/setup.sh release` installs what it needs. Each part is built twice from nothing, which takes a long time.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
parts="${1:-all}"
case "$parts" in program | dist | all) ;; *)
  echo "usage: scripts/reproduce.sh [program|dist|all]" >&2
  exit 2
  ;;
esac
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
folders=("$work/one" "$work/another/and-deeper/two")
SOURCE_DATE_EPOCH="$(git -C "$root" log -1 --format=%ct)"
export SOURCE_DATE_EPOCH
# A folder named here would be shared by both.
unset CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR

for folder in "${folders[@]}"; do
  mkdir -p "$folder"
  git -C "$root" archive HEAD | tar -x -C "$folder"
  # The tools are the machine's, as the compiler is.
  for tools in node_modules .tools; do
    [ ! -e "$root/$tools" ] || ln -s "$(readlink -f "$root/$tools")" "$folder/$tools"
  done
  echo "reproduce: builds in $folder" >&2
  if [ "$parts" != dist ]; then
    program="$("$folder/scripts/static.sh")"
    mkdir -p "$folder/built"
    cp "$folder/$program" "$folder/built/putright"
  fi
  if [ "$parts" != program ]; then
    make --no-print-directory -C "$folder" web >&2
    "$folder/scripts/no-paths.sh" "$folder/dist"
    mkdir -p "$folder/built"
    cp -R "$folder/dist" "$folder/built/dist"
  fi
  if [ "$parts" = all ]; then
    "$folder/scripts/release.sh" --program "$folder/built/putright" --out "$folder/built/archive" >&2
  fi
  rm -rf "$folder/target"
done

[ -d "${folders[0]}/built" ] || {
  echo "reproduce: nothing was built" >&2
  exit 1
}
if ! diff -rq "${folders[0]}/built" "${folders[1]}/built"; then
  echo "reproduce: these files differ" >&2
  if [ -f "${folders[0]}/built/putright" ] && ! cmp -s "${folders[0]}/built/putright" "${folders[1]}/built/putright"; then
    diff <(strings -n 8 "${folders[0]}/built/putright") <(strings -n 8 "${folders[1]}/built/putright") | head -n 20 >&2 || true
  fi
  exit 1
fi
(cd "${folders[0]}/built" && find . -type f | LC_ALL=C sort | xargs sha256sum)
echo "reproduce: both builds have the same bytes"
