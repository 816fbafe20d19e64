//! A small provider of OpenID Connect on this machine: it checks what the receiver sends, and can answer as none should.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as URL},
};
use hmac::{Hmac, Mac};
use rcgen::{KeyPair, PKCS_ED25519, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const CLIENT: &str = "putright";
pub const SECRET: &str = "a secret of the client, long enough";

/// A fault of an id token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    Nonce,
    Audience,
    Issuer,
    Expired,
    OtherKey,
    Unsigned,
    SignedWithTheSecret,
    NoToken,
    /// A code can be used again.
    CodesAgain,
}

/// A sign-in that the provider has let through.
#[derive(Clone)]
struct Code {
    nonce: String,
    challenge: String,
    redirect: String,
    claims: Value,
}

/// The provider.
pub struct Provider {
    pub issuer: String,
    key: KeyPair,
    other: KeyPair,
    codes: Mutex<HashMap<String, Code>>,
    pub fault: Mutex<Fault>,
}

/// The parameters of an address, or of a form.
pub fn parameters(text: &str) -> HashMap<String, String> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

impl Provider {
    /// Starts a provider.
    pub fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let key = || KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let provider = Arc::new(Self {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            key: key(),
            other: key(),
            codes: Mutex::default(),
            fault: Mutex::new(Fault::None),
        });
        let answering = Arc::clone(&provider);
        thread::spawn(move || {
            for stream in listener.incoming() {
                answering.answer(stream.unwrap());
            }
        });
        provider
    }

    /// Signs a person in, as the provider's own page would. Gives the query that the browser goes back with.
    pub fn sign_in(&self, address: &str, claims: Value) -> String {
        let (path, query) = address.split_once('?').unwrap();
        assert_eq!(path, format!("{}/authorize", self.issuer));
        let asked = parameters(query);
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let code = format!("code-{}", self.codes.lock().unwrap().len());
        let [nonce, challenge, redirect] = ["nonce", "code_challenge", "redirect_uri"].map(|name| asked[name].clone());
        self.codes.lock().unwrap().insert(code.clone(), Code { nonce, challenge, redirect, claims });
        form_urlencoded::Serializer::new(String::new())
            .append_pair("code", &code)
            .append_pair("state", &asked["state"])
            .append_pair("iss", &self.issuer)
            .finish()
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let (mut length, mut authorization) = (0, String::new());
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            let Some((name, value)) = header.trim().split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().unwrap(),
                "authorization" => value.trim().clone_into(&mut authorization),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let path = line.split(' ').nth(1).unwrap_or_default();
        let (status, answer) = match path {
            "/.well-known/openid-configuration" => (200, self.description()),
            "/keys" => (200, self.keys()),
            "/token" => self.token(&authorization, &String::from_utf8(body).unwrap()),
            _ => (404, json!({})),
        };
        let answer = answer.to_string();
        let head = format!("HTTP/1.1 {status} x\r\ncontent-type: application/json\r\nconnection: close\r\n");
        write!(stream, "{head}content-length: {}\r\n\r\n{answer}", answer.len()).unwrap();
    }

    fn description(&self) -> Value {
        let issuer = &self.issuer;
        json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
        })
    }

    fn keys(&self) -> Value {
        json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "one",
            "x": URL.encode(self.key.public_key_raw()),
        }] })
    }

    fn token(&self, authorization: &str, body: &str) -> (u16, Value) {
        let form = parameters(body);
        let client = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect::<String>();
        let is_client = authorization == format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{client}")));
        let is_kept = *self.fault.lock().unwrap() == Fault::CodesAgain;
        let mut codes = self.codes.lock().unwrap();
        let code = if is_kept { codes.get(&form["code"]).cloned() } else { codes.remove(&form["code"]) };
        drop(codes);
        let is_good = code.as_ref().is_some_and(|code| {
            let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
            code.challenge == URL.encode(Sha256::digest(verifier)) && code.redirect == form["redirect_uri"]
        });
        let (Some(code), true, true) = (code, is_client, is_good) else {
            return (400, json!({ "error": "invalid_grant" }));
        };
        let fault = *self.fault.lock().unwrap();
        let mut answer = json!({ "access_token": "unused", "token_type": "Bearer" });
        if fault != Fault::NoToken {
            answer["id_token"] = self.id_token(&code, fault).into();
        }
        (200, answer)
    }

    fn id_token(&self, code: &Code, fault: Fault) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let mut claims = code.claims.clone();
        let is = |one: Fault| fault == one;
        claims["iss"] = if is(Fault::Issuer) { "https://other.example".into() } else { self.issuer.clone().into() };
        claims["aud"] = if is(Fault::Audience) { "other" } else { CLIENT }.into();
        claims["nonce"] = if is(Fault::Nonce) { "other".into() } else { code.nonce.clone().into() };
        claims["iat"] = (now - 7_200).into();
        claims["exp"] = if is(Fault::Expired) { now - 3_600 } else { now + 300 }.into();
        let algorithm = match fault {
            Fault::Unsigned => "none",
            Fault::SignedWithTheSecret => "HS256",
            _ => "EdDSA",
        };
        let head = json!({ "alg": algorithm, "kid": "one", "typ": "JWT" });
        let signed = format!("{}.{}", URL.encode(head.to_string()), URL.encode(claims.to_string()));
        let signature = match fault {
            Fault::Unsigned => Vec::new(),
            Fault::SignedWithTheSecret => {
                let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
                mac.update(signed.as_bytes());
                mac.finalize().into_bytes().to_vec()
            }
            Fault::OtherKey => self.other.sign(signed.as_bytes()).unwrap(),
            _ => self.key.sign(signed.as_bytes()).unwrap(),
        };
        format!("{signed}.{}", URL.encode(signature))
    }
}
