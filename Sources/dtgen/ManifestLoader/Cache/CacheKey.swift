/// Everything that a model depends on: two runs with equal keys give equal models.
///
/// Tools are told apart by size, time and inode. Asking the compiler for its version would take
/// longer than everything else that a cached run does.
struct CacheKey {
  let bytes: [UInt8]

  /// A key of these bytes.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The key of a description, evaluated in this way with these tools.
  init(
    sources: ManifestSources, toolchain: Toolchain, runtime: RuntimeLibrary, options: [String]
  ) {
    var writer = ByteWriter()
    writer.append(UInt64(sources.files.count))
    for file in sources.files {
      // The path is a part of the model: findings point at it.
      writer.append(file.path)
      writer.append(file.contents)
    }
    writer.append(UInt64(options.count))
    for option in options { writer.append(option) }
    let tools = [
      "/proc/self/exe", toolchain.frontend, toolchain.linker, runtime.entry, runtime.evaluator,
      runtime.library, runtime.module, runtime.binaryModule,
    ]
    for path in tools {
      writer.append(path)
      // What is absent is absent in the key too: without a linker of its own, for one, a toolchain
      // is used differently.
      guard let status = try? FileStatus(of: path) else {
        writer.append(0)
        continue
      }
      writer.append(status.device)
      writer.append(status.inode)
      writer.append(UInt64(bitPattern: status.size))
      writer.append(UInt64(bitPattern: status.modified))
    }
    bytes = writer.bytes
  }

  /// The name of the entry with this key.
  var name: String {
    let digits = String(Checksum.of(bytes), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
