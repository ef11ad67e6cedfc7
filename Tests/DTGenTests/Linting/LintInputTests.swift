import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("What dtgen lint judges", .requiresDistribution, .requires(.dtc))
struct LintInputTests {
  private let trees: TreeDirectory

  init() throws { trees = try TreeDirectory() }

  @Test("is every tree in a directory, whatever the case of its ending, hidden ones too")
  func endings() throws {
    for name in ["A.DTB", "b.DtBo", ".hidden.dtb", "odd*name?.dtb", "dtb", "x.dtb.txt"] {
      try trees.write(TreeDirectory.clean, to: "trees/sub/" + name)
    }
    try trees.make("trees/sub/dir.dtb")
    try trees.write(TreeDirectory.clean, to: "trees/sub/dir.dtb/in.dtb")
    #expect(
      try trees.judged("trees/sub")
        == [
          ".hidden.dtb", "A.DTB", "b.DtBo", "clean.dtb", "dir.dtb/in.dtb", "odd*name?.dtb",
        ].map { "trees/sub/" + $0 })
  }

  @Test("is each file once, under the name that it was given first")
  func once() throws {
    let both = ["trees/board.dtb", "trees/sub/clean.dtb"]
    #expect(try trees.judged("trees", "trees/board.dtb", "trees/sub", "trees") == both)
    #expect(
      try trees.judged("trees/sub/../board.dtb", "./trees", "\(trees.scratch.path)/trees") == [
        "trees/sub/../board.dtb", "./trees/sub/clean.dtb",
      ])
    #expect(try trees.judged("trees/*.dtb", "trees/board.dtb") == ["trees/board.dtb"])
    let missing = try trees.lint("none.dtb", "none.dtb", "./none.dtb", "empty", "empty/")
    #expect(missing.status == 66)
    let errors = missing.errors.split(separator: "\n")
    #expect(errors.count { $0.hasPrefix("dtgen: error: ") } == 2, "\(missing.errors)")
    #expect(errors.count { $0.hasSuffix("named more than once, and judged once") } == 2)
  }

  /// A tree with room behind it, as VMMs dump it: a mebibyte, of which a pipe gives 64 KiB at a time.
  private static func padded(_ source: String) throws -> [UInt8] {
    var bytes = try DTC.compile(source).bytes
    bytes += [UInt8](repeating: 0, count: (1 << 20) - bytes.count)
    bytes.replaceSubrange(4..<8, with: [0, 0x10, 0, 0])
    return bytes
  }

  @Test(
    "is a tree with room behind it, however it comes",
    arguments: [
      "dtgen lint padded.dtb", "dtgen lint - < padded.dtb", "cat padded.dtb | dtgen lint -",
      "dtgen lint /dev/fd/3 3< padded.dtb", "dtgen lint <(cat padded.dtb)",
      "(cat padded.dtb; echo more) | dtgen lint -",
    ])
  func padding(line: String) throws {
    try trees.scratch.write(Self.padded(TreeDirectory.clean), to: "padded.dtb")
    let result = try trees.shell(line)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains("no findings"))
  }

  @Test(
    "is no tree that ends before its room does",
    arguments: ["head -c 500000 padded.dtb | dtgen lint -", "dtgen lint - < cut.dtb"])
  func cutShort(line: String) throws {
    let bytes = try Self.padded(TreeDirectory.clean)
    try trees.scratch.write(bytes, to: "padded.dtb")
    try trees.scratch.write(Array(bytes.prefix(500_000)), to: "cut.dtb")
    let result = try trees.shell(line)
    #expect(result.status == 65)
    #expect(result.errors.contains("the file is cut short: 500000 of 1048576 bytes"))
  }

  @Test("keeps names apart that only look alike")
  func alike() throws {
    // One letter with an accent, and a letter and an accent: equal to Swift, two files to Linux.
    for name in ["\u{e9}.dtb", "e\u{301}.dtb"] {
      try trees.write(TreeDirectory.clean, to: "trees/sub/" + name)
    }
    #expect(try trees.judged("trees/sub", "trees").count == 4)
  }

  @Test("follows links to files, and none to directories")
  func links() throws {
    try trees.link("trees/sub/up", to: "..")
    try trees.link("trees/sub/up.dtb", to: "..")
    try trees.link("trees/other.dtb", to: "board.dtb")
    #expect(
      try trees.judged("trees") == [
        "trees/board.dtb", "trees/other.dtb", "trees/sub/clean.dtb",
      ])
    try trees.link("trees/loop.dtb", to: "loop.dtb")
    try trees.link("trees/nowhere.dtb", to: "none")
    let result = try trees.lint("trees")
    #expect(result.status == 66)
    #expect(
      result.errors == """
        dtgen: error: trees/loop.dtb: too many levels of symbolic links
        dtgen: error: trees/nowhere.dtb: no such file or directory

        """)
    #expect(result.text.contains("3 files") && result.text.contains("2 inputs could not be judged"))
    try trees.link("all", to: "trees")
    #expect(try trees.judged("all").count == 3, "a link that is named is followed")
  }

  @Test("says which directories it can't look into, and judges the rest")
  func unreadable() throws {
    try trees.make("trees/locked")
    let path = trees.scratch.path + "/trees/locked"
    #expect(chmod(path, 0) == 0)
    defer { chmod(path, 0o700) }
    // Root may read everything.
    let line = "dtgen lint trees"
    let result =
      getuid() == 0
      ? try trees.shell(
        "chmod 755 . trees trees/sub; chmod 644 trees/*.dtb trees/sub/*; "
          + "setpriv --reuid 65534 --regid 65534 --clear-groups "
          + "'\(Distribution.path)/bin/dtgen' lint trees")
      : try trees.shell(line)
    // Where another user can't even reach the command, there is nothing to see.
    if result.status == 126 || result.status == 127 { return }
    #expect(result.status == 66)
    #expect(result.errors.contains("trees/locked: permission denied"), "\(result.errors)")
    #expect(result.text.contains("2 files"))
  }

  @Test(
    "is what a pattern stands for, without a shell",
    arguments: [
      (["trees/*.dtb"], ["trees/board.dtb"]), (["trees/**/*.dtb"], all), (["**/*.dtb"], all),
      (["*/*/*"], ["trees/sub/clean.dtb"]), (["./trees/b????.dtb"], ["./trees/board.dtb"]),
      (["**/clean.dtb", "trees/*.dtb"], all.reversed()),
    ])
  func patterns(arguments: [String], names: [String]) throws {
    let result = try Command.run(["lint", "--format", "json"] + arguments, in: trees.scratch)
    let files = try TreeDirectory.document(result)["files"] as? [[String: Any]]
    #expect(files?.compactMap { $0["file"] as? String } == names)
  }

  private static let all = ["trees/board.dtb", "trees/sub/clean.dtb"]

  @Test("is nothing where a pattern stands for nothing, which is an error")
  func emptyPattern() throws {
    let result = try trees.lint("trees/*.dtbo", "trees/sub/*.dtb", "none/*.dtb")
    #expect(result.status == 66)
    #expect(
      result.errors == """
        dtgen: error: trees/*.dtbo: no file matches this pattern
        dtgen: error: none: no such file or directory

        """)
    #expect(result.text.contains("1 file, "))
  }

  @Test("is the file of that very name, whatever signs are in it")
  func literal() throws {
    try trees.write(TreeDirectory.board, to: "trees/*.dtb")
    #expect(try trees.judged("trees/*.dtb") == ["trees/*.dtb"])
    try trees.make("d*")
    try trees.write(TreeDirectory.clean, to: "d*/a.dtb")
    #expect(try trees.judged("d*") == ["d*/a.dtb"])
    try trees.write(TreeDirectory.clean, to: "-q.dtb")
    #expect(try trees.judged("--", "-q.dtb") == ["-q.dtb"])
    #expect(try trees.lint("-q.dtb").status == 64)
  }

  @Test("is standard input once, and a file of that name where it is meant")
  func standardInput() throws {
    let bytes = try #require(trees.scratch.read("trees/sub/clean.dtb"))
    let twice = try Command.run(["lint", "-", "-", "trees"], in: trees.scratch, input: bytes)
    #expect(twice.status == 1)
    #expect(twice.text.contains("3 files"))
    try trees.write(TreeDirectory.clean, to: "-")
    #expect(try trees.judged("./-") == ["./-"])
    #expect(
      try Command.run(
        ["lint", "-"], in: trees.scratch, input: trees.scratch.read("trees/board.dtb") ?? []
      )
      .text.hasPrefix("standard input: /reserved-memory"))
    let behind = try Command.run(["lint", "--", "-"], in: trees.scratch, input: bytes)
    #expect(behind.status == 0)
  }

  @Test("has names of any bytes, and reports lead back to them")
  func bytes() throws {
    let setUp =
      "cp trees/board.dtb $'trees/sub/\\xff\\xc3.dtb'; cp trees/board.dtb 'trees/sub/\\xff.dtb'; "
    let names = [#"trees/sub/\x5cxff.dtb"#, #"trees/sub/\xff\xc3.dtb"#]
    let walk = try trees.shell(setUp + "dtgen lint trees/sub --format json --format sarif=s.sarif")
    let files = try TreeDirectory.document(walk)["files"] as? [[String: Any]] ?? []
    #expect(
      files.compactMap { $0["file"] as? String } == [names[0], "trees/sub/clean.dtb", names[1]])
    let uris = ["trees/sub/%5Cxff.dtb", "trees/sub/clean.dtb", "trees/sub/%FF%C3.dtb"]
    #expect(files.compactMap { $0["uri"] as? String } == uris)
    let sarif = String(decoding: try #require(trees.scratch.read("s.sarif")), as: UTF8.self)
    for uri in uris { #expect(sarif.contains("\"uri\": \"\(uri)\"")) }

    let named = try trees.shell("dtgen lint $'trees/sub/\\xff\\xc3.dtb'")
    #expect(named.status == 1)
    #expect(named.text.hasPrefix(names[1] + ": /reserved-memory"))
    let same = try trees.shell("dtgen lint -v $'trees/sub/\\xff\\xc3.dtb'")
    #expect(same.text.hasPrefix(names[1] + ": /reserved-memory"), "the other way in differs")
    let missing = try trees.shell("dtgen lint $'\\xff'; dtgen show $'\\xff'")
    #expect(
      missing.errors
        == String(repeating: "dtgen: error: \\xff: no such file or directory\n", count: 2))
    let waived = try trees.shell(
      #"""
      echo '{waivers: [{rule: "memory/region-overlap", node: "**", reason: "r",
        file: "trees/sub/\\xff\\xc3.dtb"}]}' > .dtgen.json
      dtgen lint $'trees/sub/\xff\xc3.dtb' && dtgen lint -q $'trees/sub/\xff\xc3.dtb' -o $'\xfe.txt'
      ls
      """#)
    #expect(waived.text.contains("1 allowed"), "\(waived.errors)")
    #expect(waived.output.contains(0xfe), "the report has another name")
  }

  @Test(
    "answers at once to what is no tree and has no end",
    arguments: ["/dev/zero", "zeros.dtb", "trees.tar"])
  func endless(name: String) throws {
    let path = try trees.scratch.write([], to: "zeros.dtb")
    #expect(truncate(path, 2 << 30) == 0)
    let archive = try trees.scratch.write([0x74, 0x72], to: "trees.tar")
    #expect(truncate(archive, 2 << 30) == 0)
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try trees.lint(name, "--max-size", "2048", "trees/sub/clean.dtb")
      #expect(result.status == 65)
      #expect(
        result.errors.hasPrefix(
          "dtgen: error: \(name): not a flattened device tree: it starts with 0x"))
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(result.text.contains("1 file, "))
      #expect(try trees.shell("dtgen show \(name)").status == 65)
      #expect(try trees.shell("dtgen lint - < \(name)").status == 65)
    }
    #expect(time < .seconds(10))
  }

  @Test("is never replaced by a report, nor is what decides about it")
  func overwriting() throws {
    let before = trees.scratch.read("trees/board.dtb")
    for input in ["trees", "trees/*.dtb", "trees/board.dtb"] {
      #expect(try trees.lint(input, "-o", "trees/board.dtb").status == 73)
    }
    #expect(trees.scratch.read("trees/board.dtb") == before)
    try trees.policy("{}")
    #expect(try trees.lint("trees", "-o", ".dtgen.json").status == 73)
  }
}
