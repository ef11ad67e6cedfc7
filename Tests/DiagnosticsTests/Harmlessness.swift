import Diagnostics

/// Whether `bytes` are UTF-8 without anything that a terminal would act on, but for line breaks.
func isHarmless(_ bytes: [UInt8]) -> Bool {
  guard let text = String(validating: bytes, as: UTF8.self) else { return false }
  return text.split(separator: "\n", omittingEmptySubsequences: false)
    .allSatisfy { String($0).safeForTerminal == $0 }
}
