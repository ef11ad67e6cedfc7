import ACPI
import DTGenTestSupport
import Testing

/// A table without what tells who made it: creator, its revision, and the checksum.
func anonymous(_ table: [UInt8]) -> [UInt8] {
  guard table.count >= 36 else { return table }
  var table = table
  table[9] = 0
  for index in 28..<36 { table[index] = 0 }
  return table
}

/// Where two tables differ first, in words.
func firstDifference(_ ours: [UInt8], _ theirs: [UInt8]) -> String {
  func text(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { String($0, radix: 16) }.joined(separator: " ")
  }
  guard let index = zip(ours, theirs).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
    return "only in length: \(ours.count) and \(theirs.count) bytes"
  }
  // Lengths differ early where something inside does; what is the same at the end tells where.
  let tail = zip(ours.reversed(), theirs.reversed()).prefix { $0 == $1 }.count
  return
    "at \(index): \(text(ours[index...].prefix(16))), theirs \(text(theirs[index...].prefix(16))); "
    + "last before \(tail) equal bytes: \(text(ours.dropLast(tail).suffix(16))), "
    + "theirs \(text(theirs.dropLast(tail).suffix(16)))"
}

/// Holds the bytes of a table against what iasl makes of its text.
func expectAgreement(
  _ block: DefinitionBlock, options: [String] = ["-on", "-of"],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let ours = anonymous(try block.bytes())
  let theirs: [UInt8]
  do {
    theirs = anonymous(try IASL.compile(block.sourceText, options: options).bytes)
  } catch {
    Issue.record("\(error)\n\(block.sourceText)", sourceLocation: sourceLocation)
    return
  }
  if ours != theirs {
    // The length differs wherever anything else does.
    let (ours, theirs) = (Array(ours.dropFirst(8)), Array(theirs.dropFirst(8)))
    Issue.record(
      "\(firstDifference(ours, theirs))\n\(block.sourceText)", sourceLocation: sourceLocation)
  }
}
