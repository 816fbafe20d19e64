//! Starts the web app.

#[cfg(target_family = "wasm")]
fn main() {
    putright::runtime::start();
}

#[cfg(not(target_family = "wasm"))]
fn main() {
    eprintln!("putright-app runs in a browser: build it for wasm32-unknown-unknown (make build)");
    std::process::exit(2);
}
