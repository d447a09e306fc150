//! Settings and where each comes from: flag, environment, profile, default, in
//! this order. Comes in: layers, a file's path, a way to read the environment;
//! goes out: values with their origin. Asks nobody and prints nothing.

pub mod layer;
pub mod load;
pub mod reference;
pub mod scenario;
pub mod setting;
pub mod settings;
pub mod source;

pub use layer::{Layer, Origin, Value};
pub use load::{Config, LoadError, load, write_profile};
pub use reference::{Env, Place, Reference, SourceError};
pub use scenario::{Scenario, scenario};
pub use setting::{Home, Secrecy, Setting, Shape, switch};
pub use settings::{BadValue, Located, Name, SETTINGS, Settings, StorePlace, resolve, setting};
pub use source::{Places, environment};
