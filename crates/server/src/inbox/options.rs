//! The options of the inbox.

use std::{net::IpAddr, num::NonZeroU32, path::PathBuf};

use clap::Args;

/// The options of the inbox. It is off without a policy and a way to sign in.
#[derive(Args, Clone)]
#[allow(clippy::struct_field_names, reason = "each is the name of an option")]
pub struct InboxOptions {
    /// Turns on the inbox under /inbox: a file that says which officers read the complaints of which councils. See
    /// docs/receiver.md.
    #[arg(long, value_name = "FILE")]
    pub(crate) inbox_policy: Option<PathBuf>,
    /// A header in which your proxy names the officer who has signed in there, as `X-Remote-User`.
    #[arg(long, value_name = "NAME", requires = "inbox_policy", requires = "inbox_proxy")]
    pub(crate) inbox_user_header: Option<String>,
    /// A header in which your proxy names the officer's groups, with commas between them.
    #[arg(long, value_name = "NAME", requires = "inbox_user_header")]
    pub(crate) inbox_groups_header: Option<String>,
    /// The address of the proxy that may send these headers. May be given more than once. From any other address they are
    /// refused.
    #[arg(long, value_name = "ADDR", requires = "inbox_user_header")]
    pub(crate) inbox_proxy: Vec<IpAddr>,
    /// A file that says by which OpenID Connect provider officers sign in. See docs/receiver.md.
    #[arg(long, value_name = "FILE", requires = "inbox_policy", conflicts_with = "inbox_user_header")]
    pub(crate) inbox_oidc: Option<PathBuf>,
    /// The time after which an officer who does nothing is signed out, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "1800")]
    pub(crate) inbox_idle: NonZeroU32,
    /// The longest time that an officer stays signed in, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "36000")]
    pub(crate) inbox_longest: NonZeroU32,
}
