import ArgumentParser
import DeviceTree
import Diagnostics
import GuestView

/// `dtgen size`: how large the restricted pools of a tree have to be.
struct Size: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "size",
    abstract: "Say how large the restricted DMA pools of a tree have to be, and why.",
    discussion: """
      The rings of every device lie in its pool, with the buffers that it keeps ready; what it has under way \
      comes to that. The floor is what the devices need to start and to get on; the recommended size lets all \
      of them work at a usual load; in the worst case every descriptor carries as much as it can.

      What the devices are is in a file of features or on the VMM's command line; a device of which nobody told \
      counts as a disk.

        dtgen size guest.dtb --features guest-features.json
        dtgen size guest.dtb --features guest-features.json --from-hiwater bounce@5f000000=1702
        dtgen size /sys/firmware/fdt --from-hiwater /sys/kernel/debug     # in the guest

      The status is 1 where a pool is smaller than its floor.
      """)

  /// The forms of the answer.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  /// The pages that a guest can have.
  enum PageSize: String, CaseIterable, ExpressibleByArgument {
    case four = "4k"
    case sixteen = "16k"
    case sixtyFour = "64k"

    var bytes: UInt64 {
      switch self {
      case .four: 4 << 10
      case .sixteen: 16 << 10
      case .sixtyFour: 64 << 10
      }
    }
  }

  @Argument(
    help: "The guest's device tree; '-' is standard input.", completion: .file(extensions: ["dtb"]))
  var file: String

  @Option(
    help: ArgumentHelp("What the devices offer, in JSON or JSON5.", valueName: "file"),
    completion: .file(extensions: ["json", "json5"]))
  var features: String?

  @Option(help: "The guest's pages: 4k, 16k or 64k.")
  var pageSize: PageSize = .four

  @Option(
    name: .customLong("from-hiwater"),
    help: ArgumentHelp(
      """
      What the guest's kernel counted, io_tlb_used_hiwater, by the pool's node, as in bounce=1702; or the directory \
      in which it has the counts, /sys/kernel/debug; may be repeated.
      """,
      valueName: "pool=slots"),
    completion: .directory)
  var counts: [String] = []

  @Option(help: "The form of the answer: text or json.")
  var format: Format = .text

  @OptionGroup var colour: ColourOptions

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  @Option(
    name: .customLong("vmm"), parsing: .remaining,
    help: ArgumentHelp(
      "The command line of the VMM, QEMU's: what its devices offer. All that follows belongs to it.",
      valueName: "command"))
  var command: [String] = []

  func validate() throws {
    if features != nil, !command.isEmpty {
      throw ValidationError(
        "--features and --vmm exclude each other: both say what devices offer.")
    }
  }

  func run() throws {
    try reportingFailures {
      let inputs = CheckInputs(limits: limits.limits)
      var offered: DeviceFeatures?
      if let features {
        offered = try inputs.features(in: features)
      } else if !command.isEmpty {
        offered = try inputs.features(of: command, tree: [file])
      }
      let tree = try FlattenedTree(file: file, limits: limits.limits.tree)
      try tree.requireModestLists(called: file)
      let view = GuestView(tree: tree, features: offered)
      let counts = try HighWater(counts, pools: view.restrictedPools.map(\.node.name)).counts
      let sizes = PoolSizes(view, guestPageSize: pageSize.bytes, counts: counts)
      switch format {
      case .text:
        let style = StandardStream.output.style(colour.setting)
        StandardStream.output.write(sizes.text(style: style))
      case .json: StandardStream.output.write(try JSONText.encode(sizes))
      }
      return sizes.pools.contains(where: \.isTooSmall) ? .findings : .clean
    }
  }
}
