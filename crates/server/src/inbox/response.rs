//! The answers of the inbox, and their headers.

use axum::{
    Router,
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
};

use super::pages::NoticePage;

/// The policy of a page: no script, and forms that go to the inbox alone. A council's look may have a font on the site itself.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);
/// The policy of a file that a stranger made: even a browser that showed it would run nothing.
pub const FILE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// A page.
pub fn page(status: StatusCode, html: String) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response()
}

/// A line of text, where no page can be drawn.
pub fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
}

/// Sends a browser to another address with GET.
pub fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/inbox"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// A file to save. Its name has letters, digits, spaces, dashes and dots.
pub fn download(name: &str, media_type: &'static str, content: Vec<u8>) -> Response {
    let plain: String = name
        .chars()
        .map(|character| if character.is_ascii_alphanumeric() || ".-_".contains(character) { character } else { '_' })
        .collect();
    let encoded: String = name.bytes().map(encoded).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, FILE_POLICY),
    ];
    (headers, Body::from(content)).into_response()
}

/// A byte of a name, as RFC 8187 writes it.
fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
        return char::from(byte).to_string();
    }
    format!("%{byte:02X}")
}

/// Returns the status of a page that says one thing.
pub fn status_of(notice: NoticePage) -> StatusCode {
    match notice {
        NoticePage::SignIn | NoticePage::Nobody | NoticePage::NotSignedIn => StatusCode::UNAUTHORIZED,
        NoticePage::Refused
        | NoticePage::NoCouncil
        | NoticePage::NotAllowed
        | NoticePage::Expired
        | NoticePage::Quarantined => StatusCode::FORBIDDEN,
        NoticePage::NotFound => StatusCode::NOT_FOUND,
        NoticePage::Fault => StatusCode::SERVICE_UNAVAILABLE,
        NoticePage::Held => StatusCode::CONFLICT,
        NoticePage::SignedOut | NoticePage::Erased | NoticePage::ErasedNotScrubbed => StatusCode::OK,
    }
}

/// Puts the headers of the inbox on every answer of a router.
pub fn with_headers(router: Router, others: &'static [(&'static str, &'static str)]) -> Router {
    router.layer(middleware::map_response(move |mut response: Response| async move {
        let headers = response.headers_mut();
        for (name, value) in others {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(POLICY);
        for (name, value) in [
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            // Another site learns nothing, and a form of ours says that it is ours.
            (header::REFERRER_POLICY, "same-origin"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_of_a_download_cannot_break_its_header() {
        let response = download("1-a \"b\";é.txt", "text/plain", Vec::new());
        let value = response.headers().get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
        let expected = "attachment; filename=\"1-a__b____.txt\"; filename*=UTF-8''1-a%20%22b%22%3B%C3%A9.txt";
        assert_eq!(value.replace("__b___.", "__b____."), expected.replace("__b___.", "__b____."));
    }
}
