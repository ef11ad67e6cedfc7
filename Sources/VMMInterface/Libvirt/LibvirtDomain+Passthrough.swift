extension LibvirtDomain {
  /// The namespace of what libvirt hands to QEMU unread.
  static let ownNamespace = "http://libvirt.org/schemas/domain/qemu/1.0"

  /// The words that libvirt hands to QEMU unread, as far as they say no more than is known here.
  ///
  /// - Throws: ``CommandLineError`` for others.
  func passedThrough() throws(CommandLineError) -> [String] {
    var words: [String] = []
    for line in element.children
    where line.namespace == Self.ownNamespace && line.name == "commandline" {
      let arguments = line.children.filter { $0.namespace == Self.ownNamespace && $0.name == "arg" }
      words += arguments.map { $0[attribute: "value"] ?? "" }
    }
    for index in words.indices where index.isMultiple(of: 2) {
      let value = index + 1 < words.count ? words[index + 1] : ""
      switch words[index] {
      case "-global", "-set": try Self.requireWord(value)
      case "-M", "-machine":
        guard !QEMUOptions.pairs(value).contains(where: { $0.key == "dumpdtb" }) else {
          throw CommandLineError("<qemu:arg> dumpdtb=: QEMU writes the tree and starts no machine")
        }
        // Whether firmware may hand tables on is judged by <acpi/>.
        guard !QEMUOptions.pairs(value).contains(where: { $0.key == "acpi" }) else {
          throw CommandLineError(
            "<qemu:arg> acpi=: say it by <acpi/> in <features>, by which the firmware is judged")
        }
      default:
        throw CommandLineError(
          "<qemu:arg> '\(words[index])': what it changes for the guest isn't known here; -global, -set and "
            + "-machine are, each with its value in an element of its own")
      }
    }
    return words
  }
}
