//! `web.config` for Internet Information Services.

use super::{FOR_OTHERS, HostFile, RESOURCE_POLICY, SiteFacts};
use crate::markup::escaped;

/// The types that older versions do not know. As it is installed, the server compresses `text/*` and JavaScript alone, so bundles are text.
const TYPES: [(&str, &str); 6] = [
    (".wasm", "application/wasm"),
    (".bin", "text/plain"),
    (".json", "application/json"),
    (".svg", "image/svg+xml"),
    (".webp", "image/webp"),
    (".woff2", "font/woff2"),
];

/// Makes the file.
pub fn file(facts: &SiteFacts) -> HostFile {
    let headers = facts
        .headers
        .iter()
        .map(|(name, value)| {
            format!(
                "        <remove name=\"{name}\" />\n        <add name=\"{name}\" value=\"{}\" />\n",
                escaped(value)
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let types = TYPES
        .iter()
        .map(|(ending, kind)| {
            format!("      <remove fileExtension=\"{ending}\" />\n      <mimeMap fileExtension=\"{ending}\" mimeType=\"{kind}\" />\n")
        })
        .collect::<Vec<_>>().concat();
    let kept: String = ["bundles".to_owned()].iter().chain(&facts.hashed).map(|path| kept(path)).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!-- Written by putright build. -->\n\
         <configuration>\n\
         \x20 <system.webServer>\n\
         \x20   <httpProtocol>\n\
         \x20     <customHeaders>\n{headers}\
         \x20     </customHeaders>\n\
         \x20   </httpProtocol>\n\
         \x20   <staticContent>\n{types}\
         \x20     <clientCache cacheControlMode=\"DisableCache\" />\n\
         \x20   </staticContent>\n\
         \x20   <urlCompression doStaticCompression=\"true\" />\n\
         \x20 </system.webServer>\n\
         \x20 <!-- Other sites load this file alone: it shows the form in their pages. -->\n\
         \x20 <location path=\"{FOR_OTHERS}\">\n\
         \x20   <system.webServer>\n\
         \x20     <httpProtocol>\n\
         \x20       <customHeaders>\n\
         \x20         <remove name=\"{RESOURCE_POLICY}\" />\n\
         \x20         <add name=\"{RESOURCE_POLICY}\" value=\"cross-origin\" />\n\
         \x20       </customHeaders>\n\
         \x20     </httpProtocol>\n\
         \x20   </system.webServer>\n\
         \x20 </location>\n{kept}\
         </configuration>\n"
    );
    HostFile { path: facts.inside("web.config"), text, advice: "copy it with the site" }
}

/// The part for a path whose files a browser may keep for ever.
fn kept(path: &str) -> String {
    format!(
        "  <location path=\"{path}\">\n\
         \x20   <system.webServer>\n\
         \x20     <staticContent>\n\
         \x20       <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" cacheControlCustom=\"public, immutable\" />\n\
         \x20     </staticContent>\n\
         \x20   </system.webServer>\n\
         \x20 </location>\n"
    )
}
