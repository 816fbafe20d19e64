//! Words of danger as the shipped file has them: what children and adults write, in their own spelling, and what only sounds
//! like it. A false alarm costs a panel of telephone numbers; a miss may cost more. In doubt a sentence stands above the line.
#![allow(clippy::unwrap_used, reason = "a test that stops has failed")]

use crate::common;
use putright_domain::documents::letter::LetterKind;

/// Said by anybody.
const DANGER: &[&str] = &[
    // To oneself
    "I want to die",
    "i wanna die",
    "I just want to bloody die",
    "i dont want to be alive anymore",
    "I don’t want to live",
    "i wish i was dead",
    "I wish I’d never been born",
    "I’d be better off dead",
    "they would be beter of without me",
    "I am going to kill myself",
    "im gonna kill my self",
    "gonna kil meself",
    "KILLLL MYSELF",
    "I’ve been hurting myself",
    "i cut my arms",
    "she has been cutting herself",
    "He says he will end his life",
    "he tried to take his own life",
    "I feel suicidal",
    "i feel sucidal",
    "he talks about sucide",
    "suiside",
    "She self-harms",
    "self harming again",
    "kms",
    "im gonna kms lol",
    "he told me kys",
    "unalive myself",
    "Ì wãnt tö dïé",
    "I feel sùìçîdàl",
    "SÜÏÇÎDÈ",
    "I took an overdose",
    "i took all my tablets",
    "took too many paracetamol",
    "I want to jump off a bridge",
    "jump in front of a train",
    "There is no point in living",
    // Being hurt
    "hes hiting me",
    "He’s hitting me",
    "my dad hits me",
    "My mum BEATS ME!!",
    "she slaped me",
    "they punched him in the face",
    "the carer smacked my son",
    "He kicks me when I cry.",
    "he hit my little sister. he hit her",
    "I was beaten with a belt",
    "I keep getting hit",
    "i got punched",
    "my foster dad strangled me",
    "he put his hands round my neck",
    "she pulls my hair",
    "locked me in my room",
    "they dont feed us",
    "There is nothing to eat at home",
    "she burnt me with a cigarette",
    "He hurts me",
    "He is hurting my daughter",
    "I have bruises",
    "she had a black eye",
    "I don’t feel safe",
    "i dont feel safe at home",
    "we are not safe here",
    "I am in danger",
    "im scared to go home",
    "I’m scared of my stepdad",
    "i am afraid of my mum",
    "he said he will kill me",
    "He said he’ll kill me if I tell",
    "he threatened to stab us",
    "I fear for my life",
    "she tried to kill me",
    "i want to kill someone",
    "he said i will kill you",
    "They are forcing me to marry",
    "he makes me sell drugs",
    "my ex beat me up",
    "he beat me at home",
    "I was beaten at home",
    "My brother beats us in the kitchen",
    // Abuse
    "I am being abused",
    "my uncle abuses me",
    "he abusd me",
    "sexual abuse",
    "I was raped",
    "he raped her",
    "He is a pedo",
    "an older man is grooming her",
    // Being touched
    "he touches me",
    "he keeps touching me",
    "my cousin tuched me",
    "He touched my private parts",
    "he feels me down there",
    "she makes me touch him",
    "he asked for nudes",
    "He comes into my bed",
    "he comes in my room at night",
    "wants to have sex with me",
    // Running away
    "I am going to run away",
    "i ran away last night",
    "runing away 2nite",
    "I slept rough",
    "i sleep in the park",
    "I have nowhere to sleep tonight",
    "mum kicked me out",
    "she has gone missing",
    // Weapons
    "he has a knife",
    "hes got a nife",
    "He came with a machete",
    "they have a gun",
    "he stabbed my brother",
    "He shot me",
    // Nothing hides it
    "I was killing time and then he hit me",
    "I want to die. He beat us at football.",
    "Hé’s  hítting\nme",
    "It was a murder mystery and I want to die",
];

/// Said by a child, on pages for children.
const YOUNG: &[&str] = &[
    "im scared of him",
    "I am frightened of them",
    "i hate my life",
    "I cant go on",
    "i cant take it anymore",
    "I’m not safe",
    "I feel unsafe",
    "he said it is our secret",
    "told me not to tell",
    "they keep hitting",
    "help me please",
    "i need help now",
    "dont wanna go home",
    "I have nowhere to go",
    "i want to disappear",
    "she shouts every day",
];

/// Words that only sound like danger.
const HARMLESS: &[&str] = &[
    "",
    "We were killing time before the meeting",
    "I was dying to see her",
    "we watched a murder mystery",
    // Told as it is, this is no threat; "if I tell" is one, and stands above.
    "My mum will kill me if I’m late",
    "mum would kill me if i lost it",
    "I was dead tired",
    "He was cutting the grass",
    "It was the shot of the match",
    "They beat us at football",
    "he beat me at chess",
    "she beat us 3 nil",
    "We were beaten in the final",
    "The home is 12 kms away",
    "it is 5kms from school",
    "I nearly died of embarrassment",
    "a cake to die for",
    "We eat with a knife and fork",
    "they jumped the gun",
    "I had a water gun",
    "He stabbed me in the back at work",
    "Her story really touched me",
    "Your kindness touched us",
    "it beats me why nobody rang",
    "Then it hit me that nobody had called",
    "He was kicked out of class",
    "Our place is in danger of being lost",
    "He is not in danger",
    "The social worker did not come to two visits.",
    "Nobody rang me back for three weeks",
    "She was rude and did not listen to me",
    "I had to miss work, and the children missed school.",
    "They moved him to a foster home far away from his school",
    "The assessment says things that are not true",
    "I want an apology and a new social worker",
    "They stopped our short breaks without telling us",
    "The taxi was late every day and he was upset",
    "My contact with my brother was cancelled",
    "I want to live closer to my nan",
    "The report was cut and pasted",
    "We hit a problem with the form",
    "The deadline was missed",
    "I touched on this in my last letter",
    "He ran the meeting badly",
    "I am running late",
    "They shot down every idea",
    "She took the tablets to school for him",
    "The match was a killer",
    "I would love to go home",
    "It made me sad and angry",
    "The plan was abandoned",
    "He left the room",
    "I’m fed up and nobody cares about the paperwork",
    "The dog bit the postman",
    "They beat the deadline",
    "From “spring” to <b>now</b>",
    "قال لي إنها ستتصل، ولم تتصل",
    "The bridge team jumped in to help",
    "I hung up the phone",
    "The hospital gave him an injection",
    "She burned the toast",
    "They kicked off a new plan",
];

#[test]
fn danger_is_seen_in_peoples_own_spelling() {
    let danger = common::danger();
    let missed: Vec<_> = DANGER.iter().filter(|text| !danger.is_in(text, false)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    let missed: Vec<_> = DANGER.iter().chain(YOUNG).filter(|text| !danger.is_in(text, true)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_only_sounds_like_danger_is_left_alone() {
    let danger = common::danger();
    for young in [false, true] {
        let alarms: Vec<_> = HARMLESS.iter().filter(|text| danger.is_in(text, young)).collect();
        assert!(alarms.is_empty(), "young: {young}: {alarms:#?}");
    }
    let alarms: Vec<_> = YOUNG.iter().filter(|text| danger.is_in(text, false)).collect();
    assert!(alarms.is_empty(), "only for children: {alarms:#?}");
}

#[test]
fn one_such_sentence_in_a_long_story_is_seen_and_the_story_alone_is_not() {
    let danger = common::danger();
    // Full stops are no walls: children write "I want... to die".
    let story = HARMLESS.join(". After that we went there too. ");
    assert!(!danger.is_in(&story, true));
    for text in DANGER.iter().step_by(10) {
        assert!(danger.is_in(&[&story, " After that ", text, " After that ", &story].concat(), false), "{text}");
    }
}

#[test]
fn none_of_our_own_letters_sounds_like_it() {
    let (danger, content) = (common::danger(), common::content());
    for kind in LetterKind::ALL {
        let letter = content.letter(*kind).unwrap();
        assert!(!danger.is_in(&letter.body.join(" "), true), "{kind:?}");
    }
}
