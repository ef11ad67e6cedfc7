import GuestView

extension MachinesView {
  /// Machines that were built: what is declared of them is there, so that nothing can be named that isn't.
  ///
  /// - Throws: ``Failure`` where something is, which is a fault of dtgen.
  convenience init(
    built machines: [Machine], declared: [DeclaredShare], search: SharingSettings.Search = .nothing,
    hostMap: HostMap? = nil
  ) throws(Failure) {
    do throws(SharingError) {
      try self.init(
        machines, settings: SharingSettings(declared: declared, search: search), hostMap: hostMap)
    } catch {
      throw Failure(.internalError, "\(error.name): \(error)")
    }
  }
}
