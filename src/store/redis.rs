//! Leases in Redis, shared by any number of machines. A lock has an end, so that
//! a dead holder holds up nobody for long, and a fence: a number that only grows
//! and is checked on every write, so that who was overtaken writes nothing. What
//! Redis loses in a restart, each process that has seen it puts back. Only
//! tokens and tickets go there, never an app secret.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::{Client, Cmd, Connection, ErrorKind, FromRedisValue, RedisError, ServerErrorKind};

use super::lease::{of_fields, short_origin, to_fields};
use super::{Damage, Failed, Forgotten, Lease, LeaseKey, Locked, Store, StoreError};
use crate::wire::{Fields, json};

/// A lock that nobody extends is free after this time.
const LOCK_LIFE: Duration = Duration::from_secs(10);
/// How often a living holder extends it.
const BEAT: Duration = Duration::from_secs(3);
/// Longest wait for a connection, and for a reply.
const PATIENCE: Duration = Duration::from_secs(1);
/// After a vain attempt to connect, nobody tries again for this long.
const REST: Duration = Duration::from_millis(300);
/// How much longer than its life an entry is kept.
const KEEP: Duration = Duration::from_secs(3600);
/// How long word of a failure is kept.
const KEEP_FAILURE: Duration = Duration::from_secs(120);

/// Begins every script that knows fences: reads one, whatever stands there. What
/// is no fence of ours counts as none, and the next one is written over it: a
/// name that nobody can lock would stop all fetches for good. 2^53 is where
/// Lua's numbers lose their ones.
const FENCE: &str = "
local function whole(text)
  local n = type(text) == 'string' and tonumber(text)
  if not n or n ~= math.floor(n) or n < 0 or n > 9007199254740992 then return 0 end
  return n
end
local function fence_at(name) return whole(redis.pcall('GET', name)) end
";

/// Takes the lock if it is free; answers its fence, or 0. A lock without an end is
/// not ours, and gets one. A fence is larger than
/// all before, and than all that callers have seen: Redis may have lost its own.
/// Its clock makes it so even if everybody starts anew.
const LOCK: &str = "
if redis.call('EXISTS', KEYS[1]) == 1 then
  if redis.call('PTTL', KEYS[1]) == -1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return 0
end
local t = redis.call('TIME')
local fence = math.max(fence_at(KEYS[2]), tonumber(ARGV[1])) + 1
fence = string.format('%.0f', math.max(fence, t[1] * 1000 + math.floor(t[2] / 1000)))
redis.call('SET', KEYS[2], fence)
redis.call('SET', KEYS[1], fence, 'NX', 'PX', ARGV[2])
return tonumber(fence)";

/// Extends the lock, or takes it again after Redis has lost it; 0 if somebody
/// else has had it since.
const EXTEND: &str = "
if fence_at(KEYS[2]) > tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[2], ARGV[1])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1";

const UNLOCK: &str = "
if redis.pcall('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0";

/// Writes a lease under a fence; 0 if a later fence was given out.
const SAVE: &str = "
if fence_at(KEYS[2]) > tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[1], KEYS[3])
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'lease', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1";

/// Puts back a lease that Redis has lost, unless it has a later one.
const RESTORE: &str = "
if whole(redis.call('HGET', KEYS[1], 'fence')) >= tonumber(ARGV[1]) then return 0 end
if fence_at(KEYS[2]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[2], ARGV[1]) end
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'lease', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1";

/// Writes something, and takes it away again.
const TRY_WRITE: &str = "
redis.call('SET', KEYS[1], '1', 'PX', 1000)
return redis.call('DEL', KEYS[1])";

/// Leaves a mark that there is no lease, later than the one there was.
const FORGET: &str = "
local lease = redis.call('HGET', KEYS[1], 'lease')
if not lease or lease == '' then return 0 end
local fence = string.format('%.0f', whole(redis.call('HGET', KEYS[1], 'fence')) + 1)
redis.call('HSET', KEYS[1], 'fence', fence, 'lease', '')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1";

/// A store for all processes of all machines that reach one Redis. Its clones
/// share one connection.
#[derive(Clone)]
pub struct RedisStore(Arc<Shared>);

struct Shared {
    client: Client,
    server: String,
    line: Mutex<Line>,
    /// The latest of each lease that this process has seen, with its fence.
    seen: Mutex<BTreeMap<LeaseKey, (u64, Option<Lease>)>>,
}

#[derive(Default)]
struct Line {
    connection: Option<Connection>,
    /// How the last attempt to connect failed, and when.
    vain: Option<(Instant, StoreError)>,
}

impl RedisStore {
    /// Reads the address, `redis://[user:password@]host[:port][/db]` or
    /// `redis+unix:///path`; connects when first needed.
    ///
    /// # Errors
    /// [`StoreError::BadUrl`].
    pub fn new(url: &str) -> Result<Self, StoreError> {
        let bad = |error: RedisError| StoreError::BadUrl { why: words(&error) };
        let client = Client::open(url).map_err(bad)?;
        // The address of a connection has no password in it.
        let server = client.get_connection_info().addr().to_string();
        let (line, seen) = (Mutex::default(), Mutex::default());
        Ok(Self(Arc::new(Shared { client, server, line, seen })))
    }

    /// Host and port, without password.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.0.server
    }
}

impl std::fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RedisStore").field(&self.0.server).finish()
    }
}

impl Store for RedisStore {
    fn place(&self) -> String {
        format!("redis {} {}", self.0.server, self.0.client.get_connection_info().redis_settings().db())
    }

    fn load(&self, key: &LeaseKey) -> Result<Option<Lease>, StoreError> {
        let names = Names::of(key);
        let entry = self.0.entry(&names.lease)?;
        let (fence, lease) = self.0.parsed(&names.lease, &entry, Some(key))?;
        let known = self.0.seen().get(key).cloned();
        match known {
            Some((later, lost)) if later > fence => {
                if let Some(lease) = &lost {
                    self.0.restore(&names, key, lease, later)?;
                }
                Ok(lost)
            }
            _ => {
                if fence > 0 {
                    self.0.seen().insert(key.clone(), (fence, lease.clone()));
                }
                Ok(lease)
            }
        }
    }

    fn try_lock(&self, key: &LeaseKey) -> Result<Option<Box<dyn Locked>>, StoreError> {
        let names = Names::of(key);
        let seen = self.0.seen().get(key).map_or(0, |(fence, _)| *fence);
        let fence: u64 =
            self.0.ask(script(LOCK, &[&names.lock, &names.fence]).arg(seen).arg(millis(LOCK_LIFE)))?;
        let guard = || Guard { shared: Arc::clone(&self.0), names, key: key.clone(), fence };
        Ok((fence > 0).then(|| -> Box<dyn Locked> { Box::new(guard()) }))
    }

    fn forget(&self, key: &LeaseKey) -> Result<Forgotten, StoreError> {
        let names = Names::of(key);
        self.0.seen().remove(key);
        let found: u64 = self.0.ask(script(FORGET, &[&names.lease]).arg(millis(KEEP)))?;
        Ok(if found > 0 { Forgotten::Dropped } else { Forgotten::Nothing })
    }

    fn list(&self) -> Result<Vec<(LeaseKey, Lease)>, StoreError> {
        let mut leases = Vec::new();
        for name in self.0.names()? {
            let entry = self.0.entry(&name)?;
            leases.extend(self.0.found(&name, &entry)?);
        }
        leases.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(leases)
    }

    fn try_write(&self) -> Result<(), StoreError> {
        self.0.ask::<u64>(&script(TRY_WRITE, &[&format!("{PREFIX}try}}")])).map(drop)
    }

    fn failed(&self, key: &LeaseKey) -> Result<Option<Failed>, StoreError> {
        let text: Option<String> = self.0.ask(redis::cmd("GET").arg(Names::of(key).failed))?;
        // Only a hint: what cannot be read was not said.
        Ok(text.and_then(|text| Failed::of_fields(&json::read(text.as_bytes()).ok()?)))
    }
}

struct Guard {
    shared: Arc<Shared>,
    names: Names,
    key: LeaseKey,
    fence: u64,
}

impl Guard {
    /// 0 is the answer of all scripts to who was overtaken.
    fn ours(&self, answer: u64) -> Result<(), StoreError> {
        if answer > 0 { Ok(()) } else { Err(StoreError::Overtaken { key: self.key.clone() }) }
    }
}

impl Locked for Guard {
    fn save(&self, lease: &Lease) -> Result<(), StoreError> {
        // Seen before it is written: if Redis goes away now, it is put back later.
        let before = self.shared.seen().insert(self.key.clone(), (self.fence, Some(lease.clone())));
        let names = [&self.names.lease, &self.names.fence, &self.names.failed];
        let command = written(script(SAVE, &names).arg(self.fence), &self.key, lease);
        let saved = self.ours(self.shared.ask(&command)?);
        if saved.is_err() {
            let mut seen = self.shared.seen();
            match before {
                Some(before) => seen.insert(self.key.clone(), before),
                None => seen.remove(&self.key),
            };
        }
        saved
    }

    fn fail(&self, failed: &Failed) -> Result<(), StoreError> {
        let text = json::write(&failed.to_fields(), |name| name == "at");
        let mut command = redis::cmd("SET");
        self.shared.ask(command.arg(&self.names.failed).arg(text).arg("PX").arg(millis(KEEP_FAILURE)))
    }

    fn beat(&self) -> Option<Duration> {
        Some(BEAT)
    }

    fn extend(&self) -> Result<(), StoreError> {
        let names = [&self.names.lock, &self.names.fence];
        self.ours(self.shared.ask(script(EXTEND, &names).arg(self.fence).arg(millis(LOCK_LIFE)))?)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // If it cannot be given back, it ends by itself.
        let _ = self.shared.ask::<u64>(script(UNLOCK, &[&self.names.lock]).arg(self.fence));
    }
}

/// The names of what belongs to one lease. The braces keep them together on one
/// node of a cluster.
struct Names {
    lease: String,
    lock: String,
    fence: String,
    failed: String,
}

const PREFIX: &str = "wxkit:{";

impl Names {
    fn of(key: &LeaseKey) -> Self {
        let of =
            |what| format!("{PREFIX}{}-{}.{}}}:{what}", key.app_id, short_origin(key), key.kind.as_str());
        Self { lease: of("lease"), lock: of("lock"), fence: of("fence"), failed: of("failed") }
    }
}

/// The hash that holds a lease.
type Entry = BTreeMap<String, String>;

impl Shared {
    fn entry(&self, name: &str) -> Result<Entry, StoreError> {
        self.ask(redis::cmd("HGETALL").arg(name))
    }

    /// Fence and lease of an entry; no entry is fence 0.
    fn parsed(
        &self,
        name: &str,
        entry: &Entry,
        key: Option<&LeaseKey>,
    ) -> Result<(u64, Option<Lease>), StoreError> {
        let fence = entry.get("fence").and_then(|text| text.parse().ok()).unwrap_or(0);
        match self.found(name, entry)? {
            Some((found, _)) if key.is_some_and(|key| *key != found) => {
                Err(self.garbled(name, Damage::OtherKey))
            }
            found => Ok((fence, found.map(|(_, lease)| lease))),
        }
    }

    fn found(&self, name: &str, entry: &Entry) -> Result<Option<(LeaseKey, Lease)>, StoreError> {
        let Some(text) = entry.get("lease").filter(|text| !text.is_empty()) else { return Ok(None) };
        let fields: Fields =
            json::read(text.as_bytes()).map_err(|e| self.garbled(name, Damage::NotJson(e)))?;
        of_fields(&fields).map(Some).map_err(|member| self.garbled(name, Damage::Member(member)))
    }

    fn garbled(&self, name: &str, why: Damage) -> StoreError {
        StoreError::Garbled { server: self.server.clone(), name: name.to_owned(), why }
    }

    fn restore(&self, names: &Names, key: &LeaseKey, lease: &Lease, fence: u64) -> Result<(), StoreError> {
        let command = written(script(RESTORE, &[&names.lease, &names.fence]).arg(fence), key, lease);
        self.ask::<u64>(&command).map(drop)
    }

    /// The names of all entries with leases.
    fn names(&self) -> Result<Vec<String>, StoreError> {
        let (mut names, mut cursor) = (Vec::new(), 0_u64);
        loop {
            let mut scan = redis::cmd("SCAN");
            scan.arg(cursor).arg("MATCH").arg(format!("{PREFIX}*}}:lease")).arg("COUNT").arg(1000);
            let (next, found): (u64, Vec<String>) = self.ask(&scan)?;
            names.extend(found);
            cursor = next;
            if cursor == 0 {
                names.sort();
                // A scan may tell a name twice.
                names.dedup();
                return Ok(names);
            }
        }
    }

    fn seen(&self) -> MutexGuard<'_, BTreeMap<LeaseKey, (u64, Option<Lease>)>> {
        // Whole after every step.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks once; a connection that was idle may have died meanwhile, so that its
    /// first failure counts for nothing.
    fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let is_old = line.connection.is_some();
        match self.once(&mut line, command) {
            Err(StoreError::Away { .. }) if is_old => self.once(&mut line, command),
            other => other,
        }
    }

    fn once<T: FromRedisValue>(&self, line: &mut Line, command: &Cmd) -> Result<T, StoreError> {
        let connection = if let Some(connection) = &mut line.connection {
            connection
        } else {
            let fresh = self.connect(line)?;
            line.connection.insert(fresh)
        };
        let answer = command.query(connection).map_err(|error| self.trouble(&error));
        if matches!(answer, Err(StoreError::Away { .. })) {
            line.connection = None;
        }
        answer
    }

    fn connect(&self, line: &mut Line) -> Result<Connection, StoreError> {
        if let Some((at, error)) = &line.vain
            && at.elapsed() < REST
        {
            return Err(error.clone());
        }
        let connected = self.client.get_connection_with_timeout(PATIENCE).and_then(|connection| {
            connection.set_read_timeout(Some(PATIENCE))?;
            connection.set_write_timeout(Some(PATIENCE))?;
            Ok(connection)
        });
        connected.map_err(|error| {
            let error = self.trouble(&error);
            line.vain = Some((Instant::now(), error.clone()));
            error
        })
    }

    fn trouble(&self, error: &RedisError) -> StoreError {
        use ServerErrorKind as Server;
        let (server, why) = (self.server.clone(), words(error));
        let passes = match error.kind() {
            ErrorKind::Io => true,
            ErrorKind::Server(kind) => matches!(
                kind,
                Server::BusyLoading | Server::TryAgain | Server::ClusterDown | Server::MasterDown
            ),
            _ => error.is_connection_dropped() || error.is_timeout(),
        };
        if passes { StoreError::Away { server, why } } else { StoreError::Refused { server, why } }
    }
}

fn script(text: &str, names: &[&String]) -> Cmd {
    let mut command = redis::cmd("EVAL");
    command.arg(format!("{FENCE}{text}")).arg(names.len()).arg(names);
    command
}

/// Adds how long to keep a lease, and the lease.
fn written(command: &mut Cmd, key: &LeaseKey, lease: &Lease) -> Cmd {
    let life = Duration::from_secs(lease.expires_at.saturating_sub(lease.fetched_at)) + KEEP;
    let text = json::write(&to_fields(key, lease), |name| name.ends_with("_at"));
    command.arg(millis(life)).arg(text).clone()
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Short and technical; of an error of the system only what it says.
fn words(error: &RedisError) -> String {
    error.to_string()
}
