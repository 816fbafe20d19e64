//! `putright build --host` for Netlify, Cloudflare Pages and Amazon S3: by their documents, and by their own programs where
//! `scripts/host-tools.sh` has installed them.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::{
    council::{Council, line, text},
    daemon::{Daemon, free_port},
    hosts::{FOR_EVER, WASM, built_for, bundle, must_be_secure, policy},
    http::Client,
    place::root,
    site::STYLESHEET,
};

/// Finds a program or a package of the hosts' own; `None` where it is not installed, after saying so. Not even in CI is that a failure:
/// they are 674 MB that no other test needs, and set-up leaves them out.
fn tool(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PUTRIGHT_HOST_TOOLS").map_or_else(|| root().join(".tools/hosts"), PathBuf::from);
    let found = Some(folder.join(name)).filter(|path| path.exists());
    if found.is_none() {
        eprintln!("not tested: {} is not there (scripts/host-tools.sh installs it)", folder.join(name).display());
    }
    found
}

/// The headers of each rule of a `_headers` file.
fn rules(file: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("  ") {
            None => found.push((line.to_owned(), Vec::new())),
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap_or((header, ""));
                found.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    found
}

#[test]
fn netlify_and_cloudflare_get_each_header_once_for_any_address() {
    for host in ["netlify", "cloudflare"] {
        let (council, _) = built_for(host);
        let file = council.read("_headers");
        let rules = rules(&file);
        let all = rules.iter().find(|(path, _)| path == "/*").unwrap();
        assert_eq!(all.1.iter().filter(|(name, _)| !name.starts_with('!')).count(), 6);
        assert_eq!(all.1[0], ("Content-Security-Policy".to_owned(), policy(&council)));
        // Two rules for one address would put both values of a header together, unless one takes the other away.
        let kept: Vec<&str> = rules.iter().filter(|(path, _)| path != "/*").map(|(path, _)| path.as_str()).collect();
        let named = ["/bundles/*", &format!("/{STYLESHEET}"), &format!("/{WASM}"), "/embed.js"];
        assert_eq!(kept, named[..if host == "netlify" { 3 } else { 4 }]);
        for (path, headers) in rules.iter().filter(|(path, _)| path != "/*" && path != "/embed.js") {
            assert_eq!(headers[0], ("Cache-Control".to_owned(), FOR_EVER.to_owned()), "{path}");
        }
        assert_eq!(file.contains("  ! "), host == "cloudflare", "Netlify does not know !");
    }
}

/// A script that prints the rules as Netlify's own parser reads them.
const PARSE: &str = "const { parseAllHeaders } = await import(process.argv[1]); console.log(JSON.stringify(await parseAllHeaders({ \
    headersFiles: [process.argv[2]], configHeaders: [], minimal: true })))";

#[test]
fn netlify_s_own_parser_reads_every_rule() {
    let (council, _) = built_for("netlify");
    let Some(parser) = tool("node_modules/netlify-headers-parser") else { return };
    let parser = format!("file://{}/lib/index.js", text(&parser));
    let file = council.www().join("_headers");
    let output =
        Command::new("node").args(["--input-type=module", "-e", PARSE, &parser, text(&file)]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read["errors"], json!([]));
    let wanted: Vec<Value> = rules(&council.read("_headers"))
        .into_iter()
        .map(|(path, headers)| {
            let values: serde_json::Map<_, _> = headers.into_iter().map(|(name, value)| (name, json!(value))).collect();
            json!({ "for": path, "values": values })
        })
        .collect();
    assert_eq!(read["headers"], json!(wanted));
}

#[test]
fn cloudflare_s_own_server_serves_the_site_by_the_file_that_is_written_for_it() {
    let (council, told) = built_for("cloudflare");
    line(&told, text(&council.www().join("404.html")), &["copy it with the site"]);
    let Some(wrangler) = tool("node_modules/.bin/wrangler") else { return };
    let server = Daemon::wrangler(&wrangler, free_port(), &council.www());
    let client = Client::plain(server.port);

    // It takes the ending off the address of a page.
    let moved = client.get("/anytown.html", &[]);
    assert_eq!((moved.status, moved.header("location")), (308, "/anytown"));
    let chosen = client.get("/index.html?council=anytown", &[]);
    assert_eq!((chosen.status, chosen.header("location")), (308, "/?council=anytown"));
    let page = client.get("/anytown", &[]);
    assert_eq!((page.status, page.text()), (200, council.read("anytown.html")));
    must_be_secure(&page, &council);
    assert_eq!(page.header("access-control-allow-origin"), "");
    assert_eq!(page.header("cache-control"), "public, max-age=0, must-revalidate");
    let again = client.get("/anytown", &[("If-None-Match", page.header("etag"))]);
    assert_eq!((again.status, again.body.len()), (304, 0));

    let missing = client.get("/no-such-0123456789abcdef.js", &[]);
    assert_eq!((missing.status, missing.text()), (404, council.read("404.html")));
    must_be_secure(&missing, &council);
    assert_eq!(client.get("/embed.js", &[]).header("cross-origin-resource-policy"), "cross-origin");

    for (path, kind) in [
        (format!("/{STYLESHEET}"), "text/css"),
        (format!("/{WASM}"), "application/wasm"),
        (bundle(&council), "text/plain"),
    ] {
        let answer = client.get(&path, &[]);
        assert_eq!((answer.status, answer.header("cache-control")), (200, FOR_EVER), "{path}");
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
        assert_eq!(answer.body, fs::read(council.www().join(&path[1..])).unwrap());
    }
}

#[test]
fn cloudflare_is_refused_a_policy_that_it_would_not_read() {
    let council = Council::new();
    let file = council.site().join("councils/anytown.json");
    Council::change(&file, |file| {
        let form = |at: usize| {
            serde_json::json!({ "form": {
            "url": format!("https://a-long-name-of-a-server-that-takes-complaints-{at}.anytown.gov.uk/form"),
            "fields": { "message": { "template": "{summary}" } },
        } })
        };
        file["delivery"]["fallbacks"] = (0..30).map(form).collect();
    });
    let output = council.try_build(&["--host", "cloudflare"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("_headers: would have") && told.contains("Cloudflare reads 100 rules"), "{told}");
    assert!(council.try_build(&["--host", "netlify"]).status.success());
}

/// A program that takes the arguments of `aws s3 sync` as that does, and notes what it would have copied.
const AWS: &str = r#"#!/usr/bin/env python3
import fnmatch, json, os, sys
assert sys.argv[1:3] == ["s3", "sync"], sys.argv
source, bucket, *rest = sys.argv[3:]
rules, said = [], {}
for name, value in zip(rest[::2], rest[1::2]):
    if name in ("--include", "--exclude"): rules.append((name, value))
    else: said[name] = value
with open(os.environ["AWS_LOG"], "a") as log:
    for folder, _, files in os.walk(source):
        for file in files:
            path = os.path.relpath(os.path.join(folder, file), source)
            taken = True
            for kind, pattern in rules:
                if fnmatch.fnmatchcase(path, pattern): taken = kind == "--include"
            if taken: log.write(json.dumps([bucket, path, said]) + "\n")
"#;

#[test]
fn s3_gets_every_file_once_with_its_caching_and_its_type_and_pages_last() {
    let (council, told) = built_for("s3");
    line(&told, text(&council.folder().join("www.s3.sh")), &["sh FILE BUCKET"]);
    let programs = council.folder().join("programs");
    fs::create_dir(&programs).unwrap();
    fs::write(programs.join("aws"), AWS).unwrap();
    fs::set_permissions(programs.join("aws"), fs::Permissions::from_mode(0o755)).unwrap();
    let log = council.folder().join("log");
    let path = format!("{}:{}", text(&programs), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args([text(&council.folder().join("www.s3.sh")), "anytown-complaints"])
        .env("PATH", path)
        .env("AWS_LOG", &log)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let copied: Vec<Value> =
        fs::read_to_string(&log).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let www = council.www();
    let mut wanted: Vec<String> = crate::council::contents(&www)
        .into_iter()
        .map(|(path, _)| text(path.strip_prefix(&www).unwrap()).to_owned())
        .filter(|path| !Path::new(path).extension().is_some_and(|kind| kind == "br" || kind == "gz"))
        .collect();
    let mut names: Vec<&str> = copied.iter().map(|one| one[1].as_str().unwrap()).collect();
    let first_page = names.iter().position(|name| Path::new(name).extension().is_some_and(|kind| kind == "html"));
    let pages = names.iter().filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "html")).count();
    assert_eq!(first_page, Some(names.len() - pages), "pages come last");
    names.sort_unstable();
    wanted.sort();
    assert_eq!(names, wanted);
    for one in &copied {
        let (name, said) = (one[1].as_str().unwrap(), &one[2]);
        let is_kept = name.starts_with("bundles/") || name == STYLESHEET || name == WASM;
        assert_eq!(said["--cache-control"], if is_kept { FOR_EVER } else { "no-cache" }, "{name}");
        if name == WASM {
            assert_eq!(said["--content-type"], "application/wasm");
        }
        if name.starts_with("bundles/") {
            assert_eq!(said["--content-type"], "text/plain");
        }
    }
    let policy_file = fs::read_to_string(council.folder().join("www.cloudfront.json")).unwrap();
    let headers: Value = serde_json::from_str(&policy_file).unwrap();
    let security = &headers["SecurityHeadersConfig"];
    assert_eq!(security["ContentSecurityPolicy"]["ContentSecurityPolicy"], policy(&council));
    assert_eq!(headers["CustomHeadersConfig"]["Quantity"], 3);
}

#[test]
fn amazon_s_own_command_copies_the_site_as_it_should_be_served() {
    let (council, _) = built_for("s3");
    let Some(programs) = tool("python/bin") else { return };
    let server = Daemon::s3(&programs.join("moto_server"), free_port());
    let path = format!("{}:{}", text(&programs), std::env::var("PATH").unwrap());
    let address = format!("http://127.0.0.1:{}", server.port);
    let command = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .env("PATH", &path)
            .envs([("AWS_ENDPOINT_URL", address.as_str()), ("AWS_DEFAULT_REGION", "eu-west-2")])
            .envs([("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    command("aws", &["s3", "mb", "s3://anytown"]);
    command("sh", &[text(&council.folder().join("www.s3.sh")), "anytown"]);
    let client = Client::plain(server.port);
    let get = |path: &str| client.get(&format!("/anytown/{path}"), &[("Authorization", "AWS test:test")]);
    for (path, kind, kept) in [
        (bundle(&council)[1..].to_owned(), "text/plain", true),
        (WASM.to_owned(), "application/wasm", true),
        (STYLESHEET.to_owned(), "text/css; charset=utf-8", true),
        ("anytown.html".to_owned(), "text/html; charset=utf-8", false),
        ("embed.js".to_owned(), "text/javascript", false),
        ("pictures/idea.svg".to_owned(), "image/svg+xml", false),
        ("councils/anytown.json".to_owned(), "application/json", false),
    ] {
        let answer = get(&path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("cache-control"), if kept { FOR_EVER } else { "no-cache" }, "{path}");
        assert_eq!(answer.body, fs::read(council.www().join(&path)).unwrap(), "{path}");
    }
}
