//! What the command line and the environment say, read once and checked once.
