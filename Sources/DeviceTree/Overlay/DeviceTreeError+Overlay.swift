extension DeviceTreeError.Code {
  /// A whole tree where an overlay was expected.
  public static let notAnOverlay = Self(rawValue: "not-an-overlay")
  /// An overlay where a whole tree was expected.
  public static let overlayAsBase = Self(rawValue: "overlay-as-base")
  /// An overlay whose fragments or bookkeeping are not what they have to be.
  public static let badOverlay = Self(rawValue: "bad-overlay")
  /// An overlay refers to labels, and its base has none.
  public static let noSymbols = Self(rawValue: "no-symbols")
  /// An overlay refers to a label that its base hasn't, or whose node can't be referred to.
  public static let unknownLabel = Self(rawValue: "unknown-label")
  /// A fragment is meant for a node that its base hasn't.
  public static let unknownTarget = Self(rawValue: "unknown-target")
  /// A place that is to be filled with a phandle isn't there.
  public static let badFixup = Self(rawValue: "bad-fixup")
  /// A phandle is no number that one can be.
  public static let badPhandle = Self(rawValue: "bad-phandle")
}
