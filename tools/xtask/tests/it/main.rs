//! The program on small code bases of the test's own: it passes a clean one, and refuses each breach that is planted.

mod breaches;
mod tree;
