//! Settings and where each comes from: flag, environment, profile, default, in
//! this order. Comes in: layers, a file's path, a way to read the environment;
//! goes out: values with their origin. Asks nobody and prints nothing.

pub mod draft;
pub mod layer;
pub mod load;
pub mod reference;
pub mod scenario;
pub mod script;
pub mod seeds;
pub mod setting;
pub mod settings;
pub mod slip;
pub mod source;
mod tree;

pub use draft::{Draft, Existing, edit};
pub use layer::{Layer, Origin, Value};
pub use load::{Config, LoadError, load};
pub use reference::{Env, Found, Place, Reference, Remark, SourceError, Wrap};
pub use scenario::{Scenario, scenario};
pub use seeds::{AppSeed, MerchantSeed, Seeds, UserSeed};
pub use setting::{Home, Secrecy, Setting, Shape, switch};
pub use settings::{BadValue, Located, Name, SETTINGS, Settings, StorePlace, resolve, setting};
pub use slip::{Slip, Wanted, Wrong};
pub use source::{Places, environment};
