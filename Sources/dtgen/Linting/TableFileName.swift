/// What the name of a file of tables says of whose they are.
enum TableFileName {
  /// The directory and the name without the signature at its end: `out/guest` of `out/guest-ssdt.aml`.
  ///
  /// A name without a signature belongs to the directory.
  static func machine(of path: String) -> String {
    let directory = Path.directory(of: path)
    var name = Path.name(of: path)[...]
    if let dot = name.lastIndex(of: ".") { name = name[..<dot] }
    let digits = name.reversed().prefix { ("0"..."9").contains($0) }.count
    // A machine's name may end in digits: only a signature in front of them is dropped.
    for stem in [name, name.dropLast(digits)] {
      let word = Array(stem.suffix(4).uppercased().utf8)
      guard TableMagic.all.contains(word) else { continue }
      let machine = stem.dropLast(4)
      guard machine.isEmpty || ["-", "_", "."].contains(machine.last) else { continue }
      return directory + "/" + machine.dropLast()
    }
    return directory + "/"
  }
}
