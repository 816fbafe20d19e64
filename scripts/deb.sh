#!/usr/bin/env bash
# Packs a Debian package: the program, the built app, a hardened systemd unit and an account of its own. `make deb` builds first.
#
#   scripts/deb.sh [--dist DIST] [--program FILE] [--out FOLDER] [--version VERSION]
#
# The same inputs give the same bytes, as with scripts/release.sh. --version is for a test of an upgrade. dpkg-deb alone packs it: cargo-deb
# packs what a crate builds, and the app is no part of the crate of the command line.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
dist="$root/dist" program="$root/target/release/putright" out="$root/target/deb" version=""
while [ "$#" -gt 1 ]; do
  case "$1" in
    --dist) dist="$2" ;;
    --program) program="$2" ;;
    --out) out="$2" ;;
    --version) version="$2" ;;
    *) break ;;
  esac
  shift 2
done
fail() {
  echo "deb: $*" >&2
  exit 1
}
[ "$#" -eq 0 ] || fail "usage: scripts/deb.sh [--dist DIST] [--program FILE] [--out FOLDER] [--version VERSION]"
[ -f "$dist/index.html" ] || fail "$dist has no index.html: run make deb, which builds it"
[ -x "$program" ] || fail "$program is no program: run make deb, which builds it"
command -v dpkg-deb >/dev/null || fail "there is no dpkg-deb: run this on Debian or Ubuntu"

[ -n "$version" ] || version="$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}"
architecture="$(dpkg --print-architecture)"
# A program that is linked dynamically needs the C library that it was linked with, or a later one.
depends="passwd"
if LC_ALL=C readelf --program-headers "$program" 2>/dev/null | grep -q INTERP; then
  depends="libc6 (>= $(dpkg-query --show --showformat '${source:Upstream-Version}' libc6)), libgcc-s1, passwd"
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{DEBIAN,etc/default,etc/putright,usr/bin,usr/lib/systemd/system,usr/share/putright,usr/share/doc/putright}
cp "$program" "$work/usr/bin/putright"
cp -R "$dist" "$work/usr/share/putright/dist"
cp -R "$root"/docs/*.md "$root/docs/hosts" "$root"/{CHANGELOG.md,LICENSE,NOTICES.md} "$work/usr/share/doc/putright/"
cp "$root/scripts/debian/putright.service" "$work/usr/lib/systemd/system/"
cp "$root/scripts/debian/putright.default" "$work/etc/default/putright"
cp "$root"/scripts/debian/{postinst,prerm,postrm} "$work/DEBIAN/"
echo /etc/default/putright >"$work/DEBIAN/conffiles"
# No access rights of the machine that packs.
chmod -R u=rwX,go=rX "$work"
chmod 755 "$work/usr/bin/putright" "$work"/DEBIAN/{postinst,prerm,postrm}
cat >"$work/DEBIAN/control" <<CONTROL
Package: putright
Version: $version
Architecture: $architecture
Maintainer: Putright <putright@example.org>
Installed-Size: $(du -k --summarize --apparent-size "$work" | cut -f1)
Depends: $depends
Recommends: ca-certificates
Suggests: clamav-daemon, nginx, postgresql
Section: web
Priority: optional
Description: complaint guide and receiver for councils' children's services
 Serves the guide and the form, stores what people send, and tells the officers.
CONTROL
find "$work" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$out"
package="$out/putright_${version}_$architecture.deb"
dpkg-deb --root-owner-group -Zxz --build "$work" "$package" >/dev/null
echo "deb: $package ($(du -k "$package" | cut -f1) KB)"
