import Foundation
import LimnRuntime
import Testing

@Suite struct FilesModuleTests {
  @Test(arguments: [
    ProgramCase("files.join()", "\"\""), ProgramCase("files.join(\"a/\", \"\", \"b\")", "\"a/b\""),
    ProgramCase("files.join(\"a\", \"/b\", \"c\")", "\"/b/c\""), ProgramCase("files.name(\"a/b/\")", "\"b\""),
    ProgramCase("files.name(\"/\")", "\"\""), ProgramCase("files.parent(\"/a\")", "\"/\""),
    ProgramCase("files.parent(\"/\")", "\"/\""), ProgramCase("files.parent(\"a//b\")", "\"a\""),
    ProgramCase("files.stem(\".bashrc\")", "\".bashrc\""), ProgramCase("files.extension(\"a.tar.gz\")", "\".gz\""),
    ProgramCase("files.extension(\"a.d/b\")", "\"\""), ProgramCase("files.extension(\"..\")", "\"\""),
    ProgramCase("files.absolute(\"/a/./b/../../../c\")", "\"/c\""),
  ])
  func pathsAreTexts(_ program: ProgramCase) throws { try program.check(importing: "files") }

  @Test(arguments: [
    ProgramCase("files.read_text(\"no.txt\")", "missing-file"), ProgramCase("files.read_text(\".\")", "cannot-read"),
    ProgramCase("files.read_bytes(\"no.bin\")", "missing-file"), ProgramCase("files.size(\"no\")", "missing-file"),
    ProgramCase("files.write_text(\"no/a.txt\", \"\")", "missing-folder"),
    ProgramCase("files.write_text(\".\", \"\")", "cannot-write"),
    ProgramCase("files.append_text(\"no/a\", \"\")", "missing-folder"),
    ProgramCase("files.write_bytes(\"a\", [1, -1])", "invalid-argument"),
    ProgramCase("files.list(\"no\")", "missing-file"),
    ProgramCase("files.write_text(\"a\", \"\")\nfiles.list(\"a\")", "cannot-read"),
    ProgramCase("files.write_text(\"a\", \"\")\nfiles.make_folder(\"a/b\")", "cannot-write"),
    ProgramCase("files.remove(\"no\")", "missing-file"),
    ProgramCase("files.remove(\".\", recursive: true)", "cannot-write"),
    ProgramCase("files.remove(\"..\", recursive: true)", "cannot-write"),
    ProgramCase("files.make_folder(\"a/b\")\nfiles.remove(\"a\")", "cannot-write"),
    ProgramCase("files.make_folder(\"a/b\")\nfiles.remove(\"a\", recursive: true)\nfiles.exists(\"a\")", "false"),
    ProgramCase("files.rename(\"no\", \"b\")", "missing-file"),
    ProgramCase("files.copy(\"no\", \"b\")", "missing-file"),
    ProgramCase(
      "files.write_text(\"a\", \"1\")\nfiles.write_text(\"b\", \"2\")\nfiles.rename(\"a\", \"b\")", "file-exists"),
    ProgramCase(
      "files.write_text(\"a\", \"1\")\nfiles.write_text(\"b\", \"2\")\nfiles.copy(\"a\", \"b\")", "file-exists"),
    ProgramCase(
      "files.write_text(\"a\", \"1\")\nfiles.make_folder(\"b\")\nfiles.copy(\"a\", \"b\", replace: true)", "file-exists"
    ),
    ProgramCase("files.write_text(\"a\", \"1\")\nfiles.rename(\"a\", \"no/b\")", "missing-folder"),
    ProgramCase("files.temporary(\"/x\")", "invalid-argument"), ProgramCase("files.glob(\"*\")", "[]"),
    ProgramCase("files.write_bytes(\"a\", [72, 10, 255])\nfiles.read_lines(\"a\")", "bad-encoding"),
  ])
  func whatTheSystemRefusesIsAnError(_ program: ProgramCase) throws { try program.check(importing: "files") }

  @Test func textsComeBackByteForByte() throws {
    let session = try TestSession()
    try session.run("import files\nlet text = \"é\\r\\n\\0\\n\\u{1F600}\"\nfiles.write_text(\"a\", text)")
    #expect(try session.run("files.read_text(\"a\") == text and files.read_bytes(\"a\") == text.bytes()") == "true")
    #expect(
      try session.run("files.write_text(\"b\", \"x\\r\\n\\ny\")\nfiles.read_lines(\"b\")") == "[\"x\", \"\", \"y\"]")
  }

  /// Nothing of a write that fails is seen, and an older file stays.
  @Test func aFailedWriteLosesNothing() throws {
    let session = try TestSession(files: ["a.txt": "old"])
    chmod(session.folder, 0o500)
    defer { chmod(session.folder, 0o700) }
    let failure = session.failure(of: "import files\nfiles.write_text(\"a.txt\", \"new\")")
    // The superuser may write anywhere.
    if getuid() != 0 { #expect(failure?.code == "permission-denied") }
    chmod(session.folder, 0o700)
    #expect(try session.run("import files\nfiles.read_text(\"a.txt\")") == (getuid() == 0 ? "new" : "old"))
    #expect(try session.run("files.list()") == "[\"a.txt\"]")
  }

  @Test func appendingToAFullDiskIsAnError() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let failure = try TestSession().failure(of: "import files\nfiles.append_text(\"/dev/full\", \"text\")")
    #expect(failure?.code == "cannot-write")
    #expect(failure?.message.contains("no space left") == true)
  }

  @Test func foldersAreCopiedWhole() throws {
    let session = try TestSession()
    try session.run(
      "import files\nfiles.make_folder(\"a/b\")\nfiles.write_text(\"a/b/c.txt\", \"1\")\nfiles.write_text(\"a/d.txt\", \"2\")\nfiles.copy(\"a\", \"e\")"
    )
    #expect(try session.run("files.walk(\"e\")") == "[\"b/c.txt\", \"d.txt\"]")
    #expect(try session.run("files.list()") == "[\"a\", \"e\"]")
    #expect(try session.run("files.glob(\"e/*.txt\") + files.glob(\"?\")") == "[\"e/d.txt\", \"a\", \"e\"]")
  }

  /// A link is removed and not what it leads to; a walk does not follow one in circles.
  @Test func linksAreNotFollowedWhereItMatters() throws {
    let session = try TestSession(files: ["a.txt": "1"])
    try FileManager.default.createSymbolicLink(atPath: session.folder + "/link", withDestinationPath: "a.txt")
    try FileManager.default.createDirectory(atPath: session.folder + "/f", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: session.folder + "/f/up", withDestinationPath: "..")
    #expect(try session.run("import files\nfiles.walk()") == "[\"a.txt\", \"f/up\", \"link\"]")
    try session.run("files.remove(\"link\")\nfiles.remove(\"f\", recursive: true)")
    #expect(try session.run("files.list()") == "[\"a.txt\"]")
  }
}
