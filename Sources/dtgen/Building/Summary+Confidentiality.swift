import Diagnostics
import GuestView
import PlatformDescription
import PlatformLowering

extension LoweredConfidentiality {
  /// What follows for the guest, line by line.
  var lines: [String] {
    guard let pool = defaultPool else {
      return ["\(kind.words) the guest shares its restricted pools with the host, and nothing else"]
    }
    let need = pool.need == 0 ? "nothing" : ByteText.size(pool.need)
    let usual = ByteText.size(pool.usual)
    if pool.isForced, let argument = pool.kernelArgument {
      return [
        "\(kind.words) all DMA has to bounce through Linux's default pool, which it shares with the host",
        "Linux 5.19 and later make and use that pool only when told: give the kernel \(argument)",
        "it then has \(ByteText.size((pool.slots.map { $0 * 2048 } ?? pool.usual))), and the devices take \(need) at a usual load",
      ]
    }
    return [
      "\(kind.words) Linux bounces all DMA through its default pool, which it shares with the host",
      pool.kernelArgument.map {
        "it has \(usual), and the devices take \(need) at a usual load: give the kernel \($0)"
      } ?? "it has \(usual), and the devices take \(need) at a usual load",
    ]
  }
}
