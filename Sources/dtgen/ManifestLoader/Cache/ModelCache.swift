internal import Glibc

/// Models of earlier runs, one file each.
///
/// Nothing that goes wrong here is an error: without a cache, a description is evaluated each time.
struct ModelCache {
  /// How many entries are kept; the ones not used for longest go first.
  static let maximumCount = 256

  /// `$XDG_CACHE_HOME/dtgen`, or `~/.cache/dtgen`.
  let directory: String

  /// The cache of this user; nil where there is no place for one.
  init?(_ environment: Environment) {
    // A relative path is to be ignored: XDG Base Directory Specification 0.8.
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
      directory = base + "/dtgen"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      directory = home + "/.cache/dtgen"
    } else {
      return nil
    }
  }

  /// Where the compiler keeps modules that it has to build itself; nil where it couldn't write there.
  ///
  /// It does so in every run for the headers under the standard library.
  var modules: String? {
    let path = directory + "/modules"
    guard (try? Directory.make(path)) != nil, access(path, W_OK) == 0 else { return nil }
    // A module knows the place that it was made for: it has to be named in the same way each time.
    return Path.resolved(path)
  }
  private var models: String { directory + "/models" }

  /// What an earlier run left for this key.
  func manifest(for key: CacheKey) -> LoadedManifest? {
    guard let file = try? FileDescriptor.reading("\(models)/\(key.name)"),
      let status = try? FileStatus(of: file), status.isRegularFile,
      // Another user's word is not taken for a model.
      status.owner == geteuid(),
      let bytes = try? file.readToEnd(), let manifest = CacheEntry.decode(bytes, key: key)
    else { return nil }
    // Marks it as used; where that fails it is merely dropped earlier.
    futimens(file.number, nil)
    return manifest
  }

  /// Keeps a result, whole or not at all.
  func store(_ manifest: LoadedManifest, for key: CacheKey) {
    guard (try? Directory.make(models)) != nil,
      (try? FileStatus(of: models))?.owner == geteuid()
    else { return }
    // Two runs never share this name, and a reader sees the old entry or the new one.
    let temporary = "\(models)/.\(key.name).\(getpid())"
    do {
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
      let file = try FileDescriptor(taking: open(temporary, flags, 0o600))
      try file.write(CacheEntry.encode(manifest, key: key))
      guard rename(temporary, "\(models)/\(key.name)") == 0 else { throw SystemError() }
    } catch {
      unlink(temporary)
      return
    }
    removeOldest()
  }

  private func removeOldest() {
    guard let names = try? Directory.names(in: models), names.count > Self.maximumCount else {
      return
    }
    let aged = names.compactMap { name -> (path: String, modified: Int64)? in
      let path = "\(models)/\(name)"
      return (try? FileStatus(of: path)).map { (path, $0.modified) }
    }
    // What is left of a run that was killed while it wrote is old at some time, too.
    for entry in aged.sorted(by: { $0.modified < $1.modified }).dropLast(Self.maximumCount) {
      unlink(entry.path)
    }
  }
}
