import Foundation
import LimnImage
import LimnTensor
import Testing

@testable import LimnModels

@Suite struct SafetensorsTests {
  @Test func everyElementTypeIsWrittenAndReadExactly() throws {
    try withFolder { folder in
      let path = folder + "/a.safetensors"
      let floats: [Float] = [0, -0.0, 1.5, .infinity, .leastNonzeroMagnitude, .pi]
      try Safetensors.write(
        [
          ("f32", Tensor(floats, [2, 3])), ("f64", Tensor([0.1, -.infinity])), ("i64", Tensor([Int64.min, .max])),
          ("i32", Tensor([Int32.min, .max])), ("u8", Tensor([0, 255] as [UInt8])),
          ("bool", Tensor([true, false, true])),
          ("number", Tensor([2.5 as Float], [])), ("empty", Tensor([Float](), [0, 4])),
        ], metadata: ["step": "12", "note": "line\n\"quoted\" \\ λ\u{1}"], to: path)
      let file = try Safetensors(path)
      #expect(try file.tensor("f32").elements(Float.self).map(\.bitPattern) == floats.map(\.bitPattern))
      #expect(try file.tensor("f32").shape == [2, 3])
      #expect(try file.tensor("f64").elements(Double.self) == [0.1, -.infinity])
      #expect(try file.tensor("i64").elements(Int64.self) == [.min, .max])
      #expect(try file.tensor("i32").elements(Int32.self) == [.min, .max])
      #expect(try file.tensor("u8").elements(UInt8.self) == [0, 255])
      #expect(try file.tensor("bool").elements(Bool.self) == [true, false, true])
      #expect(try file.tensor("number").shape == [] && file.tensor("number").elements(Float.self) == [2.5])
      #expect(try file.tensor("empty").shape == [0, 4])
      #expect(file.metadata == ["step": "12", "note": "line\n\"quoted\" \\ λ\u{1}"])
    }
  }

  @Test func aNaNKeepsItsBits() throws {
    try withFolder { folder in
      let nan = Float(bitPattern: 0x7FC0_1234)
      try Safetensors.write([("nan", Tensor([nan]))], to: folder + "/a.safetensors")
      let read = try Safetensors(folder + "/a.safetensors").tensor("nan").elements(Float.self)
      #expect(read[0].bitPattern == 0x7FC0_1234)
    }
  }

  @Test func theOrderGivenDoesNotMatter() throws {
    try withFolder { folder in
      let tensors: [(name: String, tensor: Tensor)] = [
        ("b", try Tensor([1, 2] as [Float])), ("a", try Tensor([3] as [Float])), ("flags", try Tensor([true])),
      ]
      try Safetensors.write(tensors, metadata: ["x": "1", "y": "2"], to: folder + "/one")
      try Safetensors.write(tensors.reversed(), metadata: ["y": "2", "x": "1"], to: folder + "/two")
      #expect(try Files.read(folder + "/one") == Files.read(folder + "/two"))
      #expect(try Safetensors(folder + "/one").entries.map(\.name) == ["a", "b", "flags"])
    }
  }

  @Test func theFileIsTheFormatsByteForByte() throws {
    try withFolder { folder in
      try Safetensors.write([("w", Tensor([1, -2] as [Float]))], metadata: ["k": "v"], to: folder + "/a")
      // The header is padded with spaces to a multiple of eight bytes.
      let header = #"{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
      let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
      let length: [UInt8] = [UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0]
      #expect(try Files.read(folder + "/a") == length + Array(padded.utf8) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    }
  }

  /// Tests/Fixtures/peer.safetensors is written by the format's own library (Tests/Peers/safetensors_fixture.py).
  @Test func aPeersFileIsRead() throws {
    let file = try Safetensors(fixturePath("peer.safetensors"))
    #expect(file.metadata == ["format": "np", "note": "größer"])
    #expect(try file.tensor("half").elements(Float.self) == [1, -0.5, 65504, 0x1p-24, .infinity])
    #expect(try file.tensor("brain").elements(Float.self) == [1, -0.5, 3.140625, 0x1p-126])
    #expect(try file.tensor("single").elements(Float.self) == (0..<6).map { Float($0) / 8 })
    #expect(try file.tensor("single").shape == [2, 3])
    #expect(try file.tensor("double").elements(Double.self) == [0.1, -1e300])
    #expect(try file.tensor("long").elements(Int64.self) == [-1, 1 << 40])
    #expect(try file.tensor("int").elements(Int32.self) == [-1, 1 << 30])
    #expect(try file.tensor("short").elements(Int32.self) == [-32768, 5, 32767])
    #expect(try file.tensor("tiny").elements(Int32.self) == [-128, 127, 0])
    #expect(try file.tensor("byte").elements(UInt8.self) == [0, 255, 7])
    #expect(try file.tensor("flags").elements(Bool.self) == [true, false, true])
  }

  @Test func everyHalfIsReadAsIEEE754Says() {
    for bits in UInt16.min...UInt16.max {
      let expected = Float(Float16(bitPattern: bits))
      let read = Safetensors.ElementType.float(half: bits)
      #expect(read.isNaN ? expected.isNaN : read.bitPattern == expected.bitPattern, "pattern \(bits)")
    }
  }

  @Test func elementsAtOddPlacesAreRead() throws {
    try withFolder { folder in
      // A header that is not padded, so that the floats lie at an odd address.
      var header = #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
      while header.utf8.count % 4 != 1 { header += " " }
      let bytes = withUnsafeBytes(of: UInt64(header.utf8.count), Array.init) + Array(header.utf8)
      try Files.write(bytes + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], to: folder + "/a")
      #expect(try Safetensors(folder + "/a").tensor("w").elements(Float.self) == [1, -2])
    }
  }

  @Test func aByteThatIsNoBoolIsTrue() throws {
    try withFolder { folder in
      let header = #"{"b":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#
      let bytes = withUnsafeBytes(of: UInt64(header.utf8.count), Array.init) + Array(header.utf8)
      try Files.write(bytes + [0, 2, 255], to: folder + "/a")
      #expect(try Safetensors(folder + "/a").tensor("b").elements(Bool.self) == [false, true, true])
    }
  }

  @Test func membersThatAreNotKnownArePassedOver() throws {
    try withFolder { folder in
      let extra = #""extra" : [ {"x": -1.5e3}, null, true, "s" ]"#
      let header = #" { "b" : { \#(extra), "dtype":"U8","shape":[ 0 ],"data_offsets":[0, 0] } } "#
      try Files.write(
        withUnsafeBytes(of: UInt64(header.utf8.count), Array.init) + Array(header.utf8), to: folder + "/a")
      #expect(try Safetensors(folder + "/a").tensor("b").shape == [0])
    }
  }

  @Test func aTensorOutlivesItsFile() throws {
    try withFolder { folder in
      try Safetensors.write([("w", Tensor([4, 5] as [Float]))], to: folder + "/a")
      let tensor = try Safetensors(folder + "/a").tensor("w")
      try Safetensors.write([("w", Tensor([6, 7] as [Float]))], to: folder + "/a")
      #expect(try tensor.elements(Float.self) == [4, 5])
    }
  }

  @Test func aMissingTensorIsNamedWithWhatThereIs() throws {
    try withFolder { folder in
      try Safetensors.write([("kernel", Tensor([1])), ("bias", Tensor([1]))], to: folder + "/a")
      let error = failure { try Safetensors(folder + "/a").tensor("bais") }
      #expect(error?.code == .missingTensor)
      #expect(error?.notes == [#"it has "bias", "kernel""#])
    }
  }

  @Test func namesThatCannotBeWrittenAreErrors() throws {
    try withFolder { folder in
      let tensor = try Tensor([1])
      #expect(
        failure { try Safetensors.write([("a", tensor), ("a", tensor)], to: folder + "/a") }?.message
          == #"a file of tensors cannot hold "a" twice"#)
      #expect(
        failure { try Safetensors.write([("__metadata__", tensor)], to: folder + "/a") }?.message
          == #"a file of tensors cannot hold "__metadata__""#)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
  }
}
