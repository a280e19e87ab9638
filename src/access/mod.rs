//! Who asks, and how much they may: API keys, and a budget for each client, in the cost of what it asks.

mod account;
mod budget;
mod clock;
mod keys;
mod ledger;
mod network;

pub use budget::{Balance, Budget, Budgets, Overdrawn, WINDOW};
pub use clock::Clock;
pub use keys::{Key, Keys, KeysError, create, list, revoke};
pub use network::Network;

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use crate::store;

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

    /// Which client it is, as the database has it: of a key 32 bytes, of addresses 4 or 16.
    fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Key(key) => key.digest().to_vec(),
            Self::Address(IpAddr::V4(address)) => address.octets().to_vec(),
            Self::Address(IpAddr::V6(address)) => address.octets().to_vec(),
        }
    }
}

/// A client, as far as it is known.
#[derive(Clone, Default)]
pub struct Client {
    /// Who it is; `None` is this program itself.
    pub who: Option<Who>,
    /// What it may use; `None` for as much as it likes.
    pub budget: Option<Budget>,
    /// Where to ask for its key again.
    pub keys: Option<Arc<Keys>>,
}

impl Client {
    /// Whether it has shown an API key.
    pub fn has_key(&self) -> bool {
        matches!(self.who, Some(Who::Key(_)))
    }

    /// Whether the key that it has shown, if it has, is still good; a connection may be open for longer than that.
    pub async fn is_known(&self) -> Result<bool, store::Error> {
        match (self.who, &self.keys) {
            (Some(Who::Key(key)), Some(keys)) => keys.is_good(key).await,
            _ => Ok(true),
        }
    }
}
