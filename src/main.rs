//! Starts the web app.

fn main() {
    putright::app::start();
}
