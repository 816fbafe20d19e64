//! Folders and files that, on Unix, are for their owner alone.

use std::{fs, io, path::Path};

/// Makes a folder, and those above it, where they are not there. One that is there stays as it is.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut maker = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.recursive(true).create(path)
}

/// Options under which a file that is made is its owner's alone.
pub fn options() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
