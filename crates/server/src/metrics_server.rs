//! Serves the counts for Prometheus, on an address of their own: how much a council receives is nobody else's business.

use std::{fmt::Write, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, http::header, response::IntoResponse, routing::get};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore, time};
use tracing::warn;

use crate::{metrics::Metrics, receiver::Receiver};

/// The most connections at once, and the time for one.
const MOST_CONNECTIONS: usize = 8;
const PATIENCE: Duration = Duration::from_secs(10);

/// Returns the counts, with those that the store has. Without the store, `putright_store_up` is 0.
async fn page(receiver: Arc<Receiver>, metrics: Arc<Metrics>) -> impl IntoResponse {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = metrics.write(&mut text);
    let counted = time::timeout(PATIENCE, receiver.writer.run(|store| store.counts())).await;
    let counts = counted.ok().and_then(Result::ok);
    let mut gauge = |name: &str, help: &str, value: i64| {
        let _ = writeln!(text, "# HELP putright_{name} {help}\n# TYPE putright_{name} gauge\nputright_{name} {value}");
    };
    gauge("store_up", "1 where the store can be read.", i64::from(counts.is_some()));
    gauge("bytes_in_flight", "Bytes of request bodies in memory.", receiver.admission.bytes_in_flight());
    if let Some(counts) = counts {
        gauge("submissions", "Stored submissions.", counts.submissions);
        gauge("notices_waiting", "Notices that are not delivered yet.", counts.waiting);
        gauge("files_not_scanned", "Files that are not scanned for viruses.", counts.unscanned);
        gauge("files_in_quarantine", "Files in quarantine.", counts.quarantined);
        gauge("notices_failed", "Notices that wait for a person.", counts.failed);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

/// Serves `/metrics` on a separate address until the runtime ends.
///
/// # Errors
/// Returns an error if the address cannot be used.
pub async fn serve(address: SocketAddr, receiver: Arc<Receiver>, metrics: Arc<Metrics>) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address).await?;
    let bound = listener.local_addr()?;
    let router = Router::new().route("/metrics", get(move || page(Arc::clone(&receiver), Arc::clone(&metrics))));
    tokio::spawn(accept(listener, router));
    Ok(bound)
}

async fn accept(listener: TcpListener, router: Router) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                warn!("no connection for /metrics can be taken: {error}");
                time::sleep(PATIENCE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).keep_alive(false);
            let _ = time::timeout(PATIENCE * 2, http.serve_connection(TokioIo::new(stream), service)).await;
            drop(place);
        });
    }
}
