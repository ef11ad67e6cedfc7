import DTGenTestSupport
import DeviceTree
import Testing

/// Our application against fdtoverlay's, which is libfdt's.
@Suite("laying overlays over a base", .requires(.dtc), .requires(.fdtoverlay))
struct OverlayApplicationTests {
  private func compile(
    _ test: OverlayCase
  ) throws -> (base: [UInt8], overlays: [[UInt8]]) {
    // dtc checks references that some of these get wrong on purpose.
    let options = test.hasSymbols ? ["-@", "-f"] : ["-f"]
    return (
      try DTC.compile(test.base, options: options).bytes,
      try test.overlays.map { try DTC.compile($0, options: ["-@", "-f"]).bytes }
    )
  }

  private func apply(
    _ overlays: [[UInt8]], to base: [UInt8]
  ) throws(DeviceTreeError) -> OverlaidTree {
    var application = try OverlayApplication(base: FlattenedTree(base))
    for overlay in overlays { try application.apply(FlattenedTree(overlay)) }
    return try application.result()
  }

  @Test("gives what libfdt gives", arguments: OverlayCase.good)
  func agrees(test: OverlayCase) throws {
    let (base, overlays) = try compile(test)
    let theirs = try #require(try FDTOverlay.apply(overlays, to: base))
    let ours = try apply(overlays, to: base).tree
    #expect(LibFDTReader.check(ours.bytes) == 0)
    let difference = Tree(ours).difference(to: Tree(try FlattenedTree(theirs)))
    #expect(difference.isEmpty, "\(difference)")
    // Even the numbers of phandles are the same.
    #expect(Tree(ours).sorted == Tree(try FlattenedTree(theirs)).sorted)
  }

  @Test("refuses what libfdt refuses, in words", arguments: OverlayCase.bad.indices)
  func refuses(index: Int) throws {
    let (test, code, words) = OverlayCase.bad[index]
    let (base, overlays) = try compile(test)
    #expect(try FDTOverlay.apply(overlays, to: base) == nil, "libfdt takes it")
    do {
      _ = try apply(overlays, to: base)
      Issue.record("\(test.testDescription): is taken")
    } catch {
      #expect(error.code.rawValue == code, "\(test.testDescription): \(error)")
      #expect(error.message.contains(words), "\(test.testDescription): \(error)")
      #expect(error.byteOffset != nil)
      #expect(error.nodePath != nil)
    }
  }
}
