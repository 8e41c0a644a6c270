import FoundationEssentials
import Glibc
import LimnImage
import LimnLanguage

/// Files and folders as things: listed, made, moved, removed. What is there is not written over unless told.
enum FolderBindings {
  static func all(in session: SessionReference) -> [Binding] { listing(session) + changing(session) }

  private static func listing(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "list", module: "files", [.optional("folder", .string, ".")],
        "A list of the names in a folder, in alphabetical order. Errors: `missing-file`, `permission-denied`.",
        example: "files.make_folder(\"a\")\nfiles.write_text(\"a/b.txt\", \"\")\nfiles.list(\"a\")   # [\"b.txt\"]"
      ) { call in
        let path = session.session.resolve(try call.string(0))
        return .list(try names(in: path).map { .string($0) })
      },
      Binding(
        "walk", module: "files", [.optional("folder", .string, ".")],
        """
        A list of the paths of all files in a folder and the folders within it, in alphabetical order, from that \
        folder on. Links to folders are not followed. Errors as of `list`.
        """,
        example:
          "files.make_folder(\"a/b\")\nfiles.write_text(\"a/b/c.txt\", \"\")\nfiles.walk(\"a\")   # [\"b/c.txt\"]"
      ) { call in
        let path = session.session.resolve(try call.string(0))
        var found: [Value] = []
        func walk(_ folder: String, _ prefix: String) throws {
          for name in try names(in: folder) {
            try call.interpreter.checkInterrupt()
            var status = stat()
            let isFolder = lstat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            if isFolder {
              try walk(folder + "/" + name, prefix + name + "/")
            } else {
              found.append(.string(prefix + name))
            }
          }
        }
        try walk(path, "")
        return .list(found)
      },
      Binding(
        "glob", module: "files", [.required("pattern", .string)],
        """
        A list of the paths that fit a pattern, in alphabetical order: `*` stands for any characters but a slash, `?` \
        for one, `[a-z]` for one of these. Names that begin with a point must be asked for.
        """,
        example:
          "files.write_text(\"a.txt\", \"\")\nfiles.write_text(\"b.csv\", \"\")\nfiles.glob(\"*.txt\")   # [\"a.txt\"]"
      ) { call in
        let pattern = try call.string(0)
        let resolved = session.session.resolve(pattern)
        var matches = glob_t()
        defer { globfree(&matches) }
        let result = glob(resolved, GLOB_NOSORT, nil, &matches)
        guard result == 0 || result == GLOB_NOMATCH else { throw FileFault.reading(resolved, EIO).fault }
        let prefix = resolved.count - pattern.count
        let paths = (0..<Int(matches.gl_pathc)).compactMap { matches.gl_pathv[$0].map { String(cString: $0) } }
        return .list(paths.sorted().map { .string(String($0.dropFirst(prefix))) })
      },
    ]
  }

  private static func changing(_ session: SessionReference) -> [Binding] {
    let replace = Parameter.optional("replace", .bool, false, namedOnly: true)
    return [
      Binding(
        "make_folder", module: "files", [.required("path", .string)],
        "Makes a folder and those that it stands in. One that is there already stays. Errors: `permission-denied`, `cannot-write`.",
        example: "files.make_folder(\"out/images\")\nfiles.is_folder(\"out/images\")   # true"
      ) { call in
        let path = session.session.resolve(try call.string(0))
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
          made = FilePath.join([made, String(part)])
          guard mkdir(made, 0o777) != 0, !FilesBindings.isFolder(made) else { continue }
          let reason = errno
          guard reason == EEXIST || reason == ENOTDIR else { throw FileFault.writing(made, reason).fault }
          throw Fault(
            "cannot-write", "the folder \(path) cannot be made: \(made) is a file", labels: [.init(.argument(0), "")])
        }
        return .nil
      },
      Binding(
        "remove", module: "files", [.required("path", .string), .optional("recursive", .bool, false, namedOnly: true)],
        """
        Removes a file, or a folder that is empty; with `recursive: true` a folder and all that is in it. A link is \
        removed, not what it leads to. Errors: `missing-file`, `permission-denied`, `cannot-write` for a folder that is \
        not empty or in which the session runs.
        """,
        example: "files.write_text(\"a.txt\", \"\")\nfiles.remove(\"a.txt\")\nfiles.exists(\"a.txt\")   # false"
      ) { call in
        try remove(session.session.resolve(try call.string(0)), recursive: call.bool(1), call, session)
        return .nil
      },
      Binding(
        "rename", module: "files", [.required("path", .string), .required("to", .string), replace],
        """
        Gives a file or folder another path, at once. With `replace: true` it takes the place of a file. Errors: \
        `file-exists`, `missing-file`, `missing-folder`, `permission-denied`, `cannot-write`.
        """,
        example:
          "files.write_text(\"a.txt\", \"Limn\")\nfiles.rename(\"a.txt\", \"b.txt\", replace: true)\nfiles.read_text(\"b.txt\")   # \"Limn\""
      ) { call in
        let (path, target) = (session.session.resolve(try call.string(0)), session.session.resolve(try call.string(1)))
        guard FilesBindings.isTaken(path) else { throw FileFault.reading(path, ENOENT).fault }
        try checkFree(target, replace: call.bool(2))
        guard rename(path, target) == 0 else { throw FileFault.writing(target, errno).fault }
        return .nil
      },
      Binding(
        "copy", module: "files", [.required("path", .string), .required("to", .string), replace],
        """
        Makes a copy of a file, or of a folder with all that is in it, which appears whole or not at all. With \
        `replace: true` it takes the place of a file. Errors as of `rename`.
        """,
        example:
          "files.write_text(\"a.txt\", \"Limn\")\nfiles.copy(\"a.txt\", \"b.txt\", replace: true)\nfiles.read_text(\"b.txt\")   # \"Limn\""
      ) { call in
        let (path, target) = (session.session.resolve(try call.string(0)), session.session.resolve(try call.string(1)))
        try checkFree(target, replace: call.bool(2))
        if FilesBindings.isFolder(path) {
          try copyFolder(path, to: target)
        } else {
          try Files.write(Files.read(path), to: target)
        }
        return .nil
      },
      Binding(
        "temporary", module: "files", [.optional("extension", .string, "")],
        "The path of a new, empty file that no one else has, in the system's folder for such files.",
        example: "let path = files.temporary(\".txt\")\nfiles.size(path)   # 0\nfiles.remove(path)"
      ) { call in
        let suffix = try call.string(0)
        guard !suffix.contains("/") else { throw Fault.unsuitable(0, "an extension has no slash") }
        var template = Array((FileManager.default.temporaryDirectory.path + "/limn-XXXXXX" + suffix).utf8CString)
        let file = mkstemps(&template, Int32(suffix.utf8.count))
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard file >= 0 else { throw FileFault.writing(path, errno).fault }
        close(file)
        return .string(path)
      },
    ]
  }

  private static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      guard errno == ENOTDIR else { throw FileFault.reading(path, errno).fault }
      throw Fault("cannot-read", "\(path) is a file, not a folder", labels: [.init(.argument(0), "")])
    }
    closedir(folder)
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  private static func checkFree(_ target: String, replace: Bool) throws {
    guard FilesBindings.isTaken(target) else { return }
    let isFolder = FilesBindings.isFolder(target)
    guard isFolder || !replace else { return }
    throw Fault(
      "file-exists", "there is already a \(isFolder ? "folder" : "file") \(target)",
      labels: [.init(.argument(1), "this is taken")],
      help: isFolder ? "a folder is not replaced: remove it first" : "to replace it, add `replace: true`")
  }

  private static func copyFolder(_ path: String, to target: String) throws {
    let aside = FilePath(target).parent + "/.limn-\(getpid())-\(UUID().uuidString).part"
    do {
      try FileManager.default.copyItem(atPath: path, toPath: aside)
    } catch {
      let reason = errno
      try? FileManager.default.removeItem(atPath: aside)
      throw FileFault.writing(target, reason).fault
    }
    guard rename(aside, target) == 0 else {
      let reason = errno
      try? FileManager.default.removeItem(atPath: aside)
      throw FileFault.writing(target, reason).fault
    }
  }

  private static func remove(
    _ path: String, recursive: Bool, _ call: Call, _ session: SessionReference
  ) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw FileFault.reading(path, errno).fault }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      guard unlink(path) == 0 else { throw FileFault.writing(path, errno).fault }
      return
    }
    let (here, there) = (FilesBindings.absolute(".", session), FilesBindings.absolute(path, session))
    guard here != there, there != "/", !here.hasPrefix(there + "/") else {
      throw Fault("cannot-write", "\(path) is a folder in which this session runs", labels: [.init(.argument(0), "")])
    }
    if recursive {
      try removeAll(path)
    } else if rmdir(path) != 0 {
      guard errno == ENOTEMPTY || errno == EEXIST else { throw FileFault.writing(path, errno).fault }
      throw Fault(
        "cannot-write", "the folder \(path) is not empty", labels: [.init(.argument(0), "")],
        help: "to remove all that is in it too, add `recursive: true`")
    }
  }

  private static func removeAll(_ path: String) throws {
    for name in try names(in: path) {
      let inner = path + "/" + name
      var status = stat()
      guard lstat(inner, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        try removeAll(inner)
      } else if unlink(inner) != 0 {
        throw FileFault.writing(inner, errno).fault
      }
    }
    guard rmdir(path) == 0 else { throw FileFault.writing(path, errno).fault }
  }
}
