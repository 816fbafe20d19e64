//! `scripts/deb.sh`: the Debian package, installed, upgraded and removed in a folder that stands in for a machine.

use std::{
    env, fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::{
    council::text,
    place::root,
    release::{VERSION, stand_ins},
};

/// Says why a part is left out. In CI that is a failure.
fn is_left_out(why: &str) {
    assert!(env::var_os("CI").or(env::var_os("PUTRIGHT_CI")).is_none(), "{why}");
    eprintln!("not tested: {why}");
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Packs stand-ins, and gives the package.
fn pack(folder: &Path, version: &str) -> PathBuf {
    let (dist, program) = stand_ins(folder, &format!("putright {VERSION}"));
    pack_program(folder, version, &dist, &program)
}

/// Packs a program with an app, and gives the package.
fn pack_program(folder: &Path, version: &str, dist: &Path, program: &Path) -> PathBuf {
    let output = Command::new(root().join("scripts/deb.sh"))
        .args(["--dist", text(dist), "--program", text(program), "--out", text(folder), "--version", version])
        .env("SOURCE_DATE_EPOCH", "1796030311")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let packages = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    packages.into_iter().find(|path| text(path).contains(&format!("_{version}_"))).unwrap()
}

/// A folder with the accounts and the package database of a machine. Maintainer scripts run outside of it, with `DPKG_ROOT`.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["etc", "var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers"] {
            fs::create_dir_all(machine.path(folder)).unwrap();
        }
        for (file, content) in [
            ("var/lib/dpkg/status", ""),
            ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"),
            ("etc/group", "root:x:0:\n"),
            ("etc/shadow", "root:*:1::::::\n"),
            ("etc/gshadow", "root:*::\n"),
        ] {
            fs::write(machine.path(file), content).unwrap();
        }
        machine
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn dpkg(&self, arguments: &[&str]) -> Output {
        let output = Command::new("dpkg")
            .arg(format!("--root={}", self.folder.path().display()))
            .args(["--force-script-chrootless", "--force-depends", "--log=/dev/null"])
            .args(arguments)
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// The owner, the group and the rights of a folder.
    fn rights(&self, path: &str) -> (u32, u32, u32) {
        let found = fs::metadata(self.path(path)).unwrap();
        (found.uid(), found.gid(), found.mode() & 0o777)
    }
}

#[test]
fn package_is_installed_upgraded_and_removed_and_the_complaints_stay() {
    let folder = tempfile::tempdir().unwrap();
    if !has("dpkg-deb") {
        return is_left_out("there is no dpkg: the package cannot be packed");
    }
    let (first, second) = (pack(folder.path(), VERSION), pack(folder.path(), "99.0.0"));
    let bytes = fs::read(&first).unwrap();
    assert!(bytes == fs::read(pack(&folder.path().join("again"), VERSION)).unwrap(), "two packings differ");
    if fs::metadata(folder.path()).unwrap().uid() != 0 {
        return is_left_out("only root may install a package, and own its folders");
    }

    let machine = Machine::new();
    machine.dpkg(&["--install", text(&first)]);
    let accounts = machine.read("etc/passwd");
    let account = accounts.lines().find(|line| line.starts_with("putright:")).unwrap();
    assert!(account.ends_with(":/var/lib/putright:/usr/sbin/nologin"), "{account}");
    let ids: Vec<u32> = account.split(':').filter_map(|part| part.parse().ok()).collect();
    assert_eq!(machine.rights("var/lib/putright"), (ids[0], ids[1], 0o700));
    assert_eq!(machine.rights("etc/putright"), (0, ids[1], 0o750));
    for file in ["usr/share/putright/dist/index.html", "usr/lib/systemd/system/putright.service"] {
        assert_eq!(machine.rights(file), (0, 0, 0o644), "{file}");
    }
    let said = Command::new(machine.path("usr/bin/putright")).output().unwrap();
    assert_eq!(String::from_utf8(said.stdout).unwrap(), format!("putright {VERSION}\n"));

    fs::write(machine.path("var/lib/putright/complaint"), "record").unwrap();
    fs::write(machine.path("etc/default/putright"), "PUTRIGHT_OPTIONS=\"--port 9\"\n").unwrap();
    machine.dpkg(&["--install", text(&second)]);
    assert!(machine.read("var/lib/dpkg/status").contains("Version: 99.0.0"));
    assert_eq!(machine.read("etc/default/putright"), "PUTRIGHT_OPTIONS=\"--port 9\"\n", "options outlive an upgrade");
    assert_eq!(machine.read("etc/passwd"), accounts);

    machine.dpkg(&["--remove", "putright"]);
    assert!(!machine.path("usr/bin/putright").exists());
    let purged = machine.dpkg(&["--purge", "putright"]);
    assert!(String::from_utf8_lossy(&purged.stdout).contains("has complaints and stays"));
    assert_eq!(machine.read("var/lib/putright/complaint"), "record");
    assert!(!machine.path("etc/default/putright").exists());

    fs::remove_file(machine.path("var/lib/putright/complaint")).unwrap();
    machine.dpkg(&["--install", text(&second)]);
    machine.dpkg(&["--purge", "putright"]);
    assert!(!machine.path("var/lib/putright").exists() && !machine.read("etc/passwd").contains("putright"));
}

#[test]
fn package_needs_the_c_library_that_its_program_was_linked_with_and_none_where_it_is_static() {
    let folder = tempfile::tempdir().unwrap();
    if !has("dpkg-deb") {
        return is_left_out("there is no dpkg: the package cannot be packed");
    }
    let depends = |package: &Path| {
        let output = Command::new("dpkg-deb").args(["--field", text(package), "Depends"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let (dist, _) = stand_ins(folder.path(), &format!("putright {VERSION}"));
    assert_eq!(depends(&pack(folder.path(), VERSION)), "passwd");
    let own = pack_program(folder.path(), "98.0.0", &dist, Path::new("/bin/true"));
    let own = depends(&own);
    let (version, rest) = own.strip_prefix("libc6 (>= ").and_then(|rest| rest.split_once("), ")).unwrap();
    assert!(version.starts_with("2.") && rest == "libgcc-s1, passwd", "{own}");
}

#[test]
fn unit_is_as_hardened_as_the_documentation_says() {
    if !has("systemd-analyze") {
        return is_left_out("there is no systemd-analyze (Debian: apt-get install systemd)");
    }
    let output = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--no-pager"])
        .arg(root().join("scripts/debian/putright.service"))
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let level = told.lines().find_map(|line| line.split_once("exposure level for putright.service: ")).unwrap().1;
    let level = level.split(' ').next().unwrap();
    let documented = fs::read_to_string(root().join("docs/receiver.md")).unwrap();
    assert!(documented.contains(&format!("putright.service: {level} OK")), "docs/receiver.md does not say {level}");
}
