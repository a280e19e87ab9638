//! Who asks, and how much they may: API keys, and a budget for each client, in the cost of what it asks.

mod budget;
mod clock;
mod keys;
mod network;

pub use budget::{Balance, Budget, Budgets, Overdrawn, WINDOW};
pub use clock::Clock;
pub use keys::{Key, Keys, KeysError, create, list, revoke};
pub use network::Network;

use std::net::{IpAddr, Ipv6Addr};

/// Whose budget it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Whoever has this API key, by its digest.
    Key(Key),
    /// Whoever asks from this address.
    Address(IpAddr),
}

impl Who {
    /// An address, as far as it tells clients apart: of IPv6, whoever has one has 2^64 of them.
    pub fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// A client, as far as it is known.
#[derive(Clone, Default)]
pub struct Client {
    /// Whether it has shown an API key.
    pub has_key: bool,
    /// What it may use; `None` for as much as it likes.
    pub budget: Option<Budget>,
}
