//! The parts of an address are those that a parser finds.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::router::parse::members;

/// As a parser of JSON finds them.
fn parsed(json: &str) -> Vec<&str> {
    let members: Vec<&RawValue> = serde_json::from_str(json).unwrap();
    members.into_iter().map(RawValue::get).collect()
}

fn array(values: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let comma = prop_oneof![Just(","), Just(" ,\n")];
    (vec(values, 0..6), comma).prop_map(|(values, comma)| format!("[{}]", values.join(comma)))
}

/// JSON of any shape, with strings that have brackets, commas, quotes and escapes.
fn value() -> impl Strategy<Value = String> {
    let string = || "[\\[\\]{},\"\\\\ é\u{1f600}a]{0,8}".prop_map(|text| json_of(&text));
    let leaf = prop_oneof![any::<i32>().prop_map(|number| number.to_string()), string()];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        let object = (string(), inner.clone()).prop_map(|(key, each)| format!("{{{key}: {each}}}"));
        prop_oneof![array(inner), object]
    })
}

fn json_of(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

proptest! {
    #[test]
    fn of_any_array_the_members_are_those_that_a_parser_finds(json in array(value())) {
        let expected = parsed(&json);
        let pair = members::<2>(&json).map(|members| members.to_vec());
        let four = members::<4>(&json).map(|members| members.to_vec());
        prop_assert_eq!(pair, (expected.len() == 2).then(|| expected.clone()));
        prop_assert_eq!(four, (expected.len() == 4).then_some(expected));
    }

    #[test]
    fn what_is_no_json_has_members_or_none_and_never_a_panic(text in "[\\[\\]{},\"\\\\ é1]{0,12}") {
        let _ = (members::<2>(&text), members::<4>(&text));
    }
}
