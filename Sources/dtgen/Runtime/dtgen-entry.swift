import PlatformDescription

/// Writes the model of the description that this file is compiled with; dtgen-eval calls it.
///
/// Globals are lazy, so `platform` comes into being here, when the sandbox has been entered, and not
/// before. `@_cdecl`, not `@c`, which compilers before 6.3 don't know.
@_cdecl("dtgen_entry")
public func dtgenEntry(_ descriptor: Int32) -> Int32 {
  emitModel(platform, to: descriptor)
}
