/// What libFuzzer runs in place of `main`, since SwiftPM gives `main` another name.
///
/// **Source:** LLVM 19 `docs/LibFuzzer.rst`, "Using libFuzzer as a library".
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Feeds `body` with whatever finds new ways through the code.
public enum FuzzDriver {
  /// Runs until libFuzzer has had enough, and returns its status.
  public static func run(
    _ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32 {
    var argumentCount = argumentCount
    var arguments = arguments
    return unsafe runDriver(&argumentCount, &arguments, body)
  }
}
