public import DeviceTree

/// A place in a lowered tree that names another node of it.
public typealias LoweredReference = TreeReference
