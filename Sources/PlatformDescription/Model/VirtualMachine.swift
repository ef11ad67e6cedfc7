/// A virtual machine: what its guest will see.
public struct VirtualMachine: Sendable, Hashable, Codable {
  /// The name; the emitted files are named after it.
  public var name: String
  /// The instruction set.
  public var architecture: Architecture
  /// In which form the guest is told what its machine has; nil for the usual one: ACPI on x86_64, what the
  /// VMM gives it on ppc64 and s390x, a device tree on the others.
  public var firmware: Firmware?
  /// What keeps its memory from the host; nil where nothing does.
  public var confidential: Confidentiality?
  /// The VMM's machine whose address map is borrowed; nil where everything is written out.
  public var machine: Machine?
  /// The root node's `compatible`, most specific first; nil for the usual one.
  public var compatible: [String]?
  /// `boot_cpuid_phys` of the tree's header: the `reg` of the processor that boots; nil for 0.
  public var bootCPU: UInt32?
  /// What the machine has, in the order in which it was written.
  public var elements: [Element]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// A machine whose every part is written out in braces.
  ///
  /// - Parameters:
  ///   - name: The name; the emitted files are named after it.
  ///   - architecture: The instruction set.
  ///   - compatible: The root node's `compatible`; `linux,dummy-virt` unless said otherwise.
  ///   - firmware: In which form the guest is told what its machine has; nil for ACPI on x86_64, for what
  ///     the VMM gives it on ppc64 and s390x, and for a device tree on the others.
  ///   - confidential: What keeps its memory from the host; nil where nothing does.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - elements: The components.
  public init(
    _ name: String, architecture: Architecture, compatible: [String]? = nil,
    firmware: Firmware? = nil, confidential: Confidentiality? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @ComponentBuilder _ elements: () -> [Element]
  ) {
    self.name = name
    self.architecture = architecture
    self.compatible = compatible
    self.firmware = firmware
    self.confidential = confidential
    self.elements = elements()
    self.declaration = Declaration(file, line, column)
  }

  /// A machine of a VMM, with the parts in braces besides what that machine always has.
  ///
  /// - Parameters:
  ///   - name: The name; the emitted files are named after it.
  ///   - machine: The VMM's machine; it knows the address map.
  ///   - cpus: The number of processors, at least 1.
  ///   - memory: The size of RAM.
  ///   - firmware: In which form the guest is told what its machine has; nil for a device tree.
  ///   - confidential: What keeps its memory from the host; nil where nothing does.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - elements: The components.
  public init(
    _ name: String, on machine: Machine, cpus: Int, memory: ByteCount, firmware: Firmware? = nil,
    confidential: Confidentiality? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @ComponentBuilder _ elements: () -> [Element] = { [] }
  ) {
    self.name = name
    self.architecture = machine.architecture
    self.firmware = firmware
    self.confidential = confidential
    self.machine = machine
    self.machine?.cpus = cpus
    self.machine?.memory = memory
    self.elements = elements()
    self.declaration = Declaration(file, line, column)
  }

  /// The same machine, with findings of one rule about any part of it accepted.
  ///
  /// - Parameters:
  ///   - rule: The id of the rule, as in `dma/mixed-confinement`.
  ///   - reason: Why: a sentence for whoever reads the report.
  /// - Returns: A copy of the machine.
  public func allowing(_ rule: String, because reason: String) -> Self {
    var copy = self
    copy.declaration.allowances.append(Allowance(rule: rule, reason: reason))
    return copy
  }

  /// The same machine, booting on the processor whose `reg` is `physicalID`.
  ///
  /// Becomes `boot_cpuid_phys` in the header of the flattened tree.
  ///
  /// **Source:** Devicetree Specification 0.4, section 5.2.
  public func bootCPU(_ physicalID: UInt32) -> Self {
    var copy = self
    copy.bootCPU = physicalID
    return copy
  }

  /// The same machine, without some of the properties that its root node usually has.
  ///
  /// - Parameter properties: The names of the properties; each has to be one that the machine writes.
  /// - Returns: A copy of the machine.
  public func omitting(_ properties: String...) -> Self {
    var copy = self
    copy.declaration.omissions = (declaration.omissions ?? []) + properties
    return copy
  }

  /// The same machine, with raw properties and nodes added to the root node.
  ///
  /// A property that the machine writes by itself is replaced by one of the same name.
  public func adding(@NodeBuilder _ content: () -> [NodeContent]) -> Self {
    var copy = self
    copy.declaration.additions += content()
    return copy
  }
}

/// An instruction set.
public enum Architecture: String, Sendable, Hashable, Codable, CaseIterable {
  /// Armv8-A in AArch64 state.
  case arm64
  /// 64-bit RISC-V: RV64.
  case riscv64
  /// 64-bit x86: AMD64, Intel 64.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case x86_64
  /// 64-bit Power ISA. The VMM makes its machine's tree itself, so that the description says what its devices
  /// offer, and becomes no tree.
  case ppc64
  /// z/Architecture. Its guests find their devices by channel I/O, so that the description says what these
  /// offer, and becomes no tree.
  case s390x
}
