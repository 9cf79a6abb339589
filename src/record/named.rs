//! Public names from one table. In: an enum whose variants are written with their names. Out: the enum, its names in JSON,
//! in messages and in lists. Nothing derives a public name from what a variant happens to be called in the source.

/// Makes an enum without fields whose every name stands in one table: `name()`, `Display`, `ALL` (in the order of the table)
/// and what serde and JSON Schema write come from there.
///
/// ```
/// vsa_record::named! {
///     /// Where a camera hangs.
///     #[derive(Clone, Copy, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
///     pub enum Place {
///         /// At a junction.
///         Junction = "junction",
///         /// Above the door of a shop.
///         ShopDoor = "shop_door",
///     }
/// }
/// assert_eq!(Place::ShopDoor.name(), "shop_door");
/// assert_eq!(Place::ALL.len(), 2);
/// ```
#[macro_export]
macro_rules! named {
    (
        $(#[$about:meta])*
        $visibility:vis enum $type:ident {
            $($(#[$note:meta])* $variant:ident = $name:literal,)+
        }
    ) => {
        $(#[$about])*
        $visibility enum $type {
            $($(#[$note])* #[serde(rename = $name)] $variant,)+
        }

        impl $type {
            /// All of them, in the order of the table.
            $visibility const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// As it is written everywhere.
            #[must_use]
            $visibility const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.name())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    named! {
        #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        enum Sample {
            /// Its name in the source is not its public one.
            DlibAge = "dlib_age",
            Other = "something-else",
        }
    }

    #[test]
    fn a_name_is_the_same_in_json_in_its_schema_and_in_a_message() {
        let schema = serde_json::to_string(&schemars::schema_for!(Sample)).unwrap();
        for one in Sample::ALL {
            let written = serde_json::to_string(&one).unwrap();
            assert_eq!(written, format!("\"{one}\""));
            assert_eq!(serde_json::from_str::<Sample>(&written).unwrap(), one);
            assert!(schema.contains(&written), "{schema}");
        }
        assert_eq!(Sample::ALL.map(Sample::name), ["dlib_age", "something-else"]);
    }
}
