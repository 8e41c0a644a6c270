import Glibc
import LimnTensor

/// A file's bytes in the address space: the system reads a page when it is first looked at, and may drop it again.
///
/// The file must not be made shorter while it is mapped; files that are replaced by renaming are safe.
public final class MappedFile: @unchecked Sendable {
  /// All bytes of the file; valid as long as this object is.
  public let bytes: UnsafeRawBufferPointer

  /// Maps a file.
  ///
  /// - Throws: `missing-file`, `permission-denied` or `cannot-read`.
  public init(_ path: String) throws(TensorError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileFault.reading(path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileFault.reading(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileFault.reading(path, status.st_mode & S_IFMT == S_IFDIR ? EISDIR : ENODEV)
    }
    guard status.st_size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let length = Int(status.st_size)
    guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw FileFault.reading(path, errno)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: length)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
