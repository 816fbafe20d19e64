//! The command itself.

use crate::support::{Mock, PRESETS, ended};

#[test]
fn every_preset_starts_and_tells_where_it_is() {
    for preset in PRESETS {
        assert!(Mock::start(preset, &[]).host().starts_with("127.0.0.1:"), "{preset}");
    }
}

#[test]
fn what_is_not_known_is_answered_with_what_is() {
    for (arguments, says) in [
        (&["--preset", "open312"][..], &["open311", "power-automate", "form-handler"][..]),
        (&["--preset", "no-endpoint"], &["nothing is sent"]),
        (&["--preset", "n8n", "--fault", "flood"], &["reset-before", "wrong-reference"]),
        (&[], &["--preset"]),
    ] {
        let output = ended(arguments);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        for says in says {
            assert!(said.contains(says), "{said}");
        }
    }
}

#[test]
fn the_help_has_a_line_for_every_fault() {
    let help = String::from_utf8(ended(&["--help"]).stdout).unwrap();
    for line in ["- reset-after:", "- cors:", "- huge:", "429 with `Retry-After: 1`"] {
        assert!(help.contains(line), "{line} in {help}");
    }
}

#[test]
fn a_port_in_use_is_told() {
    let mock = Mock::start("n8n", &[]);
    let port = mock.host().rsplit(':').next().unwrap().to_owned();
    let output = ended(&["--preset", "n8n", "--port", &port]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&port));
}
