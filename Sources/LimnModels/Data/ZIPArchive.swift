import CZlib
import LimnTensor

/// The members of a ZIP archive, stored or deflated, as NumPy writes them.
struct ZIPArchive {
  /// One file of the archive.
  struct Member {
    let name: String
    let bytes: [UInt8]
  }

  private static let endSignature: UInt32 = 0x0605_4B50
  private static let entrySignature: UInt32 = 0x0201_4B50
  private static let localSignature: UInt32 = 0x0403_4B50
  private static let endLength = 22

  private let bytes: [UInt8]
  private let name: String

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// All members in the directory's order, with their checksums verified.
  ///
  /// - Throws: `corrupt-file`.
  func members() throws(TensorError) -> [Member] {
    guard let end = endOfDirectory() else { throw corrupt("it is not a ZIP archive, or is cut short") }
    var reader = ByteReader(bytes[end...])
    guard reader.take(10) != nil, let count = reader.number(UInt16.self), reader.number(UInt32.self) != nil,
      let start = reader.number(UInt32.self)
    else { throw corrupt("it is cut short") }
    // All ones say that the real numbers stand elsewhere: ZIP64, for archives of more than 4 GiB.
    guard count != .max, start != .max else { throw corrupt("it is too large: over 4 GiB or 65534 members") }
    guard Int(start) <= end else { throw corrupt("its directory is out of place") }
    var directory = ByteReader(bytes[Int(start)..<end])
    var members: [Member] = []
    for _ in 0..<count { members.append(try member(&directory)) }
    return members
  }

  /// Where the last record begins: at the end, but for a comment.
  private func endOfDirectory() -> Int? {
    guard bytes.count >= Self.endLength else { return nil }
    let last = bytes.count - Self.endLength
    return stride(from: last, through: max(0, last - 0xFFFF), by: -1).first { place in
      var reader = ByteReader(bytes[place...])
      return reader.number(UInt32.self) == Self.endSignature
    }
  }

  private func member(_ directory: inout ByteReader) throws(TensorError) -> Member {
    guard directory.number(UInt32.self) == Self.entrySignature, directory.take(4) != nil,
      let flags = directory.number(UInt16.self), let method = directory.number(UInt16.self), directory.take(4) != nil,
      let checksum = directory.number(UInt32.self), let packedSize = directory.number(UInt32.self),
      let size = directory.number(UInt32.self), let nameLength = directory.number(UInt16.self),
      let extraLength = directory.number(UInt16.self), let commentLength = directory.number(UInt16.self),
      directory.take(8) != nil, let place = directory.number(UInt32.self),
      let nameBytes = directory.take(Int(nameLength)),
      directory.take(Int(extraLength) + Int(commentLength)) != nil
    else { throw corrupt("its directory is damaged") }
    let member = String(decoding: nameBytes, as: UTF8.self)
    guard flags & 1 == 0 else { throw corrupt("\(member) is encrypted") }
    guard size != .max, packedSize != .max, place != .max else { throw corrupt("\(member) is larger than 4 GiB") }
    let packed = try packedBytes(at: Int(place), count: Int(packedSize), member: member)

    let unpacked: [UInt8]
    switch method {
    case 0: unpacked = Array(packed)
    case 8: unpacked = try Gzip.decompress(Array(packed), name: "\(name), \(member)", frame: .none, limit: Int(size))
    default: throw corrupt("\(member) is packed in a way that Limn does not read")
    }
    guard unpacked.count == Int(size), Self.checksum(unpacked) == checksum else {
      throw corrupt("\(member) is damaged")
    }
    return Member(name: member, bytes: unpacked)
  }

  /// The bytes behind a member's own header, whose name and extra field may differ from the directory's.
  private func packedBytes(at place: Int, count: Int, member: String) throws(TensorError) -> ArraySlice<UInt8> {
    guard place <= bytes.count else { throw corrupt("\(member) is out of place") }
    var reader = ByteReader(bytes[place...])
    guard reader.number(UInt32.self) == Self.localSignature, reader.take(22) != nil,
      let nameLength = reader.number(UInt16.self), let extraLength = reader.number(UInt16.self),
      reader.take(Int(nameLength) + Int(extraLength)) != nil, let packed = reader.take(count)
    else { throw corrupt("\(member) is damaged") }
    return packed
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum: UInt = 0
    bytes.withUnsafeBufferPointer { checksum = crc32_z(0, $0.baseAddress, $0.count) }
    return UInt32(truncatingIfNeeded: checksum)
  }

  private func corrupt(_ reason: String) -> TensorError {
    TensorError(.corruptFile, "\(name) cannot be read as a ZIP archive: \(reason)")
  }
}
