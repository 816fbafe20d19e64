//! A script that copies a site into a bucket of Amazon S3, and the headers policy for Amazon `CloudFront`.

use serde_json::json;

use super::{FOR_EVER, HostFile, SiteFacts};

/// The headers that `CloudFront` has settings of its own for.
const KNOWN: [&str; 3] = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"];

/// Makes the two files.
pub fn files(facts: &SiteFacts) -> [HostFile; 2] {
    [
        HostFile {
            path: facts.beside(".s3.sh"),
            text: script(facts),
            advice: "run it with the name of the bucket: sh FILE BUCKET. It needs the command aws",
        },
        HostFile {
            path: facts.beside(".cloudfront.json"),
            text: format!("{:#}\n", policy(facts)),
            advice: "aws cloudfront create-response-headers-policy --response-headers-policy-config file://FILE; choose it for \
                     the distribution, with the cache policy CachingOptimized and compression",
        },
    ]
}

fn script(facts: &SiteFacts) -> String {
    let kept = |ending: &str| -> String {
        let names = facts.hashed.iter().filter(|name| name.ends_with(ending));
        names.map(|name| [" --include \"", name, "\""].concat()).collect()
    };
    let others: String = facts.hashed.iter().map(|name| [" --exclude \"", name, "\""].concat()).collect();
    format!(
        "#!/bin/sh\n\
         # Written by putright build: copies the site into a bucket of Amazon S3. Each file comes before the pages that name it.\n\
         set -eu\n\
         bucket=\"${{1:?usage: sh $0 BUCKET}}\"\n\
         site=\"$(dirname \"$0\")/{name}\"\n\
         forever=\"{FOR_EVER}\"\n\
         copy() {{ aws s3 sync \"$site\" \"s3://$bucket\" \"$@\"; }}\n\
         # CloudFront compresses no application/octet-stream.\n\
         copy --exclude \"*\" --include \"bundles/*.bin\" --cache-control \"$forever\" --content-type text/plain\n\
         copy --exclude \"*\"{wasm} --cache-control \"$forever\" --content-type application/wasm\n\
         copy --exclude \"*\"{js} --cache-control \"$forever\" --content-type \"text/javascript; charset=utf-8\"\n\
         copy --exclude \"*\"{css} --cache-control \"$forever\" --content-type \"text/css; charset=utf-8\"\n\
         copy --exclude \"*\" --include \"check/*.wasm\" --cache-control no-cache --content-type application/wasm\n\
         copy --exclude \"bundles/*\" --exclude \"check/*.wasm\" --exclude \"*.html\" --exclude \"*.br\" --exclude \"*.gz\"{others} --cache-control no-cache\n\
         copy --exclude \"*\" --include \"*.html\" --cache-control no-cache --content-type \"text/html; charset=utf-8\"\n",
        name = facts.name(),
        wasm = kept(".wasm"),
        js = kept(".js"),
        css = kept(".css"),
    )
}

fn policy(facts: &SiteFacts) -> serde_json::Value {
    let value = |wanted: &str| {
        facts.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let others: Vec<_> = facts
        .headers
        .iter()
        .filter(|(name, _)| !KNOWN.contains(&name.as_str()))
        .map(|(name, value)| json!({ "Header": name, "Value": value, "Override": true }))
        .collect();
    json!({
        "Name": "putright",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": { "ContentSecurityPolicy": value(KNOWN[0]), "Override": true },
            "ContentTypeOptions": { "Override": true },
            "ReferrerPolicy": { "ReferrerPolicy": value(KNOWN[2]), "Override": true },
            "StrictTransportSecurity": { "AccessControlMaxAgeSec": 31_536_000, "IncludeSubdomains": false, "Override": true },
        },
        "CustomHeadersConfig": { "Quantity": others.len(), "Items": others },
    })
}
