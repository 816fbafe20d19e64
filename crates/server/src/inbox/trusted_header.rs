//! Sign-in by a header of a proxy, which alone may send it.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName};

use super::{options::InboxOptions, policy::OfficerIdentity};
use crate::{ServerError, store::audit::MOST_OFFICER};

/// The most groups of an officer.
const MOST_GROUPS: usize = 200;

/// The headers, and the addresses that may send them.
pub struct TrustedHeader {
    user: HeaderName,
    groups: Option<HeaderName>,
    proxies: Vec<IpAddr>,
}

/// A reason why a request has no officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The proxy named nobody.
    Nobody,
    /// The header came from an address that may not send it, twice, or in a form that cannot be read.
    Forged,
}

impl TrustedHeader {
    /// Reads the options; `None` if they name no header.
    ///
    /// # Errors
    /// Returns an error if a name cannot be that of a header.
    pub fn read(options: &InboxOptions) -> Result<Option<Self>, ServerError> {
        let Some(user) = &options.inbox_user_header else { return Ok(None) };
        let groups = options.inbox_groups_header.as_deref();
        let proxies = options.inbox_proxy.iter().map(IpAddr::to_canonical).collect();
        Ok(Some(Self {
            user: name("--inbox-user-header", user)?,
            groups: groups.map(|groups| name("--inbox-groups-header", groups)).transpose()?,
            proxies,
        }))
    }

    /// Returns the officer that a request names.
    ///
    /// # Errors
    /// Returns an error if it names none, or must not be believed.
    pub fn officer(&self, peer: IpAddr, headers: &HeaderMap) -> Result<OfficerIdentity, Unknown> {
        let has_one =
            headers.contains_key(&self.user) || self.groups.as_ref().is_some_and(|name| headers.contains_key(name));
        if !self.proxies.contains(&peer.to_canonical()) {
            return Err(if has_one { Unknown::Forged } else { Unknown::Nobody });
        }
        let id = only(headers, &self.user)?.ok_or(Unknown::Nobody)?.trim();
        if id.is_empty() {
            return Err(Unknown::Nobody);
        }
        if id.len() > MOST_OFFICER {
            return Err(Unknown::Forged);
        }
        let groups = match &self.groups {
            Some(name) => only(headers, name)?.unwrap_or_default(),
            None => "",
        };
        let groups = groups.split(',').map(str::trim).filter(|group| !group.is_empty()).take(MOST_GROUPS);
        Ok(OfficerIdentity { id: id.to_owned(), groups: groups.map(str::to_owned).collect() })
    }
}

/// Returns the value of a header that must not come twice: of two, the proxy and this server may believe different ones.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Unknown> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Unknown::Forged),
        (Some(_), Some(_)) => Err(Unknown::Forged),
    }
}

fn name(option: &str, text: &str) -> Result<HeaderName, ServerError> {
    let name = HeaderName::from_bytes(text.as_bytes());
    name.map_err(|_| ServerError::new(option, "is no name of a header; write it as X-Remote-User"))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn header_is_believed_once_and_from_the_proxy_alone() {
        let [user, groups] = ["x-remote-user", "x-remote-groups"].map(HeaderName::from_static);
        let proxy: IpAddr = "127.0.0.1".parse().unwrap();
        let header = TrustedHeader { user: user.clone(), groups: Some(groups.clone()), proxies: vec![proxy] };
        let with = |pairs: &[(&HeaderName, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(*name, HeaderValue::from_static(value));
            }
            headers
        };
        let sam = with(&[(&user, "sam"), (&groups, "a, b,,c d")]);
        let found = header.officer(proxy, &sam).unwrap();
        assert_eq!((found.id.as_str(), found.groups.join("|").as_str()), ("sam", "a|b|c d"));
        assert!(header.officer("::ffff:127.0.0.1".parse().unwrap(), &sam).is_ok());
        let other: IpAddr = "127.0.0.2".parse().unwrap();
        assert_eq!(header.officer(other, &sam), Err(Unknown::Forged));
        assert_eq!(header.officer(other, &with(&[(&groups, "a")])), Err(Unknown::Forged));
        assert_eq!(header.officer(other, &HeaderMap::new()), Err(Unknown::Nobody));
        assert_eq!(header.officer(proxy, &with(&[(&user, " ")])), Err(Unknown::Nobody));
        assert_eq!(header.officer(proxy, &with(&[(&user, "sam"), (&user, "eve")])), Err(Unknown::Forged));
        let two = with(&[(&user, "sam"), (&groups, "a"), (&groups, "b")]);
        assert_eq!(header.officer(proxy, &two), Err(Unknown::Forged));
    }
}
