import Foundation

/// The checkout that the tests were built from.
public enum Repository {
  /// Its top directory.
  public static let root: String = {
    // Sources/DTGenTestSupport/Repository.swift is three levels down.
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }()

  /// The directory with fixtures.
  public static let fixtures = root + "/fixtures"
}
