// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of this package is compiled with.
///
/// Imports are internal unless said otherwise, so that a public interface names its dependencies.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// For targets that read bytes nobody vouches for: every unsafe construct has to say so.
let strictMemory: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
  name: "dtgen",
  products: [
    .executable(name: "dtgen", targets: ["dtgen"]),
    .executable(name: "dtgen-eval", targets: ["dtgen-eval"]),
    .executable(name: "dtgen-dev", targets: ["dtgen-dev"]),
    // What a description links at run time; see Makefile, target build.
    .library(name: "PlatformDescription", type: .dynamic, targets: ["PlatformDescription"]),
    // The checker for VMMs; Makefile, target library, makes libdtgen of it.
    .library(name: "CDTGen", type: .static, targets: ["CDTGen"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .target(name: "Diagnostics", swiftSettings: strictMemory),
    .target(name: "PlatformDescription", swiftSettings: strict),
    .systemLibrary(name: "CLibFDT", providers: [.apt(["libfdt-dev"])]),
    .target(name: "DeviceTree", dependencies: ["CLibFDT"], swiftSettings: strictMemory),
    .target(name: "PoolSizing", swiftSettings: strictMemory),
    .target(name: "ACPI", swiftSettings: strictMemory),
    .target(
      name: "PlatformLowering",
      dependencies: ["PlatformDescription", "DeviceTree", "ACPI", "PoolSizing"],
      swiftSettings: strictMemory),
    .target(
      name: "PlatformImport",
      dependencies: ["PlatformDescription", "DeviceTree", "PlatformLowering"],
      swiftSettings: strictMemory),
    .target(
      name: "GuestView", dependencies: ["DeviceTree", "ACPI", "PoolSizing"],
      swiftSettings: strictMemory),
    .target(
      name: "PlatformLint",
      dependencies: ["GuestView", "DeviceTree", "ACPI", "Diagnostics", "PoolSizing"],
      swiftSettings: strictMemory),
    .target(
      name: "VMMInterface",
      dependencies: ["PlatformDescription", "DeviceTree", "GuestView", "PlatformLint"],
      swiftSettings: strictMemory),
    .systemLibrary(name: "CDTGenInterface"),
    .target(
      name: "CDTGen",
      dependencies: [
        "CDTGenInterface", "PlatformLint", "GuestView", "DeviceTree", "ACPI", "Diagnostics",
      ],
      // What the library is linked with; see Makefile, target library.
      exclude: ["Library"],
      swiftSettings: strictMemory),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .executableTarget(
      name: "dtgen-eval",
      linkerSettings: [.linkedLibrary("dl")]),
    .executableTarget(
      name: "dtgen",
      dependencies: [
        "Diagnostics", "PlatformDescription", "DeviceTree", "ACPI", "PlatformLowering",
        "PlatformImport", "GuestView", "PlatformLint", "PoolSizing", "VMMInterface", "CLinux",
        "CZlib",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // Compiled with each description, not with the command; see Makefile, target build.
      exclude: ["Runtime"],
      swiftSettings: strict),
    .executableTarget(
      name: "dtgen-dev",
      dependencies: [
        "ACPI", "CDTGenInterface", "CLinux", "DTGenTestSupport", "DeviceTree", "GuestView",
        "PlatformDescription", "PlatformImport",
        "PlatformLint",
        "PlatformLowering", "VMMInterface",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // What serves a guest's disk in `dtgen-dev boot`.
    .executableTarget(name: "vhost-block"),
    .target(
      name: "DTGenTestSupport",
      dependencies: ["DeviceTree", "ACPI", "CLibFDT", "Diagnostics", "PlatformDescription"],
      swiftSettings: strict),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics", "DTGenTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "PlatformDescriptionTests", dependencies: ["PlatformDescription", "DTGenTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DeviceTreeTests",
      dependencies: ["DeviceTree", "PlatformDescription", "DTGenTestSupport"],
      exclude: ["Text/Goldens"],
      swiftSettings: strict),
    .testTarget(
      name: "PoolSizingTests", dependencies: ["PoolSizing"], swiftSettings: strict),
    .testTarget(
      name: "ACPITests", dependencies: ["ACPI", "DTGenTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PlatformLoweringTests",
      dependencies: [
        "PlatformLowering", "PlatformDescription", "DeviceTree", "ACPI", "PoolSizing",
        "DTGenTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PlatformImportTests",
      dependencies: [
        "PlatformImport", "PlatformLowering", "PlatformDescription", "PlatformLint", "GuestView",
        "DeviceTree", "Diagnostics", "DTGenTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GuestViewTests",
      dependencies: ["GuestView", "DeviceTree", "ACPI", "DTGenTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "PlatformLintTests",
      dependencies: [
        "PlatformLint", "GuestView", "DeviceTree", "ACPI", "Diagnostics", "DTGenTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "VMMInterfaceTests",
      dependencies: [
        "VMMInterface", "PlatformDescription", "DeviceTree", "GuestView", "PlatformLint",
        "DTGenTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CDTGenTests",
      dependencies: [
        "CDTGen", "CDTGenInterface", "PlatformLint", "GuestView", "DeviceTree", "Diagnostics",
        "DTGenTestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "DTGenTests",
      dependencies: [
        "dtgen", "ACPI", "DeviceTree", "Diagnostics", "GuestView", "PlatformDescription",
        "PlatformLint",
        "PlatformLowering", "PoolSizing", "DTGenTestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .testTarget(
      name: "DTGenDevTests", dependencies: ["dtgen-dev", "DTGenTestSupport", "PlatformLint"],
      swiftSettings: strict),
  ]
)

// The fuzzers are linked with a driver that a usual build doesn't have, see .ci/fuzz; there they are
// libraries that nobody links, so that whoever changes what they call is told.
let isFuzzing = Context.environment["DTGEN_FUZZ"] != nil

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  let all: [Target.Dependency] = ["Fuzzing"] + dependencies
  return isFuzzing
    ? .executableTarget(name: name, dependencies: all, swiftSettings: strict)
    : .target(name: name, dependencies: all, swiftSettings: strict)
}

package.targets += [
  .target(name: "Fuzzing", swiftSettings: strict),
  fuzzer("fuzz-reader", ["DeviceTree"]),
  fuzzer("fuzz-checker", ["DeviceTree", "Diagnostics", "GuestView", "PlatformLint"]),
  fuzzer("fuzz-import", ["DeviceTree", "PlatformImport", "PlatformLowering"]),
  fuzzer("fuzz-acpi", ["ACPI", "Diagnostics", "GuestView", "PlatformLint"]),
]
