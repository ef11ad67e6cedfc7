extension FlattenedTree {
  /// The tree as DTS, which dtc compiles back to the same nodes, properties and values.
  ///
  /// Everything keeps its order, `/memreserve/` entries included. The physical id of the boot CPU has
  /// no spelling in DTS; dtc takes it with `-b`.
  ///
  /// Nodes have the labels of `/__symbols__`, and a node with a phandle that has none gets one made
  /// from its name. A phandle whose target is found is spelled `&label`; the `phandle` properties
  /// are spelled out, so that dtc gives the same numbers. What a value consists of is known from the
  /// name of the property. Where the name says nothing, whole cells are shown as cells; other
  /// lengths are shown as strings if they can be nothing else, and else as bytes.
  ///
  /// The text is printable ASCII, whatever the tree holds. A name that dtc would not read is spelled
  /// with `_` for each byte in question, with the name behind it in a comment; a tree with such
  /// names, or with two siblings of one name, comes back changed or is refused by dtc.
  public func sourceText(options: SourceTextOptions = SourceTextOptions()) -> String {
    var writer = SourceWriter(self, options: options)
    writer.write()
    return writer.text
  }
}
