//! The part of a visit that changes the questions and the words for those of another register.

use std::sync::Arc;

use crate::model::{Effect, Focus, Model, only};
use putright_domain::{bundle::AudienceContent, delivery::state_machine::Delivery};

impl Model {
    /// The page stays where it was until the words have come. They are not changed while something is sent or has been.
    pub(super) fn register_asked(&mut self, register: &str) -> Vec<Effect> {
        let content = &self.bundle.content;
        let known = content.registers.iter().any(|(id, _)| id == register) && content.register != register;
        let open = matches!(self.courier.state(), Delivery::Ready | Delivery::Failed(_));
        let mut commands = only(Effect::Replace(self.route.clone()));
        if known && open {
            commands.push(Effect::LoadEdition(register.to_owned()));
        }
        commands
    }

    /// Every answer is kept. One that the new register's question does not take ([`Question::takes`]) is asked again there, and is
    /// an answer again where it is taken.
    ///
    /// [`Question::takes`]: putright_domain::form::question::Question::takes
    pub(super) fn change_register(&mut self, edition: AudienceContent) -> Vec<Effect> {
        self.bundle = Arc::new(self.bundle.in_register(edition));
        self.errors.clear();
        self.forget_advice();
        let route = self.admit(&self.route);
        let mut commands = only(Effect::ChangeWords);
        if route != self.route {
            commands.push(Effect::Replace(route));
        }
        commands.push(Effect::Focus(Focus::Heading));
        commands
    }
}
