//! The origin of an address, as a policy names it.

/// The origin of a web address, if it is one and can stand in a policy as it is.
pub fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
    (matches!(scheme, "https" | "http") && plain).then(|| format!("{scheme}://{host}"))
}
