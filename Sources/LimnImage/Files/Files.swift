import Glibc
import LimnTensor

/// Whole files, read and written with errors in the user's words.
public enum Files {
  /// The most bytes that are read at once, 8 GiB; a device that never ends is longer.
  private static let limit = 1 << 33

  /// All bytes of a file.
  ///
  /// - Throws: `missing-file`, `permission-denied` or `cannot-read`.
  public static func read(_ path: String) throws(TensorError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileFault.reading(path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileFault.reading(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileFault.reading(path, EISDIR) }

    // A pipe has no size and a file may grow while it is read: read until there is no more.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(max(Int(status.st_size), 0), limit))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileFault.reading(path, errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else { throw FileFault.reading(path, EFBIG) }
    }
  }

  /// Writes a file whole or not at all: the bytes go to a new file beside it, which then takes its name.
  ///
  /// - Throws: `missing-folder`, `permission-denied` or `cannot-write`.
  public static func write(_ bytes: [UInt8], to path: String) throws(TensorError) {
    var file = try AtomicFile(path)
    let result: Result<Void, TensorError> = bytes.withUnsafeBytes { buffer in
      do throws(TensorError) { return .success(try file.write(buffer)) } catch { return .failure(error) }
    }
    try result.get()
    try file.commit()
  }
}

/// The errors of reading and writing files, from the system's error numbers (`errno`).
public enum FileFault {
  public static func reading(_ path: String, _ number: Int32) -> TensorError {
    switch number {
    case ENOENT, ENOTDIR:
      TensorError(
        .missingFile, "there is no file \(path)",
        help: "paths start at the notebook's or script's own folder")
    case EACCES, EPERM: TensorError(.permissionDenied, "\(path) may not be read")
    case EISDIR: TensorError(.cannotRead, "\(path) is a folder, not a file")
    default: TensorError(.cannotRead, "\(path) cannot be read: \(text(number))")
    }
  }

  public static func writing(_ path: String, _ number: Int32) -> TensorError {
    let folder = Self.folder(of: path)
    switch number {
    case ENOENT, ENOTDIR:
      return TensorError(
        .missingFolder, "\(path) cannot be written: there is no folder \(folder)",
        help: "make the folder first: mkdir -p \(folder)")
    case EACCES, EPERM, EROFS:
      return TensorError(.permissionDenied, "\(path) may not be written: \(text(number))")
    case EISDIR:
      return TensorError(
        .cannotWrite, "\(path) is a folder, so no file can be written there",
        help: "give the file a name: \(path.hasSuffix("/") ? path : path + "/")picture.png")
    default: return TensorError(.cannotWrite, "\(path) cannot be written: \(text(number))")
    }
  }

  /// The folder part of a path; `.` when it has none.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func text(_ number: Int32) -> String { String(cString: strerror(number)).lowercased() }
}
