//! Settings and where each comes from: flag, environment, profile, default, in
//! this order. Comes in: layers, a file's path, a way to read the environment;
//! goes out: values with their origin. Asks nobody and prints nothing.

pub mod load;
pub mod profile;
pub mod scenario;
pub mod source;

pub use load::{Config, LoadError, load, write_profile};
pub use profile::{
    BadValue, Home, Layer, Origin, SETTINGS, Secrecy, Setting, Settings, Shape, Value, resolve, setting,
    switch,
};
pub use scenario::{Scenario, scenario};
pub use source::{Env, Found, Place, SourceError, environment, find};
