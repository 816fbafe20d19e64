//! The bundle: what is decoded is what was encoded, for every council and register, and anything else is an error.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that stops has failed")]

use proptest::prelude::*;
use putright_domain::bundle::{BundleError, FORMAT, MAGIC, bundle_address, decode, encode, inspect};

use crate::common::{COUNCILS, REGISTERS, loaded_in};

#[test]
fn bundle_of_every_council_and_register_decodes_to_itself() {
    for council in COUNCILS {
        for register in REGISTERS {
            let bundle = loaded_in(register, council);
            let decoded = decode(&encode(&bundle).unwrap()).unwrap();
            assert_eq!(decoded.council, bundle.council);
            assert_eq!(decoded.partners, bundle.partners);
            assert_eq!(decoded.calendar, bundle.calendar);
            assert_eq!(decoded.directory, bundle.directory);
            assert_eq!(decoded.danger, bundle.danger);
            assert_eq!(decoded.content, bundle.content);
            // Places in the file are for messages about the file alone.
            let of = |flow: &putright_domain::form::flow::Flow| {
                flow.asked().map(|asked| (asked.question.clone(), asked.when.clone())).collect::<Vec<_>>()
            };
            assert_eq!(of(&decoded.flow), of(&bundle.flow));
            assert_eq!(decoded.flow.given(), bundle.flow.given());
            assert_eq!(decoded.flow.steps(), bundle.flow.steps());
        }
    }
}

#[test]
fn bundle_of_another_version_says_so() {
    let mut bytes = encode(&loaded_in("adult", "bromley")).unwrap();
    bytes[MAGIC.len()] ^= 1;
    assert_eq!(decode(&bytes).unwrap_err(), BundleError::OtherVersion);
    assert_eq!(FORMAT.len(), 16);
    for nothing in [b"".as_slice(), b"PRB", b"<!doctype html><p>Hello", b"{}"] {
        assert_eq!(decode(nothing).unwrap_err(), BundleError::Damaged);
    }
}

#[test]
fn bundle_that_is_cut_off_is_damaged() {
    let bytes = encode(&loaded_in("8-11", "westminster")).unwrap();
    for length in (MAGIC.len() + FORMAT.len()..bytes.len()).step_by(997) {
        assert_eq!(decode(&bytes[..length]).unwrap_err(), BundleError::Damaged, "{length} of {}", bytes.len());
    }
}

#[test]
fn inspect_names_the_parts_of_a_bundle() {
    let bytes = encode(&loaded_in("adult", "bromley")).unwrap();
    let shown = serde_json::to_value(inspect(&bytes).unwrap()).unwrap();
    assert_eq!(shown["format"], FORMAT);
    assert_eq!(shown["council"]["id"], "bromley");
    assert_eq!(shown["content"]["register"], "adult");
    assert_eq!(shown["partners"].as_array().unwrap().len(), 0);
}

#[test]
fn address_of_a_bundle_is_found_by_its_whole_name() {
    let addresses = "bundles/ab-8-11-0123456789abcdef.bin bundles/ab-adult-0123456789abcdef.bin";
    assert_eq!(bundle_address(addresses, "ab", "adult"), addresses.split(' ').nth(1));
    assert_eq!(bundle_address(addresses, "ab", "8-11"), addresses.split(' ').next());
    assert_eq!(bundle_address(addresses, "a", "adult"), None);
    assert_eq!(bundle_address("", "ab", "adult"), None);
}

#[test]
fn inspect_by_postcard_and_decode_by_ours_read_the_same() {
    for register in REGISTERS {
        let bytes = encode(&loaded_in(register, "westminster")).unwrap();
        let ours = decode(&bytes).unwrap();
        let shown = serde_json::to_value(inspect(&bytes).unwrap()).unwrap();
        assert_eq!(shown["council"], serde_json::to_value(&ours.council).unwrap());
        assert_eq!(shown["partners"], serde_json::to_value(&ours.partners).unwrap());
        assert_eq!(shown["calendar"], serde_json::to_value(&ours.calendar).unwrap());
        assert_eq!(shown["directory"], serde_json::to_value(&ours.directory).unwrap());
        assert_eq!(shown["danger"], serde_json::to_value(&ours.danger).unwrap());
        assert_eq!(shown["flow"], serde_json::to_value(&*ours.flow).unwrap());
        assert_eq!(shown["content"], serde_json::to_value(&*ours.content).unwrap());
    }
}

proptest! {
    /// A changed byte is found, wherever it is.
    #[test]
    fn bundle_with_a_changed_byte_is_an_error(at in any::<prop::sample::Index>(), byte in 1..=u8::MAX) {
        let mut bytes = encode(&loaded_in("8-11", "bromley")).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= byte;
        prop_assert!(decode(&bytes).is_err());
    }
}
