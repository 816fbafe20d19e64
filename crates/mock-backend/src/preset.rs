//! The backends that the mock can be.

use std::fmt::Write;

/// A backend, by its name in `presets.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Putright's own receiver, and others that do as it does.
    Putright,
    /// Open311 `GeoReport` v2.
    Open311,
    /// `FixMyStreet`'s `/import`.
    FixMyStreetImport,
    /// Drupal's Webform module, by REST.
    DrupalWebformRest,
    /// Formspree.
    Formspree,
    /// Netlify's forms.
    Netlify,
    /// A flow of Power Automate.
    PowerAutomate,
    /// A webhook of n8n.
    N8n,
    /// ASP.NET Core with its antiforgery token.
    AspNet,
    /// Laravel with its XSRF cookie.
    Laravel,
    /// Any program that takes a form from a page and answers with a page.
    FormHandler,
}

/// The preset of a council that takes nothing.
const NO_ENDPOINT: &str = "no-endpoint";

impl Preset {
    /// All, by name.
    pub const ALL: [(&str, Self); 11] = [
        ("putright", Self::Putright),
        ("open311", Self::Open311),
        ("fixmystreet-import", Self::FixMyStreetImport),
        ("drupal-webform-rest", Self::DrupalWebformRest),
        ("formspree", Self::Formspree),
        ("netlify", Self::Netlify),
        ("power-automate", Self::PowerAutomate),
        ("n8n", Self::N8n),
        ("aspnet", Self::AspNet),
        ("laravel", Self::Laravel),
        ("form-handler", Self::FormHandler),
    ];

    /// The preset of a name.
    ///
    /// # Errors
    /// Where it is no name of a backend: the names that are.
    pub fn named(name: &str) -> Result<Self, String> {
        if name == NO_ENDPOINT {
            return Err("nothing is sent to such a council, so there is nothing to answer".to_owned());
        }
        if let Some((_, preset)) = Self::ALL.into_iter().find(|(known, _)| *known == name) {
            return Ok(preset);
        }
        let mut said = "no preset has this name; there are".to_owned();
        for (place, (known, _)) in Self::ALL.into_iter().enumerate() {
            let between = if place == 0 { " " } else { ", " };
            let _ = write!(said, "{between}{known}");
        }
        Err(said)
    }

    /// Returns this backend's name for the account of what happened.
    pub fn account(self) -> &'static str {
        match self {
            Self::Open311 => "description",
            Self::FixMyStreetImport => "detail",
            Self::DrupalWebformRest | Self::Formspree | Self::Netlify | Self::N8n | Self::FormHandler => "message",
            Self::Putright | Self::PowerAutomate | Self::AspNet | Self::Laravel => "points.0.what_happened",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Map, Value};

    use super::*;

    #[test]
    fn every_preset_that_sends_has_a_mock() {
        let presets: Map<String, Value> =
            serde_json::from_str(include_str!("../../domain/src/delivery/presets.json")).unwrap();
        let mut names: BTreeSet<_> = presets.keys().map(String::as_str).collect();
        assert!(names.remove(NO_ENDPOINT));
        assert_eq!(names, Preset::ALL.into_iter().map(|(name, _)| name).collect());
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let said = Preset::named("open312").unwrap_err();
        for (name, preset) in Preset::ALL {
            assert!(said.contains(name));
            assert_eq!(Preset::named(name), Ok(preset));
        }
        assert!(Preset::named(NO_ENDPOINT).unwrap_err().contains("nothing is sent"));
    }
}
