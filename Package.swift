// swift-tools-version: 6.2
import PackageDescription

/// A release holds Swift's own libraries: it starts in less than half the time, and runs where no Swift is installed.
let released = BuildSettingCondition.when(platforms: [.linux], configuration: .release)
let selfContained: [SwiftSetting] = [.unsafeFlags(["-static-stdlib"], released)]
/// Of the lowest module that each program here has: it holds for all of them, the examples of embedding too.
let linksSwift: [LinkerSetting] = [.unsafeFlags(["-static-stdlib"], released)]

/// Numbers, pictures, models, and the virtual machine are compiled with optimization in every configuration: a debug build of
/// a convolution is hundreds of times slower than a release build, and tests would not end.
let optimized: [SwiftSetting] =
  [
    .unsafeFlags(["-O", "-enforce-exclusivity=unchecked"]),
    .treatAllWarnings(as: .error),
  ] + selfContained
/// As one module, in debug builds too: what is inlined across files stays so.
let whole = ["-whole-module-optimization", "-num-threads", "2", "-disable-batch-mode"]
/// Kernels use AVX2 and FMA: `SIMD8<Float>` compiles to them only when Clang's target says so. They are generic over
/// element types and operators, and are specialized across files.
let kernels: [SwiftSetting] = optimized + [.unsafeFlags(["-Xcc", "-march=x86-64-v3"] + whole)]
/// The machine's handlers of instructions end with jumps to each other, which takes that what they share is inlined,
/// and that alike as they are, each stays a function of its own. A frame pointer, which SwiftPM asks for, would cost each
/// three instructions more.
var machine: [SwiftSetting] =
  optimized + [
    .unsafeFlags(["-Xllvm", "--swiftmergefunc-threshold=0", "-Xcc", "-momit-leaf-frame-pointer"] + whole)
  ]
/// Under the address sanitizer variables on the stack are not watched: it makes calls of the machine's jumps else.
let sanitizer = Context.environment["LIMN_SANITIZER"]
if sanitizer == "address" { machine.append(.unsafeFlags(["-Xllvm", "-asan-stack=0"])) }
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)] + selfContained

let package = Package(
  name: "limn",
  products: [
    .executable(name: "limn", targets: ["limn"]),
    .library(name: "LimnTensor", targets: ["LimnTensor"]),
    .library(name: "LimnImage", targets: ["LimnImage"]),
    .library(name: "LimnModels", targets: ["LimnModels"]),
    .library(name: "LimnLanguage", targets: ["LimnLanguage"]),
    .library(name: "LimnRuntime", targets: ["LimnRuntime"]),
    .library(name: "LimnNotebook", targets: ["LimnNotebook"]),
    .library(name: "LimnEditor", targets: ["LimnEditor"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    .systemLibrary(name: "CInstructions"),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "COpenBLAS"),
    .systemLibrary(name: "CProcessor"),
    .systemLibrary(name: "CSwiftRuntime"),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    .target(name: "LimnTensor", dependencies: ["CLinux", "COpenBLAS", "CProcessor"], swiftSettings: kernels),
    .target(
      name: "LimnLanguage", dependencies: ["CInstructions", "CSwiftRuntime"], swiftSettings: machine,
      linkerSettings: linksSwift),
    .target(name: "LimnImage", dependencies: ["LimnTensor", "CPNG", "CZlib"], swiftSettings: optimized),
    .target(name: "LimnModels", dependencies: ["LimnTensor", "LimnImage", "CZlib"], swiftSettings: optimized),
    .target(name: "LimnStandardLibrary", path: "stdlib", resources: ["gan", "lists", "strings"].map { .embedInCode("\($0).limn") }, swiftSettings: strict),
    .target(
      name: "LimnRuntime",
      dependencies: [
        "LimnLanguage", "LimnTensor", "LimnModels", "LimnImage", "LimnStandardLibrary", "CPCRE2", "CJansson",
      ],
      swiftSettings: strict),
    .target(
      name: "LimnNotebook",
      dependencies: ["LimnRuntime", "LimnLanguage", "LimnModels", "LimnImage", "LimnTensor", "CYAML"],
      swiftSettings: strict),
    .target(
      name: "LimnEditor", dependencies: ["LimnNotebook", "LimnRuntime", "LimnStandardLibrary", "LimnLanguage"],
      swiftSettings: strict),
    .executableTarget(
      name: "limn",
      dependencies: [
        "LimnEditor", "LimnNotebook", "LimnRuntime", "LimnLanguage", "LimnImage", "CReadline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(name: "LimnTensorTests", dependencies: ["LimnTensor", "LimnTestSupport"], swiftSettings: strict),
    .testTarget(name: "LimnLanguageTests", dependencies: ["LimnLanguage", "LimnTestSupport"], swiftSettings: strict),
    .testTarget(name: "LimnImageTests", dependencies: ["LimnImage"], swiftSettings: strict),
    .testTarget(name: "LimnModelsTests", dependencies: ["LimnModels"], swiftSettings: strict),
    .testTarget(
      name: "LimnRuntimeTests",
      dependencies: ["LimnRuntime", "LimnLanguage", "LimnImage", "LimnStandardLibrary", "LimnTestSupport"],
      swiftSettings: strict),
    .target(name: "LimnTestSupport", path: "Tests/LimnTestSupport", swiftSettings: strict),
    .testTarget(
      name: "LimnNotebookTests", dependencies: ["LimnNotebook", "LimnTestSupport", "limn"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "LimnEditorTests", dependencies: ["LimnEditor", "LimnNotebook", "LimnLanguage", "LimnTestSupport", "limn"],
      exclude: ["Snapshots"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// `make sanitize` builds the engine, the language and their tests alone: the rest would take twice as long.
if sanitizer != nil {
  let kept: Set = ["LimnTensor", "LimnLanguage", "LimnTensorTests", "LimnLanguageTests", "LimnTestSupport"]
  package.targets.removeAll { $0.type != .system && !kept.contains($0.name) }
  package.products.removeAll { !kept.contains($0.name) }
  package.dependencies = []
}
