import FoundationEssentials
import Glibc
import LimnImage
import LimnLanguage

/// The module `files`. Paths start at the session's folder, as those of `load` and `save` do.
enum FilesBindings {
  static func all(in session: SessionReference) -> [Binding] {
    paths(session) + questions(session) + FileTextBindings.all(in: session) + FolderBindings.all(in: session)
  }

  /// Paths as texts.
  private static func paths(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "join", module: "files", [.variadic("parts", .string)],
        "A path of parts with slashes between them. A part that begins with a slash begins anew.",
        example: "files.join(\"data\", \"train\", \"a.png\")   # \"data/train/a.png\""
      ) { call in .string(FilePath.join(try call.list(0).compactMap(\.asString))) },
      path("name", "The last part of a path.", "files.name(\"data/train.csv\")   # \"train.csv\"") { String($0.name) },
      path("stem", "The last part of a path without its extension.", "files.stem(\"data/train.csv\")   # \"train\"") {
        String($0.stem)
      },
      path(
        "extension", "The extension of a path with its point; empty when it has none.",
        "files.extension(\"data/train.csv\")   # \".csv\"\nfiles.extension(\"README\")   # \"\""
      ) { String($0.pathExtension) },
      path(
        "parent", "A path without its last part: the folder that holds it.",
        "files.parent(\"data/train.csv\")   # \"data\"\nfiles.parent(\"train.csv\")   # \".\""
      ) { $0.parent },
      Binding(
        "absolute", module: "files", [.optional("path", .string, ".")],
        "A path from the root on, without `.` and `..`. The path need not exist.",
        example: "files.absolute(\"/data/../models\")   # \"/models\""
      ) { call in .string(absolute(try call.string(0), session)) },
    ]
  }

  /// What the file system says of a path.
  private static func questions(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "exists", module: "files", [.required("path", .string)], "Whether there is a file or a folder.",
        example: "files.exists(\"nowhere.txt\")   # false"
      ) { call in .bool(status(session.session.resolve(try call.string(0))) != nil) },
      Binding(
        "is_file", module: "files", [.required("path", .string)], "Whether there is a file that is no folder.",
        example: "files.is_file(\"/\")   # false"
      ) { call in
        let status = status(session.session.resolve(try call.string(0)))
        return .bool(status.map { $0.st_mode & S_IFMT != S_IFDIR } ?? false)
      },
      Binding(
        "is_folder", module: "files", [.required("path", .string)], "Whether there is a folder.",
        example: "files.is_folder(\"/\")   # true"
      ) { call in .bool(isFolder(session.session.resolve(try call.string(0)))) },
      Binding(
        "size", module: "files", [.required("path", .string)],
        "How many bytes a file has. An error when there is none: `missing-file`.",
        example: "files.write_text(\"a.txt\", \"Limn\")\nfiles.size(\"a.txt\")   # 4"
      ) { call in .int(Int(try existing(call, session).st_size)) },
      Binding(
        "modified", module: "files", [.required("path", .string)],
        "When a file or folder was last changed, in Unix seconds. An error when there is none: `missing-file`.",
        example:
          "import time\nfiles.write_text(\"a.txt\", \"Limn\")\ntime.now() - files.modified(\"a.txt\") < 60   # true"
      ) { call in
        let time = try existing(call, session).st_mtim
        return .float(Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9)
      },
    ]
  }

  private static func path(
    _ name: String, _ documentation: String, _ example: String, _ part: @escaping (FilePath) -> String
  ) -> Binding {
    Binding(name, module: "files", [.required("path", .string)], documentation, example: example) { call in
      .string(part(FilePath(try call.string(0))))
    }
  }

  // MARK: The file system

  static func absolute(_ path: String, _ session: SessionReference) -> String {
    FilePath.normalized(FilePath.join([FileManager.default.currentDirectoryPath, session.session.resolve(path)]))
  }

  static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  static func isFolder(_ path: String) -> Bool { status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

  /// Whether there is something under a name, be it a link to nothing.
  static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func existing(_ call: Call, _ session: SessionReference) throws -> stat {
    let path = session.session.resolve(try call.string(0))
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileFault.reading(path, errno).fault }
    return status
  }
}
