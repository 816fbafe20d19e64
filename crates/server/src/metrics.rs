//! Counts for Prometheus, on an address of their own: how much a council receives is nobody else's business.
//!
//! No label holds anything that came from outside: routes are the program's own, methods are those of the standard.

use std::{
    collections::BTreeMap,
    fmt::Write,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, http::header, response::IntoResponse, routing::get};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore, time};
use tracing::warn;

use crate::submissions_api::Receiver;

/// The upper ends of the histogram's buckets, in seconds.
const BUCKETS: [f64; 8] = [0.005, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0, 300.0];
/// The most connections at once, and the time for one.
const MOST_CONNECTIONS: usize = 8;
const PATIENCE: Duration = Duration::from_secs(10);

type Request = (&'static str, String, u16);

/// The counts of this process.
#[derive(Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<Request, Histogram>>,
}

/// The durations of the requests of one kind.
#[derive(Clone, Default)]
struct Histogram {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    /// Counts a request that was answered.
    pub fn count_request(&self, method: &'static str, route: &str, status: u16, duration: Duration) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let histogram = requests.entry((method, route.to_owned(), status)).or_default();
        let seconds = duration.as_secs_f64();
        histogram.count += 1;
        histogram.seconds += seconds;
        for (bucket, end) in histogram.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= end);
        }
    }

    /// Writes the counts in the text format of Prometheus, version 0.0.4.
    fn write(&self, text: &mut String) -> std::fmt::Result {
        const NAME: &str = "putright_request_duration_seconds";
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        writeln!(
            text,
            "# HELP {NAME} Requests to the receiver, and the time to answer them.\n# TYPE {NAME} histogram"
        )?;
        for ((method, route, status), histogram) in requests {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (count, end) in histogram.buckets.iter().zip(BUCKETS) {
                writeln!(text, "{NAME}_bucket{{{labels},le=\"{end}\"}} {count}")?;
            }
            let Histogram { count, seconds, .. } = histogram;
            writeln!(text, "{NAME}_bucket{{{labels},le=\"+Inf\"}} {count}")?;
            writeln!(text, "{NAME}_sum{{{labels}}} {seconds}\n{NAME}_count{{{labels}}} {count}")?;
        }
        Ok(())
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_count_every_request_up_to_their_end() {
        let metrics = Metrics::default();
        for milliseconds in [4, 20, 40_000] {
            metrics.count_request("POST", "/api/submissions", 201, Duration::from_millis(milliseconds));
        }
        metrics.count_request("GET", "/api/ready", 503, Duration::ZERO);
        let mut text = String::new();
        metrics.write(&mut text).unwrap();
        let labels = "method=\"POST\",route=\"/api/submissions\",status=\"201\"";
        for (end, count) in [("0.005", 1), ("0.025", 2), ("30", 2), ("300", 3), ("+Inf", 3)] {
            let line = format!("putright_request_duration_seconds_bucket{{{labels},le=\"{end}\"}} {count}\n");
            assert!(text.contains(&line), "{line}{text}");
        }
        assert!(text.contains(&format!("_sum{{{labels}}} 40.024\n")), "{text}");
    }
}
