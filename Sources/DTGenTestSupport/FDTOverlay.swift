/// Runs of fdtoverlay, libfdt's own application of overlays.
public enum FDTOverlay {
  /// What it makes of `overlays`, in order, over `base`; nil where it refuses them.
  ///
  /// - Throws: ``Tool/Missing``, and what running a program throws.
  public static func apply(_ overlays: [[UInt8]], to base: [UInt8]) throws -> [UInt8]? {
    let scratch = try ScratchDirectory()
    var arguments = [
      "-i", try scratch.write(base, to: "base.dtb"), "-o", scratch.path + "/out.dtb",
    ]
    for (index, overlay) in overlays.enumerated() {
      arguments.append(try scratch.write(overlay, to: "\(index).dtbo"))
    }
    let result = try Tool.fdtoverlay.run(arguments)
    return result.status == 0 ? scratch.read("out.dtb") : nil
  }
}
