import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("The linter")
struct LinterTests {
  @Test("a rule whose input is missing is skipped, not passed", .requires(.dtc))
  func missingInputs() throws {
    let rule = try #require(RuleCatalogue.rule("dma/access-platform-not-offered"))
    let bad = try #require(rule.bad.first)
    let view = try Check(bad).view
    let report = Linter().lint(GuestView(tree: view.tree))
    #expect(report.findings.isEmpty)
    let ofFeatures = report.skipped.filter { $0.missing.contains(.features) }
    #expect(
      ofFeatures.map(\.rule) == [
        "dma/access-platform-not-offered", "dma/pool-too-small-for-block",
        "dma/pool-too-small-for-devices", "guest/driver-not-built",
        "iommu/access-platform-missing", "virtio/balloon-restricted",
        "virtio/device-without-features", "virtio/features-without-device",
        "virtio/proposed-feature",
        "virtio/version-one-not-offered",
      ])
    let needing = RuleCatalogue.forTrees.filter { $0.needs != .tree }
    #expect(report.skipped.map(\.rule) == needing.map { $0.id }.sorted())
    // The example says what the devices offer, and nothing of the kernel.
    #expect(Linter().lint(view).skipped.allSatisfy { $0.missing == .guestConfiguration })
    #expect(Inputs([.tree, .features]).names == ["tree", "features"])
  }

  @Test("the gravest come first, then the order of the file", .requires(.dtc))
  func order() throws {
    let report = try Check(
      Example(
        """
        &bounce { no-map; reg = <0x0 0x5f010000 0x0 0x800000>; };
        &disk { memory-region = <0x1234>; };
        &net { /delete-property/ dma-coherent; };
        """)
    ).report
    #expect(
      report.findings.map(\.rule) == [
        "dma/pool-forbidden-property", "dma/dangling-memory-region",
        "dma/pool-loosely-aligned", "memory/region-unit-address-differs",
        "dma/coherency-not-stated",
      ])
    #expect(report.worst == .error)
    let errors = report.findings.filter { $0.severity == .error }.compactMap(\.place.byteOffset)
    #expect(errors == errors.sorted())
  }

  @Test("a policy's severity replaces the rule's", .requires(.dtc))
  func severities() throws {
    let view = try Check(Example("&net { /delete-property/ dma-coherent; };")).view
    let linter = Linter(severities: ["dma/coherency-not-stated": .error])
    #expect(linter.lint(view).worst == .error)
    #expect(Linter().lint(view).worst == .warning)
  }

  @Test("an allowance that no finding needs is told", .requires(.dtc))
  func unusedAllowances() throws {
    let view = try Check(Example("&net { /delete-property/ dma-coherent; };")).view
    let used = Allowance(
      rule: "dma/coherency-not-stated", node: "/virtio@a000200", because: "an emulator")
    let unused = Allowance(
      rule: "dma/coherency-not-stated", node: "/virtio@a000000", because: "an emulator")
    let report = Linter(allowances: [unused, used]).lint(view)
    #expect(report.unusedAllowances == [unused])
    #expect(report.findings.map(\.allowedBecause) == ["an emulator"])
    #expect(report.worst == nil)
  }

  @Test("a silenced rule is silenced at its node alone", .requires(.dtc))
  func silencing() throws {
    // The pool at a crooked base is not also loosely aligned; the other one still is.
    let report = try Check(
      Example(
        """
        &reserved {
          first: restricted-dma-pool@60000400 {
            compatible = "restricted-dma-pool";
            reg = <0x0 0x60000400 0x0 0x800000>;
          };
          second: restricted-dma-pool@61010000 {
            compatible = "restricted-dma-pool";
            reg = <0x0 0x61010000 0x0 0x800000>;
          };
        };
        /delete-node/ &bounce;
        &disk { memory-region = <&first>; };
        &net { memory-region = <&second>; };
        """)
    ).report
    #expect(report.findings.map(\.rule) == ["dma/pool-misaligned", "dma/pool-loosely-aligned"])
  }

  @Test("without rules nothing is found and nothing skipped", .requires(.dtc))
  func noRules() throws {
    let report = Linter(rules: []).lint(try Check(Example("/ { };")).view)
    #expect(report.findings.isEmpty && report.skipped.isEmpty)
  }

  @Test("a finding says where, what, and with whom", .requires(.dtc))
  func findingsAreWhole() throws {
    let check = try Check(
      Example(
        """
        &reserved {
          firmware@5f700000 { reg = <0x0 0x5f700000 0x0 0x200000>; };
        };
        """), options: ["-@"])
    let finding = try #require(check.report.findings.first)
    #expect(finding.rule == "memory/region-overlap")
    #expect(finding.message == "the region overlaps restricted-dma-pool@5f000000")
    #expect(finding.found == "0x5f700000..0x5f8fffff (2 MiB)")
    #expect(
      finding.expected == "nothing in common; they share 0x5f700000..0x5f7fffff (1 MiB)")
    #expect(finding.place.node == "/reserved-memory/firmware@5f700000")
    #expect(finding.place.property == "reg")
    #expect(finding.place.element == "reg[0]")
    #expect(finding.logLine == "OF: reserved mem: OVERLAP DETECTED!")
    let offset = try #require(finding.place.byteOffset)
    #expect(check.view.tree.bytes[offset + 4] == 0x5f)
    #expect(check.view.tree.bytes[offset + 5] == 0x70)
    #expect(finding.place.byteLength == 16)
    let other = try #require(finding.related.first)
    #expect(other.place.node == "/reserved-memory/restricted-dma-pool@5f000000")
    #expect(other.place.label == "bounce")
  }

  @Test("even what has no bytes of its own has a place in the file", .requires(.dtc))
  func emptyPlaces() throws {
    let property = try Check(Example("&bounce { no-map; };"))
    let place = try #require(property.report.findings.first?.place)
    let offset = try #require(place.byteOffset)
    // FDT_PROP, and a length of 0.
    #expect(place.byteLength == 12)
    #expect(Array(property.view.tree.bytes[offset..<(offset + 8)]) == [0, 0, 0, 3, 0, 0, 0, 0])
    let root = try Check(Example(in: .none, "/ { };"))
    let rootPlace = try #require(root.report.findings.first?.place)
    #expect(rootPlace.node == "/")
    #expect(rootPlace.byteLength == 4)
  }
}
