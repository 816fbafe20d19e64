//! `.htaccess` for Apache, and the same for a server that reads none.

use super::{COMPRESSED, FOR_EVER, FOR_OTHERS, HASHED, HostFile, RESOURCE_POLICY, SiteFacts};

/// Makes the two files.
pub fn files(facts: &SiteFacts) -> [HostFile; 2] {
    let rules = rules(facts);
    let beside = facts.beside(".apache.conf");
    let whole = format!(
        "# Written by putright build, for a server that reads no .htaccess (AllowOverride None). Include it in the\n\
         # <VirtualHost> that serves the folder; change the path where the folder is elsewhere on the server.\n\
         <Directory \"{}\">\n{rules}</Directory>\n",
        facts.folder.display()
    );
    let own = format!(
        "# Written by putright build. It needs AllowOverride FileInfo, and mod_headers: without that the pages work, but nothing\n\
         # says who may frame them, or what a browser may keep.\n{rules}"
    );
    [
        HostFile {
            path: facts.inside(".htaccess"),
            text: own,
            advice: "copy it with the site; the server needs mod_headers, and AllowOverride FileInfo for the folder",
        },
        HostFile {
            path: beside,
            text: whole,
            advice: "where the server reads no .htaccess, include it in the <VirtualHost> instead",
        },
    ]
}

fn rules(facts: &SiteFacts) -> String {
    // A percent sign begins a variable there.
    let headers = facts
        .headers
        .iter()
        .map(|(name, value)| format!("  Header always set {name} \"{}\"\n", value.replace('%', "%%")))
        .collect::<Vec<_>>()
        .concat();
    format!(
        "<IfModule mod_mime.c>\n\
         \x20 AddType application/wasm .wasm\n\
         \x20 AddType text/javascript .js\n\
         \x20 AddType application/octet-stream .bin\n\
         \x20 AddCharset utf-8 .html .css .js .json .svg .txt\n\
         </IfModule>\n\
         # With compression Apache changes the tag and then knows no page again; the time of the file is enough.\n\
         FileETag None\n\
         <IfModule mod_headers.c>\n{headers}\
         \x20 Header set Cache-Control \"no-cache\"\n\
         \x20 <FilesMatch \"{HASHED}\">\n\
         \x20   Header set Cache-Control \"{FOR_EVER}\"\n\
         \x20 </FilesMatch>\n\
         \x20 # Other sites load this file alone: it shows the form in their pages.\n\
         \x20 <Files \"{FOR_OTHERS}\">\n\
         \x20   Header always set {RESOURCE_POLICY} \"cross-origin\"\n\
         \x20 </Files>\n\
         \x20 <If \"%{{QUERY_STRING}} =~ /^v=[0-9a-f]{{16}}$/\">\n\
         \x20   Header set Cache-Control \"{FOR_EVER}\"\n\
         \x20 </If>\n\
         </IfModule>\n\
         <IfModule mod_deflate.c>\n\
         \x20 <IfModule mod_filter.c>\n\
         \x20   AddOutputFilterByType DEFLATE text/html {types}\n\
         \x20 </IfModule>\n\
         </IfModule>\n",
        types = COMPRESSED.join(" "),
    )
}
