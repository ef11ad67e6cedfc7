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
    return [
      "\(kind.words) Linux bounces all DMA through its default pool, which it shares with the host",
      pool.kernelArgument.map {
        "it has \(usual), and the devices take \(need) at a usual load: give the kernel \($0)"
      } ?? "it has \(usual), and the devices take \(need) at a usual load",
    ]
  }
}
