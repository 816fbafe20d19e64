#!/usr/bin/env bash
# Packs a release: an archive that needs no Rust and no Node, its bill of materials and its checksum. `make release` builds first.
#
#   scripts/release.sh [--dist DIST] [--program FILE] [--out FOLDER]
#
#   putright-VERSION-linux-ARCHITECTURE.tar.gz          and beside it .sha256 and .sbom.cdx.json
#     putright, dist/, docs/, examples/php/, VERSION, CHANGELOG.md, LICENSE, NOTICES.md, README.md, sbom.cdx.json, SHA256SUMS
#
# The same inputs give the same bytes: names in order, one owner, and the time of the commit (or SOURCE_DATE_EPOCH) for every file.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
dist="$root/dist" program="$root/target/release/putright" out="$root/target/release-archive"
while [ "$#" -gt 1 ]; do
  case "$1" in
    --dist) dist="$2" ;;
    --program) program="$2" ;;
    --out) out="$2" ;;
    *) break ;;
  esac
  shift 2
done
fail() {
  echo "release: $*" >&2
  exit 1
}
[ "$#" -eq 0 ] || fail "usage: scripts/release.sh [--dist DIST] [--program FILE] [--out FOLDER]"
[ -f "$dist/index.html" ] || fail "$dist has no index.html: run make release, which builds it"
[ -x "$program" ] || fail "$program is no program: run make release, which builds it"

version="$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")"
[ -n "$version" ] || fail "Cargo.toml names no version under [workspace.package]"
said="$("$program" --version)"
[ "$said" = "putright $version" ] || fail "$program says it is \"$said\", and Cargo.toml says $version: build it again"
# Bundles, app and program must speak one format: the first 20 bytes of a bundle name it, and the app has it in it.
bundle="$(find "$dist/bundles" -name '*.bin' -print -quit 2>/dev/null || true)"
if [ -n "$bundle" ]; then
  "$program" inspect "$bundle" >/dev/null 2>&1 || fail "$dist was built by another version of $program: run make release, which builds both"
  format="$(head -c 20 "$bundle" | tail -c 16)"
  for app in "$dist"/*_bg.wasm; do
    [ ! -f "$app" ] || grep -aq "$format" "$app" || fail "$app is older than the bundles beside it: run make release, which builds both"
  done
fi
epoch="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}"
time="$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)"
name="putright-$version-linux-$(uname -m)"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
staged="$work/$name"
mkdir -p "$staged/docs" "$staged/examples"
cp -R "$dist" "$staged/dist"
cp "$program" "$staged/putright"
cp -R "$root"/docs/*.md "$root/docs/adr" "$root/docs/hosts" "$root/docs/map.svg" "$staged/docs/"
cp -R "$root/examples/php" "$staged/examples/"
cp "$root"/{CHANGELOG.md,LICENSE,NOTICES.md,README.md} "$staged/"
echo "$version" >"$staged/VERSION"
node "$root/scripts/sbom.mjs" "$version" "$time" >"$staged/sbom.cdx.json"
# No access rights of the machine that packs.
chmod -R u=rwX,go=rX "$staged"
chmod 755 "$staged/putright"
(cd "$staged" && find . -type f ! -name SHA256SUMS -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)

mkdir -p "$out"
archive="$out/$name.tar.gz"
LC_ALL=C tar --create --format=ustar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
  --directory "$work" "$name" | gzip --best --no-name >"$archive"
cp "$staged/sbom.cdx.json" "$out/$name.sbom.cdx.json"
(cd "$out" && sha256sum "$name.tar.gz" "$name.sbom.cdx.json" >"$name.sha256")
echo "release: $archive ($(du -k "$archive" | cut -f1) KB), $(tail -c +1 "$out/$name.sha256" | head -n 1 | cut -c1-64)"
