/// The tools of dt-schema, which `make test` puts into a virtual environment below `.build`.
extension Tool {
  /// Holds a DTB against bindings; its status is 0 whatever it finds, see ``DTValidate``.
  public static let dtValidate = dtschema("dt-validate")
  /// Holds bindings against the meta-schemas.
  public static let dtDocValidate = dtschema("dt-doc-validate")
  /// Prints the examples of a binding as one DTS.
  public static let dtExtractExample = dtschema("dt-extract-example")
  /// Puts bindings and the core schemas into one file, which is read four times as fast.
  static let dtMkSchema = dtschema("dt-mk-schema")

  private static func dtschema(_ name: String) -> Tool {
    Tool(
      name, package: "dtschema", installer: "pip install",
      directories: [Repository.root + "/.build/venv/bin"])
  }
}
