//! A file for nginx to include.

use super::{COMPRESSED, FOR_EVER, FOR_OTHERS, HASHED, HostFile, RESOURCE_POLICY, SiteFacts};

/// Makes the file.
pub fn file(facts: &SiteFacts) -> HostFile {
    let path = facts.beside(".nginx.conf");
    let headers = facts
        .headers
        .iter()
        .map(|(name, value)| {
            let value = if name == RESOURCE_POLICY { "$putright_resource" } else { value };
            format!("add_header {name} \"{value}\" always;\n")
        })
        .collect::<Vec<_>>()
        .concat();
    let text = format!(
        "# Written by putright build. Include it in the server {{ }} whose root is the folder {folder}:\n\
         #   include {path};\n\
         # A location of yours that has an add_header of its own loses all of these.\n\
         index index.html;\n\
         charset utf-8;\n\
         charset_types text/css text/plain text/javascript application/javascript application/json image/svg+xml;\n\
         \n\
         # The same names as in the address of a file: a name with a hash, or a version.\n\
         set $putright_cache \"no-cache\";\n\
         if ($request_uri ~ \"{HASHED}\") {{ set $putright_cache \"{FOR_EVER}\"; }}\n\
         if ($request_uri ~ \"\\?v=[0-9a-f]{{16}}$\") {{ set $putright_cache \"{FOR_EVER}\"; }}\n\
         add_header Cache-Control $putright_cache;\n\
         # Other sites load this file alone: it shows the form in their pages.\n\
         set $putright_resource \"same-origin\";\n\
         if ($uri ~ \"/{FOR_OTHERS}$\") {{ set $putright_resource \"cross-origin\"; }}\n\
         {headers}\n\
         gzip on;\n\
         gzip_vary on;\n\
         gzip_min_length 500;\n\
         gzip_types {types};\n\
         \n\
         # Names that begin with a dot, and packed copies, have no address.\n\
         location ~ \"/\\.|\\.(br|gz)$\" {{ return 404; }}\n\
         # A types {{ }} beside the others would take the place of all of them.\n\
         location ~ \"\\.wasm$\" {{ types {{ }} default_type application/wasm; }}\n",
        folder = facts.name(),
        path = path.display(),
        types = COMPRESSED.join(" "),
    );
    HostFile {
        path,
        text,
        advice: "include it in the server { } of nginx that serves the folder, then nginx -t and reload",
    }
}
