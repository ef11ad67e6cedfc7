import Testing
@testable import dtgen_dev

