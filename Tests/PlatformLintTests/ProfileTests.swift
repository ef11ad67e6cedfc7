import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("Profiles of those who take trees")
struct ProfileTests {
  private static let bare = Example(in: .bare, "/ { };")

  @Test("every profile that can be named is told whole", arguments: TargetName.allCases)
  func profilesAreWhole(name: TargetName) throws {
    let profile = try #require(TargetProfile.named(name))
    #expect(!profile.sources.isEmpty && !profile.rules.isEmpty)
    #expect(!profile.summary.hasSuffix(".") && !profile.version.hasSuffix("."))
    #expect(CalendarDate(profile.date) != nil)
    #expect(profile.weights.map(\.rule) == profile.weights.map(\.rule).sorted())
    for weight in profile.weights {
      let rule = try #require(RuleCatalogue.rule(weight.rule))
      #expect(!rule.needs.contains(.profile) && weight.severity < rule.severity, "\(weight.rule)")
    }
  }

  @Test("every rule of a profile says which, and no other rule does")
  func rulesNameTheirProfile() {
    for rule in RuleCatalogue.all {
      let (id, profile) = (rule.id, rule.profile)
      let isOfProfile = rule.needs.contains(.profile)
      #expect((profile != nil) == isOfProfile, "\(id)")
      if rule.before != nil { #expect(profile == .linux, "\(id)") }
      if let profile { #expect(TargetProfile.named(profile) != nil, "\(id)") }
    }
    #expect(
      RuleCatalogue.standard.count + RuleCatalogue.inProfiles.count == RuleCatalogue.all.count)
    #expect(
      TargetProfile.all.map(\.name.rawValue) == TargetProfile.all.map(\.name.rawValue).sorted())
  }

  @Test("without a profile no rule of one is asked, and with it its own alone")
  func selection() {
    let plain = Judge().rules.filter { $0.profile != nil }.map { $0.id }
    #expect(plain == [])
    let asked = Judge(targets: [Target(.pvmfw)]).rules
    let added = asked.filter { $0.profile != nil }.map { $0.id }
    let own = RuleCatalogue.rules(named: "pvmfw").map { $0.id }
    #expect(added == own)
    #expect(asked.count == RuleCatalogue.standard.count + own.count)
  }

  @Test(
    "a version of Linux asks the rules that hold of it",
    arguments: [
      ("linux", []), ("linux-6.12", []), ("linux-6.18", []), ("linux-6.1", ["regions-dropped"]),
      ("linux-5.15", ["regions-dropped"]), ("linux-5.10", ["pool-unknown", "regions-dropped"]),
    ])
  func versions(name: String, rules: [String]) throws {
    let target = try #require(Target(name))
    #expect(target.description == name)
    let asked = RuleCatalogue.rules(for: [target]).filter { $0.profile == .linux }.map { $0.id }
    #expect(asked.sorted() == rules.map { "linux/" + $0 })
  }

  @Test(
    "what is no profile names all of them, the nearest first",
    arguments: [("pvmwf", "pvmfw"), ("sco", "soc"), ("LINUX", "linux")])
  func unknown(text: String, nearest: String) {
    #expect(ProfileName(text) == nil)
    #expect(ProfileName.unknown(text).hasPrefix("'\(text)' is no profile; there are \(nearest), "))
    for name in ProfileName.all { #expect(ProfileName.unknown(text).contains(name)) }
  }

  @Test(
    "no other text is a version of Linux",
    arguments: [
      "linux-", "linux-6", "linux-6.1.2", "linux-5.9", "linux-2.6", "linux-6.x", "linux--6.1",
      "linux-6.12345",
      "linux-٦.١",
    ])
  func noVersion(text: String) {
    #expect(ProfileName(text) == nil)
    #expect(ProfileName.unknown(text).contains("linux-5.10"))
  }

  @Test("the kernel's own version counts where no profile names one")
  func kernel() {
    #expect(Target.kernel(.init(6, 1), beside: [])?.description == "linux-6.1")
    #expect(Target.kernel(.init(6, 1), beside: [Target(.pvmfw)])?.description == "linux-6.1")
    #expect(Target.kernel(.init(6, 1), beside: [Target(.linux)]) == nil)
    #expect(Target.kernel(.init(6, 12), beside: []) == nil)
    #expect(Target.kernel(nil, beside: []) == nil)
    #expect([Target(linux: .init(6, 1)), Target(linux: .init(5, 15))].fault != nil)
    #expect([Target(linux: .init(6, 1)), Target(.pvmfw)].fault == nil)
  }

  @Test(
    "what matters less to one consumer matters as always where another takes the tree too",
    .requires(.dtc))
  func weights() throws {
    let tree = try FlattenedTree(
      ExampleCompiler(Example("/ {\n  /delete-node/ psci;\n};").source).bytes)
    func severity(_ targets: [Target]) -> Severity? {
      Judge(targets: targets).judge(tree).findings.first { $0.rule == "guest/no-psci" }?.severity
    }
    #expect(severity([]) == .warning)
    #expect(severity([Target(.qemuVirt)]) == .note)
    #expect(severity([Target(.qemuVirt), Target(.linux)]) == .warning)
    let judge = Judge(targets: [Target(.qemuVirt)], severities: ["guest/no-psci": .error])
    #expect(judge.judge(tree).findings.first { $0.rule == "guest/no-psci" }?.severity == .error)
  }

  @Test(
    "of a tree for another processor no rule of a profile is asked, and all are skipped",
    .requires(.dtc), arguments: TargetName.allCases)
  func otherProcessors(name: TargetName) throws {
    let tree = try FlattenedTree(
      ExampleCompiler(Example(in: .riscv, "/ { };").source).bytes)
    let profile = try #require(TargetProfile.named(name))
    let judgement = Judge(targets: [Target(name)]).judge(tree)
    let own = Set(Judge(targets: [Target(name)]).rules.filter { $0.profile == name }.map { $0.id })
    let isIdle = !profile.architectures.isEmpty && !profile.architectures.contains(.riscv64)
    let skipped = Set(judgement.skipped.map(\.rule)).intersection(own)
    #expect(skipped == (isIdle ? own : []))
    #expect(judgement.targetRemarks.isEmpty == !isIdle || name == .cloudHypervisor)
    if isIdle { #expect(!judgement.findings.contains { own.contains($0.rule) }) }
  }

  @Test("the page of the profiles is the one that is committed")
  func page() {
    Golden.expect(
      TargetIndex.markdown, matches: "Sources/PlatformLint/PlatformLint.docc/Guides/Profiles.md")
  }
}
