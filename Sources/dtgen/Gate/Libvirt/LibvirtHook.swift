import VMMInterface

/// What libvirt tells its hook for QEMU.
///
/// **Source:** libvirt 9.0 `docs/hooks.rst`.
struct LibvirtHook {
  /// The domain's name.
  let domain: String
  /// What libvirt is about to do, or has done: `start`.
  let operation: String
  /// When: `begin` or `end`.
  let suboperation: String

  /// Reads the words that libvirt hands over.
  ///
  /// - Throws: ``Failure`` with status 64 for fewer than it does.
  init(_ words: [String]) throws(Failure) {
    guard words.count >= 3, !words[0].isEmpty else {
      throw Failure(
        .usage,
        "behind '--' stands what libvirt hands to its hook, as in: guest start begin -")
    }
    (domain, operation, suboperation) = (words[0], words[1], words[2])
  }

  /// Whether QEMU is about to be started.
  ///
  /// `prepare` comes before it, and before other hooks have made what the guest needs; its XML isn't complete.
  var isBeforeStart: Bool { operation == "start" && suboperation == "begin" }

  /// The domain as standard input has it.
  ///
  /// - Throws: ``Failure`` with status 65 for what isn't this domain.
  func read() throws(Failure) -> LibvirtDomain {
    let bytes = try InputFile.read("-", limit: 4 << 20)
    guard !bytes.isEmpty else {
      throw Failure(
        .badInput, "\(domain): standard input is empty, where libvirt gives a hook the domain's XML"
      )
    }
    let read: LibvirtDomain
    do throws(CommandLineError) {
      read = try LibvirtDomain(bytes)
    } catch {
      throw Failure(.badInput, "\(domain): \(error.description)")
    }
    guard read.name == domain else {
      throw Failure(.badInput, "\(domain): standard input is another domain, '\(read.name)'")
    }
    return read
  }
}
