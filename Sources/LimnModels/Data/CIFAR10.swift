import FoundationEssentials
import LimnImage
import LimnTensor

/// CIFAR-10: 60,000 color photographs of ten kinds of things, 32 × 32, from its binary files.
///
/// Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
public enum CIFAR10 {
  /// The classes' names, in the order of their labels.
  public static let classes = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  /// The files of each split.
  private static let files = ["train": (1...5).map { "data_batch_\($0).bin" }, "test": ["test_batch.bin"]]

  /// A label, then 32 · 32 samples each of red, green and blue.
  private static let recordLength = 1 + 3 * 32 * 32

  /// Reads one part of the set.
  ///
  /// - Parameters:
  ///   - split: `"train"`, 50,000 pictures in five files, or `"test"`, 10,000.
  ///   - folder: Where the files are; without it, the folder `cifar-10-batches-bin` in the one that the environment's
  ///     `LIMN_DATA` names, or that folder itself.
  /// - Returns: Images float32 `[n, 32, 32, 3]` from 0 to 1, and labels int64 `[n]`.
  /// - Throws: `bad-argument` for another split; `missing-data` where the files are not; `corrupt-file`.
  public static func load(
    split: String = "train", folder: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> (images: Tensor, labels: Tensor) {
    guard let names = files[split] else {
      throw TensorError(
        .badArgument, "CIFAR-10 has no split \"\(split)\"", operands: [.init(.named("split"), "split is \"\(split)\"")],
        help: "use \"train\" or \"test\"")
    }
    var pixels: [UInt8] = []
    var labels: [Int64] = []
    for path in try paths(names, folder, environment) {
      let bytes = try Files.read(path)
      guard !bytes.isEmpty, bytes.count.isMultiple(of: recordLength) else {
        throw TensorError(
          .corruptFile, "\(path) has \(bytes.count) bytes, not a multiple of a record's \(recordLength)")
      }
      for start in stride(from: 0, to: bytes.count, by: recordLength) {
        guard bytes[start] < 10 else {
          throw TensorError(.corruptFile, "\(path) has the label \(bytes[start]) at byte \(start); labels are 0 to 9")
        }
        labels.append(Int64(bytes[start]))
        pixels += bytes[(start + 1)..<(start + recordLength)]
      }
    }
    let planes = try Tensor(pixels, Shape([labels.count, 3, 32, 32]))
    return (try planes.permuted([0, 2, 3, 1]).fractionsOf255(), try Tensor(labels))
  }

  /// Checks that all six files are where ``load(split:folder:environment:)`` looks for them, without reading them.
  ///
  /// - Throws: `missing-data`.
  public static func requireFiles(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    for split in ["train", "test"] { _ = try paths(files[split] ?? [], nil, environment) }
  }

  private static func paths(
    _ names: [String], _ folder: String?, _ environment: [String: String]
  ) throws(TensorError) -> [String] {
    let data = environment["LIMN_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    let folders = folder.map { [$0] } ?? data.map { [$0 + "/cifar-10-batches-bin", $0] } ?? []
    for folder in folders {
      let paths = names.map { "\(folder)/\($0)" }
      if paths.allSatisfy(FileManager.default.fileExists(atPath:)) { return paths }
    }
    let place = folders.isEmpty ? "no folder was named" : "not all are in \(folders.joined(separator: " or "))"
    throw TensorError(
      .missingData, "CIFAR-10's files \(names.joined(separator: ", ")) are missing: \(place)",
      help: "unpack cifar-10-binary.tar.gz and name its folder: data.cifar10(folder: \"...\")")
  }
}
