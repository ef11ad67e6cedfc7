/// Where a device of a domain is.
struct LibvirtPlace {
  /// Whether it is in the next window for virtio-mmio.
  let isMMIO: Bool
  /// What QEMU is told of it.
  let options: [String]

  /// - Throws: ``CommandLineError`` where it isn't said: libvirt has said it before it calls a hook.
  init(_ element: XMLElement) throws(CommandLineError) {
    let address = element["address"]
    switch address?[attribute: "type"] {
    case "virtio-mmio":
      isMMIO = true
      options = []
    case "pci":
      isMMIO = false
      func number(_ name: String, _ most: Int) throws(CommandLineError) -> Int {
        try Self.number(address?[attribute: name] ?? "0", of: name, element, most: most)
      }
      guard try number("domain", 0xffff) == 0 else {
        throw LibvirtDevices.error(
          element, "another domain of PCI than the first one isn't known here")
      }
      let bus = try number("bus", 255)
      let slot = try number("slot", 31)
      var options = [
        "bus=\(bus == 0 ? "pcie" : "pci").\(bus)",
        "addr=0x\(String(slot, radix: 16)).0x\(String(try number("function", 7), radix: 16))",
      ]
      if address?[attribute: "multifunction"] == "on" { options.append("multifunction=on") }
      self.options = options
    case nil:
      throw LibvirtDevices.error(
        element, "has no <address>; libvirt gives it one when it defines the domain")
    case let type?:
      throw LibvirtDevices.error(element, "an address of type '\(type)' isn't known here")
    }
  }
  /// A number as libvirt writes one: decimal, or hexadecimal behind `0x`.
  static func number(
    _ text: String, of name: String, _ element: XMLElement, most: Int
  ) throws(CommandLineError) -> Int {
    let number = text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    guard let number, (0...most).contains(number) else {
      throw LibvirtDevices.error(element, "\(name)='\(text)' is no number up to \(most)")
    }
    return number
  }
}
