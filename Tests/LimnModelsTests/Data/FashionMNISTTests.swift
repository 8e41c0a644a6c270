import Foundation
import LimnImage
import LimnTensor
import Testing

@testable import LimnModels

/// Whether the package with the real set is installed.
private let isInstalled = FileManager.default.fileExists(
  atPath: FashionMNIST.packageFolder + "/t10k-images-idx3-ubyte.gz")

@Suite struct FashionMNISTTests {
  /// Facts of the real files: the first labels, as the set's own page lists them, and one in ten of each class.
  @Test(.enabled(if: isInstalled, "the package dataset-fashion-mnist is not installed"))
  func theRealTestSetIsRead() throws {
    let (images, labels) = try FashionMNIST.load(split: "test", environment: [:])
    #expect(images.shape == [10000, 28, 28, 1] && images.dtype == .float32)
    #expect(labels.shape == [10000] && labels.dtype == .int64)
    let numbers = try labels.elements(Int64.self)
    #expect(numbers.prefix(10).elementsEqual([9, 2, 1, 1, 6, 1, 4, 6, 5, 7]))
    for label in 0..<Int64(10) { #expect(numbers.count { $0 == label } == 1000) }
    let values = try images.elements(Float.self)
    #expect(values.min() == 0 && values.max() == 1)
    #expect(values.allSatisfy { ($0 * 255).rounded() / 255 == $0 })
  }

  /// A set of two pictures in unpacked files.
  private func writeSmallSet(_ folder: String, labels: [UInt8] = [3, 9]) throws {
    let pixels = (0..<(2 * 784)).map { UInt8($0 % 256) }
    try Files.write(
      [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28] + pixels, to: folder + "/t10k-images-idx3-ubyte")
    try Files.write([0, 0, 8, 1, 0, 0, 0, UInt8(labels.count)] + labels, to: folder + "/t10k-labels-idx1-ubyte")
  }

  @Test func aFolderMayBeGiven() throws {
    try withFolder { folder in
      try writeSmallSet(folder)
      let (images, labels) = try FashionMNIST.load(split: "test", folder: folder)
      #expect(images.shape == [2, 28, 28, 1])
      #expect(try images.elements(Float.self) == (0..<1568).map { Float($0 % 256) / 255 })
      #expect(try labels.elements(Int64.self) == [3, 9])
    }
  }

  @Test func theEnvironmentMayNameTheFolder() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/fashion-mnist", withIntermediateDirectories: true)
      try writeSmallSet(folder + "/fashion-mnist")
      #expect(try FashionMNIST.load(split: "test", environment: ["LIMN_DATA": folder]).images.shape[0] == 2)
    }
  }

  @Test func whereItIsMissingTheErrorNamesThePackage() throws {
    try withFolder { folder in
      let error = failure { try FashionMNIST.load(folder: folder) }
      #expect(error?.code == .missingData)
      #expect(error?.message == "Fashion-MNIST's file train-images-idx3-ubyte.gz is not in \(folder)")
      #expect(error?.help?.contains("apt install dataset-fashion-mnist") == true)
    }
  }

  @Test func picturesWithoutLabelsAreAnError() throws {
    try withFolder { folder in
      try writeSmallSet(folder, labels: [1])
      let error = failure { try FashionMNIST.load(split: "test", folder: folder) }
      #expect(error?.code == .corruptFile)
      #expect(
        error?.message
          == "\(folder)/t10k-labels-idx1-ubyte holds uint8 [1], not one label for each of 2 pictures")
    }
  }

  @Test func anotherSplitIsAnError() {
    #expect(failure { try FashionMNIST.load(split: "valid") }?.help == "use \"train\" or \"test\"")
  }
}
