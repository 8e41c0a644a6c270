import LimnImage
import LimnTensor
import Testing

@testable import LimnModels

/// The files come from NumPy 2.4.6 (Tests/Peers/numpy_fixtures.py).
@Suite struct NPYTests {
  private func read(_ name: String) throws -> Tensor { try NPY.read(fixturePath("NPY/\(name).npy")) }

  @Test(
    "signed numbers of every width and byte order are read",
    arguments: [
      ("f2", DType.float32), ("f4", .float32), ("f8", .float64), ("f4-big", .float32), ("i1", .int32), ("i2", .int32),
      ("i4", .int32), ("i8", .int64), ("i2-big", .int32), ("columns", .float32),
    ])
  func signed(name: String, dtype: DType) throws {
    let tensor = try read(name)
    #expect(tensor.dtype == dtype && tensor.shape == [2, 3])
    #expect(try tensor.doubles() == [-1, 0, 1, 2, 3, 4])
  }

  @Test(
    "unsigned numbers are read",
    arguments: [("u1", DType.uint8, 255), ("u2", .int32, 65535), ("u4", .int64, 4_294_967_295)])
  func unsigned(name: String, dtype: DType, largest: Int) throws {
    let tensor = try read(name)
    #expect(tensor.dtype == dtype)
    #expect(try tensor.integers() == [0, 1, 2, 3, 4, largest])
  }

  @Test func booleansAreRead() throws {
    #expect(try read("bool").elements(Bool.self) == [false, false, false, true, true, true])
  }

  @Test func aNumberHasNoAxesAndAnEmptyArrayNoElements() throws {
    #expect(try read("number").shape == [] && read("number").elements(Double.self) == [0.1])
    #expect(try read("empty").shape == [0, 3])
  }

  @Test("elements that tensors cannot have are an error", arguments: [("complex", "<c16"), ("objects", "|O")])
  func otherElements(name: String, type: String) {
    let error = failure { try read(name) }
    #expect(error?.code == .corruptFile)
    #expect(error?.message.hasSuffix("its elements are of type '\(type)', which Limn does not read") == true)
  }

  @Test func aFileCutAnywhereIsRejected() throws {
    let bytes = try Files.read(fixturePath("NPY/f4.npy"))
    for length in 0..<bytes.count {
      #expect(failure { try NPY.decode(bytes[..<length], name: "a.npy") }?.code == .corruptFile)
    }
    #expect(
      failure { try NPY.decode((bytes + [0])[...], name: "a.npy") }?.message
        == "a.npy cannot be read as an array of NumPy's: its shape [2, 3] needs 24 bytes, and 25 follow")
  }

  @Test(
    "a header that is not right is an error",
    arguments: [
      "", "{}", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
      "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1",
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
    ])
  func header(text: String) {
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8)
    #expect(
      failure { try NPY.decode(bytes[...], name: "a.npy") }?.message
        == "a.npy cannot be read as an array of NumPy's: its header is not right")
  }

  @Test func aShapeTooLargeToCountIsAnError() {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }"
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8)
    #expect(failure { try NPY.decode(bytes[...], name: "a.npy") }?.code == .corruptFile)
  }

  @Test("an archive's arrays come by name, stored or deflated", arguments: [("stored", 1), ("deflated", 20)])
  func archive(name: String, repeats: Int) throws {
    let arrays = try NPY.readArchive(fixturePath("NPY/\(name).npz"))
    #expect(arrays.map(\.name) == ["x", "y"])
    #expect(try arrays[0].tensor.doubles() == (0..<repeats).flatMap { _ in [-1, 0, 1, 2, 3, 4] })
    #expect(try arrays[1].tensor.elements(Int64.self) == [7, 8])
  }

  @Test("an archive that is cut or damaged anywhere never crashes", arguments: ["stored", "deflated"])
  func damagedArchive(name: String) throws {
    let bytes = try Files.read(fixturePath("NPY/\(name).npz"))
    for length in 0..<bytes.count {
      let cut = ZIPArchive(Array(bytes[..<length]), name: "a.npz")
      #expect(failure { try cut.members() }?.code == .corruptFile)
    }
    let members = try ZIPArchive(bytes, name: "a.npz").members().map(\.bytes)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0xFF
      // Names, dates and versions are not protected by checksums; what is read otherwise must be the same.
      guard let read = try? ZIPArchive(damaged, name: "a.npz").members().map(\.bytes) else { continue }
      #expect(read == members || read.count != members.count, "byte \(place)")
    }
  }
}
