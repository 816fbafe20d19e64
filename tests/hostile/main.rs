//! Hostile input: whatever comes in at any entrance is taken, or refused with what is wrong. Nothing panics, hangs, grows beyond
//! what came, or tells what a person wrote.
//!
//! `PUTRIGHT_HOSTILE=1000000 cargo test --profile hostile --test hostile -- --nocapture` throws as many in all;
//! `PUTRIGHT_HOSTILE_SEED=7` throws others. A failing input is left in `target/hostile-inputs`. Once the fault is
//! fixed, it belongs in `tests/data/hostile/<entrance>/`, which is tried first.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_types,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a test that stops has failed"
)]

mod mutate;
mod targets;

use std::{
    env, fs,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    process,
    sync::{Mutex, MutexGuard, Once, PoisonError},
    thread,
    time::{Duration, Instant},
};

use peak_alloc::PeakAlloc;
use proptest::prelude::*;
use targets::{Chance, TARGETS, Target, Verdict};

/// Counts what is held, for the limit on that.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

/// In all, where nobody says how many: the same in each set of features, so most are thrown without any.
const FEW: u64 = if cfg!(any(not(target_family = "wasm"), not(target_family = "wasm"))) { 1000 } else { 12_000 };
/// At each entrance at least.
const LEAST: u64 = if cfg!(any(not(target_family = "wasm"), not(target_family = "wasm"))) { 10 } else { 100 };
/// As WebAssembly in a browser has.
const STACK: usize = 1 << 20;
/// The most that one input may take, of three tries, for another may have had the machine: much less as `make fuzz-quick` builds it, and
/// as people have it.
const LONGEST: Duration = Duration::from_secs(30);
const LONGEST_OPTIMISED: Duration = Duration::from_secs(2);
/// After this it will never come to an end.
const HUNG: Duration = Duration::from_secs(120);
/// A visit itself, and what of the input may be held at once.
const HELD_ALWAYS: usize = 24 << 20;
const HELD_PER_BYTE: usize = 300;

/// One target at a time: what is held is counted for all.
static TURN: Mutex<()> = Mutex::new(());

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// How one input went.
struct Went {
    verdict: Verdict,
    took: Duration,
    held: usize,
}

fn run(target: &Target, input: &[u8]) -> Went {
    HELD.reset_peak_usage();
    let before = HELD.current_usage();
    let start = Instant::now();
    let ran = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    let took = start.elapsed();
    let held = HELD.peak_usage().saturating_sub(before);
    let verdict = ran.unwrap_or_else(|what| {
        let said = what.downcast_ref::<String>().cloned();
        Err([
            "panicked: ",
            &said.or_else(|| what.downcast_ref::<&str>().map(|said| (*said).to_owned())).unwrap_or_default(),
        ]
        .concat())
    });
    let verdict = verdict.and_then(|()| {
        if held > HELD_ALWAYS + HELD_PER_BYTE * input.len() {
            return Err(format!("held {held} bytes at once for an input of {}", input.len()));
        }
        Ok(())
    });
    Went { verdict, took, held }
}

/// The least of an input that still goes wrong: parts of it are left out as long as it does.
fn shrunk(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let end = Instant::now() + Duration::from_secs(20);
    let mut part = input.len() / 2;
    while part > 0 {
        let mut at = 0;
        while at < input.len() && Instant::now() < end {
            let mut less = input.clone();
            less.drain(at..input.len().min(at + part));
            if run(target, &less).verdict.is_err() { input = less } else { at += part }
        }
        part /= 2;
    }
    input
}

fn left(target: &Target, name: &str, input: &[u8]) -> PathBuf {
    let folder =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("target/hostile-inputs").join(target.name);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, input).unwrap();
    path
}

/// Returns the inputs that once failed.
fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let folder =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/data/hostile").join(target.name);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

/// The input that is being tried, and its start time.
static NOW: Mutex<Option<(Instant, &str, Vec<u8>)>> = Mutex::new(None);
static WATCH: Once = Once::new();

/// Ends all where one input has no end, and leaves it to be looked at.
fn watch() {
    loop {
        thread::sleep(Duration::from_secs(5));
        let now = NOW.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, name, input)) = now.as_ref()
            && since.elapsed() > HUNG
            && let Some(target) = TARGETS.iter().find(|target| target.name == *name)
        {
            eprintln!("{name}: no end: {}", left(target, "hung", input).display());
            process::exit(1);
        }
    }
}

/// Throws at a target what is its share, on a stack as small as a browser's.
fn throw(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("an entrance of that name");
    let _turn = turn();
    WATCH.call_once(|| drop(thread::spawn(watch)));
    let all = number("PUTRIGHT_HOSTILE").unwrap_or(FEW);
    let seed = number("PUTRIGHT_HOSTILE_SEED").unwrap_or(1);
    let inputs = (all * target.share / 10_000).max(LEAST);
    println!("{name}: {inputs} inputs from seed {seed}");
    let thrown = thread::Builder::new().stack_size(STACK).spawn(move || thrown(target, inputs, seed)).unwrap();
    thrown.join().unwrap_or_else(|said| panic::resume_unwind(said));
}

fn thrown(target: &Target, inputs: u64, seed: u64) {
    // What panics is told by us, once, with its input.
    panic::set_hook(Box::new(|_| {}));
    let seeds: Vec<_> = (target.seeds)()
        .into_iter()
        .map(|text| (text.clone(), serde_json::from_str(&text).ok().filter(serde_json::Value::is_object)))
        .collect();
    let mut chance = Chance::new(seed);
    let (mut slowest, mut most) = ((Duration::ZERO, Vec::new()), 0);
    let start = Instant::now();
    let mut old = corpus(target);
    let known = old.len() as u64;
    for at in 0..known + inputs {
        let input = old.pop().unwrap_or_else(|| mutate::mutant(&seeds, &mut chance));
        *NOW.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), target.name, input.clone()));
        let longest = if number("PUTRIGHT_HOSTILE").is_some() { LONGEST_OPTIMISED } else { LONGEST };
        let mut went = run(target, &input);
        for _ in 0..2 {
            if went.took > longest {
                let again = run(target, &input).took;
                went.took = went.took.min(again);
            }
        }
        if went.took > longest && went.verdict.is_ok() {
            went.verdict = Err(format!("took {:?}", went.took));
        }
        most = most.max(went.held);
        if let Err(wrong) = went.verdict {
            let less = shrunk(target, input.clone());
            let path = left(target, &format!("{seed}-{at}"), &less);
            let _ = panic::take_hook();
            panic!("{}: input {at} of seed {seed}: {wrong}\n  {} bytes in {}", target.name, less.len(), path.display());
        }
        if went.took > slowest.0 {
            slowest = (went.took, input);
        }
    }
    let _ = panic::take_hook();
    *NOW.lock().unwrap_or_else(PoisonError::into_inner) = None;
    let (took, input) = slowest;
    let path = left(target, "slowest", &input);
    println!(
        "{}: {} inputs, 0 panics, {:.1} s; slowest {} ms ({} bytes, {}); most held {} KB",
        target.name,
        known + inputs,
        start.elapsed().as_secs_f64(),
        took.as_millis(),
        input.len(),
        path.display(),
        most / 1024,
    );
    if let Ok(folder) = env::var("PUTRIGHT_EVIDENCE")
        && number("PUTRIGHT_HOSTILE").is_some()
    {
        let counts = serde_json::json!({ "hostile inputs": known + inputs, "hostile entrances": 1 });
        fs::write(PathBuf::from(folder).join(format!("hostile-{}.json", target.name)), counts.to_string()).unwrap();
    }
}

/// A test for each entrance, so that each is told by itself.
macro_rules! entrances {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { throw(stringify!($name)); })*
    };
}
entrances! { answer calendar copy council danger date delivery draft facts flow json name route sealed submission words }

#[test]
fn every_entrance_has_a_test_and_the_shares_are_a_whole() {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, NAMES);
    assert_eq!(TARGETS.iter().map(|target| target.share).sum::<u64>(), 10_000);
}

#[test]
fn what_comes_every_day_is_taken() {
    let _turn = turn();
    for target in &TARGETS {
        for seed in (target.seeds)() {
            let went = run(target, seed.as_bytes());
            assert_eq!(went.verdict, Ok(()), "{}: {seed}", target.name);
        }
    }
}

#[test]
fn what_goes_wrong_is_seen() {
    let _turn = turn();
    let wrong = |run: fn(&[u8]) -> Verdict| Target { name: "wrong", run, seeds: Vec::new, share: 0 };
    let panics = wrong(|input| if input.contains(&b'!') { panic!("at {}", input.len()) } else { Ok(()) });
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let verdict = run(&panics, b"a!").verdict;
    let less = shrunk(&panics, b"some text, and here! it is".to_vec());
    panic::set_hook(hook);
    assert_eq!(verdict, Err("panicked: at 2".to_owned()));
    assert_eq!(less, b"!");
    let grows = wrong(|_| {
        std::hint::black_box(vec![1_u8; HELD_ALWAYS + 5000]);
        Ok(())
    });
    assert!(run(&grows, b"small").verdict.is_err_and(|told| told.starts_with("held ")));
    let tells = wrong(targets::tells);
    assert!(run(&tells, targets::SECRET.as_bytes()).verdict.is_err());
    assert!(run(&tells, b"nothing").verdict.is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text at the entrances that take any text; what fails is made smaller by proptest.
    #[test]
    fn any_text(text in any::<String>(), more in "\\PC{0,200}") {
        let _turn = turn();
        for name in ["calendar", "copy", "date", "json", "name", "route", "sealed", "answer"] {
            let target = TARGETS.iter().find(|target| target.name == name).unwrap();
            for input in [&text, &more] {
                prop_assert_eq!((target.run)(input.as_bytes()), Ok(()), "{}", name);
            }
        }
    }
}
