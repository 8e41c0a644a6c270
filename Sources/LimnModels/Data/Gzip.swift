import CZlib
import LimnImage
import LimnTensor

/// Compressed data of the gzip format (RFC 1952), or of deflate without a frame (RFC 1951), by zlib.
enum Gzip {
  /// What stands around the compressed data.
  enum Frame: Int32 {
    /// gzip's header and checksum: 15 bits of window, and 16 to say so to zlib.
    case gzip = 31
    /// Nothing, as in a ZIP archive.
    case none = -15
  }

  /// The most that is unpacked: far beyond any data set that fits in memory with its tensors.
  static let limit = 1 << 33

  /// Whether the bytes begin as gzip's do.
  static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The unpacked bytes of all members; gzip's checksums are verified. `name` is what errors call the file.
  ///
  /// - Throws: `corrupt-file` for data that is cut short, damaged, followed by anything but another member or zeros, or
  ///   unpacks to more than `limit` bytes.
  static func decompress(
    _ bytes: [UInt8], name: String, frame: Frame = .gzip, limit: Int = limit
  ) throws(TensorError) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, frame.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw TensorError(.outOfMemory, "there is not enough memory to unpack \(name)")
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    output.reserveCapacity(min(bytes.count * 4, limit))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = 0
    while true {
      let (status, taken, given) = step(&stream, bytes, from: consumed, into: &chunk)
      consumed += taken
      output.append(contentsOf: chunk[..<given])
      guard output.count <= limit else { throw corrupt(name, "it unpacks to more than \(limit) bytes") }
      switch status {
      case Z_STREAM_END:
        // Another member may follow, or padding.
        if bytes[consumed...].allSatisfy({ $0 == 0 }) { return output }
        guard inflateReset(&stream) == Z_OK else { throw corrupt(name, "it cannot be unpacked") }
      case Z_OK where taken > 0 || given > 0: continue
      case Z_OK, Z_BUF_ERROR: throw corrupt(name, "it is cut short")
      case Z_MEM_ERROR: throw TensorError(.outOfMemory, "there is not enough memory to unpack \(name)")
      default: throw corrupt(name, stream.msg.map { String(cString: $0) } ?? "its data is damaged")
      }
    }
  }

  /// Unpacks until the chunk is full or the input ends; zlib counts in 32 bits, so long input goes in parts.
  private static func step(
    _ stream: inout z_stream, _ bytes: [UInt8], from start: Int, into chunk: inout [UInt8]
  ) -> (status: Int32, taken: Int, given: Int) {
    bytes.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { output in
        let available = min(input.count - start, 1 << 30)
        // zlib does not write through next_in; its C interface only lacks the const.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + start })
        stream.avail_in = UInt32(available)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, available - Int(stream.avail_in), output.count - Int(stream.avail_out))
      }
    }
  }

  private static func corrupt(_ name: String, _ reason: String) -> TensorError {
    TensorError(.corruptFile, "\(name) cannot be unpacked: \(reason)")
  }
}
