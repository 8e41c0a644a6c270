import FoundationEssentials
import LimnImage
import LimnTensor

/// Fashion-MNIST: 70,000 gray pictures of clothes, 28 × 28, in ten classes.
///
/// ```swift
/// let (images, labels) = try FashionMNIST.load(split: "train")
/// images.shape   // [60000, 28, 28, 1], float32 from 0 to 1
/// labels.shape   // [60000], int64 from 0 to 9
/// ```
///
/// Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms", 2017.
public enum FashionMNIST {
  /// The folder where Debian's package `dataset-fashion-mnist` puts the files.
  public static let packageFolder = "/usr/share/datasets/fashion-mnist"

  /// The classes' names, in the order of their labels.
  public static let classes = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  /// Reads one part of the set.
  ///
  /// - Parameters:
  ///   - split: `"train"`, 60,000 pictures, or `"test"`, 10,000.
  ///   - folder: Where the four files are, packed with gzip or not. Without it: the folder that the environment's
  ///     `LIMN_DATA` names, or its folder `fashion-mnist`, when the files are there; else the package's.
  /// - Returns: Images float32 `[n, 28, 28, 1]` from 0 to 1, and labels int64 `[n]`.
  /// - Throws: `bad-argument` for another split; `missing-data` where the files are not; `corrupt-file`.
  public static func load(
    split: String = "train", folder: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> (images: Tensor, labels: Tensor) {
    let prefixes = ["train": "train", "test": "t10k"]
    guard let prefix = prefixes[split] else {
      throw TensorError(
        .badArgument, "Fashion-MNIST has no split \"\(split)\"",
        operands: [.init(.named("split"), "split is \"\(split)\"")], help: "use \"train\" or \"test\"")
    }
    let folders = folder.map { [$0] } ?? Self.folders(environment)
    let pixels = try read("\(prefix)-images-idx3-ubyte", in: folders)
    let labels = try read("\(prefix)-labels-idx1-ubyte", in: folders)
    guard pixels.value.dtype == .uint8, pixels.value.rank == 3, pixels.value.shape[1...].elementsEqual([28, 28]) else {
      throw TensorError(
        .corruptFile, "\(pixels.path) holds \(pixels.value.dtype) \(pixels.value.shape), not pictures of 28 x 28 bytes")
    }
    guard labels.value.dtype == .uint8, labels.value.shape == [pixels.value.shape[0]] else {
      throw TensorError(
        .corruptFile,
        "\(labels.path) holds \(labels.value.dtype) \(labels.value.shape), not one label for each of "
          + "\(pixels.value.shape[0]) pictures")
    }
    return (try fractions(pixels.value), try labels.value.converted(to: .int64))
  }

  /// Checks that all four files are where ``load(split:folder:environment:)`` looks for them, without reading them.
  ///
  /// - Throws: `missing-data`.
  public static func requireFiles(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    for prefix in ["train", "t10k"] {
      for name in ["\(prefix)-images-idx3-ubyte", "\(prefix)-labels-idx1-ubyte"] {
        _ = try path(name, in: folders(environment))
      }
    }
  }

  /// Bytes as fractions of 255, with an axis for the single channel.
  private static func fractions(_ pixels: Tensor) throws -> Tensor {
    try pixels.fractionsOf255().reshaped(Shape(pixels.shape + [1]))
  }

  private static func folders(_ environment: [String: String]) -> [String] {
    guard let data = environment["LIMN_DATA"], !data.isEmpty else { return [packageFolder] }
    return [data, data + "/fashion-mnist", packageFolder]
  }

  private static func read(_ name: String, in folders: [String]) throws -> (value: Tensor, path: String) {
    let path = try path(name, in: folders)
    return (try IDX.read(path), path)
  }

  /// The file of that name, with or without `.gz`, in the first folder that has it.
  private static func path(_ name: String, in folders: [String]) throws -> String {
    for folder in folders {
      for path in ["\(folder)/\(name).gz", "\(folder)/\(name)"] where FileManager.default.fileExists(atPath: path) {
        return path
      }
    }
    throw TensorError(
      .missingData, "Fashion-MNIST's file \(name).gz is not in \(folders.joined(separator: " or "))",
      help: "install it with: apt install dataset-fashion-mnist; or name the folder that has it: "
        + "data.fashion_mnist(folder: \"...\")")
  }
}
