//! The folder that another system empties.

use std::{fs, os::unix::fs::PermissionsExt};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    beside, notify, outbox,
    support::{Place, reference, sample},
    wait_for,
};

#[test]
fn submission_and_files_appear_whole_and_for_their_owner_alone() {
    let place = Place::new();
    let folder = beside(&place, "drop");
    let config = notify(&place, &json!({ "drop": { "folder": folder } }));
    let receiver = place.serve_with(&["--notify", &config]);
    let mut body = sample();
    let content = "Nobody came.";
    body["files"] = json!([{
        "name": "letter.txt", "media_type": "text/plain", "bytes": content.len(), "content": STANDARD.encode(content),
    }]);
    let given = reference(receiver.post(&body));
    let dropped = folder.join(&given);
    wait_for("the folder", || dropped.is_dir().then_some(()));
    let written: Value = serde_json::from_str(&fs::read_to_string(dropped.join("submission.json")).unwrap()).unwrap();
    assert_eq!(written["reference"], given.as_str());
    assert_eq!(written["submission"]["points"], sample()["points"]);
    assert_eq!(fs::read_to_string(dropped.join("1-letter.txt")).unwrap(), content);
    for (path, mode) in [(folder.clone(), 0o700), (dropped.clone(), 0o700), (dropped.join("1-letter.txt"), 0o600)] {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
    }
    wait_for("the mark", || outbox(&place, &[]).is_empty().then_some(()));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing half-written is left");
}

#[test]
fn folder_that_cannot_be_written_is_told_and_tried_again() {
    let place = Place::new();
    let folder = beside(&place, "drop");
    let config = notify(&place, &json!({ "drop": { "folder": folder } }));
    let receiver = place.serve_with(&["--notify", &config]);
    fs::remove_dir(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let given = reference(receiver.post(&sample()));
    let waiting = wait_for("the failure", || outbox(&place, &[]).into_iter().find(|one| one["error"].is_string()));
    assert_eq!(waiting["error"], "NotADirectory");
    fs::remove_file(&folder).unwrap();
    assert!(place.submissions(&["retry"]).status.success());
    wait_for("the folder", || folder.join(&given).is_dir().then_some(()));
}
