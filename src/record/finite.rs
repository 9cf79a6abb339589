//! A look at every number before it is written. In: anything that can be written. Out: whether all its floats are
//! finite. JSON has no NaN and no infinity; `serde_json` would write `null`, which reads as "there is none".

use serde::ser::{self, Serialize, Serializer};
use std::fmt;

/// A float that is not finite.
#[derive(Debug)]
pub(super) struct NotFinite;

impl fmt::Display for NotFinite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number is not finite")
    }
}

impl std::error::Error for NotFinite {}

impl ser::Error for NotFinite {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Whether every float in `value` is finite.
pub(super) fn is_finite<T: Serialize + ?Sized>(value: &T) -> bool {
    value.serialize(FiniteCheck).is_ok()
}

#[derive(Clone, Copy)]
struct FiniteCheck;

/// What holds no float.
macro_rules! fine {
    ($($name:ident($($kind:ty),*)),* $(,)?) => {
        $(fn $name(self, $(_: $kind),*) -> Result<(), NotFinite> { Ok(()) })*
    };
}

/// What holds others, each of which is looked at.
macro_rules! opened {
    ($($name:ident($($kind:ty),*)),* $(,)?) => {
        $(fn $name(self, $(_: $kind),*) -> Result<Self, NotFinite> { Ok(self) })*
    };
}

/// What holds one other.
macro_rules! looked_into {
    ($($name:ident($($kind:ty),*)),* $(,)?) => {
        $(fn $name<T: Serialize + ?Sized>(self, $(_: $kind,)* value: &T) -> Result<(), NotFinite> {
            value.serialize(self)
        })*
    };
}

/// Name in the source of a type or a variant.
type Name = &'static str;

impl Serializer for FiniteCheck {
    type Ok = ();
    type Error = NotFinite;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fine!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_char(char),
        serialize_str(&str),
        serialize_bytes(&[u8]),
        serialize_none(),
        serialize_unit(),
        serialize_unit_struct(Name),
        serialize_unit_variant(Name, u32, Name),
    );
    opened!(
        serialize_seq(Option<usize>),
        serialize_tuple(usize),
        serialize_tuple_struct(Name, usize),
        serialize_tuple_variant(Name, u32, Name, usize),
        serialize_map(Option<usize>),
        serialize_struct(Name, usize),
        serialize_struct_variant(Name, u32, Name, usize),
    );
    looked_into!(
        serialize_some(),
        serialize_newtype_struct(Name),
        serialize_newtype_variant(Name, u32, Name),
    );

    fn serialize_f32(self, value: f32) -> Result<(), NotFinite> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), NotFinite> {
        if value.is_finite() { Ok(()) } else { Err(NotFinite) }
    }
}

macro_rules! items {
    ($($kind:ident.$name:ident($($key:ty)?)),* $(,)?) => { $(
        impl ser::$kind for FiniteCheck {
            type Ok = ();
            type Error = NotFinite;
            fn $name<T: Serialize + ?Sized>(&mut self, $(_: $key,)? value: &T) -> Result<(), NotFinite> {
                value.serialize(*self)
            }
            fn end(self) -> Result<(), NotFinite> {
                Ok(())
            }
        }
    )* };
}

items!(
    SerializeSeq.serialize_element(),
    SerializeTuple.serialize_element(),
    SerializeTupleStruct.serialize_field(),
    SerializeTupleVariant.serialize_field(),
    SerializeStruct.serialize_field(Name),
    SerializeStructVariant.serialize_field(Name),
);

impl ser::SerializeMap for FiniteCheck {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotFinite> {
        key.serialize(*self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
        value.serialize(*self)
    }
    fn end(self) -> Result<(), NotFinite> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_not_finite_is_found_wherever_it_hides() {
        assert!(is_finite(&(1.0, Some(2.0f32), [Some("x")], None::<f64>)));
        assert!(!is_finite(&vec![Some(1.0), Some(f64::NAN)]));
        assert!(!is_finite(&std::collections::BTreeMap::from([(
            "a",
            f32::INFINITY
        )])));
        assert!(!is_finite(&Err::<(), f64>(f64::NEG_INFINITY)));
    }

    #[test]
    fn a_number_that_is_not_finite_is_found_in_the_key_of_a_map_too() {
        struct ByNumber(f64);
        impl Serialize for ByNumber {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map([(self.0, "finite")])
            }
        }
        assert!(is_finite(&ByNumber(1.5)));
        assert!(!is_finite(&ByNumber(f64::NAN)));
        assert_eq!(NotFinite.to_string(), "a number is not finite");
    }
}
