import DeviceTree
import Diagnostics
import Fuzzing
import GuestView
import PlatformLint

/// Judges bytes in both profiles, and writes the report in every form.
private func check(_ bytes: [UInt8]) {
  guard let tree = try? FlattenedTree(bytes, limits: Limits(maximumSize: 1 << 20)) else { return }
  for profile in Profile.allCases {
    let judgement = Judge(profile: profile, rules: RuleCatalogue.all).judge(tree, file: "fuzz.dtb")
    let report = Report(
      tool: .init(name: "fuzz", version: "1"), rules: [],
      files: [
        .init("fuzz.dtb", findings: judgement.findings, skipped: judgement.skipped)
      ])
    _ = TextReport(style: TextStyle(styled: false)).text(for: report)
    _ = (JSONReport().bytes(report), SARIFReport().bytes(report))
    _ = (JUnitReport().bytes(report), GitHubReport().bytes(report))
  }
  _ = Profile.suggested(by: tree)
  lay(tree, over: base)
  pair(tree)
}

/// Judges a tree as that of two machines, of which whatever is in it is shared.
private func pair(_ tree: FlattenedTree) {
  let view = GuestView(tree: tree)
  let machines = ["a.dtb", "b.dtb"].map { MachinesView.Machine(name: $0, view: view) }
  let first = view.reservedMemory?.regions.first?.node.name
  for selections in [[], first.map { [$0] } ?? ["0x50000000"]] {
    let settings = SharingSettings(selections: selections)
    guard let together = try? MachinesView(machines, settings: settings) else { continue }
    _ = Linter().lint(together)
  }
}

/// What bytes are laid over: something of everything that an overlay can refer to.
private let base: FlattenedTree? = {
  let soc = Node(
    "soc", properties: [Property("phandle", .u32(7))],
    children: [Node("virtio", at: 0xa00_0000), Node("virtio", at: 0xa00_0200)])
  let aliases = Node("aliases", properties: [Property("bus", .string("/soc"))])
  let tree = Tree(root: Node("", children: [aliases, soc])).adding(symbols: [
    ("soc", "/soc"), ("disk", "/soc/virtio@a000000"),
  ])
  return try? FlattenedTree(tree.flattened())
}()

/// Lays `overlay` over `base`, and itself over what came of it.
private func lay(_ overlay: FlattenedTree, over base: FlattenedTree?) {
  guard let base, var application = try? OverlayApplication(base: base),
    (try? application.apply(overlay)) != nil, (try? application.result()) != nil
  else { return }
  try? application.apply(overlay)
  _ = try? application.result()
}

/// What SwiftPM calls `main`.
@_cdecl("fuzz_checker_main")
public func fuzzCheckerMain(
  _ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  FuzzDriver.run(argumentCount, arguments) { start, count in
    check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}
