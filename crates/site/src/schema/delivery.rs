//! The JSON Schema of the `delivery` of a council's file. Written here and not derived: the app reads that block by hand, and
//! carries no schema. The closed lists are the reader's own.

use putright_domain::delivery::{
    config::{Channel, Credentials, Encoding, Method, Opens, PRESETS, SendBy},
    file_rules::FileType,
};
use serde_json::{Map, Value, json};

/// The longest wait for an answer, in seconds; and what else [`putright_domain::delivery::config`] allows at most.
const MOST_SECONDS: u32 = 300;
const MOST_CHARACTERS: u32 = 1_000_000;

/// The schema, version 1.
#[allow(clippy::too_many_lines, reason = "older than the limit of 60 lines")]
pub fn delivery_schema() -> Value {
    let described = |description: &str, schema: Value| with(schema, "description", description.into());
    let form = json!({
        "type": "object",
        "required": ["url", "fields"],
        "additionalProperties": false,
        "properties": {
            "url": { "$ref": "#/$defs/address" },
            "method": methods(),
            "encoding": { "enum": Encoding::IDS },
            "fields": { "$ref": "#/$defs/fields" },
            "needs": { "$ref": "#/$defs/texts" },
            "opens": { "enum": Opens::IDS },
        }
    });
    let properties = json!({
        "preset": described("The backend; everything else says what differs from it.", json!({ "enum": presets(), "default": "putright" })),
        "send": described("How it is sent: by the page, by a form that opens the council's own page, or not at all.", nullable(&json!({ "enum": SendBy::IDS }))),
        "url": described("Where, absolute or relative to the page.", nullable(&json!({ "$ref": "#/$defs/address" }))),
        "method": nullable(&methods()),
        "encoding": described("What is made of the submission.", nullable(&json!({ "enum": Encoding::IDS }))),
        "headers": nullable(&json!({ "type": "object", "additionalProperties": { "type": ["string", "null"] } })),
        "fields": described("What stands in each field. For JSON, each name is a JSON pointer.", nullable(&json!({ "$ref": "#/$defs/fields" }))),
        "needs": described("The fields that the backend refuses to do without.", nullable(&json!({ "$ref": "#/$defs/texts" }))),
        "credentials": described("Whether cookies go with it.", nullable(&json!({ "enum": Credentials::IDS }))),
        "csrf": described("A token to fetch before each try.", nullable(&json!({ "$ref": "#/$defs/csrf" }))),
        "idempotency": described("Where the number goes by which the backend knows a submission again.", nullable(&json!({ "$ref": "#/$defs/in_request" }))),
        "timeout_seconds": nullable(&between(1, MOST_SECONDS)),
        "retry": described("How often to try again by itself. Needs \"idempotency\".", nullable(&json!({
            "type": "object",
            "required": ["most"],
            "additionalProperties": false,
            "properties": { "most": between(0, 5), "wait_seconds": between(0, 60) }
        }))),
        "success": described("What proves that it was taken: a status, and something in the body.", nullable(&json!({
            "type": "object",
            "required": ["status", "body"],
            "additionalProperties": false,
            "properties": {
                "status": { "type": "array", "minItems": 1, "items": between(200, 299) },
                "body": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/test" } }
            }
        }))),
        "reference": described("Where the council's reference stands, tried in turn.", nullable(&json!({
            "type": "array",
            "items": { "anyOf": [pointer(), object(&["header"], &json!({ "header": { "type": "string" } }))] }
        }))),
        "errors": described("How the backend says what is wrong, tried in turn.", nullable(&json!({
            "type": "array", "items": { "$ref": "#/$defs/errors" }
        }))),
        "opens": described("Where the council's own page opens.", nullable(&json!({ "enum": Opens::IDS }))),
        "skeleton": described("Whether the site must hold an HTML form with every field.", nullable(&json!({ "type": "boolean" }))),
        "files": described("What files it takes, and how.", nullable(&files())),
        "fallbacks": described("The other ways, in the council's order.", nullable(&json!({
            "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/fallback" }
        }))),
        "plain_form": described("Where the page without JavaScript sends its form: our own receiver's address, or a form as in the fallbacks.", nullable(&json!({
            "anyOf": [{ "const": "none" }, with(form.clone(), "required", json!(["url"]))]
        })))
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:putright:delivery:1",
        "title": "Delivery",
        "description": "How a council's file says that submissions are sent. null takes away what the preset says.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "$defs": {
            "address": address(),
            "csrf": csrf(),
            "errors": errors(),
            "fallback": fallback(&form),
            "fields": fields(),
            "in_request": in_request(&Map::new(), &[]),
            "test": test(),
            "texts": { "type": "array", "items": { "type": "string" } }
        }
    })
}

fn presets() -> Vec<String> {
    let presets: Value = serde_json::from_str(PRESETS).unwrap_or_default();
    presets.as_object().into_iter().flat_map(Map::keys).cloned().collect()
}

/// Returns the methods without GET, because a person's words must not be in an address.
fn methods() -> Value {
    let methods: Vec<&str> =
        Method::ALL.iter().filter(|method| **method != Method::Get).map(|method| method.id()).collect();
    json!({ "enum": methods })
}

fn address() -> Value {
    let loopback = r"http://(127\.0\.0\.1|localhost|\[::1\])([:/].*)?";
    json!({
        "description": "https://…, a path on the site itself, or http:// on this machine for trying things out.",
        "type": "string",
        "minLength": 1,
        "pattern": format!(r"^(https://.*|{loopback}|(?!//)[^:?#]*([?#].*)?)$")
    })
}

fn fields() -> Value {
    let rule = |key: &str, source: Value| {
        let mut rule = object(
            &[key],
            &json!({
                "max": between(1, MOST_CHARACTERS),
                "otherwise": { "type": "string" }
            }),
        );
        if let Some(properties) = rule.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert(key.to_owned(), source);
        }
        rule
    };
    let text = || json!({ "type": "string" });
    let rules = [rule("from", pointer()), rule("value", text()), rule("template", text()), json!({ "type": "null" })];
    json!({ "type": "object", "additionalProperties": { "anyOf": rules } })
}

/// A place in a request, with what else is beside it.
fn in_request(beside: &Map<String, Value>, required: &[&str]) -> Value {
    let one = |key: &str| {
        let mut properties = beside.clone();
        properties.insert(key.to_owned(), json!({ "type": "string" }));
        object(&[required, &[key]].concat(), &Value::Object(properties))
    };
    json!({ "anyOf": [one("header"), one("field")] })
}

fn csrf() -> Value {
    let beside = json!({
        "url": { "$ref": "#/$defs/address" },
        "read": { "anyOf": [
            { "const": "text" },
            object(&["json"], &json!({ "json": pointer() })),
            object(&["cookie"], &json!({ "cookie": { "type": "string" } }))
        ] }
    });
    in_request(beside.as_object().unwrap_or(&Map::new()), &["url", "read"])
}

fn test() -> Value {
    json!({ "anyOf": [
        object(&["json", "is"], &json!({ "json": pointer(), "is": { "enum": ["present", "absent", "files_sent"] } })),
        object(&["text"], &json!({ "text": { "type": "string" } })),
        object(&["contains"], &json!({ "contains": { "type": "string", "minLength": 1 } })),
        object(&["empty"], &json!({ "empty": { "const": true } })),
        object(&["any"], &json!({ "any": { "type": "array", "items": { "$ref": "#/$defs/test" } } }))
    ] })
}

fn errors() -> Value {
    json!({ "anyOf": [
        object(&["list"], &json!({ "list": pointer(), "at": pointer(), "says": pointer() })),
        object(&["map"], &json!({ "map": pointer() })),
        object(&["says"], &json!({ "says": pointer() })),
        object(&["lines"], &json!({ "lines": { "type": "string" } }))
    ] })
}

/// Returns the schema of `files`. No key is required, because the preset may have it.
fn files() -> Value {
    let properties = json!({
        "send": nullable(&json!({ "enum": ["multipart", "base64", "none"] })),
        "part": nullable(&json!({ "type": "string" })),
        "field": nullable(&json!({ "type": "string" })),
        "proof": nullable(&json!({ "type": "string", "pattern": "^(success|/.*)$" })),
        "most": nullable(&between(1, 50)),
        "each_megabytes": nullable(&between(1, 1000)),
        "all_megabytes": nullable(&between(1, 1000)),
        "types": nullable(&json!({ "type": "array", "minItems": 1, "items": { "enum": FileType::IDS } }))
    });
    object(&[], &properties)
}

fn fallback(form: &Value) -> Value {
    let plain: Vec<&str> = Channel::ALL
        .iter()
        .filter(|means| !matches!(means, Channel::Email | Channel::Form))
        .map(|means| means.id())
        .collect();
    let email = object(
        &["address"],
        &json!({
            "address": { "type": "string", "pattern": "^[A-Za-z0-9@._+-]*@[A-Za-z0-9@._+-]*$" },
            "for_children": { "type": "boolean" }
        }),
    );
    json!({ "anyOf": [
        { "enum": plain },
        object(&["email"], &json!({ "email": email })),
        object(&["form"], &json!({ "form": form }))
    ] })
}

fn object(required: &[&str], properties: &Value) -> Value {
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties })
}

fn between(least: u32, most: u32) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

fn pointer() -> Value {
    json!({ "type": "string", "pattern": "^(/|$)" })
}

/// The preset's may be taken away.
fn nullable(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn with(mut schema: Value, key: &str, value: Value) -> Value {
    if let Some(members) = schema.as_object_mut() {
        members.insert(key.to_owned(), value);
    }
    schema
}
