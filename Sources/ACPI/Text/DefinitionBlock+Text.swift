extension DefinitionBlock {
  /// The table as ASL, which iasl compiles to the same bytes apart from the creator.
  ///
  /// iasl shortens names in a DSDT unless it is told `-on`.
  public var sourceText: String {
    var writer = ASLWriter()
    writer.write(self)
    return writer.text
  }
}
