import Diagnostics

/// Where the devices of a file may DMA, of a tree or of tables.
protocol DMAListing: Sendable {
  /// What `dtgen lint --explain-dma` prints for `file`.
  func text(file: String, style: TextStyle) -> String
  /// The rows for a program.
  var devices: [DMATable.Device] { get }
}

extension DMATable: DMAListing {}
