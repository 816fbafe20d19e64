//! `putright build --host`: the files that a web server needs, served by the real servers where they are installed.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::Value;

use crate::{
    council::{Council, line, text},
    daemon::{Daemon, free_port, program},
    http::{Answer, Client},
    site::{Page, STYLESHEET},
};

pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
pub const WASM: &str = "putright-app-0123456789abcdef_bg.wasm";

/// A council's site, built for a host.
pub fn built_for(host: &str) -> (Council, String) {
    let council = Council::new();
    fs::write(council.product().join(WASM), [b"\0asm".as_slice(), &[0; 4000]].concat()).unwrap();
    fs::write(council.product().join("embed.js"), "(() => {})();").unwrap();
    let told = council.build(&["--host", host]);
    // A server reads the folder under an account of its own.
    fs::set_permissions(council.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    (council, told)
}

/// The policy that the built site wants.
pub fn policy(council: &Council) -> String {
    let headers: Value = serde_json::from_str(&council.read("headers.json")).unwrap();
    headers["content_security_policy"].as_str().unwrap().to_owned()
}

pub fn bundle(council: &Council) -> String {
    let names = fs::read_dir(council.www().join("bundles")).unwrap().map(|entry| entry.unwrap().file_name());
    format!("/bundles/{}", names.map(|name| name.into_string().unwrap()).find(|name| name.contains("-adult-")).unwrap())
}

/// The headers that a page must have, with their values.
pub fn must_be_secure(answer: &Answer, council: &Council) {
    assert_eq!(answer.header("content-security-policy"), policy(council));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(answer.header("permissions-policy").starts_with("accelerometer=(), "));
}

/// Everything that a host which can send headers must do.
fn must_serve(client: &Client, council: &Council) {
    let page = client.get("/anytown.html", &[]);
    assert_eq!((page.status, page.text()), (200, council.read("anytown.html")));
    must_be_secure(&page, council);
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(page.header("content-type").to_ascii_lowercase(), "text/html; charset=utf-8");
    must_be_secure(&client.get("/", &[]), council);
    must_be_secure(&client.get("/no-such-page.html", &[]), council);

    // The one file that other sites load.
    let script = client.get("/embed.js", &[]);
    assert_eq!((script.status, script.header("cross-origin-resource-policy")), (200, "cross-origin"));

    let kept =
        [&format!("/{STYLESHEET}"), &format!("/{WASM}"), &bundle(council), "/pictures/idea.svg?v=0123456789abcdef"]
            .map(|path| (path.to_owned(), client.get(path, &[])));
    for (path, answer) in &kept {
        assert_eq!((answer.status, answer.header("cache-control")), (200, FOR_EVER), "{path}");
    }
    assert!(kept[0].1.header("content-type").starts_with("text/css"));
    assert_eq!(kept[1].1.header("content-type"), "application/wasm");
    assert!(kept[3].1.header("content-type").starts_with("image/svg+xml"));
    for path in ["/pictures/idea.svg", "/councils/anytown.json", "/anytown.css"] {
        let answer = client.get(path, &[]);
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-cache"), "{path}");
    }
    assert_ne!(client.get("/no-such-0123456789abcdef.js", &[]).header("cache-control"), FOR_EVER);

    for path in ["/anytown.html", &format!("/{WASM}"), &bundle(council)] {
        let whole = client.get(path, &[]);
        let packed = client.get(path, &[("Accept-Encoding", "gzip")]);
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert!(packed.body.len() < whole.body.len(), "{path}");
        assert!(packed.header("vary").to_ascii_lowercase().contains("accept-encoding"), "{path}");
    }
    must_know_again(client);
}

/// A page that has not changed is not sent again, compressed or not.
fn must_know_again(client: &Client) {
    for encoding in ["identity", "gzip"] {
        let first = client.get("/anytown.html", &[("Accept-Encoding", encoding)]);
        let by = match first.header("etag") {
            "" => ("If-Modified-Since", first.header("last-modified")),
            tag => ("If-None-Match", tag),
        };
        let again = client.get("/anytown.html", &[("Accept-Encoding", encoding), by]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{encoding}");
    }
}

#[test]
fn nginx_serves_the_site_by_the_file_that_is_written_for_it() {
    let (council, told) = built_for("nginx");
    let file = council.folder().join("www.nginx.conf");
    line(&told, text(&file), &["include it in the server { }", "nginx -t"]);
    let Some(program) = program("nginx", "nginx-light") else { return };
    let port = free_port();
    let server =
        format!("server {{ listen 127.0.0.1:{port}; root {}; include {}; }}", text(&council.www()), text(&file));
    let nginx = Daemon::nginx(&program, port, &server);
    let client = Client::plain(nginx.port);
    must_serve(&client, &council);
    fs::write(council.www().join("anytown.html.gz"), "packed").unwrap();
    for hidden in ["/anytown.html.gz", "/.htaccess"] {
        assert_eq!(client.get(hidden, &[]).status, 404, "{hidden}");
    }
}

/// Apache with a folder of the site, and what that folder may say for itself.
fn apache(program: &Path, council: &Council, modules: &[&str], allow: &str, more: &str) -> Daemon {
    let port = free_port();
    let www = text(&council.www()).to_owned();
    let served = format!(
        "Listen 127.0.0.1:{port}\nDocumentRoot {www}\n<Directory {www}>\nRequire all granted\nAllowOverride {allow}\n\
         </Directory>\n{more}"
    );
    Daemon::apache(program, port, modules, &served)
}

const WITH_HEADERS: [&str; 3] = ["headers", "filter", "deflate"];

#[test]
fn apache_serves_the_site_by_htaccess() {
    let (council, told) = built_for("apache");
    line(&told, text(&council.www().join(".htaccess")), &["mod_headers", "AllowOverride FileInfo"]);
    let Some(program) = program("apache2", "apache2") else { return };
    let apache = apache(&program, &council, &WITH_HEADERS, "FileInfo", "");
    must_serve(&Client::plain(apache.port), &council);
    assert_eq!(Client::plain(apache.port).get("/.htaccess", &[]).header("cache-control"), "no-cache");
}

#[test]
fn apache_that_reads_no_htaccess_serves_the_site_by_the_file_beside_it() {
    let (council, told) = built_for("apache");
    let file = council.folder().join("www.apache.conf");
    line(&told, text(&file), &["reads no .htaccess", "<VirtualHost>"]);
    let Some(program) = program("apache2", "apache2") else { return };
    let included = apache(&program, &council, &WITH_HEADERS, "None", &format!("Include {}", text(&file)));
    must_serve(&Client::plain(included.port), &council);
    drop(included);
    // Without it nothing of .htaccess counts, and each page's own policy holds.
    let bare = apache(&program, &council, &WITH_HEADERS, "None", "");
    must_work_without_headers(&Client::plain(bare.port), &council);
}

#[test]
fn apache_without_mod_headers_serves_pages_that_work() {
    let (council, _) = built_for("apache");
    let Some(program) = program("apache2", "apache2") else { return };
    let apache = apache(&program, &council, &[], "FileInfo", "");
    must_work_without_headers(&Client::plain(apache.port), &council);
}

/// Everything that a page needs even where the host sends no header of ours.
fn must_work_without_headers(client: &Client, council: &Council) {
    let page = client.get("/anytown.html", &[]);
    assert_eq!((page.status, page.text()), (200, council.read("anytown.html")));
    assert_eq!(page.header("content-security-policy"), "");
    // In the page itself there is the whole policy but for who may frame it.
    let own = Page(page.text()).policy();
    let framed = "; frame-ancestors 'self'";
    assert!(policy(council).contains(framed));
    assert_eq!(own.split("; ").count(), policy(council).replace(framed, "").split("; ").count());
    assert!(own.contains("script-src 'self' 'wasm-unsafe-eval'"), "{own}");
    for (path, kind) in [(format!("/{WASM}"), "application/wasm"), (format!("/{STYLESHEET}"), "text/css")] {
        let answer = client.get(&path, &[]);
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
    }
    assert_eq!(client.get(&bundle(council), &[]).body, fs::read(council.www().join(&bundle(council)[1..])).unwrap());
}

#[test]
fn python_s_own_server_serves_pages_that_work() {
    let (council, told) = built_for("python");
    assert!(told.contains("sends no headers") && told.contains("to try the site out"), "{told}");
    let Some(program) = program("python3", "python3") else { return };
    let port = free_port();
    let python = Daemon::python(&program, port, &council.www());
    must_work_without_headers(&Client::plain(python.port), &council);
}

#[test]
fn iis_gets_a_well_formed_configuration_with_every_header_and_each_file_to_keep() {
    let (council, _) = built_for("iis");
    let config = council.read("web.config");
    let document = roxmltree::Document::parse(&config).unwrap();
    let added: Vec<(&str, &str)> = document
        .descendants()
        .filter(|node| node.has_tag_name("add"))
        .map(|node| (node.attribute("name").unwrap(), node.attribute("value").unwrap()))
        .collect();
    assert_eq!(added.len(), 7);
    assert_eq!(added[6], ("Cross-Origin-Resource-Policy", "cross-origin"), "of embed.js alone");
    assert_eq!(added[0], ("Content-Security-Policy", policy(&council).as_str()));
    let kept: Vec<&str> = document.descendants().filter_map(|node| node.attribute("path")).collect();
    assert_eq!(kept, ["embed.js", "bundles", STYLESHEET, WASM]);
    // Each type that is added takes the place of the server's own: a type that stands twice is an error of IIS.
    let maps = |name: &str| -> Vec<(String, Option<String>)> {
        let nodes =
            document.descendants().filter(|node| node.has_tag_name(name) && node.has_attribute("fileExtension"));
        nodes
            .map(|node| {
                (node.attribute("fileExtension").unwrap().to_owned(), node.attribute("mimeType").map(str::to_owned))
            })
            .collect()
    };
    let types = maps("mimeMap");
    let removed: Vec<String> = maps("remove").into_iter().map(|(ending, _)| ending).collect();
    assert_eq!(types.iter().map(|(ending, _)| ending.clone()).collect::<Vec<_>>(), removed);
    for (ending, kind) in [(".wasm", "application/wasm"), (".bin", "text/plain"), (".svg", "image/svg+xml")] {
        assert!(types.contains(&(ending.to_owned(), Some(kind.to_owned()))), "{ending}: {types:?}");
    }
    let named: Vec<&str> = added[1..6].iter().map(|(name, _)| *name).collect();
    assert_eq!(
        named,
        [
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Permissions-Policy"
        ]
    );
    let compression = document.descendants().find(|node| node.has_tag_name("urlCompression")).unwrap();
    assert_eq!(compression.attribute("doStaticCompression"), Some("true"));
    // A section that a server locks would stop the whole site.
    assert!(!config.contains("<httpCompression"), "{config}");
    assert!(document.descendants().any(|node| node.attribute("cacheControlMode") == Some("DisableCache")));
}
