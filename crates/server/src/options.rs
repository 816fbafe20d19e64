//! The options of `putright serve`.

use std::{
    net::{IpAddr, SocketAddr},
    num::{NonZeroU16, NonZeroU32},
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    clamd::ClamdAddress,
    file_limits::FileLimits,
    inbox::InboxOptions,
    log::LogFormat,
    retention::{self, Keep},
    store::DatabaseOptions,
};

/// Serves the built app and receives submissions into a folder: the default receiver, and an example of one.
///
/// It is not a case-management system. Read what came with `putright submissions`; say with --notify who is told.
#[derive(Args)]
pub struct Options {
    /// The folder of the built app.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub(crate) dist: PathBuf,
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
    /// The port; 0 for any that is free.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub(crate) port: u16,
    /// The address to listen on. Others than this machine's own need a web server with TLS in front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// A file that says who is told of a submission, and how: see docs/receiver.md.
    #[arg(long, value_name = "FILE")]
    pub(crate) notify: Option<PathBuf>,
    /// ClamAV's clamd, which scans files for viruses, as `tcp://127.0.0.1:3310` or `unix:/run/clamav/clamd.ctl`. Without it no file is
    /// scanned.
    #[arg(long, value_name = "ADDRESS", value_parser = ClamdAddress::parse)]
    pub(crate) clamd: Option<ClamdAddress>,
    #[command(flatten)]
    pub(crate) inbox: InboxOptions,
    /// Erases what was taken over so many days ago, as `90d`, or `compliment=30d` for one kind. May be given more than once. By
    /// default nothing is erased.
    #[arg(long, value_name = "[KIND=]DAYSd", value_parser = retention::parse)]
    pub(crate) keep: Vec<Keep>,
    /// The most submissions a minute from one address.
    #[arg(long, value_name = "N", default_value = "30")]
    pub(crate) rate: NonZeroU32,
    /// The most bytes the JSON of a submission may have. The default holds the longest that the form can make.
    #[arg(long, value_name = "BYTES", default_value_t = 1_048_576)]
    pub(crate) max_body: usize,
    #[command(flatten)]
    pub(crate) limits: FileLimits,
    /// The most submissions in progress at once, over all senders. Others get 503 and a time to come back.
    #[arg(long, value_name = "N", default_value = "512")]
    pub(crate) max_at_once: NonZeroU16,
    /// The most bytes of submissions in memory at once, over all senders. By default 56 MiB, or two of the largest submissions
    /// if that is more. Others get 503 and a time to come back.
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_in_flight: Option<usize>,
    /// The most connections at once. When all are in use, the one that has been silent longest makes room. By default 1024, or
    /// fewer if the system's limit of open files has no room for as many.
    #[arg(long, value_name = "N")]
    pub(crate) max_connections: Option<NonZeroU16>,
    /// The time a connection has to send the head of a request, including silence before it, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "15")]
    pub(crate) head_timeout: NonZeroU16,
    /// The time in which 4 KiB of a body must arrive, and something of an answer must be taken, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    pub(crate) stall_timeout: NonZeroU16,
    /// The time for the body of a submission without files, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    pub(crate) body_timeout: NonZeroU16,
    /// The time for the body of a submission with files, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "300")]
    pub(crate) files_timeout: NonZeroU16,
    /// The time that requests in progress have after the server is told to stop, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "10")]
    pub(crate) stop_timeout: NonZeroU16,
    /// The format of the log, on standard error.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) log: LogFormat,
    /// An address for `/metrics` alone, as `127.0.0.1:9464`. Without it there are no metrics.
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) metrics: Option<SocketAddr>,
    /// Another site that may send submissions from its own pages, as `https://host`. May be given more than once.
    #[arg(long, value_name = "URL")]
    pub(crate) allow_origin: Vec<String>,
    /// A web server of ours is in front, and writes the sender's address last into X-Forwarded-For.
    #[arg(long)]
    pub(crate) behind_proxy: bool,
}

impl Options {
    /// Returns the folder of the built app.
    pub fn dist(&self) -> &Path {
        &self.dist
    }
}
