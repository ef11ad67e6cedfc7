internal import CLibFDT

extension DeviceTreeError {
  /// What libfdt's negative `status` means.
  ///
  /// **Source:** libfdt 1.6.1 `libfdt.h`, the error codes.
  init(libFDT status: Int32, from function: StaticString, nodePath: String?) {
    let cause =
      switch -status {
      case FDT_ERR_NOSPACE: "the buffer is too small for the tree"
      case FDT_ERR_BADSTATE: "the calls came in the wrong order"
      case FDT_ERR_BADFLAGS: "this version of libfdt does not know the flags"
      case FDT_ERR_BADSTRUCTURE, FDT_ERR_TRUNCATED: "the tree is not well formed"
      case FDT_ERR_BADMAGIC: "the buffer holds no tree"
      case FDT_ERR_ALIGNMENT: "the buffer is not aligned to 8 bytes"
      // SAFETY: fdt_strerror returns a string constant for every number.
      default: unsafe String(cString: fdt_strerror(status))
      }
    self.init(
      .notWritable, "libfdt refused the tree: \(cause) (\(function) returned \(status))",
      nodePath: nodePath)
  }
}
