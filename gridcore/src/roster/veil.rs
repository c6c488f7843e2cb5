//! What holds values of people shows none of them.

/// A `Debug` that says the type alone.
macro_rules! veiled {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

pub(super) use veiled;

#[cfg(test)]
mod tests {
    use crate::roster::normal::name::Part;
    use crate::roster::normal::{address, identity, name, phone};
    use crate::roster::side::Pool;

    #[test]
    fn no_value_is_in_a_debug() {
        let mut out = String::new();
        let pool = Pool { texts: vec!["阿卜杜拉".into()] };
        let said = format!(
            "{:?} {:?} {:?} {:?} {pool:?}",
            identity::read("11010519491231002X"),
            phone::read("13812345678"),
            address::read("人民路12号3栋2单元501室"),
            name::read("张伟", Part::Whole, &mut out),
        );
        assert_eq!(said, "Id(…) Phone(…) Address(…) Name(…) Pool(…)");
    }
}
