/// What the firmware tells the kernel: `/chosen`.
///
/// **Source:** Devicetree Specification 0.4, section 3.6; Linux `drivers/of/fdt.c`,
/// `early_init_dt_scan_chosen`.
public struct Chosen: Component, Hashable, Codable {
  /// `bootargs`: the kernel's command line.
  public var bootArguments: String?
  /// `stdout-path`: the console; nil for the first serial port.
  public var stdout: Reference?
  /// `linux,initrd-start` and `linux,initrd-end`: where the initial RAM disk lies.
  public var initrd: AddressRange?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .chosen(self) }

  /// What the kernel is told; the console is the first serial port.
  public init(
    bootArguments: String? = nil, initrd: AddressRange? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.bootArguments = bootArguments
    self.initrd = initrd
    self.declaration = Declaration(file, line, column)
  }

  /// What the kernel is told, with a console of one's choice.
  public init(
    bootArguments: String? = nil, stdout: some Referable, initrd: AddressRange? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      bootArguments: bootArguments, initrd: initrd, file: file, line: line, column: column)
    self.stdout = Reference(to: stdout)
  }

  /// What the kernel is told, with the node that is labelled `stdout` as the console.
  public init(
    bootArguments: String? = nil, stdout: Label, initrd: AddressRange? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      bootArguments: bootArguments, initrd: initrd, file: file, line: line, column: column)
    self.stdout = Reference(to: stdout)
  }
}
