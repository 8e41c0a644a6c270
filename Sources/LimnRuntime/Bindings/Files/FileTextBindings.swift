import Glibc
import LimnImage
import LimnLanguage

/// What is in files, as texts and bytes. A file is written whole or not at all.
enum FileTextBindings {
  static func all(in session: SessionReference) -> [Binding] { reading(session) + writing(session) }

  private static func reading(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "read_text", module: "files", [.required("path", .string)],
        "A file's text. Errors: `missing-file`, `permission-denied`, `cannot-read`, and `bad-encoding` when it is not UTF-8.",
        example: "files.write_text(\"a.txt\", \"Limn\\n\")\nfiles.read_text(\"a.txt\")   # \"Limn\\n\""
      ) { call in .string(try text(call, session)) },
      Binding(
        "read_lines", module: "files", [.required("path", .string)],
        "A list of a file's lines without their breaks. Errors as of `read_text`.",
        example: "files.write_text(\"a.txt\", \"one\\ntwo\\n\")\nfiles.read_lines(\"a.txt\")   # [\"one\", \"two\"]"
      ) { call in
        var lines = try text(call, session).split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return .list(lines.map { .string(String($0)) })
      },
      Binding(
        "read_bytes", module: "files", [.required("path", .string)],
        "A list of a file's bytes. Errors: `missing-file`, `permission-denied`, `cannot-read`.",
        example: "files.write_bytes(\"a.bin\", [1, 2, 255])\nfiles.read_bytes(\"a.bin\")   # [1, 2, 255]"
      ) { call in
        do {
          let bytes = try Files.read(session.session.resolve(call.string(0)))
          guard bytes.count <= 100_000_000 else { throw Fault("too-large", "the file has \(bytes.count) bytes") }
          return .list(bytes.map { .int(Int($0)) })
        }
      },
    ]
  }

  private static func writing(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "write_text", module: "files", [.required("path", .string), .required("text", .string)],
        """
        Writes a text to a file, in UTF-8, in place of what was there. The file appears whole or not at all. Errors: \
        `missing-folder`, `permission-denied`, `cannot-write`.
        """, example: "files.write_text(\"a.txt\", \"Limn\")\nfiles.read_text(\"a.txt\")   # \"Limn\""
      ) { call in
        try Files.write(Array(try call.string(1).utf8), to: session.session.resolve(call.string(0)))
        return .nil
      },
      Binding(
        "append_text", module: "files", [.required("path", .string), .required("text", .string)],
        """
        Writes a text at a file's end, and makes the file where there is none. When not all of it can be written, the \
        file is as it was. Errors as of `write_text`.
        """,
        example:
          "files.append_text(\"log.txt\", \"a\\n\")\nfiles.append_text(\"log.txt\", \"b\\n\")\nfiles.read_lines(\"log.txt\")   # [\"a\", \"b\"]"
      ) { call in
        try append(Array(try call.string(1).utf8), to: session.session.resolve(try call.string(0)))
        return .nil
      },
      Binding(
        "write_bytes", module: "files", [.required("path", .string), .required("bytes", .sequence)],
        "Writes bytes, ints from 0 to 255, to a file as `write_text` writes text.",
        example: "files.write_bytes(\"a.bin\", [76, 105])\nfiles.read_text(\"a.bin\")   # \"Li\""
      ) { call in
        let bytes = try CoreLibrary.elements(of: call[1], call).map { value in
          guard let int = value.asInt, let byte = UInt8(exactly: int) else {
            throw Fault.unsuitable(1, "\(try call.interpreter.repr(value)) is not a byte", label: "in this")
          }
          return byte
        }
        try Files.write(bytes, to: session.session.resolve(try call.string(0)))
        return .nil
      },
    ]
  }

  /// The text of the file that the first argument names.
  static func text(_ call: Call, _ session: SessionReference) throws -> String {
    let path = session.session.resolve(try call.string(0))
    let bytes = try Files.read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let text = String(decoding: bytes, as: UTF8.self)
      let line = text[..<(text.firstIndex(of: "\u{FFFD}") ?? text.endIndex)].count { $0.isNewline } + 1
      throw Fault(
        "bad-encoding", "\(path) is not UTF-8 text: line \(line) has bytes that mean no character",
        labels: [.init(.argument(0), "")], help: "save it as UTF-8, or read it with `files.read_bytes(path)`")
    }
    return text
  }

  private static func append(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw FileFault.writing(path, errno).fault }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileFault.writing(path, errno).fault }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        let reason = errno
        if status.st_mode & S_IFMT == S_IFREG { ftruncate(file, status.st_size) }
        throw FileFault.writing(path, reason).fault
      }
      written += count
    }
  }
}
