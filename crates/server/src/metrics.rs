//! Counts requests, and writes the counts for Prometheus.
//!
//! No label holds anything that came from outside: routes are the program's own, methods are those of the standard.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// The upper ends of the histogram's buckets, in seconds.
const BUCKETS: [f64; 8] = [0.005, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0, 300.0];

type RequestLabels = (&'static str, String, u16);

/// The counts of this process.
#[derive(Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<RequestLabels, Histogram>>,
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
    pub fn write(&self, text: &mut String) -> std::fmt::Result {
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
