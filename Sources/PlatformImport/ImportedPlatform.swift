public import DeviceTree
public import PlatformDescription

/// The description of a tree that somebody else made.
///
/// What it is lowered to has the nodes, properties and bytes of the tree. Only the numbers of phandles
/// may be others, and the order of nodes and properties; a phandle that something may know by its
/// number keeps it.
public struct ImportedPlatform: Sendable {
  /// The model.
  public let platform: Platform
  /// The model as Swift: a file that `dtgen build` takes.
  public let source: String
  /// The number of nodes of the tree, the root included.
  public let nodeCount: Int
  /// The number of nodes that are spelled out, because no noun says them.
  public let rawNodeCount: Int
  /// The paths of properties that are left out: seeds, unless they are kept.
  public let omitted: [String]

  /// Describes `tree`.
  ///
  /// - Throws: ``ImportError`` where no description gives it back: an overlay, names that no tree may
  ///   have, two siblings of one name.
  public init(_ tree: FlattenedTree, options: ImportOptions = ImportOptions()) throws(ImportError) {
    try Admission.check(tree)
    let learning = Learning(tree, options: options)
    let machine = try learning.model()
    let recognition = learning.recognition
    platform = Platform(machine)
    nodeCount = tree.nodeCount
    rawNodeCount = recognition.raw.count
    omitted = learning.survey.omitted
    var printer = SourcePrinter()
    Annotation(recognition).annotate(&printer)
    source = printer.text(of: platform)
  }
}
