//! Stands in for the backends that councils have, so that sending can be tried with nobody at the other end.
//!
//! A preset says how a backend takes a submission; this answers as that backend does, as it should and in every way it can
//! go wrong. What came is kept in memory alone, and told to whoever asks under `/_mock/`: it is for tests and for trying
//! out a council's file, never for people.
//!
//! `preset` and `fault` are the two closed lists. A request is read by `arrived`, judged by `check`, kept by `kept` and
//! answered by `accepted`, or by `wrong` where a fault stands in the way; `router` puts them together and `control` tells
//! tests what happened. `answer` is an answer before it is HTTP, `connection` a connection that can be cut.

use std::{
    io::{self, Write},
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use clap::Args;
use tokio::{net::TcpListener, runtime};

use self::{
    connection::{CutSwitch, Cuttable},
    fault::MockFault,
    preset::Preset,
    state::Mock,
};

mod answer;
mod check;
mod connection;
mod control_api;
mod cors;
mod fault;
mod fault_response;
mod preset;
mod request;
mod router;
mod state;
mod success_response;

/// Answers as a council's backend would, or fails as one can: for trying out a council's file, and for tests.
///
/// The backend stores submissions in memory until it ends, and shows them to everybody who asks. Never use it for
/// people's complaints.
#[derive(Args)]
pub struct MockBackendArguments {
    /// The backend to stand in for: putright, open311, fixmystreet-import, drupal-webform-rest, formspree, netlify,
    /// power-automate, n8n, aspnet, laravel or form-handler.
    #[arg(long, value_name = "NAME", value_parser = Preset::named)]
    preset: Preset,
    /// The fault to simulate.
    #[arg(long, value_name = "NAME", value_enum, default_value_t = MockFault::None)]
    fault: MockFault,
    /// How many requests it goes wrong for; later ones are answered as they should be. Otherwise all.
    #[arg(long, value_name = "N")]
    times: Option<u64>,
    /// The port; 0 for any that is free.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: IpAddr,
}

/// The error of a mock that cannot start or go on.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {why}")]
pub struct MockError {
    what: String,
    why: io::Error,
}

impl MockError {
    fn new(what: impl std::fmt::Display, why: io::Error) -> Self {
        Self { what: what.to_string(), why }
    }
}

/// Answers until `stop` is done.
///
/// # Errors
/// Where the address cannot be used.
pub fn run(arguments: &MockBackendArguments, stop: impl Future<Output = ()>) -> Result<(), MockError> {
    let mock = Mock::new(arguments.preset).map_err(|error| MockError::new("this machine", io::Error::other(error)))?;
    mock.set_fault(arguments.fault, arguments.times);
    let router = router::router(Arc::new(mock));
    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| MockError::new("this machine", error))?;
    runtime.block_on(async {
        let address = SocketAddr::new(arguments.host, arguments.port);
        let listener = TcpListener::bind(address).await.map_err(|error| MockError::new(address, error))?;
        let bound = listener.local_addr().map_err(|error| MockError::new(address, error))?;
        announce(bound);
        let served = axum::serve(Cuttable(listener), router.into_make_service_with_connect_info::<CutSwitch>());
        // No waiting for requests under way: with some faults, they never end.
        tokio::select! {
            ended = served => ended.map_err(|error| MockError::new(bound, error)),
            () = stop => Ok(()),
        }
    })
}

/// A closed output is no reason not to answer.
fn announce(bound: SocketAddr) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "Putright mock at http://{bound}").and_then(|()| output.flush());
    if !bound.ip().is_loopback() {
        let _ = writeln!(
            io::stderr(),
            "putright: this address can be reached from other machines, and the mock shows what came to whoever asks"
        );
    }
}
