//! Which pairs are worth comparing: keys, budgets, caps.
