//! Values in one form: names, identity numbers, phones, dates, addresses.
