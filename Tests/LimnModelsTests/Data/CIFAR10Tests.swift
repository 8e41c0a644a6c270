import LimnImage
import LimnTensor
import Testing

@testable import LimnModels

@Suite struct CIFAR10Tests {
  /// A record in which each plane counts up from a start of its own.
  private func record(_ label: UInt8) -> [UInt8] {
    [label] + [0, 100, 200].flatMap { start in (0..<1024).map { UInt8((start + $0) % 256) } }
  }

  @Test func planesBecomeChannels() throws {
    try withFolder { folder in
      try Files.write(record(3) + record(9), to: folder + "/test_batch.bin")
      let (images, labels) = try CIFAR10.load(split: "test", folder: folder)
      #expect(images.shape == [2, 32, 32, 3])
      let expected = (0..<1024).flatMap { place in [0, 100, 200].map { Float((place + $0) % 256) / 255 } }
      #expect(try images.elements(Float.self) == expected + expected)
      #expect(try labels.elements(Int64.self) == [3, 9])
    }
  }

  @Test func theFiveTrainingFilesAreJoined() throws {
    try withFolder { folder in
      for number in 1...5 { try Files.write(record(UInt8(number)), to: folder + "/data_batch_\(number).bin") }
      let (_, labels) = try CIFAR10.load(environment: ["LIMN_DATA": folder])
      #expect(try labels.elements(Int64.self) == [1, 2, 3, 4, 5])
    }
  }

  @Test func damagedFilesAreErrors() throws {
    try withFolder { folder in
      try Files.write(record(3).dropLast(), to: folder + "/test_batch.bin")
      #expect(failure { try CIFAR10.load(split: "test", folder: folder) }?.code == .corruptFile)
      try Files.write(record(10), to: folder + "/test_batch.bin")
      #expect(
        failure { try CIFAR10.load(split: "test", folder: folder) }?.message
          == "\(folder)/test_batch.bin has the label 10 at byte 0; labels are 0 to 9")
    }
  }

  @Test func missingFilesAreAnError() {
    let error = failure { try CIFAR10.load(split: "test", environment: [:]) }
    #expect(error?.code == .missingData)
    #expect(error?.message == "CIFAR-10's files test_batch.bin are missing: no folder was named")
  }
}
