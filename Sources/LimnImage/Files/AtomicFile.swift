import Glibc
import LimnTensor
import Synchronization

/// A file that appears under its name only when all of it is written.
///
/// Bytes go to a hidden file in the same folder; `commit()` renames it, which replaces an older file in one step.
/// Without a commit the hidden file is removed and an older file stays as it was. A link is followed, so that it
/// still points to the file afterwards; a device or a pipe is written to directly.
///
/// ```swift
/// var file = try AtomicFile("weights.safetensors")
/// try file.write(header)
/// try file.write(body)
/// try file.commit()
/// ```
public struct AtomicFile: ~Copyable {
  private static let counter = Atomic<Int>(0)

  private let path: String
  private let target: String
  private let aside: String?
  private var descriptor: Int32

  /// Begins a file.
  ///
  /// - Throws: `missing-folder`, `permission-denied` or `cannot-write`.
  public init(_ path: String) throws(TensorError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    guard !path.isEmpty, !path.hasSuffix("/"), !(exists && kind == S_IFDIR) else {
      throw FileFault.writing(path, path.isEmpty ? EINVAL : EISDIR)
    }
    let target = exists ? Self.resolved(path) : path
    var aside: String?
    var descriptor: Int32
    if exists && kind != S_IFREG {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      repeat {
        // The name is short whatever the target's, so that a long but allowed name can still be written.
        let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
        let name = FileFault.folder(of: target) + "/.limn-\(getpid())-\(number).part"
        aside = name
        descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      } while descriptor < 0 && errno == EEXIST
    }
    guard descriptor >= 0 else { throw FileFault.writing(path, errno) }
    if aside != nil && exists { fchmod(descriptor, status.st_mode & 0o777) }
    self.path = path
    self.target = target
    self.aside = aside
    self.descriptor = descriptor
  }

  /// Appends bytes.
  ///
  /// - Throws: `cannot-write`, for instance when the disk is full.
  public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(TensorError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileFault.writing(path, errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Gives the file its name.
  ///
  /// - Throws: `permission-denied` or `cannot-write`; an older file of that name is then untouched.
  public consuming func commit() throws(TensorError) {
    guard let aside else { return }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, rename(aside, target) == 0 else { throw FileFault.writing(path, errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    // After a successful commit there is no such file, and nothing happens.
    if let aside { unlink(aside) }
  }

  /// The path with all links followed.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
