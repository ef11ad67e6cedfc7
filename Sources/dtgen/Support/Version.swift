import Diagnostics

/// The version of the tool, part of the key of everything that it caches.
enum Version {
  static let current = Report.Tool.dtgen.version
}
