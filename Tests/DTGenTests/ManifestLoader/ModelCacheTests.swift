import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("the cache of models")
struct ModelCacheTests {
  private let scratch: ScratchDirectory
  private let cache: ModelCache
  private let key = CacheKey(bytes: Array("key".utf8))
  private let manifest = LoadedManifest(
    model: Array("{\"name\":\"x\"}".utf8), standardOutput: Array("hello\n".utf8),
    warnings: "warning\n", cached: false)

  init() throws {
    scratch = try ScratchDirectory()
    var environment = Environment()
    environment.overrides["XDG_CACHE_HOME"] = scratch.path
    cache = try #require(ModelCache(environment))
  }

  private var entry: String { "\(scratch.path)/dtgen/models/\(key.name)" }

  @Test("gives back what was stored, output and warnings included")
  func roundTrip() {
    #expect(cache.manifest(for: key) == nil)
    cache.store(manifest, for: key)
    var expected = manifest
    expected.cached = true
    #expect(cache.manifest(for: key) == expected)
  }

  @Test("compares the whole key, so that a collision of its hash is a miss")
  func collision() throws {
    cache.store(manifest, for: key)
    let other = CacheKey(bytes: Array("other".utf8))
    try FileManager.default.moveItem(
      atPath: entry, toPath: "\(scratch.path)/dtgen/models/\(other.name)")
    #expect(cache.manifest(for: other) == nil)
  }

  @Test("notices an entry that was cut short anywhere")
  func truncation() throws {
    cache.store(manifest, for: key)
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: entry)))
    for count in 0..<bytes.count {
      try Data(bytes.prefix(count)).write(to: URL(fileURLWithPath: entry))
      #expect(cache.manifest(for: key) == nil, "cut to \(count) bytes")
    }
    try Data(bytes + [0]).write(to: URL(fileURLWithPath: entry))
    #expect(cache.manifest(for: key) == nil)
  }

  @Test("notices a changed byte anywhere, and mends the entry when it is stored again")
  func corruption() throws {
    cache.store(manifest, for: key)
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: entry)))
    for index in bytes.indices {
      for change: UInt8 in [0x01, 0x80, 0xff] {
        var damaged = bytes
        damaged[index] ^= change
        try Data(damaged).write(to: URL(fileURLWithPath: entry))
        #expect(cache.manifest(for: key) == nil, "byte \(index)")
      }
    }
    cache.store(manifest, for: key)
    #expect(cache.manifest(for: key) != nil)
  }

  @Test("keeps the entries used last, and no more than its share")
  func eviction() throws {
    cache.store(manifest, for: key)
    let models = scratch.path + "/dtgen/models"
    for index in 0..<300 {
      let path = "\(models)/old-\(index)"
      try Data().write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: Double(index))], ofItemAtPath: path)
    }
    cache.store(manifest, for: CacheKey(bytes: [1]))
    let names = try FileManager.default.contentsOfDirectory(atPath: models)
    #expect(names.count == ModelCache.maximumCount)
    #expect(cache.manifest(for: key) != nil)
    #expect(!names.contains("old-0"))
    #expect(names.contains("old-299"))
  }

  @Test("is done without where there is no place for it")
  func unwritable() throws {
    var environment = Environment()
    environment.overrides["XDG_CACHE_HOME"] = "/dev/null"
    let nowhere = try #require(ModelCache(environment))
    nowhere.store(manifest, for: key)
    #expect(nowhere.manifest(for: key) == nil)
    environment.overrides = ["XDG_CACHE_HOME": "relative", "HOME": ""]
    #expect(ModelCache(environment) == nil)
  }

  @Test("can be used by several at a time")
  func concurrent() async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { [cache, manifest, key] in
          for _ in 0..<50 {
            cache.store(manifest, for: key)
            if let found = cache.manifest(for: key) { #expect(found.model == manifest.model) }
          }
        }
      }
    }
    #expect(cache.manifest(for: key)?.model == manifest.model)
  }

  @Test("hashes as its source says")
  func checksum() {
    #expect(Checksum.of([]) == 0xcbf2_9ce4_8422_2325)
    #expect(Checksum.of("a".utf8) == 0xaf63_dc4c_8601_ec8c)
    #expect(Checksum.of("foobar".utf8) == 0x8594_4171_f739_67e8)
  }

  @Test("tells descriptions apart by bytes, paths, order and limits", .requiresDistribution)
  func keys() throws {
    let bench = try Bench()
    let first = try bench.write(Description.plain)
    let second = try bench.write("let x = 1\n", to: "b.swift")
    #expect(try !bench.loader.load([first]).cached)
    #expect(try bench.loader.load([first]).cached)
    #expect(try !bench.loader.load([first, second]).cached)
    #expect(try bench.loader.load([first, second]).cached)
    #expect(try !bench.loader.load([second, first]).cached)
    let again = bench.scratch.path + "/sources/../sources/platform.swift"
    #expect(try !bench.loader.load([again]).cached)
    _ = try bench.write(Description.plain + "// changed\n")
    #expect(try !bench.loader.load([first]).cached)
    var slower = bench
    slower.options.timeLimit += 1000
    #expect(try !slower.loader.load([first]).cached)
  }

  @Test("is not needed to evaluate a description", .requiresDistribution)
  func evaluatingWithout() throws {
    var bench = try Bench()
    bench.options.environment.overrides["XDG_CACHE_HOME"] = "/dev/null"
    let source = try bench.write(Description.plain)
    #expect(try !bench.loader.load([source]).cached)
    #expect(try !bench.loader.load([source]).cached)
  }
}
