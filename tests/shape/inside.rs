//! What holds inside a room too: arrows between its files only go down the
//! floors that `src/lib.rs` draws, nothing circles, and functions stay short.
//! The sources are parsed, so that a path in the middle of a function counts
//! like an import, and a name that a `mod.rs` hands on counts for the file that
//! it comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Item, UseTree, Visibility};

/// A module by its path below the crate: `["mock", "pages", "till"]`.
type Module = Vec<String>;

/// Every file of `src/` and what it uses.
pub struct House {
    files: BTreeMap<Module, File>,
}

struct File {
    path: String,
    /// Names that it hands on with `pub use`, and from where.
    hands_on: BTreeMap<String, Vec<String>>,
    /// Every path that starts in the crate, made absolute.
    paths: BTreeSet<Vec<String>>,
    /// Lines of each function, tests left out.
    lengths: Vec<(String, usize)>,
}

impl House {
    /// Reads `src/`; `cli` hangs below `main.rs`, all else below `lib.rs`.
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        super::collect(&root, &mut found);
        let file = |path: &Path| {
            let relative = path.strip_prefix(&root).unwrap();
            let mut module: Module =
                relative.with_extension("").iter().map(|p| p.to_string_lossy().into_owned()).collect();
            if module.last().is_some_and(|last| matches!(&**last, "mod" | "lib" | "main")) {
                module.pop();
            }
            let parsed = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
            let found = Reader::over(&parsed, &module).file;
            (module, File { path: relative.display().to_string(), ..found })
        };
        let is_roof = |path: &Path| path.parent() == Some(&root);
        Self { files: found.iter().filter(|path| !is_roof(path)).map(|path| file(path)).collect() }
    }

    /// Arrows from file to file, by the file in which a name is defined.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<&Module>> {
        let mut arrows: BTreeMap<&Module, BTreeSet<&Module>> = BTreeMap::new();
        for (from, file) in &self.files {
            let to = arrows.entry(from).or_default();
            to.extend(file.paths.iter().filter_map(|path| self.owner(path, 0)).filter(|to| *to != from));
        }
        arrows
    }

    /// The file in which the thing at this path stands.
    fn owner(&self, path: &[String], hops: usize) -> Option<&Module> {
        let known = (0..=path.len()).rev().find(|end| self.files.contains_key(&path[..*end]))?;
        let (module, file) = self.files.get_key_value(&path[..known])?;
        match path.get(known).and_then(|name| file.hands_on.get(name)) {
            Some(origin) if hops < 8 => {
                let rest = path[known + 1..].iter().cloned();
                self.owner(&origin.iter().cloned().chain(rest).collect::<Vec<_>>(), hops + 1)
            }
            _ => Some(module),
        }
    }

    /// Files that can be reached from themselves.
    pub fn circles(&self) -> Vec<String> {
        let arrows = self.arrows();
        let circle = |start: &&Module| {
            let mut seen = BTreeSet::new();
            let mut open: Vec<&Module> = arrows[*start].iter().copied().collect();
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(&arrows[next]);
                }
            }
            seen.contains(*start)
        };
        let names = |module: &Module| {
            let to = arrows[module].iter().map(|to| to.join("/")).collect::<Vec<_>>().join(", ");
            format!("{} is in a circle; it uses {to}", self.files[module].path)
        };
        arrows.keys().filter(|module| circle(module)).map(|module| names(module)).collect()
    }

    /// The first-level places of a room (`pages`, `ledger`) and what each uses
    /// there, with the files that do it. The door of the room is left out.
    fn places(&self, room: &str) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
        let mut places: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for (from, to) in self.arrows() {
            let [first, place, ..] = &from[..] else { continue };
            if first != room {
                continue;
            }
            let used = places.entry(place.clone()).or_default();
            for other in to.iter().filter(|to| to.first() == from.first() && to.get(1) != Some(place)) {
                let name = other.get(1).map_or("the door of its room", |name| name);
                used.entry(name.to_owned()).or_default().push(self.files[from].path.clone());
            }
        }
        places
    }

    /// Arrows that do not go down the floors of a room, and places that stand on
    /// none. Floors are listed from the ground up; neighbours know each other not.
    pub fn against(&self, room: &str, floors: &[Vec<String>]) -> Vec<String> {
        let floor = |place: &str| floors.iter().position(|floor| floor.iter().any(|p| p == place));
        let places = self.places(room);
        let drawn = floors.iter().flatten();
        let mut found: Vec<String> = drawn
            .filter(|place| !places.contains_key(*place))
            .map(|place| format!("{room} has no {place}"))
            .collect();
        for (place, used) in &places {
            let Some(at) = floor(place) else {
                found.push(format!("{room}/{place} stands on no floor"));
                continue;
            };
            for (other, files) in used.iter().filter(|(other, _)| floor(other).is_none_or(|to| to >= at)) {
                found.push(format!("{} uses {other}, which is not below {place}", files.join(", ")));
            }
        }
        found
    }

    /// The rooms there are.
    pub fn rooms(&self) -> BTreeSet<&str> {
        self.files.keys().map(|module| &*module[0]).collect()
    }

    /// Lines of each function with its place.
    pub fn lengths(&self) -> Vec<(String, usize)> {
        let named = |file: &File| {
            let path = file.path.clone();
            file.lengths
                .iter()
                .map(move |(name, lines)| (format!("{path}: {name}"), *lines))
                .collect::<Vec<_>>()
        };
        self.files.values().flat_map(named).collect()
    }
}

/// Walks one file.
struct Reader<'m> {
    module: &'m Module,
    file: File,
}

impl<'m> Reader<'m> {
    fn over(parsed: &syn::File, module: &'m Module) -> Self {
        let file = File {
            path: String::new(),
            hands_on: BTreeMap::new(),
            paths: BTreeSet::new(),
            lengths: Vec::new(),
        };
        let mut reader = Self { module, file };
        reader.visit_file(parsed);
        reader
    }

    /// A path made absolute; none if it does not start in this crate.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let mut at = self.module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate") => {
                at.clear();
                rest = &path[1..];
            }
            Some("self" | "super") => {
                while let Some((first, tail)) =
                    rest.split_first().filter(|(first, _)| matches!(&***first, "self" | "super"))
                {
                    if first == "super" {
                        at.pop();
                    }
                    rest = tail;
                }
            }
            _ => return None,
        }
        at.extend(rest.iter().cloned());
        Some(at)
    }

    fn add_use(&mut self, tree: &UseTree, prefix: &mut Vec<String>, is_handed_on: bool) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.add_use(&path.tree, prefix, is_handed_on);
                prefix.pop();
            }
            UseTree::Group(group) => {
                for item in &group.items {
                    self.add_use(item, prefix, is_handed_on);
                }
            }
            UseTree::Glob(_) => self.used(prefix, None),
            UseTree::Name(name) => self.named(prefix, &name.ident.to_string(), None, is_handed_on),
            UseTree::Rename(name) => {
                self.named(prefix, &name.ident.to_string(), Some(name.rename.to_string()), is_handed_on);
            }
        }
    }

    fn named(&mut self, prefix: &[String], name: &str, new: Option<String>, is_handed_on: bool) {
        let mut path = prefix.to_vec();
        if name != "self" {
            path.push(name.to_owned());
        }
        let handed = is_handed_on.then(|| new.unwrap_or_else(|| path.last().cloned().unwrap_or_default()));
        self.used(&path, handed);
    }

    /// A name that is handed on is no arrow of the file that hands it on: who
    /// takes it there has the arrow.
    fn used(&mut self, path: &[String], handed_on_as: Option<String>) {
        let own = || [self.module.clone(), path.to_vec()].concat();
        if let Some(name) = handed_on_as {
            let origin = self.absolute(path).unwrap_or_else(own);
            self.file.hands_on.insert(name, origin);
        } else {
            let path = self.absolute(path).unwrap_or_else(own);
            self.file.paths.insert(path);
        }
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    let says = |a: &syn::Attribute| {
        a.path().is_ident("cfg") && a.meta.require_list().is_ok_and(|l| l.tokens.to_string().contains("test"))
    };
    attributes.iter().any(says)
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(inner) if is_test(&inner.attrs) => {}
            Item::Fn(inner) if is_test(&inner.attrs) => {}
            Item::Use(used) => {
                let is_handed_on = !matches!(used.vis, Visibility::Inherited);
                self.add_use(&used.tree, &mut Vec::new(), is_handed_on);
            }
            other => visit::visit_item(self, other),
        }
    }

    /// `pub(super)` says who may look in, and is no arrow.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measured(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measured(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if let Some(path) = self.absolute(&names) {
            self.file.paths.insert(path);
        } else if names.len() > 1 {
            // `text::pairs` with `mod text;` in this very file.
            self.file.paths.insert([self.module.clone(), names].concat());
        }
        visit::visit_path(self, path);
    }
}

impl Reader<'_> {
    fn measured(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (from, to) = (signature.fn_token.span.start(), block.brace_token.span.close().end());
        let lines = to.line + 1 - from.line;
        self.file.lengths.push((signature.ident.to_string(), lines));
    }
}
