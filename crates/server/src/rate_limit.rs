//! Limits the submissions of one address.
//!
//! It is here to slow down a flood, not to judge people: a school or a refuge shares one address. An IPv6 address counts by
//! its first 64 bits, which is what one household is given. Addresses are kept in memory alone and forgotten when they have
//! been quiet for as long as the limit looks back.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::http::HeaderMap;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::HashMapStateStore,
};

type Keyed = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>;

/// The limit and what has been counted.
pub struct RateLimit(Arc<Keyed>);

impl RateLimit {
    /// Allows so many a minute; all of them may come at once.
    pub fn per_minute(most: NonZeroU32) -> Self {
        Self(Arc::new(RateLimiter::hashmap_with_clock(Quota::per_minute(most), DefaultClock::default())))
    }

    /// Counts one.
    ///
    /// # Errors
    /// After how many seconds there is room again.
    pub fn count(&self, address: IpAddr) -> Result<(), u64> {
        self.0.check_key(&counted_as(address)).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }

    /// Forgets quiet addresses, each minute, until the runtime ends.
    pub fn forget_in_background(&self) {
        let counted = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(60)).await;
                let Some(counted) = counted.upgrade() else { return };
                counted.retain_recent();
                counted.shrink_to_fit();
            }
        });
    }
}

/// The address a request came from: the peer's, or the last one in `X-Forwarded-For` where a proxy of ours wrote it. Some
/// proxies write a port behind it.
pub fn sender(peer: IpAddr, headers: &HeaderMap, behind_proxy: bool) -> IpAddr {
    let forwarded = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?;
        address(last.trim())
    };
    if behind_proxy { forwarded().unwrap_or(peer) } else { peer }
}

/// Reads an address, with or without a port: `192.0.2.7`, `192.0.2.7:50123`, `2001:db8::7`, `[2001:db8::7]`,
/// `[2001:db8::7]:50123`, each with or without quotation marks.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.parse().ok().or_else(bracketed).or_else(with_port)
}

/// The address that a sender is counted under: of IPv6, the first 64 bits.
pub fn counted_as(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        short @ IpAddr::V4(_) => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_counts_as_one_and_its_neighbour_as_another() {
        let limit = RateLimit::per_minute(NonZeroU32::new(2).unwrap());
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(limit.count(address("2001:db8:1:2::1")), Ok(()));
        assert_eq!(limit.count(address("2001:db8:1:2:ffff::9")), Ok(()));
        assert!((1..=30).contains(&limit.count(address("2001:db8:1:2::3")).unwrap_err()));
        assert_eq!(limit.count(address("2001:db8:1:3::1")), Ok(()));
        assert_eq!(limit.count(address("192.0.2.1")), Ok(()));
        assert_eq!(limit.count(address("::ffff:192.0.2.1")), Ok(()));
        assert!(limit.count(address("192.0.2.1")).is_err());
    }

    #[test]
    fn a_forwarded_address_counts_only_where_a_proxy_of_ours_wrote_it_last() {
        let peer: IpAddr = "127.0.0.1".parse().unwrap();
        let mut headers = HeaderMap::new();
        assert_eq!(sender(peer, &headers, true), peer);
        headers.insert("x-forwarded-for", "203.0.113.9, 192.0.2.7".parse().unwrap());
        assert_eq!(sender(peer, &headers, true).to_string(), "192.0.2.7");
        assert_eq!(sender(peer, &headers, false), peer);
        for (written, sender_is) in [
            ("192.0.2.7:50123", "192.0.2.7"),
            ("203.0.113.9, [2001:db8::7]:50123", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("\"[2001:db8::7]:443\"", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
        ] {
            headers.insert("x-forwarded-for", written.parse().unwrap());
            assert_eq!(sender(peer, &headers, true).to_string(), sender_is, "{written}");
        }
        headers.insert("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(sender(peer, &headers, true), peer);
    }
}
